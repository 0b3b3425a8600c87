"""A picture of figures: lines of braille dots over shaded spans and filled bands, with plain axes.

Plotting widgets for Textual can neither fill a band nor shade a span, and their frames take five rows of
a small terminal. This one paints a chart once, when it or its size changes: 2 ms for 100 x 12 cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from hardset.tui.widgets.strip_chart import BRAILLE, DOT_WEIGHTS

Tone = Literal["line", "good", "near", "stop", "accent", "quiet", "lift", "lower", "wide", "middle"]
TONES: tuple[Tone, ...] = (
    *("line", "good", "near", "stop", "accent"),
    *("quiet", "lift", "lower", "wide", "middle"),
)
"""Colours by meaning; a style sheet gives them. 0 in the painter's arrays is 'none'."""
Floats = NDArray[np.float64]
Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    x: ArrayLike
    y: ArrayLike
    tone: Tone = "line"


@dataclass(frozen=True, slots=True)
class Dots:
    """A mark at each point, with a whisker from low to high where they are given."""

    x: Sequence[float]
    y: Sequence[float]
    tone: Tone = "line"
    mark: str = "●"
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Filled from low to high, straight between the given x."""

    x: ArrayLike
    low: ArrayLike
    high: ArrayLike
    tone: Tone = "wide"


@dataclass(frozen=True, slots=True)
class Span:
    """Shaded over the whole height."""

    start: float
    end: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Level:
    """A dotted line across, with a word at its right end."""

    y: float
    tone: Tone = "quiet"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: layers from the back to the front, ranges and ticks."""

    layers: tuple[Line | Dots | Area | Span | Level, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: tuple[Tick, ...] = ()
    """Empty: no row for them."""
    y_digits: int = 0
    unit: str = ""
    """At the top of the vertical axis."""
    axis_wide: int = 4
    """Columns of the vertical axis' labels: charts over each other have the same."""


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values within a range, at most so many: steps of 1, 2 or 5."""
    if not high > low or most < 1:
        return []
    rough = (high - low) / most
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(float(power * n) for n in (1, 2, 5, 10) if power * n >= rough - 1e-12)
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [n * step for n in range(first, last + 1)]


class Painter:
    """Cells of one picture: a background of half rows, braille dots, and letters over them."""

    def __init__(self, chart: Chart, columns: int, rows: int) -> None:
        self.columns, self.rows = max(1, columns), max(1, rows)
        self.back = np.zeros((2 * self.rows, self.columns), dtype=np.int64)
        self.dots = np.zeros((4 * self.rows, 2 * self.columns), dtype=bool)
        self.dot_tone = np.zeros((self.rows, self.columns), dtype=np.int64)
        self.letters: dict[tuple[int, int], tuple[str, int]] = {}
        self._x, self._y = chart.x, chart.y
        for layer in chart.layers:
            self._draw(layer)
        cells = self.dots.reshape(self.rows, 4, self.columns, 2)
        self._codes = np.einsum("rhcw,hw->rc", cells, DOT_WEIGHTS).tolist()
        self._behind, self._front = self.back.tolist(), self.dot_tone.tolist()

    def cell(self, row: int, column: int) -> tuple[str, int, int]:
        """Letter, its tone and the tone behind it; a letter of two half rows has the upper in front."""
        upper, lower = self._behind[2 * row][column], self._behind[2 * row + 1][column]
        if (row, column) in self.letters:
            return (*self.letters[row, column], upper or lower)
        code = self._codes[row][column]
        if code:
            return chr(BRAILLE + code), self._front[row][column], upper or lower
        if upper == lower:
            return " ", 0, upper
        return ("▀", upper, lower) if upper else ("▄", lower, 0)

    def _draw(self, layer: Line | Dots | Area | Span | Level) -> None:
        match layer:
            case Line():
                self._line(np.asarray(layer.x, float), np.asarray(layer.y, float), _number(layer.tone))
            case Dots():
                self._marks(layer)
            case Area():
                self._area(layer)
            case Span():
                first = int(self._across(layer.start, self.columns))
                last = max(first, int(np.ceil(self._across(layer.end, self.columns))) - 1)
                self.back[:, max(first, 0) : max(last + 1, 0)] = _number(layer.tone)
            case Level():
                row = self._row(layer.y)
                if 0 <= row < self.rows:
                    for column in range(0, self.columns, 2):
                        self.letters[row, column] = "┈", _number(layer.tone)
                    self._write(row, self.columns - len(layer.words), layer.words, _number(layer.tone))

    def _across(self, x: float, size: int) -> float:
        return (x - self._x[0]) / (self._x[1] - self._x[0]) * size

    def _column(self, x: float) -> int:
        return min(self.columns - 1, int(self._across(x, self.columns)))

    def _up(self, y: float | Floats, size: int) -> Floats:
        """Place from the top in a raster of so many rows."""
        share = (np.asarray(y, float) - self._y[0]) / (self._y[1] - self._y[0])
        return np.asarray((1.0 - share) * size)

    def _row(self, y: float) -> int:
        return int(np.clip(np.floor(float(self._up(y, self.rows)) - 1e-9), -1, self.rows))

    def _line(self, x: Floats, y: Floats, tone: int) -> None:
        wide, high = 2 * self.columns, 4 * self.rows
        if x.size < 2:
            return
        at = (np.arange(wide) + 0.5) / wide * (self._x[1] - self._x[0]) + self._x[0]
        known = (at >= x[0]) & (at <= x[-1])
        level = np.clip(np.floor(self._up(np.interp(at, x, y), high)), 0, high - 1).astype(int)
        before = np.roll(level, 1)
        before[0] = level[0]
        before = np.where(np.roll(known, 1), before, level)
        for column in np.flatnonzero(known):
            low, top = sorted((int(before[column]), int(level[column])))
            self.dots[low : top + 1, column] = True
            self.dot_tone[low // 4 : top // 4 + 1, column // 2] = tone

    def _area(self, area: Area) -> None:
        x = np.asarray(area.x, float)
        at = (np.arange(self.columns) + 0.5) / self.columns * (self._x[1] - self._x[0]) + self._x[0]
        top = self._up(np.interp(at, x, np.asarray(area.high, float)), 2 * self.rows)
        bottom = self._up(np.interp(at, x, np.asarray(area.low, float)), 2 * self.rows)
        half = np.arange(2 * self.rows)[:, None]
        inside = (half >= np.floor(top)) & (half < np.maximum(np.ceil(bottom), np.floor(top) + 1))
        half_cell = 0.5 * (self._x[1] - self._x[0]) / self.columns
        inside &= (at >= x[0] - half_cell) & (at <= x[-1] + half_cell)
        self.back[inside] = _number(area.tone)

    def _marks(self, dots: Dots) -> None:
        tone = _number(dots.tone)
        for number, (x, y) in enumerate(zip(dots.x, dots.y, strict=True)):
            column = self._column(x)
            if dots.low is not None and dots.high is not None and 0 <= column < self.columns:
                top, bottom = self._row(dots.high[number]), self._row(dots.low[number])
                for row in range(max(top, 0), min(bottom, self.rows - 1) + 1):
                    self.letters[row, column] = "│", tone
            row = self._row(y)
            if 0 <= row < self.rows and 0 <= column < self.columns:
                self.letters[row, column] = dots.mark, tone

    def _write(self, row: int, column: int, words: str, tone: int) -> None:
        for place, letter in enumerate(words, max(0, column)):
            if place < self.columns:
                self.letters[row, place] = letter, tone


def _number(tone: Tone) -> int:
    return 1 + TONES.index(tone)


class Plot(Widget):
    """Shows one chart; `show` with another one paints again."""

    DEFAULT_CSS = "Plot { height: 1fr; width: 1fr; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"plot--{tone}" for tone in TONES), "plot--axis"}
    help_topic = "plot"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._chart: Chart | None = None
        self._said = ""
        self._strips: list[Strip] | None = None
        self._wide = 0
        self._styles_used: dict[tuple[int, int], Style] = {}

    @property
    def chart(self) -> Chart | None:
        """What is on show."""
        return self._chart

    @property
    def said(self) -> str:
        """What stands in its place while there is no chart."""
        return self._said

    def show(self, chart: Chart | None, words: str = "") -> None:
        """Draw a chart, or say why there is none."""
        self._chart, self._said, self._strips = chart, words, None
        self.refresh()

    def colour(self, tone: Tone) -> str:
        """The colour of a tone, for a legend elsewhere."""
        colour = self.get_component_styles(f"plot--{tone}").color
        return colour.css

    def notify_style_update(self) -> None:
        """Other colours: paint again."""
        self._strips = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row of what was painted for the present size."""
        if self._strips is None or len(self._strips) != self.size.height or self._wide != self.size.width:
            self._wide = self.size.width
            self._strips = self._paint()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def _paint(self) -> list[Strip]:
        self._styles_used.clear()
        width, height = self.size
        quiet = self.get_component_rich_style("plot--axis")
        chart = self._chart
        if chart is None:
            rows = [Strip.blank(width, self.rich_style) for _ in range(height)]
            if height:
                words = Segment(self._said[:width].center(width), quiet)
                rows[height // 2] = Strip([words]).adjust_cell_length(width, self.rich_style)
            return rows
        below = 1 if chart.x_ticks else 0
        rows_high = height - below
        if rows_high < 1:
            return [Strip.blank(width, self.rich_style) for _ in range(height)]
        labels = _y_labels(chart, rows_high)
        left = chart.axis_wide + 1
        painter = Painter(chart, width - left, rows_high)
        strips: list[Strip] = []
        for row in range(rows_high):
            label = Segment(labels.get(row, "").rjust(left - 1) + " ", quiet)
            strips.append(
                Strip([label, *self._segments(painter, row)]).adjust_cell_length(width, self.rich_style)
            )
        if below:
            foot = Segment(_x_row(chart, left, width), quiet)
            strips.append(Strip([foot]).adjust_cell_length(width, self.rich_style))
        return strips

    def _segments(self, painter: Painter, row: int) -> list[Segment]:
        cells = [painter.cell(row, column) for column in range(painter.columns)]
        out = []
        for (front, behind), same in groupby(cells, key=lambda cell: (cell[1], cell[2])):
            out.append(Segment("".join(cell[0] for cell in same), self._style(front, behind)))
        return out

    def _style(self, front: int, behind: int) -> Style:
        """Worked out once for a painting: a hundred times would cost more than all the rest."""
        if (front, behind) not in self._styles_used:
            style = self.rich_style
            if front:
                style += Style(color=self.get_component_rich_style(f"plot--{TONES[front - 1]}").color)
            if behind:
                style += Style(bgcolor=self.get_component_rich_style(f"plot--{TONES[behind - 1]}").color)
            self._styles_used[front, behind] = style
        return self._styles_used[front, behind]


def _y_labels(chart: Chart, rows: int) -> dict[int, str]:
    """Label by row: values, and the unit at the top."""
    low, high = chart.y
    found = {}
    for value in ticks(low, high, max(2, rows // 2)):
        row = int(np.clip(np.floor((1 - (value - low) / (high - low)) * rows - 1e-9), 0, rows - 1))
        found[row] = f"{value:.{chart.y_digits}f}"
    if chart.unit:
        found[0] = chart.unit
    return found


def _x_row(chart: Chart, left: int, width: int) -> str:
    """The ticks below, those that would run into each other left out."""
    row = [" "] * width
    free_from = 0
    for value, words in chart.x_ticks:
        at = left + int((value - chart.x[0]) / (chart.x[1] - chart.x[0]) * (width - left)) - len(words) // 2
        at = min(max(at, 0), width - len(words))
        if at >= free_from:
            row[at : at + len(words)] = words
            free_from = at + len(words) + 1
    return "".join(row)
