"""Turning points that slid along a rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hardset.signal.hypotheses import level_anchors
from hardset.signal.motion import Motion, solve
from hardset.signal.strokes import Strokes
from hardset.signal.tails import without_slides
from hardset.signal.timebase import GRID_HZ

REST_S = 1.5
SLID_S = 0.9


def of_a_set(bar: Any, hole_s: float) -> Motion:
    """The motion of a bar whose samples were lost for hole_s around the top of the third rep."""
    holes = np.zeros(bar.time_s.size)
    top = int(bar.strokes.top[2])
    half = int(hole_s / 2 * GRID_HZ)
    holes[top - half : top + half] = hole_s
    return solve(bar.acceleration_mps2, holes, level_anchors(bar.strokes, 0.03))


def creeping(motion: Motion, strokes: Strokes, speed_mps: float) -> tuple[Motion, Strokes]:
    """The same with a third rep that seems to creep on at the top, and the end that follows from it."""
    velocity = motion.velocity_mps.copy()
    top = strokes.top.copy()
    top[2] += int(SLID_S * GRID_HZ)
    velocity[strokes.top[2] - 5 : top[2]] = speed_mps
    slid = Strokes(strokes.bottom, top, strokes.rise, (top - strokes.bottom) / GRID_HZ, strokes.dip)
    return replace(motion, velocity_mps=velocity), slid


@pytest.fixture
def bar(ride: Callable[..., Any]) -> Any:
    return ride((0.0, 2.0), *[(-0.5, 1.2), (0.5, 1.0), (0.0, REST_S)] * 6)


def test_an_end_behind_a_hole_goes_back_to_where_the_others_are(bar: Any) -> None:
    motion, slid = creeping(of_a_set(bar, 0.8), bar.strokes, 0.09)
    drawn = without_slides(slid, motion)
    assert abs(int(drawn.top[2]) - int(bar.strokes.top[2])) <= 3
    others = [0, 1, 3, 4, 5]
    np.testing.assert_array_equal(drawn.top[others], bar.strokes.top[others])
    np.testing.assert_array_equal(drawn.bottom, bar.strokes.bottom)
    assert drawn.duration_s[2] == pytest.approx((drawn.top[2] - drawn.bottom[2]) / GRID_HZ)


def test_what_surely_moves_is_a_grinder_and_stays(bar: Any) -> None:
    motion, slow = creeping(of_a_set(bar, 0.0), bar.strokes, 0.25)
    np.testing.assert_array_equal(without_slides(slow, motion).top, slow.top)


def test_few_reps_have_nothing_that_is_usual(bar: Any) -> None:
    motion, slid = creeping(of_a_set(bar, 0.8), bar.strokes, 0.09)
    few = slid.take([0, 1, 2])
    np.testing.assert_array_equal(without_slides(few, motion).top, few.top)
