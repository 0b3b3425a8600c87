"""What to do after this rep: stop, one more, or go on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hardset.signal.rir_answer import FAR, RirEstimate

TARGET_RIR = 2
VELOCITY_LOSS_LIMIT_PCT = 25.0
"""Squat sets at 20 % loss are about half done, at 40-50 % at failure; people differ much (Jukic 2023)."""


class Action(StrEnum):
    """What the screen says in large letters."""

    STOP = "stop now"
    ONE_MORE = "one more"
    GO_ON = "go on"


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice after one rep, and its ground."""

    action: Action
    reps_to_go: int
    """Further reps until the target, as far as can be told; 0 for stop."""
    why: str


def advise(estimate: RirEstimate, target_rir: int = TARGET_RIR) -> Advice:
    """Stop when it is more likely than not that `target_rir` or fewer reps are left."""
    if target_rir < 0:
        raise ValueError(f"the target must be 0 reps in reserve or more, not {target_rir}")
    if estimate.vague:
        return Advice(Action.GO_ON, 1, f"{estimate.in_words}; target {target_rir}")
    reached = sum(estimate.pmf[: target_rir + 1])
    to_go = max(0, estimate.median - target_rir)
    if to_go == 0:
        return Advice(Action.STOP, 0, f"{reached:.0%} sure that {target_rir} or fewer are left")
    if to_go == 1:
        return Advice(Action.ONE_MORE, 1, f"{estimate.in_words}; target {target_rir}")
    if estimate.median >= FAR:
        return Advice(Action.GO_ON, to_go, f"{estimate.in_words}; target {target_rir}")
    return Advice(Action.GO_ON, to_go, f"{estimate.in_words}; target {target_rir}, so about {to_go} more")


def advise_by_loss(velocity_loss_pct: float, limit_pct: float = VELOCITY_LOSS_LIMIT_PCT) -> Advice:
    """The alternative that knows no lifter: stop at a velocity loss of `limit_pct` percent."""
    if not 0 < limit_pct < 100:
        raise ValueError(f"a velocity loss limit lies between 0 and 100 %, not {limit_pct}")
    why = f"velocity loss {velocity_loss_pct:.0f} %, limit {limit_pct:.0f} %"
    if velocity_loss_pct >= limit_pct:
        return Advice(Action.STOP, 0, why)
    return Advice(Action.GO_ON, 1, why)
