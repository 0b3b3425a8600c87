"""A row per rep: its velocity with its interval, and the reps in reserve after it as a fan downwards."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hardset.signal.repetition import Repetition
from hardset.tracker.training.exercise_history import Z80
from hardset.tracker.training.set_list import RirStep, SetReview
from hardset.tracker.training.set_rows import StoredRep
from hardset.tui.review.words import span_words, speed_words

HARD = 3.5
"""The border of a hard set on the scale of reps left, between 3 and 4."""
LEFT_WIDE = 8
FIXED = 16 + 1 + 1 + LEFT_WIDE
"""Columns of everything but the two pictures."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One rep of the picture."""

    number: int
    """Its number among those that stand; its place among all for a deleted one."""
    stored: StoredRep
    step: RirStep | None
    before: float | None
    """Velocity of the same rep in the set before."""


class RepList(ScrollView, can_focus=True):
    """The reps of one set with a cursor; deleted ones keep their place."""

    DEFAULT_CSS = "RepList { height: 1fr; width: 1fr; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("reps--head", "reps--quiet", "reps--doubt", "reps--velocity", "reps--before"),
        *("reps--wide", "reps--middle", "reps--median", "reps--cursor"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "move(-1000)", "First", show=False),
        Binding("end", "move(1000)", "Last", show=False),
    ]
    help_topic = "rep-list"

    class Moved(Message):
        """The cursor is on another rep."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[_Row] = []
        self._cursor = 0
        self._on_limb = False
        self._said = ""
        self._velocity = (0.0, 1.0)
        self._most_left = 6
        self._looks: dict[str, Style] = {}

    @property
    def place(self) -> int | None:
        """Place of the rep under the cursor, from 1; None where there is none."""
        return self._cursor + 1 if self._rows else None

    @property
    def rep(self) -> StoredRep | None:
        """The rep under the cursor."""
        return self._rows[self._cursor].stored if self._rows else None

    @property
    def is_last(self) -> bool:
        """Whether no standing rep comes after the cursor's."""
        return not any(not row.stored.deleted for row in self._rows[self._cursor + 1 :])

    def show(self, review: SetReview | None, *, same_set: bool = False) -> None:
        """The reps of a set; same_set: the cursor stays where it is."""
        self._rows = [] if review is None else _rows(review)
        self._on_limb = review is not None and review.line.on_limb
        self._said = "" if review is None or self._rows else "No sensor saw this set: there is no velocity."
        self._cursor = min(self._cursor, max(0, len(self._rows) - 1)) if same_set else 0
        speeds = [end for row in self._rows for end in _interval(row.stored.rep)]
        speeds += [row.before for row in self._rows if row.before is not None]
        if speeds:
            spare = 0.04 * (max(speeds) - min(speeds)) + 1e-6
            self._velocity = max(0.0, min(speeds) - spare), max(speeds) + spare
        highest = [row.step.estimate.high80 for row in self._rows if row.step is not None]
        self._most_left = min(10, max(6, ceil(max(highest, default=6))))
        self.virtual_size = Size(self.size.width, len(self._rows) + 1)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row for each rep and the head."""
        return max(3, len(self._rows) + 1)

    def on_resize(self, event: events.Resize) -> None:
        """The rows are as wide as the widget."""
        self.virtual_size = Size(event.size.width, len(self._rows) + 1)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go_to(self._cursor + by)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there."""
        self._go_to(event.y - 1 + round(self.scroll_y))

    def _go_to(self, row: int) -> None:
        if not self._rows:
            return
        self._cursor = min(max(row, 0), len(self._rows) - 1)
        seen = max(1, self.size.height - 1)
        if self._cursor < self.scroll_y:
            self.scroll_to(y=self._cursor, animate=False)
        elif self._cursor >= self.scroll_y + seen:
            self.scroll_to(y=self._cursor - seen + 1, animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """The head stays; the rows scroll below it."""
        width = self.size.width
        if y == 0:
            segments = [Segment(self._head(), self._look("head"))] if self._rows else []
        elif not self._rows:
            segments = [Segment(self._said.center(width) if y == 2 else "", self._look("quiet"))]
        else:
            at = y - 1 + round(self.scroll_y)
            segments = self._row(at) if at < len(self._rows) else []
        return Strip(segments).adjust_cell_length(width, self._plain)

    def _widths(self) -> tuple[int, int]:
        """Columns of the two pictures."""
        free = max(8, self.size.width - FIXED)
        return free // 2, free - free // 2

    def _head(self) -> str:
        first, second = self._widths()
        unit = "°/s" if self._on_limb else "m/s"
        low, high = (speed_words(end, on_limb=self._on_limb) for end in self._velocity)
        scale = f"{low}{high.rjust(first - len(low))}"
        left = "0" + f"{self._most_left}+".rjust(second - 1)
        return f" rep   {unit:>4}     {scale} {left} left"

    def _row(self, at: int) -> list[Segment]:
        row, rep = self._rows[at], self._rows[at].stored.rep
        here = at == self._cursor
        mark = "▸" if here and self.has_focus else "·" if here else " "
        sd = rep.mean_angular_velocity_sd_dps if self._on_limb else rep.mean_velocity_sd_mps
        speed = speed_words(rep.speed, on_limb=self._on_limb)
        spread = "" if sd is None else ("±" + speed_words(sd, on_limb=self._on_limb).removeprefix("0"))
        doubt = "✖" if row.stored.deleted else "?" if rep.doubtful else " "
        look = self._look("cursor") if here and self.has_focus else self._plain
        if row.stored.deleted:
            words = f"{mark}{'':>2}{doubt} {speed:>5} {spread:<5}deleted: x brings it back"
            return [Segment(words, self._look("quiet"))]
        first, second = self._widths()
        left = "" if row.step is None else span_words(row.step.estimate)
        return [
            Segment(f"{mark}{row.number:>2}", look),
            Segment(doubt, self._look("doubt")),
            Segment(f" {speed:>5} ", look),
            Segment(f"{spread:<5}", self._look("quiet")),
            *self._speed_cells(row, first),
            Segment(" ", look),
            *self._left_cells(row.step, second),
            Segment(f" {left}", look),
        ]

    def _speed_cells(self, row: _Row, wide: int) -> list[Segment]:
        """A dot with a whisker of 80 %, and a ring for the same rep of the set before."""
        low, high = self._velocity

        def column(value: float) -> int:
            return min(wide - 1, max(0, int((value - low) / (high - low) * wide)))

        cells = [" "] * wide
        looks = [self._look("velocity")] * wide
        start, end = (column(one) for one in _interval(row.stored.rep))
        for at in range(start, end + 1):
            cells[at] = "─"
        if row.before is not None:
            at = column(row.before)
            cells[at], looks[at] = "○", self._look("before")
        cells[column(row.stored.rep.speed)] = "●"
        looks[column(row.stored.rep.speed)] = self._look("doubt" if row.stored.rep.doubtful else "velocity")
        return [Segment(cell, look) for cell, look in zip(cells, looks, strict=True)]

    def _left_cells(self, step: RirStep | None, wide: int) -> list[Segment]:
        """80 % lightly and the middle half strongly shaded, a dot at the median, a line at hard sets."""
        span = self._most_left + 1.0
        border = min(wide - 1, round((HARD + 0.5) / span * wide))
        if step is None:
            return [Segment(" " * wide, self._plain)]
        rir = step.estimate
        middle = min(wide - 1, int((min(rir.median, self._most_left) + 0.5) / span * wide))
        out = []
        for at in range(wide):
            value = (at + 0.5) / wide * span - 0.5
            half = 0.5 * span / wide
            letter = "●" if at == middle else "▏" if at == border else " "
            look = self._look("median" if at == middle else "quiet")
            if value + half > step.low50 and value - half < step.high50:
                look += Style(bgcolor=self._look("middle").color)
            elif value + half > rir.low80 and value - half < rir.high80:
                look += Style(bgcolor=self._look("wide").color)
            out.append(Segment(letter, look))
        return out

    def _look(self, name: str) -> Style:
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(f"reps--{name}")
        return self._looks[name]

    @property
    def _plain(self) -> Style:
        """The widget's own look; worked out once, since it costs as much as a row."""
        if "" not in self._looks:
            self._looks[""] = self.rich_style
        return self._looks[""]

    def notify_style_update(self) -> None:
        """Other colours."""
        self._looks.clear()
        super().notify_style_update()


def _rows(review: SetReview) -> list[_Row]:
    steps = iter(review.steps)
    before = next((one for one in review.earlier if one.velocities), None)
    limb = () if before is None else before.placement in ("thigh", "shank")
    earlier = before.velocities if before is not None and limb == review.line.on_limb else ()
    rows, number = [], 0
    for place, stored in enumerate(review.reps, start=1):
        if stored.deleted:
            rows.append(_Row(place, stored, None, None))
            continue
        number += 1
        old = earlier[number - 1] if number <= len(earlier) else None
        rows.append(_Row(number, stored, next(steps, None), old))
    return rows


def _interval(rep: Repetition) -> tuple[float, float]:
    """80 % interval of a rep's velocity; the velocity twice where its error is not known."""
    sd = rep.mean_velocity_sd_mps if rep.mean_velocity_mps is not None else rep.mean_angular_velocity_sd_dps
    return rep.speed - Z80 * (sd or 0.0), rep.speed + Z80 * (sd or 0.0)
