"""Turning points and upward strokes of a height that is known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.strokes import HEIGHT_LIMITS, Strokes, candidate_strokes, turning_points
from hardset.signal.timebase import GRID_HZ


def has(strokes: Strokes, bottom_s: float, top_s: float, within_s: float = 0.05) -> bool:
    near = np.abs(strokes.bottom / GRID_HZ - bottom_s) < within_s
    return bool((near & (np.abs(strokes.top / GRID_HZ - top_s) < within_s)).any())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1.0, 1.0), min_size=2, max_size=80), st.floats(0.01, 0.5))
def test_tops_and_bottoms_take_turns_and_nothing_larger_is_left_out(
    heights: list[float], min_turn: float
) -> None:
    track = np.array(heights)
    index, kind = turning_points(track, min_turn)
    assert (np.diff(index) > 0).all()
    assert (kind[1:] == -kind[:-1]).all()
    assert set(kind.tolist()) <= {-1, 1}
    for (a, b), way in zip(pairwise(index.tolist()), -kind, strict=False):
        assert way * (track[b] - track[a]) > min_turn
        between = track[a : b + 1]
        assert (between.min(), between.max()) == tuple(sorted((track[a], track[b])))
        # no reversal on the way that is worth a turning point of its own
        ahead = way * between
        assert float(np.max(np.maximum.accumulate(ahead) - ahead)) <= min_turn + 1e-12


def test_a_zigzag_gives_back_its_corners() -> None:
    corners = [0.0, 0.5, 0.1, 0.6, -0.2, 0.4]
    track = np.interp(np.arange(501), np.arange(6) * 100, corners)
    index, kind = turning_points(track, 0.05)
    assert index.tolist() == [0, 100, 200, 300, 400, 500]
    assert kind.tolist() == [-1, 1, -1, 1, -1, 1]
    coarse, _ = turning_points(track, 0.45)
    assert coarse.tolist() == [0, 300, 400, 500]


def test_every_concentric_phase_is_a_candidate(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    bar = ride(*squat_moves(5))
    strokes, points = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    starts, ends = bar.edges_s[bar.ups], bar.edges_s[bar.ups + 1]
    assert all(has(strokes, a, b) for a, b in zip(starts, ends, strict=True))
    assert len(strokes) == 5
    np.testing.assert_allclose(strokes.rise, 0.5, atol=0.01)
    np.testing.assert_allclose(strokes.duration_s, 1.0, atol=0.08)
    np.testing.assert_array_equal(strokes.dip, 0.0)
    assert (np.diff(points) > 0).all()


def test_a_hold_splits_a_pick_up_from_the_first_row(ride: Callable[..., Any]) -> None:
    row = [(0.35, 0.7), (-0.35, 0.9)]
    bar = ride((0.0, 2.0), (0.6, 1.2), (0.0, 1.0), *row * 3, (0.0, 1.0))
    strokes, _ = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    assert has(strokes, 2.0, 3.2)
    assert has(strokes, 4.2, 4.9)


def test_a_grinder_that_sinks_a_little_is_one_stroke(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 1.0), (-0.5, 1.2), (0.25, 0.8), (-0.04, 0.4), (0.29, 1.0), (0.0, 1.0))
    strokes, _ = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    assert has(strokes, 2.2, 4.4)
    whole = int(np.argmax(strokes.rise))
    assert strokes.dip[whole] > 0.035


def test_what_is_too_small_too_high_or_too_long_is_no_stroke(ride: Callable[..., Any]) -> None:
    for rise, seconds in ((0.04, 0.5), (1.6, 2.0), (0.6, 14.0)):
        bar = ride((0.0, 1.0), (rise, seconds), (0.0, 1.0), (-rise, 2.0))
        assert len(candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)[0]) == 0
    calf = ride((0.0, 1.0), (0.06, 0.6), (0.0, 0.5), (-0.06, 1.0))
    assert len(candidate_strokes(calf.height_m, calf.velocity_mps, HEIGHT_LIMITS)[0]) == 1


def test_a_flat_track_has_no_strokes() -> None:
    strokes, points = candidate_strokes(np.zeros(500), np.zeros(500), HEIGHT_LIMITS)
    assert (len(strokes), points.size) == (0, 0)
