"""The slow error of a height that was integrated from acceleration, as a banded least-squares problem.

The error is a smooth cubic spline whose second derivative, the error of acceleration, is an
Ornstein-Uhlenbeck process; in holes of the radio it is far less certain. Observations of height and
velocity hold it down, also by way of a few shared unknowns: a sensor's bias, the heights of levels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve_banded, cholesky_banded

from hardset.signal.samples import FloatArray
from hardset.signal.spline import BANDS, KNOT_S, KNOT_STEPS, grid_rows, spline_rows
from hardset.signal.timebase import GRID_HZ

HOLE_VELOCITY_SD_MPS = 1.0
"""Velocity lost in a hole of `HOLE_REFERENCE_S`; it grows as (hole / reference)^1.5."""
HOLE_REFERENCE_S = 0.4
_ROW, _COLUMN = np.triu_indices(BANDS)
"""The pairs of coefficients that meet at a point."""


@dataclass(frozen=True, slots=True)
class Wander:
    """The slow error of a vertical acceleration: an Ornstein-Uhlenbeck process."""

    sd_mps2: float
    memory_s: float


SURE_UP = Wander(0.03, 1.0)
"""On simulated sets 0.008-0.02 m/s² under 0.1 Hz, 0.009-0.02 between 0.1 and 0.3 Hz, as much up to 1 Hz."""
DOUBTFUL_UP = Wander(0.05, 3.0)
"""Without a gyroscope gravity is mistaken for movement as long as the sensor stays turned."""


@dataclass(frozen=True, slots=True)
class DriftSystem:
    """Normal equations: banded in the drift's coefficients, with a narrow border of m shared unknowns.

    The arrays are filled in by `add`; a system that others start from is copied by `with_unknowns`.
    """

    band: FloatArray
    """(4, size) lower bands of the drift's precision."""
    right: FloatArray
    """(size,)"""
    border: FloatArray
    """(size, m)"""
    own: FloatArray
    """(m, m) precision of the shared unknowns."""
    wanted: FloatArray
    """(m,)"""

    @staticmethod
    def of(
        hole_s: FloatArray, wander: Wander, precision: FloatArray, coarse: FloatArray | None = None
    ) -> DriftSystem:
        """What is known before any observation.

        hole_s: (n,) length of the hole each grid point lies in, s; precision: (m,) of each shared unknown;
        coarse: (n,) what the sampling leaves open of velocity (see `coarseness`).
        """
        band = _prior_band(hole_s, wander, coarse)
        size, shared = band.shape[1], precision.size
        border = np.zeros((size, shared))
        return DriftSystem(band, np.zeros(size), border, np.diag(precision), np.zeros(shared))

    def with_unknowns(self, precision: FloatArray) -> DriftSystem:
        """A copy with more shared unknowns behind those that it has; precision: (k,) of each."""
        more, had = precision.size, self.wanted.size
        own = np.diag(np.concatenate([np.zeros(had), precision]))
        own[:had, :had] = self.own
        return DriftSystem(
            self.band.copy(),
            self.right.copy(),
            np.column_stack([self.border, np.zeros((self.right.size, more))]),
            own,
            np.concatenate([self.wanted, np.zeros(more)]),
        )

    def add(
        self, index: NDArray[np.int64], order: int, value: FloatArray, sd: FloatArray, shared: FloatArray
    ) -> None:
        """Observations value (k,) with sd (k,): of the drift's derivative plus shared (k, s) · unknowns."""
        if index.size == 0:
            return
        first, basis = grid_rows(index, order)
        rows = basis / sd[:, None]
        self.band[:] += _banded(first, rows, self.right.size)
        weighted, wanted = shared / sd[:, None], value / sd
        met = (first[:, None] + np.arange(BANDS)).ravel()
        self.right[:] += np.bincount(met, (rows * wanted[:, None]).ravel(), self.right.size)
        for unknown in range(shared.shape[1]):
            by = (rows * weighted[:, [unknown]]).ravel()
            self.border[:, unknown] += np.bincount(met, by, self.right.size)
        some = slice(shared.shape[1])
        self.own[some, some] += weighted.T @ weighted
        self.wanted[some] += weighted.T @ wanted

    def solve(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """Drift (size,), shared unknowns (m,), factor, response (size, m) and covariance (m, m).

        factor: banded Cholesky factor of the drift's precision; response: how it follows the unknowns.
        """
        factor: FloatArray = np.asarray(cholesky_banded(self.band, lower=True))
        if self.wanted.size == 0:
            drift = np.asarray(cho_solve_banded((factor, True), self.right))
            return drift, self.wanted, factor, self.border, self.own
        both = np.column_stack([self.right, self.border])
        solved = np.asarray(cho_solve_banded((factor, True), both))
        drift, response = solved[:, 0], solved[:, 1:]
        covariance: FloatArray = np.asarray(np.linalg.inv(self.own - self.border.T @ response))
        unknowns = covariance @ (self.wanted - self.border.T @ drift)
        return drift - response @ unknowns, unknowns, factor, response, covariance


def _prior_band(hole_s: FloatArray, wander: Wander, coarse: FloatArray | None) -> FloatArray:
    """Ornstein-Uhlenbeck prior on D'': the sum of (D''² + memory² D'''²) / (2 memory sd²) dt."""
    n = hole_s.size
    size = int(np.ceil((n - 1) / GRID_HZ / KNOT_S)) + BANDS
    middle = np.asarray((np.arange(size - BANDS + 1) + 0.5) * KNOT_S, np.float64)
    inside = np.clip((middle * GRID_HZ).astype(np.int64), 0, n - 1)
    half = max(int(KNOT_S * GRID_HZ) // 2, 1)
    worst = np.maximum.reduce([hole_s[np.clip(inside + k, 0, n - 1)] for k in range(-half, half + 1)])
    lost = HOLE_VELOCITY_SD_MPS * (worst / HOLE_REFERENCE_S) ** 1.5
    # the sd of an error that lasts the whole hole and ends in that loss of velocity
    sd = np.sqrt(wander.sd_mps2**2 + (lost / np.maximum(worst, KNOT_S)) ** 2)
    memory = np.where(worst > 0, np.clip(worst, KNOT_S, wander.memory_s), wander.memory_s)
    if coarse is not None:
        # errors of single steps, which a spline with these knots cannot follow any quicker
        rate = np.add.reduceat(coarse, np.arange(0, n, KNOT_STEPS))[inside // KNOT_STEPS] / KNOT_STEPS
        more = rate / (2 * KNOT_S)
        memory = (memory * sd**2 + KNOT_S * more) / (sd**2 + more)
        sd = np.sqrt(sd**2 + more)
    weight = KNOT_S / (2.0 * memory * sd**2)
    band = np.zeros((BANDS, size))
    for order, scale in ((2, np.ones_like(memory)), (3, memory)):
        first, basis = spline_rows(middle, order)
        band += _banded(first, basis * (np.sqrt(weight) * scale)[:, None], size)
    return band


def _banded(first: NDArray[np.int64], rows: FloatArray, size: int) -> FloatArray:
    """(4, size) lower bands of the sum of the outer products of rows (k, 4) that begin at `first` (k,)."""
    at = (_COLUMN - _ROW) * size + first[:, None] + _ROW
    products = rows[:, _ROW] * rows[:, _COLUMN]
    return np.asarray(
        np.bincount(at.ravel(), products.ravel(), BANDS * size).reshape(BANDS, size), np.float64
    )
