"""The sets behind one muscle's figure, exercise by exercise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

from textual.content import Content

from hardset.tracker.training.check import words
from hardset.tracker.training.shown import count_words, load_words
from hardset.tracker.training.volume import Contribution, MuscleVolume
from hardset.tracker.training.week_overview import WeekOverview
from hardset.tracker.training.week_words import interval_words
from hardset.tui.theme import QUIET

COLUMN = 44


def muscle_title(one: MuscleVolume) -> str:
    """'hamstrings: 7.4 hard sets (6-9)'."""
    return f"{words(one.muscle)}: {one.hard_sets:.1f} hard sets (80 %: {interval_words(one.hard)})"


def muscle_detail(one: MuscleVolume, seen: WeekOverview, width: int) -> Content:
    """Sum, band, then every set with its weight and P(hard); side by side where there is room."""
    low, high = one.band
    ground = seen.settings.band_ground(one.muscle)
    band = Content.styled(f"Band {low:g}-{high:g} a week: {ground}.", QUIET)
    if not one.contributions:
        return Content("\n").join([Content("No set of this week trains it."), band])
    blocks = list(_blocks(one, seen))
    columns = max(1, width // COLUMN)
    return Content("\n").join([Content(_sum_words(one)), band, *_side_by_side(blocks, columns)])


def _sum_words(one: MuscleVolume) -> str:
    direct = [part for part in one.contributions if part.weight == 1.0]
    helped = [part for part in one.contributions if part.weight != 1.0]
    said = f"{count_words(len(direct), 'direct set')} gave {sum(part.credit for part in direct):.1f}"
    if helped:
        said += f", {len(helped)} that help gave {sum(part.credit for part in helped):.1f} (half each)"
    return f"{said}; {count_words(one.sessions, 'session')}."


def _blocks(one: MuscleVolume, seen: WeekOverview) -> Iterable[list[Content]]:
    """An exercise and its sets each; direct ones first."""

    def kind(part: Contribution) -> tuple[float, str]:
        return -part.weight, part.exercise

    logged = {each.id: each for each in seen.history.sets}
    for (weight, exercise), group in groupby(sorted(one.contributions, key=kind), key=kind):
        counts = "direct, a set is 1" if weight == -1.0 else "helps, a set is ½"
        block = [Content.assemble((words(exercise), "bold"), (f"  {counts}", QUIET))]
        for part in sorted(group, key=lambda part: logged[part.set_id].at):
            each = logged[part.set_id]
            load = f"{load_words(each.load_kg, seen.settings)} x {each.reps}"
            hard = f"{100 * part.p_hard:3.0f} % hard" if part.p_hard else "  no, by its reps"
            block.append(
                Content.assemble(
                    f"  {each.at:%a %d}  {load:14} ",
                    (hard, "$success" if part.p_hard >= 0.5 else "$warning"),
                    (f"  {part.source}" if part.p_hard else "", QUIET),
                )
            )
        yield block


def _side_by_side(blocks: Sequence[list[Content]], columns: int) -> list[Content]:
    """Blocks in columns, each put where there is most room."""
    if columns == 1:
        return [line for block in blocks for line in block]
    stacks: list[list[Content]] = [[] for _ in range(columns)]
    for block in blocks:
        min(stacks, key=len).extend(block)
    rows = zip_longest(*stacks, fillvalue=Content(""))
    return [Content("").join(cell.truncate(COLUMN, pad=True) for cell in row) for row in rows]
