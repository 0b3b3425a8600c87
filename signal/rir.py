"""Reps in reserve as a posterior: how many more full reps could the lifter have done?

Failure velocity, its slope and its curvature differ between lifters and days, so the answer is a
distribution, never a bare number. Velocity is modelled given RIR and inverted; regressing RIR on
velocity would be biased by 2 reps near failure (regression to the mean).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.exercise import Exercise
from hardset.signal.rir_answer import RirEstimate, to_estimate
from hardset.signal.rir_evidence import (
    HABIT_WEIGHTS,
    HABITS,
    SetEvidence,
    as_mps,
    class_prior,
)
from hardset.signal.rir_grid import Floats, build_grid, log_likelihoods, noise_sd

__all__ = ["RirEstimate", "SetEvidence", "estimate_set"]


def estimate_set(
    evidence: SetEvidence, exercise: Exercise | None, state: None = None
) -> tuple[RirEstimate, ...]:
    """Posterior of RIR after each rep of a set; the last is the set's.

    exercise: None or one without a published failure velocity gets a wide prior in own units.
    """
    prior = class_prior(exercise, on_limb=evidence.on_limb)
    grid = build_grid(prior.mean_mps, prior.sd_mps, prior.per_set_sd_mps)
    velocities, sensor = as_mps(evidence, exercise)
    over_levels = grid.over_sets @ (grid.over_sessions @ grid.prior)
    rir_prior: Floats = HABIT_WEIGHTS @ HABITS
    results = []
    for log_like in log_likelihoods(grid, velocities, noise_sd(velocities, sensor)):
        like = np.exp(log_like - log_like.max())
        pmf = np.einsum("cqr,cq->r", like, over_levels) * rir_prior
        results.append(to_estimate(pmf / pmf.sum(), calibrated=False, reason="no set to failure known yet"))
    return tuple(results)
