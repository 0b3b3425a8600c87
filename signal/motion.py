"""Vertical acceleration -> velocity and height, held against drift by anchors.

Integrating acceleration gives height plus a slow error D(t). D is a smooth spline whose second
derivative, the error of acceleration, is an Ornstein-Uhlenbeck process (sd `ERROR_SD_MPS2`, memory
`ERROR_MEMORY_S`); in holes of the radio it is far less certain. Anchors pin height or velocity at
given times with a given uncertainty. That is the posterior mean of a Kalman smoother, written as one
banded least-squares problem: an hour of recording solves in milliseconds, and the covariance of any
two heights (hence the standard deviation of a mean velocity) comes from the same factorisation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve_banded, cholesky_banded

from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

KNOT_S = 0.1
ERROR_SD_MPS2 = 0.12
ERROR_MEMORY_S = 2.0
HOLE_VELOCITY_SD_MPS = 1.0
"""Velocity lost in a hole of `HOLE_REFERENCE_S`; it grows as (hole / reference)^1.5."""
HOLE_REFERENCE_S = 0.4
PULL_HEIGHT_SD_M = 0.5
"""Weak pull of height to its mean: a lifter does not fly away."""

VELOCITY = -1
LEVEL_PRIOR_M = 3.0

_BANDS = 4  # cubic B-spline: four coefficients meet at any point


@dataclass(frozen=True, slots=True)
class Anchors:
    """Knowledge about height or velocity at some times: value, and one standard deviation."""

    index: NDArray[np.int64]
    """(k,) grid index."""
    sd: FloatArray
    """(k,) m or m/s."""
    level: NDArray[np.int64]
    """(k,) `VELOCITY`: velocity is zero; 0, 1, ...: height equals that level, whose value is unknown."""

    @staticmethod
    def none() -> Anchors:
        """No anchor at all."""
        return Anchors(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))

    @staticmethod
    def same_height(index: NDArray[np.int64], sd_m: float, level: int) -> Anchors:
        """Heights at grid indices (k,) that all lie at one level."""
        return Anchors(index, np.full(index.size, sd_m), np.full(index.size, level))

    @staticmethod
    def standstill(index: NDArray[np.int64], sd_mps: FloatArray) -> Anchors:
        """Zero velocity at grid indices (k,)."""
        return Anchors(index, sd_mps, np.full(index.size, VELOCITY))

    def __add__(self, other: Anchors) -> Anchors:
        return Anchors(
            np.concatenate([self.index, other.index]),
            np.concatenate([self.sd, other.sd]),
            np.concatenate([self.level, other.level]),
        )


@dataclass(frozen=True, slots=True)
class Motion:
    """Height and velocity on the even grid, with what is needed to state their uncertainty."""

    height_m: FloatArray
    velocity_mps: FloatArray
    acceleration_mps2: FloatArray
    factor: FloatArray
    """Banded Cholesky factor of the drift's precision, levels given."""
    levels: FloatArray
    """(size, m) how the drift follows each unknown level ..."""
    levels_covariance: FloatArray
    """(m, m) ... and how uncertain those levels are."""

    def height_gain_sd(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> FloatArray:
        """(k,) standard deviation of height[end] - height[start], m, from drift alone."""
        size = self.factor.shape[1]
        rows = np.zeros((size, start.size))
        for sign, index in ((1.0, end), (-1.0, start)):
            first, weight = _spline(index / GRID_HZ, 0)
            for j in range(_BANDS):
                np.add.at(rows, (first + j, np.arange(index.size)), sign * weight[:, j])
        solved = cho_solve_banded((self.factor, True), rows)
        through_levels = self.levels.T @ rows
        variance = np.einsum("ij,ij->j", rows, solved) + np.einsum(
            "ij,ik,kj->j", through_levels, self.levels_covariance, through_levels
        )
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def integrate(acceleration: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Velocity and height (n,) of an acceleration (n,) by the trapezoid rule, from rest at zero."""
    step = 1.0 / GRID_HZ
    velocity = np.concatenate([[0.0], np.cumsum(0.5 * (acceleration[1:] + acceleration[:-1]) * step)])
    height = np.concatenate([[0.0], np.cumsum(0.5 * (velocity[1:] + velocity[:-1]) * step)])
    return velocity, height


def solve(
    acceleration: FloatArray, hole_s: FloatArray, anchors: Anchors, pull_sd_m: float = PULL_HEIGHT_SD_M
) -> Motion:
    """The most plausible motion behind a vertical acceleration.

    acceleration: (n,) m/s² on the even grid, gravity removed. hole_s: (n,) length of the hole each
    point lies in, s. anchors: what is known about heights and velocities. pull_sd_m: how far height
    may stray from zero.
    """
    n = acceleration.size
    velocity, height = integrate(acceleration)
    size = int(np.ceil((n - 1) / GRID_HZ / KNOT_S)) + _BANDS
    band = np.zeros((_BANDS, size))
    right = np.zeros(size)
    _add_prior(band, hole_s, n)
    knots = np.arange(0, n, max(int(KNOT_S * GRID_HZ), 1))
    pull = np.full(knots.size, pull_sd_m * np.sqrt(1.0 / KNOT_S))  # one pull a second, spread over its knots
    _add_rows(band, right, knots, 0, height[knots], pull)
    still = anchors.level == VELOCITY
    index, sd = anchors.index[still], anchors.sd[still]
    _add_rows(band, right, index, 1, velocity[index], sd)
    count = int(anchors.level.max()) + 1 if anchors.level.size else 0
    coupling = np.zeros((size, count))
    own = np.full(count, LEVEL_PRIOR_M**-2)
    wanted = np.zeros(count)
    for level in range(count):
        mine = anchors.level == level
        index, sd = anchors.index[mine], anchors.sd[mine]
        _add_rows(band, right, index, 0, height[index], sd)
        first, basis = _spline(index / GRID_HZ, 0)
        for j in range(_BANDS):
            np.add.at(coupling[:, level], first + j, basis[:, j] / sd**2)
        own[level] += float(np.sum(sd**-2))
        wanted[level] = float(np.sum(height[index] / sd**2))
    factor = cholesky_banded(band, lower=True)
    drift = cho_solve_banded((factor, True), right)
    levels = cho_solve_banded((factor, True), coupling) if count else coupling
    covariance = np.linalg.inv(np.diag(own) - coupling.T @ levels) if count else np.zeros((0, 0))
    drift = drift - levels @ (covariance @ (wanted - coupling.T @ drift))
    times = np.arange(n) / GRID_HZ
    return Motion(
        height_m=height - _evaluate(drift, times, 0),
        velocity_mps=velocity - _evaluate(drift, times, 1),
        acceleration_mps2=acceleration - _evaluate(drift, times, 2),
        factor=factor,
        levels=levels,
        levels_covariance=covariance,
    )


def _add_prior(band: FloatArray, hole_s: FloatArray, n: int) -> None:
    """Ornstein-Uhlenbeck prior on D'': the sum of (D''² + memory² D'''²) / (2 memory sd²) dt."""
    middle = (np.arange(band.shape[1] - _BANDS + 1) + 0.5) * KNOT_S
    inside = np.clip((middle * GRID_HZ).astype(np.int64), 0, n - 1)
    half = max(int(KNOT_S * GRID_HZ) // 2, 1)
    worst = np.maximum.reduce([hole_s[np.clip(inside + k, 0, n - 1)] for k in range(-half, half + 1)])
    lost = HOLE_VELOCITY_SD_MPS * (worst / HOLE_REFERENCE_S) ** 1.5
    # the sd of an error that lasts the whole hole and ends in that loss of velocity
    sd = np.sqrt(ERROR_SD_MPS2**2 + (lost / np.maximum(worst, KNOT_S)) ** 2)
    memory = np.where(worst > 0, np.minimum(np.maximum(worst, KNOT_S), ERROR_MEMORY_S), ERROR_MEMORY_S)
    weight = KNOT_S / (2.0 * memory * sd**2)
    times = middle
    for order, scale in ((2, np.ones_like(memory)), (3, memory)):
        first, basis = _spline(times, order)
        _accumulate(band, first, basis * (np.sqrt(weight) * scale)[:, None])


def _add_rows(
    band: FloatArray,
    right: FloatArray,
    index: NDArray[np.int64],
    order: int,
    value: FloatArray,
    sd: FloatArray,
) -> None:
    if index.size == 0:
        return
    first, basis = _spline(index / GRID_HZ, order)
    rows = basis / sd[:, None]
    _accumulate(band, first, rows)
    for j in range(_BANDS):
        np.add.at(right, first + j, rows[:, j] * value / sd)


def _accumulate(band: FloatArray, first: NDArray[np.int64], rows: FloatArray) -> None:
    for i in range(_BANDS):
        for j in range(i, _BANDS):
            np.add.at(band[j - i], first + i, rows[:, i] * rows[:, j])


def _spline(time_s: FloatArray, order: int) -> tuple[NDArray[np.int64], FloatArray]:
    """First coefficient (k,) and weights (k, 4) of the cubic B-spline's derivative of that order."""
    position = np.asarray(time_s) / KNOT_S
    first = np.floor(position + 1e-9).astype(np.int64)
    u = position - first
    if order == 0:
        weights = ((1 - u) ** 3, 3 * u**3 - 6 * u**2 + 4, -3 * u**3 + 3 * u**2 + 3 * u + 1, u**3)
    elif order == 1:
        weights = (-3 * (1 - u) ** 2, 9 * u**2 - 12 * u, -9 * u**2 + 6 * u + 3, 3 * u**2)
    elif order == 2:
        weights = (6 * (1 - u), 18 * u - 12, -18 * u + 6, 6 * u)
    else:
        one = np.ones_like(u)
        weights = (-6 * one, 18 * one, -18 * one, 6 * one)
    return first, np.column_stack(weights) / 6.0 / KNOT_S**order


def _evaluate(coefficients: FloatArray, time_s: FloatArray, order: int) -> FloatArray:
    first, weights = _spline(time_s, order)
    return np.asarray(sum(coefficients[first + j] * weights[:, j] for j in range(_BANDS)))
