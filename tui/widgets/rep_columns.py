"""A column per rep: how fast it was beside the fastest, and which of them are doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

EIGHTHS = " ▁▂▃▄▅▆▇█"
NARROWEST, WIDEST = 3, 6
DOUBTFUL = "▒"


@dataclass(frozen=True, slots=True)
class Column:
    """One rep of the picture."""

    label: str
    value: float
    shown: str
    """The value in words, five letters at most."""
    doubtful: bool = False


class RepColumns(Widget):
    """Columns from the left, the newest bright; a dotted line at the limit. `?` marks a doubtful rep."""

    DEFAULT_CSS = "RepColumns { height: 6; width: 1fr; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rep--column",
        "rep--newest",
        "rep--doubtful",
        "rep--settled",
        "rep--label",
        "rep--limit",
    }
    help_topic = "rep-columns"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()
        self._limit: float | None = None
        self._settled = False

    def show(self, columns: Sequence[Column], *, limit: float | None, settled: bool) -> None:
        """Draw these reps. limit: the value at which the set should end; settled: final."""
        new = tuple(columns), limit, settled
        if new != (self._columns, self._limit, self._settled):
            self._columns, self._limit, self._settled = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Bars on top, then values, then places."""
        height = self.size.height
        if not self._columns:
            return Strip.blank(self.size.width, self.rich_style)
        wide = min(WIDEST, max(NARROWEST, self.size.width // max(8, len(self._columns))))
        shown = self._columns[-max(1, self.size.width // wide) :]
        bars = max(1, height - 2)
        if y < bars:
            cells = [self._bar(one, bars - 1 - y, bars, wide, one is shown[-1]) for one in shown]
        else:
            style = self.get_component_rich_style("rep--label")
            words = [(one.shown if y == bars else one.label) for one in shown]
            cells = [Segment(word[: wide - 1].rjust(wide - 1) + " ", style) for word in words]
        return Strip(cells).adjust_cell_length(self.size.width, self.rich_style)

    def _bar(self, one: Column, level: int, bars: int, wide: int, newest: bool) -> Segment:
        """One cell of one column; level 0 is the lowest row."""
        most = max(column.value for column in self._columns) or 1.0
        eighths = round(8 * bars * one.value / most) - 8 * level
        if eighths <= 0:
            return self._gap(level, bars, most, wide)
        block = EIGHTHS[min(8, eighths)]
        return Segment((DOUBTFUL if one.doubtful else block) * (wide - 1) + " ", self._style(one, newest))

    def _gap(self, level: int, bars: int, most: float, wide: int) -> Segment:
        at_limit = self._limit is not None and int(bars * self._limit / most) == level
        style = self.get_component_rich_style("rep--limit" if at_limit else "rep--label")
        return Segment(("┈" if at_limit else " ") * wide, style)

    def _style(self, one: Column, newest: bool) -> Style:
        if one.doubtful:
            return self.get_component_rich_style("rep--doubtful")
        if self._settled:
            return self.get_component_rich_style("rep--settled")
        return self.get_component_rich_style("rep--newest" if newest else "rep--column")
