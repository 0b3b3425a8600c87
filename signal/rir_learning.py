"""What the sets of one lifter in one exercise have taught, as a compact state.

The state is the joint distribution of failure velocity, slope, curvature, stopping habit and the
bias of the lifter's feel. A set multiplies it by a factor, so the order of sets does not matter;
sets of one session share the day's effect and are kept apart until the next session begins.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.exercise import Exercise
from hardset.signal.rir_evidence import (
    FELT_PRIOR,
    HABIT_WEIGHTS,
    HABITS,
    MANY_REPS,
    ClassPrior,
    SetEvidence,
    as_mps,
    class_prior,
    felt_weights,
    habit_weights,
    label_weights,
)
from hardset.signal.rir_grid import (
    RIR_NODES,
    Floats,
    Grid,
    build_grid,
    drift_kernel,
    log_likelihood,
    noise_sd,
)

DRIFT_MPS_PER_ROOT_DAY = 0.01 / math.sqrt(21.0)
"""Time off widens what is known of the failure velocity: 0.01 m/s in three weeks (own synthesis)."""
LOAD_FORGET_DAYS = 90.0
EPLEY = 1.0 / 30.0
REPS_AT_LOAD_SD = 3.0
"""How well a known one-repetition maximum tells the reps at a load, reps (people differ by a factor 2)."""


@dataclass(frozen=True, slots=True, eq=False)
class LifterState:
    """Everything learned of one lifter in one exercise (and one kind of sensor placement)."""

    prior: ClassPrior
    base: Floats
    """(level, curve, habit or 1, feel or 1): closed sessions, without the priors of habit and feel."""
    session: str | None = None
    open_sets: Floats | None = None
    """Factors of the running session's sets over the session's level, same axes."""
    sets: int = 0
    failures: int = 0
    """Sets of known RIR among them: these calibrate."""
    failures_in_session: int = 0
    newest_days_ago: float | None = None
    load_weight: float = 0.0
    load_log_e1rm: float = 0.0
    """Weighted sum of log one-repetition maxima (kg) from sets of known or felt RIR."""
    feel_before: tuple[float, ...] | None = None
    """What the lifter's other exercises say of bias and sharpness of feel; None: what is usual."""

    @property
    def grid(self) -> Grid:
        """The nodes that `base` lives on."""
        return grid_of(self.prior)

    @property
    def feel(self) -> Floats:
        """(f,) weights of bias and sharpness of feel before this exercise's own evidence."""
        return FELT_PRIOR if self.feel_before is None else np.array(self.feel_before)

    @property
    def unlabelled(self) -> int:
        """Sets of unknown RIR: these teach the habit."""
        return self.sets - self.failures

    @property
    def e1rm_kg(self) -> float | None:
        """One-repetition maximum from reps and RIR of earlier sets, kg."""
        return math.exp(self.load_log_e1rm / self.load_weight) if self.load_weight > 0 else None


def grid_of(prior: ClassPrior) -> Grid:
    """The grid of a class prior."""
    return build_grid(prior.mean_mps, prior.sd_mps, prior.per_set_sd_mps, prior.slope_log_sd)


def fresh_state(
    exercise: Exercise | None, *, on_limb: bool = False, feel: tuple[float, ...] | None = None
) -> LifterState:
    """A lifter of whom nothing is known yet but, perhaps, the feel: `feel_learned` of another exercise."""
    prior = class_prior(exercise, on_limb=on_limb)
    if feel is not None and len(feel) != len(FELT_PRIOR):
        raise ValueError(f"feel has {len(FELT_PRIOR)} weights, not {len(feel)}")
    return LifterState(prior=prior, base=grid_of(prior).prior[:, :, None, None], feel_before=feel)


def feel_learned(state: LifterState) -> tuple[float, ...]:
    """(f,) posterior of bias and sharpness of feel, to begin another exercise of the same lifter with."""
    closed = _close_session(state)
    weights = closed.base
    if weights.shape[2] > 1:
        weights = weights * habit_weights(state.unlabelled)[:, None]
    over_feel = weights.sum(axis=(0, 1, 2)) * state.feel
    return tuple((over_feel / over_feel.sum()).tolist())


def learn(state: LifterState | None, evidence: SetEvidence, exercise: Exercise | None) -> LifterState:
    """The state after one more set. `days_ago` younger than the newest set's widens it first."""
    state = state if state is not None else fresh_state(exercise, on_limb=evidence.on_limb)
    check_units(state, evidence, exercise)
    if len(evidence.velocities) > MANY_REPS:
        return state
    if state.newest_days_ago is not None and evidence.days_ago is not None:
        state = rested(state, state.newest_days_ago - evidence.days_ago)
    if evidence.session is None or evidence.session != state.session:
        state = _close_session(state)
    factor = state.grid.over_sets.T @ _flat(_set_factor(state.grid, evidence, exercise))
    factor = factor.reshape(state.grid.level_mps.size, state.grid.curve_mps.shape[0], *_tail(evidence))
    opened = factor if state.open_sets is None else state.open_sets * factor
    weight, log_e1rm = _load_evidence(evidence)
    known = evidence.known_rir is not None
    return replace(
        state,
        session=evidence.session,
        open_sets=opened / opened.max(),
        sets=state.sets + 1,
        failures=state.failures + known,
        failures_in_session=state.failures_in_session + known,
        newest_days_ago=_least(state.newest_days_ago, evidence.days_ago),
        load_weight=state.load_weight + weight,
        load_log_e1rm=state.load_log_e1rm + weight * log_e1rm,
    )


def learn_history(
    history: Sequence[SetEvidence], exercise: Exercise | None, *, current_session: str | None = None
) -> LifterState | None:
    """The state after all sets, whatever their order: oldest session first, `current_session` last."""
    sessions: dict[tuple[str, int], list[SetEvidence]] = {}
    for number, evidence in enumerate(history):
        key = ("", number) if evidence.session is None else (evidence.session, -1)
        sessions.setdefault(key, []).append(evidence)

    def age(group: list[SetEvidence]) -> tuple[bool, bool, float, str]:
        known = [e.days_ago for e in group if e.days_ago is not None]
        now = current_session is not None and group[0].session == current_session
        return now, not known, -max(known, default=0.0), min(map(repr, group))

    state: LifterState | None = None
    for group in sorted(sessions.values(), key=age):
        for evidence in sorted(group, key=lambda e: (-(e.days_ago or 0.0), repr(e))):
            state = learn(state, evidence, exercise)
    return state


def rested(state: LifterState, days: float) -> LifterState:
    """The state after `days` without training: failure velocity drifts, never beyond the prior's width."""
    if days <= 0:
        return state
    closed = _close_session(state)
    fade = math.exp(-days / LOAD_FORGET_DAYS)
    kernel = drift_kernel(
        closed.grid.level_mps, state.prior.mean_mps, state.prior.sd_mps, DRIFT_MPS_PER_ROOT_DAY, days
    )
    return replace(
        closed,
        base=_along_level(kernel, closed.base),
        newest_days_ago=None if state.newest_days_ago is None else max(0.0, state.newest_days_ago - days),
        load_weight=fade * state.load_weight,
        load_log_e1rm=fade * state.load_log_e1rm,
    )


def over_set_levels(state: LifterState, session: str | None) -> Floats:
    """Predictive weights (level, curve, habit or 1, feel or 1) of a new set of that session."""
    grid = state.grid
    same_day = session is not None and session == state.session
    closed = state if same_day else _close_session(state)
    weights = _along_level(grid.over_sessions, closed.base)
    if same_day and state.open_sets is not None:
        weights = weights * state.open_sets
    weights = _along_level(grid.over_sets, weights)
    result: Floats = weights / weights.sum()
    return result


def rir_weights(state: LifterState, evidence: SetEvidence) -> Floats:
    """(RIR_NODES,) weight of each RIR from load and reps alone: weak, and never the last word."""
    known = state.e1rm_kg
    if known is None or evidence.load_kg is None:
        return np.ones(RIR_NODES)
    possible = max(0.0, (known / evidence.load_kg - 1.0) / EPLEY)
    sd = math.hypot(REPS_AT_LOAD_SD, 0.15 * possible)
    z = (len(evidence.velocities) + np.arange(RIR_NODES) - possible) / sd
    result: Floats = np.maximum(np.exp(-0.5 * z**2), 0.03)
    return result


def _set_factor(grid: Grid, evidence: SetEvidence, exercise: Exercise | None) -> Floats:
    """Likelihood (level, curve, habit or 1, feel or 1) of a whole set, its RIR summed out."""
    velocities, sensor = as_mps(evidence, exercise)
    labels = label_weights(evidence)
    used = RIR_NODES if labels is None else int(np.flatnonzero(labels > 1e-4)[-1]) + 1
    log_like = log_likelihood(grid, velocities, noise_sd(velocities, sensor), used)
    like = np.exp(log_like - log_like.max()).astype(np.float64)
    over_habits = (HABITS if labels is None else labels[None, :])[:, None, :used]
    if evidence.felt_rir is not None:
        over_habits = over_habits * felt_weights(evidence.felt_rir)[None, :, :used]
    weights = over_habits.reshape(-1, used)
    factor: Floats = like.reshape(-1, used) @ weights.T
    return factor.reshape(*like.shape[:2], *over_habits.shape[:2])


def _tail(evidence: SetEvidence) -> tuple[int, int]:
    habits = 1 if evidence.known_rir is not None else len(HABIT_WEIGHTS)
    return habits, 1 if evidence.felt_rir is None else len(FELT_PRIOR)


def _close_session(state: LifterState) -> LifterState:
    """Sum the day's effect out of the running session's factors and fold them into the base."""
    if state.open_sets is None:
        return replace(state, session=None)
    base = state.base * _along_level(state.grid.over_sessions.T, state.open_sets)
    return replace(state, base=base / base.sum(), session=None, open_sets=None, failures_in_session=0)


def _along_level(kernel: Floats, weights: Floats) -> Floats:
    result: Floats = (kernel @ _flat(weights)).reshape(weights.shape)
    return result


def _flat(weights: Floats) -> Floats:
    return weights.reshape(weights.shape[0], -1)


def _load_evidence(evidence: SetEvidence) -> tuple[float, float]:
    """Weight and log of the one-repetition maximum that a set of known or felt RIR tells, kg."""
    known = evidence.known_rir
    rir, rir_sd = (known, 0.5) if known is not None else (evidence.felt_rir, 1.5)
    if evidence.load_kg is None or rir is None:
        return 0.0, 0.0
    reps = len(evidence.velocities) + rir
    spread = math.hypot(0.04, rir_sd * EPLEY / (1.0 + EPLEY * reps))
    return 1.0 / spread**2, math.log(evidence.load_kg) + math.log1p(EPLEY * reps)


def _least(first: float | None, second: float | None) -> float | None:
    known = [x for x in (first, second) if x is not None]
    return min(known, default=None)


def check_units(state: LifterState, evidence: SetEvidence, exercise: Exercise | None) -> None:
    """ValueError when the state was learned for another exercise or in another unit."""
    if state.prior != class_prior(exercise, on_limb=evidence.on_limb):
        raise ValueError("this state was learned for another exercise or another kind of sensor placement")
