"""The reps that have been told of a set which is still going on.

A live rep's number is its name and never used again; its place in the set changes when one before
it is withdrawn or added.
"""

from __future__ import annotations

from hardset.signal.repetition import Repetition
from hardset.signal.sets import MeasuredSet


class LiveSet:
    """Told reps in the order of time."""

    def __init__(self) -> None:
        self._by_number: dict[int, Repetition] = {}

    @property
    def reps(self) -> list[Repetition]:
        """The reps that stand, in the order of time."""
        return sorted(self._by_number.values(), key=lambda rep: rep.concentric_start_s)

    def tell(self, rep: Repetition) -> Repetition | None:
        """Take a new or corrected rep; gives the view that it replaces."""
        before = self._by_number.get(rep.number)
        self._by_number[rep.number] = rep
        return before

    def withdraw(self, number: int) -> int | None:
        """Forget a rep; gives the place it had in the set, or None if it had not been told."""
        if number not in self._by_number:
            return None
        place = self.place(number)
        del self._by_number[number]
        return place

    def place(self, number: int) -> int:
        """Which rep of the set it is, from 1."""
        return [rep.number for rep in self.reps].index(number) + 1

    def measured(self) -> MeasuredSet:
        """The set so far; only for a set with at least one rep."""
        reps = tuple(self.reps)
        return MeasuredSet(1, reps[0].concentric_start_s, reps[-1].concentric_end_s, reps, ())
