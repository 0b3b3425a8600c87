"""Where a movement begins and ends: the turning points next to it, from its velocity.

Walk outward from the fastest moment until speed falls under max(0.03 m/s, 3 % of the peak), then
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
SLOW_SHARE = 0.03
LEFT_OUT_SHARE = 0.08
STICKING_S = 0.5
"""A sticking region that nearly stops lasts no longer than this ..."""
STALL_SHARE = 0.35
"""... unless over a third of the way is still to go."""
PLATEAU_SHARE = 0.1
PLATEAU_MOST_MPS = 0.15
PLATEAU_S = 0.15
SLOPE_WINDOW = 8
"""Grid points (0.08 s) inside the movement that give the slope."""


def movement_edges(
    velocity: FloatArray, bottom: int, top: int, slow: float = SLOW_MPS
) -> tuple[float, float]:
    """Grid positions (with fractions) where the upward movement between two indices begins and ends.

    velocity: (n,) m/s or rad/s; slow: under this it counts as a hold, same unit.
    """
    inside = velocity[bottom : top + 1]
    peak = int(inside.argmax())
    threshold = max(slow, SLOW_SHARE * float(inside[peak]))
    fast = (inside >= threshold).nonzero()[0]
    if fast.size == 0:
        return float(bottom), float(top)
    # Runs of movement, each (first, last) index; between them it is slow.
    breaks = (fast[1:] - fast[:-1] > 1).nonzero()[0]
    first, last = int(fast[0]), int(fast[-1])
    if breaks.size:
        first, last = _around_the_peak(
            inside, peak, [first, *fast[breaks + 1].tolist()], [*fast[breaks].tolist(), last]
        )
    start, end = _off_plateaus(inside, first, last, peak)
    return bottom + _to_zero(inside, start, +1), bottom + _to_zero(inside, end, -1)


def _around_the_peak(inside: FloatArray, peak: int, firsts: list[int], lasts: list[int]) -> tuple[int, int]:
    """First and last index of the movement around the peak, made of the runs that go on into one another."""
    gained = inside.cumsum()
    total = max(float(gained[-1]), 1e-9)
    at = next(i for i, last in enumerate(lasts) if last >= peak)
    first = at
    while first > 0:
        ahead = float(gained[firsts[first]]) / total
        if not _goes_on(ahead, firsts[first] - lasts[first - 1]):
            break
        first -= 1
    last = at
    while last + 1 < len(lasts):
        ahead = 1.0 - float(gained[lasts[last]]) / total
        if not _goes_on(ahead, firsts[last + 1] - lasts[last]):
            break
        last += 1
    return firsts[first], lasts[last]


def _off_plateaus(inside: FloatArray, start: int, end: int, peak: int) -> tuple[int, int]:
    """Edges moved inward past a long slow plateau next to them: that is drift, not movement."""
    foothill = max(PLATEAU_SHARE * float(inside[peak]), SLOW_MPS)
    if foothill > PLATEAU_MOST_MPS:
        return start, end
    if peak > start:
        rising = inside[start:peak] > foothill
        climbs = int(rising.argmax())
        if climbs > PLATEAU_S * GRID_HZ:
            start += climbs
    if end > peak:
        falling = inside[peak:end][::-1] > foothill
        sinks = int(falling.argmax())
        if falling[sinks] and sinks + 1 > PLATEAU_S * GRID_HZ:
            end -= sinks
    return start, end


def _goes_on(ahead: float, slow_points: int) -> bool:
    """Whether the movement goes on beyond a slow stretch, with that share of the rise still ahead."""
    return ahead > LEFT_OUT_SHARE and (slow_points <= STICKING_S * GRID_HZ or ahead >= STALL_SHARE)


def _to_zero(inside: FloatArray, edge: int, inward: int) -> float:
    """Position of zero velocity, extrapolated from the edge with the slope inside; at most 0.1 s away."""
    end = inside.size - 1
    other = min(max(edge + inward * SLOPE_WINDOW, 0), end)
    reach = abs(other - edge)
    if reach == 0:
        return float(edge)
    slope = (float(inside[other]) - float(inside[edge])) / reach
    if slope <= 1e-6:
        return float(edge)
    outward = min(max(float(inside[edge]), 0.0) / slope, 0.1 * GRID_HZ)
    return min(max(edge - inward * outward, 0.0), float(end))


def trim(
    velocity: FloatArray, bottom: NDArray[np.int64], top: NDArray[np.int64], slow: float = SLOW_MPS
) -> tuple[FloatArray, FloatArray]:
    """`movement_edges` of many strokes: (k,) starts and (k,) ends, grid positions."""
    edges = [movement_edges(velocity, int(b), int(t), slow) for b, t in zip(bottom, top, strict=True)]
    table = np.array(edges, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
