"""Vertical acceleration -> velocity and height, held against drift by anchors.

Integrating acceleration gives height plus a slow error D(t). D is a smooth spline whose second
derivative, the error of acceleration, is an Ornstein-Uhlenbeck process (sd `ERROR_SD_MPS2`, memory
`ERROR_MEMORY_S`); in holes of the radio it is far less certain. Anchors pin height or velocity at
given times with a given uncertainty. That is the posterior mean of a Kalman smoother, written as one
banded least-squares problem: an hour of recording solves in milliseconds, and the covariance of any
two heights (hence the standard deviation of a mean velocity) comes from the same factorisation.
What does not depend on the anchors (`Felt`) is worked out once for all beliefs about them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve_banded

from hardset.signal.drift import SURE_UP, DriftSystem, Wander
from hardset.signal.samples import FloatArray
from hardset.signal.spline import BANDS, KNOT_S, KNOT_STEPS, evaluate_on_grid, grid_rows
from hardset.signal.timebase import GRID_HZ

PULL_HEIGHT_SD_M = 0.5
"""Weak pull of height to its mean: a lifter does not fly away."""

VELOCITY = -1
LEVEL_PRIOR_M = 3.0
BIAS_SD_MPS2 = 0.1
"""What is left of the zero-g offset on each axis once its part along gravity is gone: 10 mg."""


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

    def within(self, sd: float) -> Anchors:
        """The same knowledge, all of it that sure."""
        return replace(self, sd=np.full(self.index.size, sd))

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
    """(size, m) how the drift follows each shared unknown (sensor bias on b axes, then levels) ..."""
    covariance: FloatArray
    """(m, m) ... and how uncertain those are."""
    bias_height_m: FloatArray
    """(n, b) height that one unit of bias on each axis makes ..."""
    bias_velocity_mps: FloatArray
    """(n, b) ... and velocity."""

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
        by_bias = self.bias_height_m[end] - self.bias_height_m[start]
        return self._sd(self._rows(end, 0) - self._rows(start, 0), by_bias)

    def velocity_sd(self, index: NDArray[np.int64]) -> FloatArray:
        """(k,) standard deviation of velocity[index], m/s, from drift alone."""
        return self._sd(self._rows(index, 1), self.bias_velocity_mps[index])

    def _rows(self, index: NDArray[np.int64], order: int) -> FloatArray:
        """(size, k) weights of the drift's coefficients in its derivative of that order at grid indices."""
        rows = np.zeros((self.factor.shape[1], index.size))
        first, weight = grid_rows(index, order)
        for j in range(BANDS):
            rows[first + j, np.arange(index.size)] = weight[:, j]
        return rows

    def _sd(self, rows: FloatArray, by_bias: FloatArray) -> FloatArray:
        """(k,) standard deviation of rows (size, k) · drift less by_bias (k, b) · bias."""
        solved = cho_solve_banded((self.factor, True), rows)
        by_unknowns = -rows.T @ self.response
        by_unknowns[:, : by_bias.shape[1]] += by_bias
        variance = np.einsum("ij,ij->j", rows, solved)
        variance = variance + np.einsum("ij,jk,ik->i", by_unknowns, self.covariance, by_unknowns)
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def integrate(acceleration: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Velocity and height (n,) of an acceleration (n,) by the trapezoid rule, from rest at zero."""
    step = 1.0 / GRID_HZ
    velocity = np.concatenate([[0.0], np.cumsum(0.5 * (acceleration[1:] + acceleration[:-1]) * step)])
    height = np.concatenate([[0.0], np.cumsum(0.5 * (velocity[1:] + velocity[:-1]) * step)])
    return velocity, height


class Felt:
    """What a sensor felt, ready to be explained by the most plausible motion under any anchors."""

    def __init__(
        self,
        acceleration: FloatArray,
        hole_s: FloatArray,
        up: FloatArray | None = None,
        wander: Wander = SURE_UP,
        bias_sd_mps2: float = BIAS_SD_MPS2,
        coarse: FloatArray | None = None,
    ) -> None:
        """See `solve` for what is what; velocity_mps: as it was integrated, drift and all."""
        self.acceleration, self.hole_s, self._up = acceleration, hole_s, up
        self.velocity_mps, self._height = integrate(acceleration)
        axes = 0 if up is None else up.shape[1]
        self._bias_velocity = np.zeros((acceleration.size, axes))
        self._bias_height = np.zeros((acceleration.size, axes))
        for axis in range(axes):
            assert up is not None
            self._bias_velocity[:, axis], self._bias_height[:, axis] = integrate(up[:, axis])
        self._free = DriftSystem.of(hole_s, wander, np.full(axes, bias_sd_mps2**-2), coarse)
        self._pulled: dict[float, DriftSystem] = {}

    def motion(self, anchors: Anchors, pull_sd_m: float = PULL_HEIGHT_SD_M) -> Motion:
        """The most plausible motion under these anchors; pull_sd_m: how far height may stray from zero."""
        levels = int(anchors.level.max()) + 1 if anchors.level.size else 0
        system = self._pulled_to_zero(pull_sd_m).with_unknowns(np.full(max(levels, 0), LEVEL_PRIOR_M**-2))
        still = anchors.level == VELOCITY
        index = anchors.index[still]
        system.add(index, 1, self.velocity_mps[index], anchors.sd[still], self._bias_velocity[index])
        index, level = anchors.index[~still], anchors.level[~still]
        which = np.eye(levels)[level] if levels else np.zeros((index.size, 0))
        shared = np.column_stack([self._bias_height[index], which])
        system.add(index, 0, self._height[index], anchors.sd[~still], shared)
        return self._moved_by(system)

    def _pulled_to_zero(self, sd_m: float) -> DriftSystem:
        """The system with one pull of height to zero a second, spread over the knots of a second."""
        if sd_m not in self._pulled:
            system = self._free.with_unknowns(np.zeros(0))
            knots = np.arange(0, self.acceleration.size, KNOT_STEPS)
            sd = np.full(knots.size, sd_m * np.sqrt(1.0 / KNOT_S))
            system.add(knots, 0, self._height[knots], sd, self._bias_height[knots])
            self._pulled[sd_m] = system
        return self._pulled[sd_m]

    def _moved_by(self, system: DriftSystem) -> Motion:
        """What is left of the integrated acceleration once its error is taken away."""
        n, axes = self._bias_height.shape
        drift, unknowns, factor, response, covariance = system.solve()
        bias = unknowns[:axes]
        by_bias = 0.0 if self._up is None else self._up @ bias
        return Motion(
            height_m=self._height - evaluate_on_grid(drift, n, 0) - self._bias_height @ bias,
            velocity_mps=self.velocity_mps - evaluate_on_grid(drift, n, 1) - self._bias_velocity @ bias,
            acceleration_mps2=self.acceleration - evaluate_on_grid(drift, n, 2) - by_bias,
            factor=factor,
            response=response,
            covariance=covariance,
            bias_height_m=self._bias_height,
            bias_velocity_mps=self._bias_velocity,
        )


def solve(
    acceleration: FloatArray,
    hole_s: FloatArray,
    anchors: Anchors,
    pull_sd_m: float = PULL_HEIGHT_SD_M,
    up: FloatArray | None = None,
    bias_sd_mps2: float = BIAS_SD_MPS2,
    wander: Wander = SURE_UP,
    coarse: FloatArray | None = None,
) -> Motion:
    """The most plausible motion behind a vertical acceleration.

    acceleration: (n,) m/s² on the even grid, gravity removed. hole_s: (n,) length of the hole each
    point lies in, s. anchors: what is known about heights and velocities. pull_sd_m: how far height
    may stray from zero. up: (n, 3) direction of 'up' in the sensor frame; given for a sensor that turns
    during the set, its constant bias is estimated along (a bias of 0.02 g on a curling bar, which turns
    by 120°, otherwise shortens the range of motion from 0.48 to 0.33 m). wander: the error of the
    acceleration. coarse: (n,) what the sampling leaves open of velocity (see `coarseness`).
    """
    return Felt(acceleration, hole_s, up, wander, bias_sd_mps2, coarse).motion(anchors, pull_sd_m)
