"""Reps in reserve as a posterior: how many more full reps could the lifter have done?

Failure velocity, its slope and its curvature differ between lifters and days, so the answer is a
distribution, never a bare number. Velocity is modelled given RIR and inverted; regressing RIR on
velocity would be biased by 2 reps near failure (regression to the mean).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.exercise import Exercise
from hardset.signal.rir_answer import RirEstimate, to_estimate
from hardset.signal.rir_calibration import interval_factors
from hardset.signal.rir_evidence import (
    HABIT_WEIGHTS,
    HABITS,
    MANY_REPS,
    SetEvidence,
    as_mps,
    felt_weights,
    habit_weights,
    label_weights,
)
from hardset.signal.rir_grid import RIR_NODES, Floats, Singles, log_likelihood, log_likelihoods, noise_sd
from hardset.signal.rir_learning import (
    LifterState,
    check_units,
    feel_learned,
    fresh_state,
    learn,
    learn_history,
    over_set_levels,
    rested,
    rir_weights,
)
from hardset.signal.rir_state_file import state_from_dict, state_to_dict

__all__ = [
    "LifterState",
    "RirEstimate",
    "SetEvidence",
    "estimate_last",
    "estimate_set",
    "feel_learned",
    "fresh_state",
    "learn",
    "learn_history",
    "rested",
    "state_from_dict",
    "state_to_dict",
]

THIN = 3
"""Fewer reps than this show no slope."""


def estimate_set(
    evidence: SetEvidence, exercise: Exercise | None, state: LifterState | None = None
) -> tuple[RirEstimate, ...]:
    """Posterior of RIR after each rep of a set, as it could have been given live; the last is the set's.

    Sets of more than MANY_REPS reps get the wide answer that nothing is known.
    What is known of the set's end (felt, marked, a failed attempt, load) enters the last one only.
    exercise: None or one without a published failure velocity gets a wide prior in own units.
    """
    if len(evidence.velocities) > MANY_REPS:
        return (_no_set(len(evidence.velocities)),) * len(evidence.velocities)
    state, weights, velocities, sds = _prepare(evidence, exercise, state)
    log_likes = log_likelihoods(state.grid, velocities, sds)
    # While the set runs nobody has felt anything: the feel is summed out once for all reps.
    running = weights if weights.shape[3] == 1 else (weights @ state.feel)[..., None]
    live = [_over_rir(log_like, running, HABITS[:, None, :], state) for log_like in log_likes[:-1]]
    answers = [_answer(pmf, state, number) for number, pmf in enumerate(live, start=1)]
    return (*answers, _last(evidence, state, weights, log_likes[-1]))


def estimate_last(
    evidence: SetEvidence, exercise: Exercise | None, state: LifterState | None = None
) -> RirEstimate:
    """Only the set's estimate, three times faster than all of them."""
    if len(evidence.velocities) > MANY_REPS:
        return _no_set(len(evidence.velocities))
    state, weights, velocities, sds = _prepare(evidence, exercise, state)
    return _last(evidence, state, weights, log_likelihood(state.grid, velocities, sds))


def _prepare(
    evidence: SetEvidence, exercise: Exercise | None, state: LifterState | None
) -> tuple[LifterState, Floats, Floats, Floats]:
    state = state if state is not None else fresh_state(exercise, on_limb=evidence.on_limb)
    check_units(state, evidence, exercise)
    if state.newest_days_ago is not None:
        state = rested(state, state.newest_days_ago - (evidence.days_ago or 0.0))
    velocities, sensor = as_mps(evidence, exercise)
    return state, over_set_levels(state, evidence.session), velocities, noise_sd(velocities, sensor)


def _last(evidence: SetEvidence, state: LifterState, weights: Floats, log_like: Singles) -> RirEstimate:
    reps = len(evidence.velocities)
    if evidence.failed:
        certain = np.zeros(RIR_NODES)
        certain[0] = 1.0
        return to_estimate(certain, calibrated=True, reason="a failed attempt ended the set")
    labels = label_weights(evidence)
    over_habits = (HABITS if labels is None else labels[None, :])[:, None, :]
    if labels is None:
        over_habits = over_habits * rir_weights(state, evidence)
    if evidence.felt_rir is not None:
        over_habits = over_habits * felt_weights(evidence.felt_rir)[None]
    pmf = _over_rir(log_like, weights, over_habits, state)
    if labels is None:
        return _answer(pmf, state, reps)
    # Somebody knows: velocity may spread the answer, but not outvote it.
    told = int(np.argmax(labels))
    short = max(0.0, 0.6 - pmf[told])
    pmf = pmf * (1.0 - short / max(1.0 - pmf[told], 1e-12))
    pmf[told] += 1.0 - pmf.sum()
    return to_estimate(pmf, calibrated=True, reason="the reps in reserve of this set were told")


def _no_set(reps: int) -> RirEstimate:
    reason = f"{reps} reps are no strength set: nothing can be said"
    return to_estimate(HABIT_WEIGHTS @ HABITS, calibrated=False, reason=reason)


def _over_rir(log_like: Singles, weights: Floats, over_habits: Floats, state: LifterState) -> Floats:
    """Posterior (RIR_NODES,) from the set's likelihood, level weights and (habit, feel, RIR) weights."""
    habits, feel = habit_weights(state.unlabelled), state.feel
    like = np.exp(log_like - log_like.max()).reshape(-1, RIR_NODES)
    joint = weights * habits[:, None] if weights.shape[2] > 1 else weights
    if weights.shape[3] > 1:
        joint = joint * feel
    flat = joint.reshape(like.shape[0], -1).astype(np.float32)
    by_trait = (like.T @ flat).astype(np.float64).reshape(RIR_NODES, joint.shape[2], joint.shape[3])
    # Axes that the state never learned along carry their prior.
    if weights.shape[2] == 1:
        over_habits = (
            np.einsum("h,hfr->fr", habits, over_habits)[None] if over_habits.shape[0] > 1 else over_habits
        )
    if weights.shape[3] == 1 and over_habits.shape[1] > 1:
        over_habits = np.einsum("f,hfr->hr", feel, over_habits)[:, None]
    pmf: Floats = np.einsum(
        "rhf,hfr->r", by_trait, np.broadcast_to(over_habits, (*joint.shape[2:], RIR_NODES))
    )
    total = pmf.sum()
    if not total > 1e-30:
        return _at_odds(log_like, weights, over_habits)
    result: Floats = pmf / total
    return result


def _at_odds(log_like: Singles, weights: Floats, over_habits: Floats) -> Floats:
    """Posterior where no node is likely both before and after the set: in logs, which cannot vanish."""
    with np.errstate(divide="ignore"):
        logs = log_like + np.log(weights.sum(axis=(2, 3)))[:, :, None]
    top = logs.max()
    if not np.isfinite(top):
        logs, top = log_like, log_like.max()
    pmf = np.exp(logs - top).sum(axis=(0, 1)) * over_habits.mean(axis=(0, 1))
    result: Floats = pmf / pmf.sum()
    return result


def _answer(pmf: Floats, state: LifterState, reps: int) -> RirEstimate:
    low, high = interval_factors(state.prior.published, state.failures)
    reason = {
        0: "no set to failure of this exercise is known yet",
        1: "one set to failure of this exercise is known",
    }.get(state.failures, f"{state.failures} sets to failure of this exercise are known")
    if reps < THIN:
        reason = f"only {reps} rep{'s' if reps > 1 else ''} so far; {reason}"
    return to_estimate(
        pmf,
        calibrated=state.failures > 0 and reps >= THIN,
        reason=reason,
        low_factor=low,
        high_factor=high,
    )
