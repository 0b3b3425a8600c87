"""Where a swing ends: at its turning point, or at a short lull before the leg does something else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import ANGLE_LIMITS, candidate_strokes
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turning import LULL_SHARE, look_around, trimmed

UP_DEG, STEP_DEG = 65.0, 35.0


def move(degrees: float, seconds: float) -> FloatArray:
    """Angular velocity, rad/s, of a movement of least jerk."""
    share = np.linspace(0.0, 1.0, round(seconds * GRID_HZ))
    return np.radians(degrees) / seconds * 30.0 * share**2 * (1.0 - share) ** 2


def lunges(lull_s: float, reps: int = 4) -> SegmentRotation:
    """Down, up, a lull, on backwards while the other leg steps, and forwards again."""
    still = np.zeros(round(0.5 * GRID_HZ))
    lull = np.zeros(round(lull_s * GRID_HZ))
    one = [move(-UP_DEG, 1.2), move(UP_DEG, 0.9), lull, move(STEP_DEG, 0.7), move(-STEP_DEG, 0.6), still]
    speed = np.concatenate([still, *(one * reps)])
    angle = np.cumsum(speed) / GRID_HZ
    return SegmentRotation(angle, np.gradient(angle) * GRID_HZ, 1.0)


@pytest.mark.parametrize("lull_s", [0.0, 0.04])
def test_a_stroke_may_end_at_a_lull_on_the_way(lull_s: float) -> None:
    track = lunges(lull_s)

    def rises(lull: float) -> FloatArray:
        limits = replace(ANGLE_LIMITS, lull=lull)
        strokes, _ = candidate_strokes(track.angle_rad, track.velocity_radps, limits)
        return np.degrees(trimmed(strokes, track, None, ANGLE_LIMITS.min_rise).rise)

    assert np.count_nonzero(np.abs(rises(LULL_SHARE) - UP_DEG) < 3.0) == 4
    assert np.count_nonzero(np.abs(rises(LULL_SHARE) - UP_DEG - STEP_DEG) < 3.0) == 4
    assert not np.any(np.abs(rises(0.0) - UP_DEG) < 3.0)


def test_the_search_for_a_turning_point_stops_at_a_lull_and_only_there() -> None:
    track = lunges(0.1, reps=1)
    speed = track.velocity_radps
    start = round((0.5 + 1.2) * GRID_HZ)
    end = start + round(0.9 * GRID_HZ)
    first, last = look_around(speed, start + 10, end - 10)
    assert first < start + 3
    assert end - 5 < last < end + 0.2 * GRID_HZ
    alone = np.concatenate([np.zeros(60), move(UP_DEG, 0.9), np.zeros(60)])
    assert look_around(alone, 70, 140) == (30, 180)
