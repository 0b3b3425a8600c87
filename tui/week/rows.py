"""Rows of the week: one muscle each, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from hardset.tracker.training.check import words
from hardset.tracker.training.volume import LEG_MUSCLES, MuscleVolume
from hardset.tracker.training.week_overview import WEEKS, MovementPart, WeekOverview, movement_parts
from hardset.tracker.training.week_words import VERDICTS, bar, interval_words, sparkline
from hardset.tui.theme import QUIET

COLOURS = {"under": "$warning", "in": "$success", "over": "$accent"}
PARTS = {
    "knee_extension": "knee extension",
    "hip_hinge": "hip-dominant",
    "knee_flexion": "knee-dominant",
    "straight_knee_calf": "straight-knee",
    "bent_knee_calf": "bent-knee",
}
"""Movement classes as parts of a muscle."""
OPINION = "°"
NARROWEST_BAR = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the columns are; 0 leaves one out."""

    name: int = 14
    bar: int = 10
    verdict: int = 7
    band: int = 7
    done: int = 9
    days: int = 3
    weeks: int = WEEKS

    @staticmethod
    def within(width: int) -> Columns:
        """As much as fits; the bar takes what is left."""
        for columns in (Columns(), Columns(weeks=0), Columns(weeks=0, done=0, days=0, band=0)):
            left = width - columns.fixed
            if left >= NARROWEST_BAR:
                break
        return Columns(
            bar=min(40, max(6, left)),
            band=columns.band,
            done=columns.done,
            days=columns.days,
            weeks=columns.weeks,
        )

    @property
    def fixed(self) -> int:
        """Cells of everything but the bar."""
        figures = 5 + 1 + 6
        others = (self.verdict, self.band, self.done, self.days, self.weeks)
        return self.name + 1 + 1 + figures + sum(1 + one for one in others if one)

    @property
    def head(self) -> str:
        """Titles of the columns."""
        cells = [f"{'muscle':{self.name}} {'hard sets':{self.bar}}   sum 80 %  "]
        titles = (("", self.verdict), ("band", self.band), ("sets", self.done), ("day", self.days))
        cells += [f"{title:{width}}" for title, width in titles if width]
        if self.weeks:
            cells.append(f"{WEEKS} wks")
        return " ".join(cells)


def full_scale(muscles: Sequence[MuscleVolume]) -> float:
    """Sets at the right end of every bar, so that bars can be compared."""
    return 1.1 * max([20.0, *(max(one.band[1], one.hard.interval80[1]) for one in muscles)])


def is_shown(one: MuscleVolume, *, everything: bool) -> bool:
    """Muscles that were trained, and the legs in any case."""
    return everything or one.all_sets > 0 or one.muscle in LEG_MUSCLES


def muscle_row(one: MuscleVolume, seen: WeekOverview, columns: Columns, full: float) -> Content:
    """One muscle, and below it the parts that it must be trained in."""
    colour = COLOURS[one.verdict]
    cells: list[str | tuple[str, str]] = [
        f"{words(one.muscle):{columns.name}} ",
        *_bar_cells(bar(one, columns.bar, full), colour),
        (f" {one.hard_sets:5.1f}", "bold"),
        (f" {interval_words(one.hard):6}", QUIET),
        (f" {VERDICTS[one.verdict]:{columns.verdict}}", colour),
    ]
    if columns.band:
        opinion = OPINION if seen.settings.band_ground(one.muscle) == "opinion" else ""
        cells.append((f" {one.band[0]:g}-{one.band[1]:g}{opinion}".ljust(columns.band + 1), QUIET))
    if columns.done:
        cells.append(f" {done_words(one):{columns.done}}")
    if columns.days:
        cells.append((f" {one.sessions:>2}×" if one.sessions else "  – ", QUIET))
    if columns.weeks:
        cells.append((f" {sparkline(seen.earlier[one.muscle], one.band[1])}", "$primary"))
    row = Content.assemble(*cells)
    parts = movement_parts(one, seen.exercises)
    return row if not parts else Content("\n").join([row, _parts_row(parts, short=not columns.done)])


def _bar_cells(drawn: str, colour: str) -> list[str | tuple[str, str]]:
    """What was done in the colour of the verdict, the rest of the scale quiet."""
    empty = drawn.lstrip("█▓")
    done = drawn[: len(drawn) - len(empty)]
    band = empty.rstrip("·")
    return [(done, colour), (band, "$secondary 60%"), (empty[len(band) :], "$secondary 60%")]


def done_words(one: MuscleVolume) -> str:
    """Work sets, direct ones whole and indirect ones as halves: '8 + 7×½'."""
    direct = sum(part.weight == 1.0 for part in one.contributions)
    halves = len(one.contributions) - direct
    if not one.contributions:
        return "none"
    return f"{direct} + {halves}×½" if halves else str(direct)


def part_words(part: MovementPart, *, short: bool = False) -> str:
    """'hip-dominant 6 sets, 4.1 hard', or that there is none."""
    name = PARTS[part.movement]
    if not part.sets:
        return f"✗ {name} none" if short else f"✗ {name}: none"
    if short:
        return f"{name} {part.sets}"
    return f"{name} {part.sets} set{'' if part.sets == 1 else 's'}, {part.hard_sets:.1f} hard"


def _parts_row(parts: Sequence[MovementPart], *, short: bool) -> Content:
    cells: list[str | tuple[str, str]] = [("  └ ", QUIET)]
    for number, part in enumerate(parts):
        cells.append((" · " if number else "", QUIET))
        cells.append((part_words(part, short=short), QUIET if part.sets else "$warning"))
    return Content.assemble(*cells)
