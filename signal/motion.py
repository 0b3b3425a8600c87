"""Vertical acceleration -> velocity and height, held against drift by anchors.

Integrating acceleration gives height plus a slow error D(t). D is a smooth spline whose second
derivative, the error of acceleration, is an Ornstein-Uhlenbeck process (sd `ERROR_SD_MPS2`, memory
`ERROR_MEMORY_S`); in holes of the radio it is far less certain. Anchors pin height or velocity at
given times with a given uncertainty. That is the posterior mean of a Kalman smoother, written as one
banded least-squares problem: an hour of recording solves in milliseconds, and the covariance of any
two heights (hence the standard deviation of a mean velocity) comes from the same factorisation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve_banded, cholesky_banded

from hardset.signal.samples import FloatArray
from hardset.signal.spline import BANDS, KNOT_S, evaluate_on_grid, spline_rows
from hardset.signal.timebase import GRID_HZ

HOLE_VELOCITY_SD_MPS = 1.0
"""Velocity lost in a hole of `HOLE_REFERENCE_S`; it grows as (hole / reference)^1.5."""
HOLE_REFERENCE_S = 0.4
PULL_HEIGHT_SD_M = 0.5
"""Weak pull of height to its mean: a lifter does not fly away."""

VELOCITY = -1
LEVEL_PRIOR_M = 3.0
BIAS_SD_MPS2 = 0.1
"""What is left of the zero-g offset on each axis once its part along gravity is gone: 10 mg."""


@dataclass(frozen=True, slots=True)
class Wander:
    """The slow error of a vertical acceleration: an Ornstein-Uhlenbeck process."""

    sd_mps2: float
    memory_s: float


SURE_UP = Wander(0.03, 1.0)
"""On simulated sets 0.008-0.02 m/s² under 0.1 Hz, 0.009-0.02 between 0.1 and 0.3 Hz, as much up to 1 Hz."""
DOUBTFUL_UP = Wander(0.05, 3.0)
"""Without a gyroscope gravity is mistaken for movement as long as the sensor stays turned; on a sensor that
turns by a radian with every rep bias and scale turn as well."""


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
    """Banded Cholesky factor of the drift's precision, the shared unknowns given."""
    response: FloatArray
    """(size, m) how the drift follows each shared unknown (levels, sensor bias) ..."""
    covariance: FloatArray
    """(m, m) ... and how uncertain those are."""
    shared_height_m: FloatArray
    """(n, m) height that one unit of each shared unknown makes ..."""
    shared_velocity_mps: FloatArray
    """(n, m) ... and velocity."""

    def lowered(self, by_m: FloatArray) -> Motion:
        """The motion of a point that lies by_m (n,) lower."""
        falling = np.gradient(by_m, 1.0 / GRID_HZ)
        return replace(
            self,
            height_m=self.height_m - by_m,
            velocity_mps=self.velocity_mps - falling,
            acceleration_mps2=self.acceleration_mps2 - np.gradient(falling, 1.0 / GRID_HZ),
        )

    def height_gain_sd(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> FloatArray:
        """(k,) standard deviation of height[end] - height[start], m, from drift alone."""
        shared = self.shared_height_m[end] - self.shared_height_m[start]
        return self._sd(self._rows(end, 0) - self._rows(start, 0), shared)

    def velocity_sd(self, index: NDArray[np.int64]) -> FloatArray:
        """(k,) standard deviation of velocity[index], m/s, from drift alone."""
        return self._sd(self._rows(index, 1), self.shared_velocity_mps[index])

    def _rows(self, index: NDArray[np.int64], order: int) -> FloatArray:
        """(size, k) weights of the drift's coefficients in its derivative of that order at grid indices."""
        rows = np.zeros((self.factor.shape[1], index.size))
        first, weight = spline_rows(index / GRID_HZ, order)
        for j in range(BANDS):
            rows[first + j, np.arange(index.size)] = weight[:, j]
        return rows

    def _sd(self, rows: FloatArray, shared: FloatArray) -> FloatArray:
        """(k,) standard deviation of rows (size, k) · drift less shared (k, m) · unknowns."""
        solved = cho_solve_banded((self.factor, True), rows)
        by_unknowns = shared - rows.T @ self.response
        variance = np.einsum("ij,ij->j", rows, solved)
        variance = variance + np.einsum("ij,jk,ik->i", by_unknowns, self.covariance, by_unknowns)
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def integrate(acceleration: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Velocity and height (n,) of an acceleration (n,) by the trapezoid rule, from rest at zero."""
    step = 1.0 / GRID_HZ
    velocity = np.concatenate([[0.0], np.cumsum(0.5 * (acceleration[1:] + acceleration[:-1]) * step)])
    height = np.concatenate([[0.0], np.cumsum(0.5 * (velocity[1:] + velocity[:-1]) * step)])
    return velocity, height


def solve(
    acceleration: FloatArray,
    hole_s: FloatArray,
    anchors: Anchors,
    pull_sd_m: float = PULL_HEIGHT_SD_M,
    up: FloatArray | None = None,
    bias_sd_mps2: float = BIAS_SD_MPS2,
    wander: Wander = SURE_UP,
) -> Motion:
    """The most plausible motion behind a vertical acceleration.

    acceleration: (n,) m/s² on the even grid, gravity removed. hole_s: (n,) length of the hole each
    point lies in, s. anchors: what is known about heights and velocities. pull_sd_m: how far height
    may stray from zero. up: (n, 3) direction of 'up' in the sensor frame; given for a sensor that turns
    during the set, its constant bias is estimated along (a bias of 0.02 g on a curling bar, which turns
    by 120°, otherwise shortens the range of motion from 0.48 to 0.33 m). wander: the error of the
    acceleration.
    """
    n = acceleration.size
    velocity, height = integrate(acceleration)
    levels = int(anchors.level.max()) + 1 if anchors.level.size else 0
    axes = 0 if up is None else up.shape[1]
    system = _System(n, hole_s, levels + axes, wander)
    system.own[np.arange(levels), np.arange(levels)] = LEVEL_PRIOR_M**-2
    by_bias = np.zeros((2, n, levels + axes))  # velocity and height that a unit of bias makes
    for axis in range(axes):
        assert up is not None
        by_bias[0, :, levels + axis], by_bias[1, :, levels + axis] = integrate(up[:, axis])
        system.own[levels + axis, levels + axis] = bias_sd_mps2**-2
    knots = np.arange(0, n, max(int(KNOT_S * GRID_HZ), 1))
    pull = np.full(knots.size, pull_sd_m * np.sqrt(1.0 / KNOT_S))  # one pull a second, spread over its knots
    system.add(knots, 0, height[knots], pull, by_bias[1, knots])
    still = anchors.level == VELOCITY
    index = anchors.index[still]
    system.add(index, 1, velocity[index], anchors.sd[still], by_bias[0, index])
    index, level = anchors.index[~still], anchors.level[~still]
    shared = by_bias[1, index]
    shared[np.arange(index.size), level] = 1.0
    system.add(index, 0, height[index], anchors.sd[~still], shared)
    drift, unknowns, factor, response, covariance = system.solve()
    bias = unknowns[levels:]
    return Motion(
        height_m=height - evaluate_on_grid(drift, n, 0) - by_bias[1, :, levels:] @ bias,
        velocity_mps=velocity - evaluate_on_grid(drift, n, 1) - by_bias[0, :, levels:] @ bias,
        acceleration_mps2=acceleration - evaluate_on_grid(drift, n, 2) - (0.0 if up is None else up @ bias),
        factor=factor,
        response=response,
        covariance=covariance,
        shared_height_m=by_bias[1],
        shared_velocity_mps=by_bias[0],
    )


class _System:
    """Normal equations: banded in the drift's coefficients, with a narrow border of shared unknowns."""

    def __init__(self, n: int, hole_s: FloatArray, shared: int, wander: Wander) -> None:
        size = int(np.ceil((n - 1) / GRID_HZ / KNOT_S)) + BANDS
        self.band = np.zeros((BANDS, size))
        self.right = np.zeros(size)
        self.border = np.zeros((size, shared))
        self.own = np.zeros((shared, shared))
        self.wanted = np.zeros(shared)
        _add_prior(self.band, hole_s, n, wander)

    def add(
        self, index: NDArray[np.int64], order: int, value: FloatArray, sd: FloatArray, shared: FloatArray
    ) -> None:
        """Observations value (k,) with sd (k,): the drift's derivative plus shared (k, m) · unknowns."""
        if index.size == 0:
            return
        first, basis = spline_rows(index / GRID_HZ, order)
        rows = basis / sd[:, None]
        _accumulate(self.band, first, rows)
        weighted = shared / sd[:, None]
        for j in range(BANDS):
            np.add.at(self.right, first + j, rows[:, j] * value / sd)
            if shared.shape[1]:
                np.add.at(self.border, first + j, rows[:, j, None] * weighted)
        self.own += weighted.T @ weighted
        self.wanted += weighted.T @ (value / sd)

    def solve(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """Drift coefficients, shared unknowns, factor, response and covariance (see `Motion`)."""
        factor: FloatArray = np.asarray(cholesky_banded(self.band, lower=True))
        drift = np.asarray(cho_solve_banded((factor, True), self.right))
        if self.own.shape[0] == 0:
            return drift, np.zeros(0), factor, self.border, self.own
        response = np.asarray(cho_solve_banded((factor, True), self.border))
        covariance: FloatArray = np.asarray(np.linalg.inv(self.own - self.border.T @ response))
        unknowns = covariance @ (self.wanted - self.border.T @ drift)
        return drift - response @ unknowns, unknowns, factor, response, covariance


def _add_prior(band: FloatArray, hole_s: FloatArray, n: int, wander: Wander) -> None:
    """Ornstein-Uhlenbeck prior on D'': the sum of (D''² + memory² D'''²) / (2 memory sd²) dt."""
    middle = (np.arange(band.shape[1] - BANDS + 1) + 0.5) * KNOT_S
    inside = np.clip((middle * GRID_HZ).astype(np.int64), 0, n - 1)
    half = max(int(KNOT_S * GRID_HZ) // 2, 1)
    worst = np.maximum.reduce([hole_s[np.clip(inside + k, 0, n - 1)] for k in range(-half, half + 1)])
    lost = HOLE_VELOCITY_SD_MPS * (worst / HOLE_REFERENCE_S) ** 1.5
    # the sd of an error that lasts the whole hole and ends in that loss of velocity
    sd = np.sqrt(wander.sd_mps2**2 + (lost / np.maximum(worst, KNOT_S)) ** 2)
    memory = np.where(worst > 0, np.clip(worst, KNOT_S, wander.memory_s), wander.memory_s)
    weight = KNOT_S / (2.0 * memory * sd**2)
    times = middle
    for order, scale in ((2, np.ones_like(memory)), (3, memory)):
        first, basis = spline_rows(times, order)
        _accumulate(band, first, basis * (np.sqrt(weight) * scale)[:, None])


def _accumulate(band: FloatArray, first: NDArray[np.int64], rows: FloatArray) -> None:
    for i in range(BANDS):
        for j in range(i, BANDS):
            np.add.at(band[j - i], first + i, rows[:, i] * rows[:, j])
