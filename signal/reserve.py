"""What is not said yet: a lone stroke of an unknown exercise may be anything, two alike ones hardly are.

On 4 minutes of idle wrists and one of an idle bar every stroke told at once came to 89 reps, all taken
back. A lifter who has not said what he lifts hears of his first rep with the second.
"""

from __future__ import annotations

from enum import IntEnum

from hardset.signal.repetition import Repetition

LIKE_RANGE = 0.7
"""Least ratio of the smaller range to the greater of two reps that follow each other."""
LIKE_DURATION = 0.6
"""The same for the time that the concentric phases take."""
FOLLOWS_S = 8.0
"""Two reps at the beginning of a set end at most so far apart."""


class Caution(IntEnum):
    """What a stroke needs to be told while the set is not sure."""

    NONE = 0
    ANOTHER_ALIKE = 1
    SURE_SET = 2


class Reserve:
    """Strokes that are seen but not told, until another like them ends or the set is sure."""

    def __init__(self, *, known: bool) -> None:
        self._least = Caution.NONE if known else Caution.ANOTHER_ALIKE
        self._caution = self._least
        self._kept: dict[int, Repetition] = {}
        self._out: dict[int, Repetition] = {}

    def take(self, rep: Repetition) -> list[Repetition]:
        """A stroke, or a better view of one; gives what may be told now, in the order of time."""
        if self._caution is Caution.NONE or rep.number in self._out:
            self._out[rep.number] = rep
            return [rep]
        self._kept[rep.number] = rep
        others = [one for one in (*self._kept.values(), *self._out.values()) if one.number != rep.number]
        if self._caution is Caution.SURE_SET or not any(_alike(rep, one) for one in others):
            return []
        return self._release([one for one in self._kept.values() if one is rep or _alike(rep, one)])

    def release(self) -> list[Repetition]:
        """The set is sure: all that stands is told, and what follows at once."""
        self._caution = Caution.NONE
        return self._release(list(self._kept.values()))

    def doubt(self) -> None:
        """More strokes than a set needs have made none: things are moved about, the next need more."""
        self._caution = Caution(min(self._caution + 1, Caution.SURE_SET))

    def forget(self, number: int) -> bool:
        """It was none; True where it had been told."""
        self._kept.pop(number, None)
        return self._out.pop(number, None) is not None

    def clear(self) -> None:
        """The set is over."""
        self._kept.clear()
        self._out.clear()
        self._caution = self._least

    def _release(self, reps: list[Repetition]) -> list[Repetition]:
        for rep in reps:
            self._out[rep.number] = self._kept.pop(rep.number)
        return sorted(reps, key=lambda rep: rep.concentric_start_s)


def _alike(one: Repetition, other: Repetition) -> bool:
    """Whether two strokes may be neighbours in one set."""
    if abs(one.concentric_end_s - other.concentric_end_s) > FOLLOWS_S:
        return False
    ranges = sorted((range_of(one), range_of(other)))
    durations = sorted((one.concentric_s, other.concentric_s))
    return ranges[0] > LIKE_RANGE * ranges[1] and durations[0] > LIKE_DURATION * durations[1]


def range_of(rep: Repetition) -> float:
    """Of motion: degrees on a limb, metres on a bar."""
    return rep.rom_deg if rep.rom_deg is not None else (rep.rom_m or 0.0)
