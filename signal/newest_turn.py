"""The newest stroke of a bar that turns with the forearm: by its angle, which does not drift.

Height is worth least where a sensor turns by a radian with every rep, and live no later rep holds it. What is
done with the bar after a set of curls hardly turns it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hardset.signal.bar import PLANAR
from hardset.signal.newest import LIKE_THE_OTHERS, Expected, newest_stroke
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import segment_rotation
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import ANGLE_LIMITS, Strokes
from hardset.signal.timebase import GRID_HZ

LEAST_MEAN_RADPS = 0.2
"""Slower on the mean nothing turns that is lifted."""


def turn_of_reps(turning_up: FloatArray, time_s: FloatArray, sure: Sequence[Repetition]) -> float:
    """Angle by which 'up' (n, 3) turns from the bottom of a rep to its top, rad; 0 where none is in sight."""
    ends = _inside(time_s, sure)
    if not ends.size:
        return 0.0
    cosine = np.einsum("ki,ki->k", turning_up[ends[:, 0]], turning_up[ends[:, 1]])
    return float(np.median(np.arccos(np.clip(cosine, -1.0, 1.0))))


def newest_turn(
    turning_up: FloatArray, time_s: FloatArray, sure: Sequence[Repetition], after: int, *, goes_on: bool
) -> Strokes | None:
    """The newest turn that is over and like those of the sure reps in sight, at least one; None so far.

    turning_up: (n, 3) 'up' in the frame of the sensor. time_s: (n,) grid. after: grid index until which
    strokes were judged. goes_on: a rep is due.
    """
    rotation = segment_rotation(turning_up)
    ends = _inside(time_s, sure)
    gains = rotation.angle_rad[ends[:, 1]] - rotation.angle_rad[ends[:, 0]]
    if float(np.median(gains)) < 0.0:
        rotation, gains = rotation.flipped(), -gains
    if rotation.planarity < PLANAR:
        return None
    usual = float(np.median(gains))
    expected = Expected(LIKE_THE_OTHERS[0] * usual, LIKE_THE_OTHERS[1] * usual, LEAST_MEAN_RADPS)
    angle, velocity = rotation.angle_rad, rotation.velocity_radps
    return newest_stroke(angle, velocity, after, expected, ANGLE_LIMITS, goes_on=goes_on).fits


def _inside(time_s: FloatArray, reps: Sequence[Repetition]) -> NDArray[np.int64]:
    """(k, 2) grid indices of bottom and top of those reps that lie within the grid."""
    seen = [rep for rep in reps if rep.concentric_start_s > time_s[0] + 0.1]
    ends = np.array([(rep.concentric_start_s, rep.concentric_end_s) for rep in seen]).reshape(-1, 2)
    index = np.round((ends - time_s[0]) * GRID_HZ).astype(np.int64)
    return np.asarray(np.clip(index, 0, time_s.size - 1))
