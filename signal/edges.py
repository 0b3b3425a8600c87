"""Where a movement begins and ends: the turning points next to it, from its velocity.

Walk outward from the fastest moment until speed falls under max(0.03 m/s, 6 % of the peak), then
extrapolate to zero with the slope from *inside* the movement (a window across the edge gave a bias of
-0.034 m/s on rows). A sticking region can be as slow as that: so the walk goes on while more than a
twelfth of the rise still lies ahead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

SLOW_MPS = 0.03
SLOW_SHARE = 0.06
LEFT_OUT_SHARE = 0.08
STICKING_S = 0.5
"""A sticking region that nearly stops lasts no longer than this ..."""
STALL_SHARE = 0.35
"""... unless over a third of the way is still to go."""
SLOPE_WINDOW = 8
"""Grid points (0.08 s) inside the movement that give the slope."""


def movement_edges(
    velocity: FloatArray, bottom: int, top: int, slow: float = SLOW_MPS
) -> tuple[float, float]:
    """Grid positions (with fractions) where the upward movement between two indices begins and ends.

    velocity: (n,) m/s or rad/s; slow: under this it counts as a hold, same unit.
    """
    inside = velocity[bottom : top + 1]
    peak = int(np.argmax(inside))
    threshold = max(slow, SLOW_SHARE * float(inside[peak]))
    gained = np.concatenate([[0.0], np.cumsum(inside[1:] + inside[:-1])])
    total = max(float(gained[-1]), 1e-9)
    start = _walk(inside, gained / total, peak, threshold, -1)
    end = _walk(inside, gained / total, peak, threshold, +1)
    return bottom + _to_zero(inside, start, +1), bottom + _to_zero(inside, end, -1)


def _walk(inside: FloatArray, share: FloatArray, peak: int, threshold: float, step: int) -> int:
    """Last index, going by step from the peak, before speed falls under the threshold for good."""
    last = 0 if step < 0 else inside.size - 1
    slow = inside < threshold
    at = peak
    while at != last:
        if slow[at + step]:
            ahead = float(share[at] if step < 0 else 1.0 - share[at])
            if ahead <= LEFT_OUT_SHARE:
                return at
            further = np.flatnonzero(~slow[:at] if step < 0 else ~slow[at + 2 :])
            if further.size == 0:
                return at
            resumes = int(further[-1]) if step < 0 else int(further[0]) + at + 2
            if abs(resumes - at) > STICKING_S * GRID_HZ and ahead < STALL_SHARE:
                return at
            at = resumes
        else:
            at += step
    return at


def _to_zero(inside: FloatArray, edge: int, inward: int) -> float:
    """Position of zero velocity, extrapolated from the edge with the slope inside; at most 0.1 s away."""
    other = int(np.clip(edge + inward * SLOPE_WINDOW, 0, inside.size - 1))
    reach = abs(other - edge)
    if reach == 0:
        return float(edge)
    slope = (float(inside[other]) - float(inside[edge])) / reach
    if slope <= 1e-6:
        return float(edge)
    outward = min(max(float(inside[edge]), 0.0) / slope, 0.1 * GRID_HZ)
    return float(np.clip(edge - inward * outward, 0.0, inside.size - 1.0))


def trim(
    velocity: FloatArray, bottom: NDArray[np.int64], top: NDArray[np.int64], slow: float = SLOW_MPS
) -> tuple[FloatArray, FloatArray]:
    """`movement_edges` of many strokes: (k,) starts and (k,) ends, grid positions."""
    edges = [movement_edges(velocity, int(b), int(t), slow) for b, t in zip(bottom, top, strict=True)]
    table = np.array(edges, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
