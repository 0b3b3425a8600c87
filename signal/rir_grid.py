"""The deterministic grid on which reps in reserve are inferred, and the likelihood of one set on it.

Mean velocity of a rep with k reps left is `level + slope * tau * (1 - exp(-k / tau)) + noise`:
`level` is the lifter's failure velocity plus the effects of the day and of the set, `slope` the loss
per rep at failure and `tau` how fast that loss flattens out. None of the three is known beforehand,
so all are nodes of a grid. Everything is in m/s; other units are brought there by `rir_evidence.as_mps`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

RIR_NODES = 15
"""Reps in reserve 0..14 at the end of a set; 10 and more are reported together."""
CURVE_LENGTH = 45
"""RIR beyond this is treated as this: 14 left at the end and 30 reps before it."""
REPS_USED = 30
"""Only the last reps of a longer set are used: the first of 100 say nothing about the end."""

SLOPE_MPS = 0.042
SLOPE_LOG_SD = 0.42
SLOPE_NODES = 13
# One fixed curvature is right for one kind of lifter and costs 18-27 % on the others.
TAUS = (5.0, 8.0, 14.0, 40.0)
TAU_WEIGHTS = (0.15, 0.22, 0.21, 0.14)
# Some curves are straight until the last reps and drop there (in the deadlift 0.044 m/s a rep at
# RIR 0-2 against 0.029 over 0-7): the slope falls to this share over this many reps.
DROP_WEIGHT, DROP_SHARE, DROP_REPS = 0.28, 0.45, 1.5

REP_SD_MPS = 0.039
PROPORTIONAL_SD = 0.03
USUAL_SPEED_MPS = 0.5
HUBER = 1.5
"""Beyond 1.5 sd the log density falls linearly: robust, and still log-concave, so that a slower
last rep never speaks for more reps in reserve (a Student t fails there)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Nodes of level (n,) m/s and of curve (q,), and how probability moves between levels."""

    level_mps: Floats
    """(n,), evenly spaced."""
    curve_mps: Singles
    """(q, CURVE_LENGTH): rise above the failure velocity with k reps in reserve."""
    prior: Floats
    """(n, q): over lifters of this exercise, sums to 1."""
    over_sessions: Floats
    """(n, n): column m -> distribution of the session's level around a lifter's m."""
    over_sets: Floats
    """(n, n): column s -> distribution of a set's level around its session's s."""

    @property
    def step_mps(self) -> float:
        """Distance of two levels, m/s."""
        return float(self.level_mps[1] - self.level_mps[0])


@lru_cache(maxsize=64)
def build_grid(
    mean_mps: float, sd_mps: float, per_set_sd_mps: float, slope_log_sd: float = SLOPE_LOG_SD
) -> Grid:
    """Grid for a class of exercise whose failure velocity is `mean_mps` +- `sd_mps` over lifters.

    per_set_sd_mps: how much one lifter's failure velocity wanders from set to set; three quarters
    of it are put down to the day, the rest to the set (own synthesis from published day-to-day
    reliabilities: ICC 0.4-0.6).
    """
    session_sd, set_sd = 0.75 * per_set_sd_mps, 0.45 * per_set_sd_mps
    total = float(np.sqrt(sd_mps**2 + session_sd**2 + set_sd**2))
    step = float(np.clip(total / 3.4, 0.012, 0.024))
    reach = int(np.ceil(3.1 * total / step))
    level: Floats = mean_mps + step * np.arange(-reach, reach + 1, dtype=np.float64)
    level = level[level > 0.02]
    log_slope = np.linspace(-2.4, 2.4, SLOPE_NODES) * slope_log_sd
    slope = SLOPE_MPS * np.exp(log_slope)
    bend = _bends()
    curve = (slope[:, None, None] * bend[None]).reshape(-1, CURVE_LENGTH)
    weight = np.outer(np.exp(-0.5 * (log_slope / slope_log_sd) ** 2), (*TAU_WEIGHTS, DROP_WEIGHT)).ravel()
    prior = np.outer(np.exp(-0.5 * ((level - mean_mps) / sd_mps) ** 2), weight)
    return Grid(
        level_mps=level,
        curve_mps=curve.astype(np.float32),
        prior=prior / prior.sum(),
        over_sessions=spread_kernel(level, session_sd),
        over_sets=spread_kernel(level, set_sd),
    )


def _bends() -> Floats:
    """(5, CURVE_LENGTH): reps' worth of slope at failure that k reps in reserve amount to."""
    k = np.arange(CURVE_LENGTH)
    flattening = [tau * (1.0 - np.exp(-k / tau)) for tau in TAUS]
    drop = DROP_SHARE * k + (1.0 - DROP_SHARE) * DROP_REPS * (1.0 - np.exp(-k / DROP_REPS))
    result: Floats = np.stack([*flattening, drop])
    return result


def spread_kernel(level_mps: Floats, sd_mps: float) -> Floats:
    """(n, n) matrix that spreads a distribution over levels by `sd_mps`; each column sums to 1.

    Under 0.8 steps a sampled Gaussian would lose its variance, so three points with the right
    variance take its place.
    """
    step = float(level_mps[1] - level_mps[0])
    away = (level_mps[:, None] - level_mps[None, :]) / step
    if sd_mps < 0.8 * step:
        side = 0.5 * (sd_mps / step) ** 2
        same, next_to = np.abs(away) < 0.5, np.abs(np.abs(away) - 1.0) < 0.5
        kernel = np.where(same, 1.0 - 2.0 * side, 0.0) + np.where(next_to, side, 0.0)
    else:
        kernel = np.exp(-0.5 * (away * step / sd_mps) ** 2)
    total: Floats = kernel.sum(axis=0, keepdims=True)
    result: Floats = kernel / total
    return result


def noise_sd(velocities_mps: Floats, sensor_sds_mps: Floats) -> Floats:
    """Standard deviation (n,) of a rep about the curve, m/s: effort, speed-dependent part, sensor.

    The speed is that of the rep before: if a fast rep made itself noisier it would count less for
    being fast, and a slower last rep could raise the answer.
    """
    speed = np.concatenate(([USUAL_SPEED_MPS], velocities_mps[:-1]))
    result: Floats = np.sqrt(REP_SD_MPS**2 + sensor_sds_mps**2 + (PROPORTIONAL_SD * speed) ** 2)
    return result


def log_likelihoods(
    grid: Grid, velocities_mps: Floats, sds_mps: Floats, rirs: int = RIR_NODES
) -> list[Singles]:
    """Log likelihood after each rep: one (n_level, q, rirs) array per rep, over the RIR at its end.

    All reps enter together because RIR falls by one a rep: with r left after rep j there were
    r + 1 left after rep j - 1.
    """
    total = velocities_mps.size
    v, sd = velocities_mps[:REPS_USED], sds_mps[:REPS_USED]
    results: list[Singles] = []
    running: Singles | None = None
    for j in range(v.size):
        width = rirs + v.size - 1 - j
        term = _rep_term(grid, float(v[j]), float(sd[j]), 0, width, halve_slow=j == 0 and total > 1)
        running = term if running is None else term + running[:, :, 1:]
        results.append(running[:, :, :rirs])
    for end in range(REPS_USED + 1, total + 1):
        results.append(log_likelihood(grid, velocities_mps[:end], sds_mps[:end], rirs))
    return results


def log_likelihood(grid: Grid, velocities_mps: Floats, sds_mps: Floats, rirs: int = RIR_NODES) -> Singles:
    """The last entry of `log_likelihoods`, without the others: twice as fast."""
    total = velocities_mps.size
    first = max(0, total - REPS_USED)
    running = np.zeros((grid.level_mps.size, grid.curve_mps.shape[0], rirs), dtype=np.float32)
    for j in range(first, total):
        before_end = total - 1 - j
        halve = j == 0 and total > 1
        v, sd = float(velocities_mps[j]), float(sds_mps[j])
        running += _rep_term(grid, v, sd, before_end, before_end + rirs, halve_slow=halve)
    return running


def _rep_term(grid: Grid, velocity: float, sd: float, start: int, stop: int, *, halve_slow: bool) -> Singles:
    """Huber log density (n_level, q, stop - start) of one rep for RIR start..stop-1."""
    above = ((velocity - grid.level_mps) / sd).astype(np.float32)
    z: Singles = above[:, None, None] - grid.curve_mps[None, :, start:stop] / np.float32(sd)
    near = np.maximum(z, -HUBER)
    np.minimum(near, HUBER, out=near)  # twice as fast as np.clip, and this is the innermost loop
    slow = z < 0 if halve_slow else None
    z -= np.float32(0.5) * near
    z *= -near
    if slow is not None:
        # Many lifters start gently: a slow first rep is weak evidence of being near failure.
        z[slow] *= np.float32(0.5)
    return z


def drift_kernel(level_mps: Floats, mean_mps: float, sd_mps: float, rate: float, days: float) -> Floats:
    """(n, n) matrix of a slow random walk that is drawn back to the class mean.

    rate: m/s per root day at first; in the long run the distribution is the prior's again, never
    wider (an Ornstein-Uhlenbeck process).
    """
    keep = float(np.exp(-0.5 * days * (rate / sd_mps) ** 2))
    step = float(level_mps[1] - level_mps[0])
    sd = max(sd_mps * float(np.sqrt(1.0 - keep**2)), 1e-9)
    target = mean_mps + keep * (level_mps - mean_mps)
    away = (level_mps[:, None] - target[None, :]) / step
    if sd < 0.8 * step:
        variance = (sd / step) ** 2
        kernel = np.maximum(1.0 - np.abs(away), 0.0)
        side = np.minimum(0.5 * variance, 0.4)
        kernel = (1.0 - 2.0 * side) * kernel + side * (
            np.maximum(1.0 - np.abs(away - 1.0), 0.0) + np.maximum(1.0 - np.abs(away + 1.0), 0.0)
        )
    else:
        kernel = np.exp(-0.5 * (away * step / sd) ** 2)
    total: Floats = kernel.sum(axis=0, keepdims=True)
    result: Floats = kernel / total
    return result
