"""A week of hard sets as people read it, in the terminal and on the screens."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.tracker.training.check import words
from hardset.tracker.training.hard_sum import HardSum
from hardset.tracker.training.proximity import Source
from hardset.tracker.training.volume import MuscleVolume, Volume

BLOCKS = " ▁▂▃▄▅▆▇█"
VERDICTS = {"under": "▼ under", "in": "● in", "over": "▲ over"}


def bar(one: MuscleVolume, width: int, full: float | None = None) -> str:
    """Hard sets as a bar over the band: █ surely, ▓ within the interval, ░ the band.

    full: sets at the right end; None: as many as this muscle needs.
    """
    full = full or 1.25 * max(one.band[1], one.hard_sets)
    low, high = one.hard.interval80
    cells = []
    for number in range(width):
        middle = (number + 0.5) * full / width
        if middle <= low:
            cells.append("█")
        elif middle <= high:
            cells.append("▓")
        else:
            cells.append("░" if one.band[0] <= middle <= one.band[1] else "·")
    return "".join(cells)


def sparkline(weeks: Sequence[float], full: float) -> str:
    """One block a week, the last one being the week that is shown."""
    top = max(full, *weeks, 1.0)
    return "".join(BLOCKS[round(sets / top * (len(BLOCKS) - 1))] for sets in weeks)


def interval_words(hard: HardSum) -> str:
    """The 80 % interval: '9-14'."""
    low, high = hard.interval80
    return f"{low:.0f}-{high:.0f}"


def notes(counted: Volume, calves: HardSum) -> list[str]:
    """What has to be said beside the table."""
    said = [
        "█ sure, ▓ within the range that holds the truth in 80 of 100 such weeks, ░ band.",
        f"Calves, each set once: {calves.mean:.1f} ({interval_words(calves)}).",
    ]
    if counted.missing:
        said.append(missing_words(counted))
    unknown = sets_of_unknown_effort(counted)
    if unknown:
        said.append(
            f"Of {unknown} sets nobody knows how hard they were (no sensor, no --rir): they count as "
            "sets usually do, about half, and the range is wide."
        )
    if counted.uncounted:
        said.append(f"Not counted, muscles unknown: {', '.join(counted.uncounted)}.")
    said.append(
        "Bands are practice, not law (settings bands): 10-20 has evidence, 12-18 for calves is an opinion."
    )
    return said


def missing_words(counted: Volume) -> str:
    """Movements of the legs without a work set: 'No set of: knee flexion.'; empty where all are there."""
    return f"No set of: {', '.join(map(words, counted.missing))}." if counted.missing else ""


def sets_of_unknown_effort(counted: Volume) -> int:
    """How many sets count although nobody measured or felt how they ended."""
    parts = (part for one in counted.muscles for part in one.contributions)
    return len({part.set_id for part in parts if part.source is Source.UNKNOWN and part.p_hard > 0})
