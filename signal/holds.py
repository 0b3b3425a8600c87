"""Turning points of a bar under the definition of a hold, as expected values over what velocity may be.

A turning point is where velocity crosses zero, or the near edge of a hold: speed under 0.02 m/s for
over 0.1 s. After lockout the loaded ends swing on for half a second and velocity rings by a few
hundredths, which is also what drift leaves: whether the ringing touches zero, and so where the movement
ends, cannot be read off one estimate. So the rest beside the movement says where zero lies, and the turning
point is the mean over the zeros that are left possible (mean velocity on simulated sets with an even
clock: error 0.015 m/s instead of 0.022 with a fixed threshold).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.edges import movement_edges
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turning import at_level

TRUE_HOLD_MPS = 0.02
HOLD_MPS = 0.025
"""What is estimated trembles by a few mm/s more than what is ..."""
FURTHER = 3
"""... so a hold begins where speed falls to 0.02 m/s, if it does so within this many grid points."""
HOLD_POINTS = int(0.1 * GRID_HZ)
ZERO_SD_MPS = 0.015
"""How far the velocity of a settled motion may be off for the length of a rest ..."""
RING_SD_MPS = 0.008
"""... and how far sway and ringing may move the mean of 0.3 s of it."""
REST_AFTER, REST_WITHIN = int(0.05 * GRID_HZ), int(1.0 * GRID_HZ)
"""Rest is looked for from 0.05 s to 1 s beyond the movement ..."""
LEAVES_MPS, BEFORE_LEAVING = 0.06, int(0.12 * GRID_HZ)
"""... until the bar has left in the other direction, less the time that takes to show."""
LEAST_REST, MOST_REST = int(0.2 * GRID_HZ), int(1.0 * GRID_HZ)
RING_REFERENCE = 0.3 * GRID_HZ
UNLIKELY_ZERO_MPS = 0.1
INWARD, OUTWARD = int(0.15 * GRID_HZ), 0.06 * GRID_HZ
"""How far from the rough edge the turning point may lie, grid points."""
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def turning_points(
    velocity: FloatArray, bottom: int, top: int, drift_sd: tuple[float, float] = (ZERO_SD_MPS, ZERO_SD_MPS)
) -> tuple[float, float]:
    """Grid positions (with fractions) of the lower and upper turning point of an upward stroke.

    velocity: (n,) m/s; bottom, top: grid indices around the movement; drift_sd: how far the velocity may
    be off at either, m/s.
    """
    start, end = movement_edges(velocity, bottom, top)
    peak = bottom + int(velocity[bottom : top + 1].argmax())
    before = _expected(velocity[peak::-1], peak - start, drift_sd[0])
    after = _expected(velocity[peak:], end - peak, drift_sd[1])
    return peak - before, peak + after


def _expected(speed: FloatArray, rough: float, drift_sd: float) -> float:
    """Positions from the fastest moment (index 0) outward to the turning point near a rough one."""
    zero, zero_sd = _zero(speed, int(rough), drift_sd)
    first = max(int(rough) - INWARD, 0)
    last = rough + OUTWARD
    near = speed[first : int(last) + HOLD_POINTS + 3] - zero
    found = [min(first + _turning(near + step * zero_sd), last) for step in _NODES]
    return float(_WEIGHTS @ np.array(found))


def _zero(speed: FloatArray, rough: int, drift_sd: float) -> tuple[float, float]:
    """What the estimate reads when the bar stands, m/s, with its standard deviation."""
    rest = speed[rough + REST_AFTER : rough + REST_WITHIN]
    leaving = np.flatnonzero(rest < -LEAVES_MPS)
    if leaving.size:
        rest = rest[: max(int(leaving[0]) - BEFORE_LEAVING, 0)]
    if rest.size < LEAST_REST:
        return 0.0, drift_sd
    level = float(rest.mean())
    level_sd = RING_SD_MPS * np.sqrt(RING_REFERENCE / min(rest.size, MOST_REST))
    share = drift_sd**2 / (drift_sd**2 + level_sd**2)
    zero = share * level if abs(level) < UNLIKELY_ZERO_MPS else 0.0
    return zero, float(np.sqrt(share) * level_sd)


def _turning(speed: FloatArray) -> float:
    """First crossing of zero, or the beginning of the first hold; the last position where there is none."""
    slow = np.abs(speed) < HOLD_MPS
    padded = np.zeros(speed.size + 2, dtype=np.int8)
    padded[1:-1] = slow
    bounds = np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2)
    held = bounds[bounds[:, 1] - bounds[:, 0] > HOLD_POINTS, 0]
    below = np.flatnonzero(speed <= 0.0)
    hold = int(held[0]) if held.size else speed.size
    crossing = int(below[0]) if below.size else speed.size
    if min(hold, crossing) == speed.size:
        return float(speed.size - 1)
    if crossing < hold:
        return at_level(speed, crossing, 0.0)
    slower = hold + int(np.argmax(speed[hold : hold + FURTHER] < TRUE_HOLD_MPS))
    if speed[slower] < TRUE_HOLD_MPS:
        return at_level(speed, slower, TRUE_HOLD_MPS)
    return at_level(speed, hold, HOLD_MPS)
