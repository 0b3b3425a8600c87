"""Velocity loss against its limit, as one bar with the figure in words."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

NEAR_PCT = 5.0
"""Within this of the limit it is near."""
SCALE = 1.6
"""The bar ends at so many times the limit."""


class LossBar(Widget):
    """A bar that fills with the loss; `│` stands at the limit. States its state in a word."""

    DEFAULT_CSS = "LossBar { height: 1; width: 1fr; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "loss--under",
        "loss--near",
        "loss--over",
        "loss--empty",
        "loss--limit",
    }
    help_topic = "velocity-loss"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._loss_pct: float | None = None
        self._limit_pct = 25.0

    def show(self, loss_pct: float | None, limit_pct: float) -> None:
        """Draw a loss; None before the first rep."""
        if (loss_pct, limit_pct) != (self._loss_pct, self._limit_pct):
            self._loss_pct, self._limit_pct = loss_pct, limit_pct
            self.refresh()

    @property
    def state(self) -> str:
        """under, near or over the limit."""
        loss = self._loss_pct or 0.0
        if loss >= self._limit_pct:
            return "over"
        return "near" if loss >= self._limit_pct - NEAR_PCT else "under"

    def render_line(self, y: int) -> Strip:
        """Words, bar, words."""
        before = "loss "
        if self._loss_pct is None:
            after = f"   –    limit {self._limit_pct:.0f} %"
        else:
            word = {"over": "over", "near": "near", "under": "limit"}[self.state]
            after = f" {self._loss_pct:3.0f} %  {word} {self._limit_pct:.0f} %"
        width = max(4, self.size.width - len(before) - len(" 100 %  limit 25 %"))
        filled = min(width, round(width * (self._loss_pct or 0.0) / (SCALE * self._limit_pct)))
        mark = min(width - 1, round(width / SCALE))
        full = self.get_component_rich_style(f"loss--{self.state}")
        empty = self.get_component_rich_style("loss--empty")
        cells = [
            Segment("│", self.get_component_rich_style("loss--limit"))
            if i == mark
            else Segment("█" if i < filled else "░", full if i < filled else empty)
            for i in range(width)
        ]
        words = self.rich_style
        return Strip([Segment(before, words), *cells, Segment(after, full)]).adjust_cell_length(
            self.size.width, words
        )
