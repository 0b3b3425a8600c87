"""The moving picture of the bar: a line of braille dots, painted from what the trace keeps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

SECONDS_A_COLUMN = 0.11
"""Twelve seconds on a wide screen: three or four reps."""
LEAST_SPAN = 0.15
"""A sensor that lies still is a flat line, not magnified noise; m. Degrees: a hundred times that."""
THICK = 2
"""Dots: a line of one is lost at two metres."""
DOT_WEIGHTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
BRAILLE = 0x2800


def braille(columns: NDArray[np.int64], rows: int) -> list[str]:
    """Rows of text for a line through dot heights (2 * width,), -1 where there is none; 0 is the bottom."""
    width, high = columns.size // 2, 4 * rows
    dots = np.zeros((high, 2 * width), dtype=bool)
    known = columns >= 0
    before = np.where(np.roll(known, 1) & known, np.roll(columns, 1), columns)
    before[:1] = columns[:1]
    low, top = np.minimum(before, columns), np.maximum(before, columns)
    low = np.maximum(low - (THICK - 1), 0)
    level = np.arange(high)[:, None]
    dots[:] = known & (level >= low) & (level <= top)
    cells = dots[::-1].reshape(rows, 4, width, 2)
    codes = BRAILLE + np.einsum("rhwc,hc->rw", cells, DOT_WEIGHTS)
    return ["".join(map(chr, row)) for row in codes.tolist()]


def dot_heights(
    time_s: NDArray[np.float64],
    track: NDArray[np.float64],
    dots: int,
    rows: int,
    *,
    seconds: float,
    least_span: float,
) -> NDArray[np.int64]:
    """Height in dots (dots,) for each dot column of the last seconds; -1 where nothing is known."""
    columns = np.full(dots, -1, dtype=np.int64)
    if time_s.size < 2:
        return columns
    # Columns stand still on the clock of the samples, so that the picture glides and does not shimmer.
    step_s = seconds / dots
    newest = int(np.floor(time_s[-1] / step_s))
    place = np.floor(time_s / step_s).astype(np.int64) - newest + dots - 1
    inside = place >= 0
    total = np.bincount(place[inside], weights=track[inside], minlength=dots)
    count = np.bincount(place[inside], minlength=dots)
    known = count > 0
    mean = np.where(known, total / np.maximum(count, 1), np.nan)
    low, high = float(np.nanmin(mean)), float(np.nanmax(mean))
    spare = max(0.0, least_span - (high - low)) / 2
    low, span = low - spare, high - low + 2 * spare
    top = 4 * rows - 1
    columns[known] = np.clip(np.round((mean[known] - low) / span * top), 0, top).astype(np.int64)
    return columns


class StripChart(Widget):
    """Paints when `show` is called with new data, and not else."""

    DEFAULT_CSS = "StripChart { height: 5; width: 1fr; }"
    help_topic = "trace"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[str] = []

    @property
    def seconds(self) -> float:
        """How much time the chart shows at its present width."""
        return max(1, self.size.width) * SECONDS_A_COLUMN

    def show(self, time_s: NDArray[np.float64], track: NDArray[np.float64], *, by_angle: bool) -> None:
        """Draw the track; paints only if a dot has moved."""
        width, rows = self.size
        if not width or not rows:
            return
        columns = dot_heights(
            time_s,
            track,
            2 * width,
            rows,
            seconds=self.seconds,
            least_span=100 * LEAST_SPAN if by_angle else LEAST_SPAN,
        )
        lines = braille(columns, rows)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def clear(self) -> None:
        """Nothing is known any more."""
        self._lines = []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of dots."""
        words = self._lines[y] if y < len(self._lines) else ""
        return Strip(
            [Segment(words.ljust(self.size.width)[: self.size.width], self.rich_style)], self.size.width
        )
