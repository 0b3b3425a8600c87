"""The reps that have been told of a set which is still going on.

A live rep has no lasting number: one before it may be withdrawn or added later. Two views of a rep
are the same one when their concentric phases overlap.
"""

from __future__ import annotations

from hardset.signal.repetition import Repetition
from hardset.signal.sets import MeasuredSet


class LiveSet:
    """Told reps in the order of time."""

    def __init__(self) -> None:
        self.reps: list[Repetition] = []

    def tell(self, rep: Repetition) -> Repetition | None:
        """Take a new or corrected rep; gives the view that it replaces."""
        before = self._view_of(rep)
        if before is not None:
            self.reps.remove(before)
        self.reps.append(rep)
        self.reps.sort(key=lambda one: one.concentric_start_s)
        return before

    def withdraw(self, rep: Repetition) -> int | None:
        """Forget a rep; gives its place from 1, or None if it had not been told."""
        known = self._view_of(rep)
        if known is None:
            return None
        place = self.place(known)
        self.reps.remove(known)
        return place

    def place(self, rep: Repetition) -> int:
        """Which rep of the set it is, from 1."""
        return self.reps.index(rep) + 1

    def measured(self) -> MeasuredSet:
        """The set so far; only for a set with at least one rep."""
        return MeasuredSet(
            1, self.reps[0].concentric_start_s, self.reps[-1].concentric_end_s, tuple(self.reps), ()
        )

    def _view_of(self, rep: Repetition) -> Repetition | None:
        for one in self.reps:
            if (
                one.concentric_start_s < rep.concentric_end_s
                and rep.concentric_start_s < one.concentric_end_s
            ):
                return one
        return None
