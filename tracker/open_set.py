"""The set that is on: what has been told of it, scored as it stands. One fresh object for each set."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.repetition import Repetition
from hardset.signal.rir import LifterState
from hardset.signal.sets import MeasuredSet
from hardset.tracker.facts import RepTakenBack, RepTold
from hardset.tracker.live_set import LiveSet
from hardset.tracker.scoring import ScoredSet, score_set

SETTLED_ANEW_SHARE = 0.01
"""When a set is settled, a rep is told again if its velocity moved by more than this share."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """What reps in reserve follow from, beside the reps themselves."""

    exercise: Exercise | None
    placement: Placement
    state: LifterState | None
    """What is known of the lifter's earlier sets."""

    def score(self, measured: MeasuredSet) -> ScoredSet:
        """RIR after each rep."""
        return ScoredSet(measured, score_set(measured, self.exercise, self.placement, self.state))


class OpenSet:
    """Told reps of the set that is on, and the facts about them."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._told = LiveSet()

    def tell(self, rep: Repetition, at_s: float) -> RepTold:
        """A new or corrected rep."""
        corrects = self._told.tell(rep) is not None
        place = self._told.place(rep.number)
        return _told(rep, place, self._scorer.score(self._so_far()), at_s, corrects=corrects, settled=False)

    def take_back(self, number: int, at_s: float) -> list[RepTakenBack]:
        """A told rep that is none; nothing if it was never told."""
        place = self._told.withdraw(number)
        if place is None:
            return []
        return [RepTakenBack(at_s, number, place, self._so_far() if self._told.reps else None)]

    def settle(
        self, measured: MeasuredSet, reps: list[Repetition], at_s: float
    ) -> tuple[list[RepTold], ScoredSet]:
        """The set is over: what was not told, or not so, and the final figures.

        measured: the set, numbered by place. reps: the same reps by their names in this session.
        They are told no more: what stays belongs to the next set.
        """
        scored = self._scorer.score(measured)
        facts = []
        for place, rep in enumerate(reps, 1):
            before = self._told.tell(rep)
            self._told.withdraw(rep.number)
            if before is None or abs(rep.speed - before.speed) > SETTLED_ANEW_SHARE * before.speed:
                facts.append(_told(rep, place, scored, at_s, corrects=before is not None, settled=True))
        return facts, scored

    def hand_over(self, to: OpenSet) -> OpenSet | None:
        """What was told of a set that follows, in that set's own object; None where nothing was."""
        for rep in self._told.reps:
            to._told.tell(rep)
        return to if to._told.reps else None

    def _so_far(self) -> MeasuredSet:
        reps = tuple(replace(rep, number=place) for place, rep in enumerate(self._told.reps, 1))
        return MeasuredSet(1, reps[0].concentric_start_s, reps[-1].concentric_end_s, reps, ())


def _told(
    rep: Repetition, place: int, scored: ScoredSet, at_s: float, *, corrects: bool, settled: bool
) -> RepTold:
    return RepTold(
        at_s=at_s,
        number=rep.number,
        place=place,
        rep=rep,
        velocity_loss_pct=scored.measured.velocity_losses_pct[place - 1],
        rir=scored.rir[place - 1],
        corrects=corrects,
        settled=settled,
        so_far=scored.measured,
    )
