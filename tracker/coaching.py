"""What is said to a lifter in the middle of a set: silent until it matters, and no stop on one odd rep.

Everything is derived from the reps as they stand now, so a rep that is corrected or taken back changes
the verdict as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from hardset.signal.advice import (
    TARGET_RIR,
    VELOCITY_LOSS_LIMIT_PCT,
    Action,
    Advice,
    advise,
    advise_by_loss,
)
from hardset.tracker.training.settings import Settings

if TYPE_CHECKING:
    from hardset.signal.rir import RirEstimate

NOTHING_LEFT = 0.5
"""From this probability of 0 reps in reserve on there is no grace: the next rep would fail."""


MOST_LEFT = 4
WIDEST_UNCALIBRATED = 4.5
"""Of a lifter whom nobody knows, an interval wider than this says too little to be acted on."""


class GoalKind(StrEnum):
    """What ends a set."""

    RESERVE = "reserve"
    """So many reps are left."""
    LOSS = "loss"
    """Velocity has fallen by so much."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the lifter aims for in a set."""

    kind: GoalKind = GoalKind.RESERVE
    target_rir: int = TARGET_RIR
    loss_limit_pct: float = VELOCITY_LOSS_LIMIT_PCT

    @property
    def in_words(self) -> str:
        """For the screen: 'stop with 2 left' or 'stop at 25 % loss'."""
        if self.kind is GoalKind.LOSS:
            return f"stop at {self.loss_limit_pct:.0f} % loss"
        return f"stop with {self.target_rir} left"


def goal_of(settings: Settings) -> Goal:
    """What ends a set, by the lifter's settings."""
    if settings.stop_at_loss_pct is not None:
        return Goal(GoalKind.LOSS, settings.target_rir, settings.stop_at_loss_pct)
    return Goal(target_rir=settings.target_rir)


def next_goal(goal: Goal) -> Goal:
    """The goals in a circle: 0 to 4 reps left, then by velocity loss."""
    if goal.kind is GoalKind.LOSS:
        return replace(goal, kind=GoalKind.RESERVE, target_rir=0)
    if goal.target_rir >= MOST_LEFT:
        return replace(goal, kind=GoalKind.LOSS)
    return replace(goal, target_rir=goal.target_rir + 1)


@dataclass(frozen=True, slots=True)
class RepFigures:
    """What advice after one rep rests on."""

    velocity_loss_pct: float
    rir: RirEstimate


def verdict(reps: Sequence[RepFigures], goal: Goal) -> Advice | None:
    """What to say after the newest rep; None before the first.

    One rep over the target that nothing foretold may be a slip: it is told as 'one more', and the second
    in a row ends the set. There is no such grace when most likely nothing is left.
    """
    if not reps:
        return None
    newest = _advice(reps[-1], goal)
    if newest.action is not Action.STOP or reps[-1].rir.pmf[0] >= NOTHING_LEFT:
        return newest
    foretold = len(reps) > 1 and _advice(reps[-2], goal).action is not Action.GO_ON
    if foretold:
        return newest
    return Advice(Action.ONE_MORE, 1, f"{newest.why}; if the next rep says so too, stop")


def _open(rir: RirEstimate) -> bool:
    """Whether the estimate says too little to act on."""
    return rir.vague or (not rir.calibrated and rir.high80 - rir.low80 > WIDEST_UNCALIBRATED)


def _advice(rep: RepFigures, goal: Goal) -> Advice:
    """By the goal; where too little is known of this lifter, velocity loss stands in."""
    if goal.kind is GoalKind.LOSS or _open(rep.rir):
        return advise_by_loss(rep.velocity_loss_pct, goal.loss_limit_pct)
    return advise(rep.rir, goal.target_rir)
