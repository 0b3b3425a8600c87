"""Turning points of a limb: where the swing of a segment begins and ends.

A turning point is where angular velocity crosses zero, or the near edge of a hold: a while in which the
load would move at less than 0.02 m/s. A squat that turns the thigh by 90° while the bar rises by half
a metre holds under 3.6 °/s, a hip hinge of 20° under 0.9 °/s: so the speed of a hold goes with the range.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.exercise import Exercise
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

HOLD_MPS = 0.02
MEASURED_SHARE = 0.5
"""Of that speed, where a rep's ends are measured: nobody agrees on when a leg holds, and between the edge of
a hold and zero velocity lies a tenth of a rep. Half of it errs by -1 % against the one, +2 % the other."""
LEAST_HOLD_RADPS = float(np.radians(0.5))
"""A leg sways: slower than this nobody can tell a movement from a hold."""
USUAL_ROM_M = 0.42
"""Travel of the load where the exercise does not say: leg exercises lie between 0.25 and 0.6 m."""
HOLD_S = 0.18
"""A hold lasts at least this long; shorter ones are wobble of the flesh on a slow stretch."""
CREEP_SHARE = 0.06
"""Flesh and strap creep on when the bone has stopped: under this share of the fastest moment the end of a
swing is extrapolated (error of the end on simulated limbs 0.049 s instead of 0.059 s) ..."""
LOSSY_SHARE = 0.12
"""... and both ends where samples were lost (11 % instead of 13 % error of the mean velocity)."""
SLOPE_WINDOW = 6
MOST_AHEAD = 12.0
"""Grid points."""
INNER_SHARE = 0.15
"""Of the fastest moment: a speed that a swing passes at a sharp moment."""
OWN_SHARE, ENOUGH_ALIKE = 0.4, 3
"""From that moment to the turning point: what counts of a rep's own time beside the median of its set's reps
(on 1000 simulated and 1100 foreign reps the error of the mean falls from 6.3 to 5.5 and 9.1 to 6.4 %)."""
LOOK_S = 0.4
"""The search for a turning point begins this far outside of a rough stroke."""
LULL_SHARE = 0.15
"""Of the highest speed on either side: where it falls under this between two rises, one may end there and the
other begin. A leg that lunges goes on backwards, to step, after a tenth of a second."""
LEFT_OUT_SHARE = 0.04
"""With no more of the range than this beyond it, any standstill is the turning point."""


def hold_speed(rise_rad: float, exercise: Exercise | None) -> float:
    """Angular velocity under which a segment that turns by rise_rad in a rep counts as held, rad/s."""
    known = None if exercise is None else exercise.rom_m
    travel_m = USUAL_ROM_M if known is None else 0.5 * (known[0] + known[1])
    return max(HOLD_MPS * rise_rad / travel_m, LEAST_HOLD_RADPS)


def swing_edges(
    velocity: FloatArray, bottom: int, top: int, hold: float, lossy: bool = False
) -> tuple[float, float]:
    """Grid positions (with fractions) between which the angle rises without a hold around its fastest moment.

    velocity: (n,) rad/s; bottom, top: where to look; hold: rad/s, see `hold_speed`; lossy: samples were
    lost nearby, so that what is slow is mostly interpolation.
    """
    inside = velocity[bottom : top + 1]
    peak = int(inside.argmax())
    fastest = float(inside[peak])
    if fastest <= hold:
        return float(bottom), float(top)
    before = _outward(inside[peak::-1], hold, LOSSY_SHARE * fastest if lossy else 0.0)
    after = _outward(inside[peak:], hold, (LOSSY_SHARE if lossy else CREEP_SHARE) * fastest)
    return bottom + peak - before, bottom + peak + after


def alike_edges(
    velocity: FloatArray, looks: list[tuple[int, int]], hold: float, lossy: list[bool]
) -> list[tuple[float, float]]:
    """`swing_edges` of the reps of one set, which begin and end alike.

    Near a turning point a swing is slow, and flesh, strap and noise move it; a little further in, where it
    is faster, it passes a given speed at a sharp moment. From there to the turning point it takes about as
    long in every rep of a set: so each rep's own time is drawn to the median of all.
    """
    own = np.array(
        [swing_edges(velocity, *look, hold, lost) for look, lost in zip(looks, lossy, strict=True)]
    )
    if len(looks) < ENOUGH_ALIKE:
        return [(float(a), float(b)) for a, b in own]
    inner = np.array([_inner_edges(velocity, *look) for look in looks])
    slow = own - inner
    drawn = inner + np.median(slow, axis=0) + OWN_SHARE * (slow - np.median(slow, axis=0))
    return [(float(a), float(b)) for a, b in drawn]


def _inner_edges(velocity: FloatArray, bottom: int, top: int) -> tuple[float, float]:
    """Where the swing around the fastest moment passes `INNER_SHARE` of it."""
    inside = velocity[bottom : top + 1]
    peak = int(inside.argmax())
    level = INNER_SHARE * float(inside[peak])
    return bottom + peak - _turning(inside[peak::-1], level), bottom + peak + _turning(inside[peak:], level)


def _outward(speed: FloatArray, hold: float, creep: float) -> float:
    """Positions from the fastest moment (index 0) to the turning point.

    Under `creep` the way to the turning point is extrapolated with the slope above it.
    """
    turning = _turning(speed, hold)
    if creep <= hold:
        return turning
    edge = _turning(speed, creep)
    inner = max(int(edge) - SLOPE_WINDOW, 0)
    slope = (float(speed[inner]) - creep) / max(edge - inner, 1.0)
    ahead = (creep - hold) / slope if slope > 1e-9 else MOST_AHEAD
    return min(edge + min(ahead, MOST_AHEAD), turning)


def _turning(speed: FloatArray, hold: float) -> float:
    slow = speed < hold
    edges = np.flatnonzero(np.diff(np.concatenate([[0], slow.astype(np.int8), [0]]))).reshape(-1, 2)
    gained = np.cumsum(np.maximum(speed, 0.0))
    for first, end in edges:
        over = end == speed.size
        beyond = 1.0 - float(gained[first]) / float(gained[-1])
        if over or end - first >= HOLD_S * GRID_HZ or beyond < LEFT_OUT_SHARE:
            return _crossing(speed, int(first), int(end), hold)
    return float(speed.size - 1)


def _crossing(speed: FloatArray, first: int, end: int, hold: float) -> float:
    """Where speed falls to the hold, or on to zero where it passes through without staying."""
    if end - first < HOLD_S * GRID_HZ or float(speed[first : first + 10].min()) < -hold:
        below = np.flatnonzero(speed[first:end] <= 0.0)
        if below.size:
            return at_level(speed, first + int(below[0]), 0.0)
    return at_level(speed, first, hold)


def at_level(speed: FloatArray, index: int, level: float) -> float:
    """Where speed (n,) fell to `level` between index - 1 and index."""
    if index == 0:
        return 0.0
    before, after = float(speed[index - 1]), float(speed[index])
    return index - 1 + (before - level) / (before - after) if before > after else float(index)


def look_around(velocity: FloatArray, bottom: int, top: int) -> tuple[int, int]:
    """Where to look for the turning points of a rough stroke: around it, but not in another movement."""
    reach, last = int(LOOK_S * GRID_HZ), velocity.size - 1
    start, end = max(bottom - reach, 0), min(top + reach, last)
    level = LULL_SHARE * float(velocity[bottom : top + 1].max())
    return bottom - _until_lull(velocity[start : bottom + 1][::-1], level), top + _until_lull(
        velocity[top : end + 1], level
    )


def _until_lull(outward: FloatArray, level: float) -> int:
    """Steps outward from the end of a stroke until speed has been under a level and is over it again."""
    under = outward < level
    begun = np.flatnonzero(under)
    if begun.size == 0:
        return outward.size - 1
    again = np.flatnonzero(~under[begun[0] :])
    if again.size == 0:
        return outward.size - 1
    part = outward[: int(begun[0] + again[0])]
    return int(begun[0]) + int(part[begun[0] :].argmin())


def trimmed(
    strokes: Strokes, rotation: SegmentRotation, exercise: Exercise | None, min_rise: float
) -> Strokes:
    """Strokes cut to their swing: what a hold separates from it is another movement."""
    speed = rotation.velocity_radps
    edges = [
        swing_edges(speed, *look_around(speed, int(b), int(t)), hold_speed(rise, exercise))
        for b, t, rise in zip(strokes.bottom, strokes.top, strokes.rise, strict=True)
    ]
    table = np.round(np.array(edges, dtype=np.float64).reshape(-1, 2)).astype(np.int64)
    _, order = np.unique(table[:, ::-1], axis=0, return_index=True)
    bottom, top = table[order, 0], table[order, 1]
    rise = rotation.angle_rad[top] - rotation.angle_rad[bottom]
    cut = Strokes(bottom, top, rise, (top - bottom) / GRID_HZ, strokes.dip[order])
    return cut.take(np.flatnonzero((rise >= min_rise) & (top > bottom + 5)))
