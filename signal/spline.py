"""Uniform cubic B-splines: which four coefficients meet at a time, and with what weights."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

KNOT_S = 0.1
KNOT_STEPS = round(KNOT_S * GRID_HZ)
BANDS = 4
"""Cubic: four coefficients meet at any point."""


def spline_rows(time_s: FloatArray, order: int) -> tuple[NDArray[np.int64], FloatArray]:
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


def grid_rows(index: NDArray[np.int64], order: int) -> tuple[NDArray[np.int64], FloatArray]:
    """`spline_rows` at points (k,) of the even grid, where the weights repeat from knot to knot."""
    first, step = np.divmod(index, KNOT_STEPS)
    return first, _weights(order)[step]


def evaluate_on_grid(coefficients: FloatArray, size: int, order: int) -> FloatArray:
    """The spline's derivative of that order at every point of the even grid (size,)."""
    windows = np.lib.stride_tricks.sliding_window_view(coefficients, BANDS)
    return np.asarray((windows @ _weights(order).T).ravel()[:size])


@cache
def _weights(order: int) -> FloatArray:
    """(`KNOT_STEPS`, 4) weights at each point of the grid between two knots."""
    return spline_rows(np.arange(KNOT_STEPS) / GRID_HZ, order)[1]
