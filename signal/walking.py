"""Where a person walks: a leg that swings fast and evenly while heels strike.

Walking looks like a set to anything that counts swings of a thigh: they are alike, regular and as wide as
a half squat. What tells them apart is haste and impact: a stride takes 0.9-1.3 s without a pause, and
each heel shakes the leg; strength training takes longer for one of its two phases, and stops softly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hardset.signal.rotation import segment_rotation
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.strokes import turning_points
from hardset.signal.timebase import GRID_HZ

MIN_SWING_RAD = 0.2
"""Smaller swings are no steps (a thigh swings by 40-60°, a shank by 60-80°)."""
SLOWEST_SWING_S = 0.90
"""Half a stride. At most 0.84 s on simulated walks; of five halves of reps in a row one took 0.95 s."""
SWINGS = 4
"""So many hasty swings in a row are walking: two strides."""
MIN_SHAKE_MPS2 = 1.1
"""Standard deviation of the vertical acceleration: 1.4-7 in walks, under 1.8 in 99 % of reps."""
WINDOW_S = 30.0
MARGIN_S = 0.5
"""The first and the last step are smaller and belong to it."""


def walking(up: FloatArray, vertical_mps2: FloatArray) -> BoolArray:
    """(n,) where the lifter walks.

    up: (n, 3) unit vectors in the sensor frame; vertical_mps2: (n,) vertical acceleration.

    Window by window, because the plane that a leg swings in changes between exercises.
    """
    size = up.shape[0]
    mask = np.zeros(size, dtype=np.bool_)
    window, stride = int(WINDOW_S * GRID_HZ), int(0.5 * WINDOW_S * GRID_HZ)
    for start in range(0, max(size - stride, 1), stride):
        part = slice(start, start + window)
        mask[part] |= _swings(segment_rotation(up[part]).angle_rad, vertical_mps2[part])
    return mask


def _swings(angle_rad: FloatArray, vertical_mps2: FloatArray) -> BoolArray:
    mask = np.zeros(angle_rad.size, dtype=np.bool_)
    points, _ = turning_points(angle_rad, MIN_SWING_RAD)
    if points.size <= SWINGS:
        return mask
    hasty = np.diff(points) <= SLOWEST_SWING_S * GRID_HZ
    reach = int(MARGIN_S * GRID_HZ)
    for first, last in _runs(hasty):
        if last - first < SWINGS:
            continue
        start, end = int(points[first]), int(points[last])
        if float(np.std(vertical_mps2[start : end + 1])) >= MIN_SHAKE_MPS2:
            mask[max(start - reach, 0) : end + reach] = True
    return mask


def between_walks(start: int, end: int, walks: BoolArray) -> list[tuple[int, int]]:
    """(start, end) of the parts of a stretch of the grid in which nobody walks; walks is the whole grid's."""
    free = np.concatenate([[False], ~walks[start:end], [False]])
    edges = np.flatnonzero(np.diff(free.astype(np.int8))).reshape(-1, 2)
    return [(start + int(a), start + int(b)) for a, b in edges]


def _runs(flags: BoolArray) -> NDArray[np.int64]:
    """(r, 2) first and one past the last index of each run of True."""
    padded = np.concatenate([[0], flags.astype(np.int8), [0]])
    return np.asarray(np.flatnonzero(np.diff(padded)).reshape(-1, 2), dtype=np.int64)
