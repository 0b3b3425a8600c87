"""The best that can be done: brute force with a family's own curve, noise and prior, RIR 0-8 flat."""

from __future__ import annotations

import numpy as np
from rir_generators import (
    LEVEL_SD,
    Family,
    Floats,
    SimulatedLifter,
    SimulatedSet,
    sobol,
)

RIRS = 9
TRAIT_POINTS = 256
DAY_POINTS = (0.11270167, 0.5, 0.88729833)
DAY_WEIGHTS = (0.27777778, 0.44444444, 0.27777778)
"""Gauss-Legendre on the day's uniform number; families whose traits do not move use the middle only."""


def reference_pmfs(
    family: Family,
    lifters: list[SimulatedLifter],
    sensor_sd: float,
    known: tuple[int, ...],
) -> Floats:
    """(lifters, tests, len(known), RIRS): posterior of each test set after so many sets to failure."""
    traits = family.traits(sobol(TRAIT_POINTS))
    levels = levels_of(family)
    away = levels[:, None] - levels[None, :]
    day = np.exp(-0.5 * (away / family.day_sd) ** 2)
    day /= day.sum(0, keepdims=True)
    lifter_prior = np.exp(-0.5 * ((levels - family.level_mean) / LEVEL_SD) ** 2)[:, None] * np.ones(
        TRAIT_POINTS
    )
    result = np.empty((len(lifters), len(lifters[0].tests), len(known), RIRS))
    for i, lifter in enumerate(lifters):
        factors = [_set_likelihood(family, traits, s, sensor_sd, 1)[..., 0] for s in lifter.failures]
        posteriors = []
        for n in known:
            weights = lifter_prior.copy()
            for factor in factors[:n]:
                weights *= day.T @ factor
                weights /= weights.max()
            posteriors.append(day @ weights)
        for j, test in enumerate(lifter.tests):
            like = _set_likelihood(family, traits, test, sensor_sd, RIRS)
            for k, weights in enumerate(posteriors):
                pmf = np.einsum("cqr,cq->r", like, weights)
                result[i, j, k] = pmf / pmf.sum()
    return result


def levels_of(family: Family) -> Floats:
    """Nodes of a set's failure velocity, m/s."""
    reach = 3.2 * float(np.hypot(LEVEL_SD, family.day_sd))
    levels = np.linspace(family.level_mean - reach, family.level_mean + reach, 45)
    result: Floats = levels[levels > 0.05]
    return result


def _set_likelihood(family: Family, traits: Floats, one: SimulatedSet, sensor_sd: float, rirs: int) -> Floats:
    """(level, trait point, rirs) likelihood of the set, scaled to a largest value of 1."""
    levels = levels_of(family)
    moves = not np.array_equal(family.day_traits(traits, 0.9), traits)
    n = one.velocities.size
    left = np.arange(rirs)[:, None] + np.arange(n - 1, -1, -1.0)[None, :]
    logs, weights = [], []
    for u, w in zip(DAY_POINTS, DAY_WEIGHTS, strict=True) if moves else [(0.5, 1.0)]:
        moved = family.day_traits(traits, u)[None, :, None, None, :]
        mean = family.curve(levels[:, None, None, None], moved, left[None, None])
        logs.append(family.log_density(one.velocities, mean, moved[..., 0, :], sensor_sd))
        weights.append(w)
    top = max(float(x.max()) for x in logs)
    total: Floats = np.sum([w * np.exp(x - top) for x, w in zip(logs, weights, strict=True)], axis=0)
    return total
