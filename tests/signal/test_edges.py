"""Where a movement begins and ends, on velocities with a formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.edges import movement_edges, trim
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ


def half_sine(peak_mps: float, seconds: float) -> FloatArray:
    time = np.arange(1, round(seconds * GRID_HZ)) / GRID_HZ
    return np.asarray(peak_mps * np.sin(np.pi * time / seconds))


def still(seconds: float, velocity: float = 0.0) -> FloatArray:
    return np.full(round(seconds * GRID_HZ), velocity)


def edges_s(velocity: FloatArray) -> tuple[float, float]:
    start, end = movement_edges(velocity, 0, velocity.size - 1)
    return start / GRID_HZ, end / GRID_HZ


@settings(max_examples=60, deadline=None)
@given(st.floats(0.35, 1.5), st.floats(0.4, 2.0), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_a_half_sine_is_found_whatever_waits_around_it(
    peak_mps: float, length_s: float, before_s: float, after_s: float
) -> None:
    seconds, waited_s = round(length_s, 2), round(before_s, 2)
    bar = half_sine(peak_mps, seconds)
    velocity = np.concatenate([still(waited_s), [0.0], bar, [0.0], still(after_s)])
    start, end = edges_s(velocity)
    assert start == pytest.approx(waited_s, abs=0.012)
    assert end == pytest.approx(waited_s + seconds, abs=0.012)
    rise = float(bar.sum()) / GRID_HZ
    assert rise / (end - start) == pytest.approx(2 / np.pi * peak_mps, rel=0.02)


def test_turning_points_of_a_bar_that_never_waits() -> None:
    velocity = np.concatenate([-half_sine(0.7, 1.0), [0.0], half_sine(0.9, 0.8), [0.0], -half_sine(0.7, 1.0)])
    start, end = edges_s(velocity)
    assert (start, end) == pytest.approx((0.99, 1.79), abs=0.01)


@pytest.mark.parametrize("slowest_mps", [0.02, 0.0, -0.03])
def test_a_sticking_region_is_not_the_end(slowest_mps: float) -> None:
    velocity = np.concatenate([half_sine(0.6, 0.6), still(0.4, slowest_mps), half_sine(0.5, 0.7)])
    start, end = edges_s(np.concatenate([still(0.5), velocity, still(0.5)]))
    assert (start, end) == pytest.approx((0.5, 0.5 + velocity.size / GRID_HZ), abs=0.03)


def test_a_stall_with_much_still_to_go_is_not_the_end_however_long() -> None:
    velocity = np.concatenate([half_sine(0.6, 0.6), still(1.2, 0.01), half_sine(0.5, 0.7)])
    start, end = edges_s(velocity)
    assert (start, end) == pytest.approx((0.0, 2.48), abs=0.03)


def test_a_wait_before_a_last_little_shrug_is_the_end() -> None:
    shrug = half_sine(0.15, 0.2)
    for waited_s in (0.2, 1.0):
        velocity = np.concatenate([still(0.3), half_sine(0.6, 1.0), still(waited_s), shrug, still(0.3)])
        assert edges_s(velocity)[1] == pytest.approx(1.3, abs=0.02)


def test_a_long_wait_before_the_last_fifth_is_the_end() -> None:
    velocity = np.concatenate([half_sine(0.6, 1.0), still(0.8), half_sine(0.3, 0.5)])
    assert edges_s(velocity)[1] == pytest.approx(1.0, abs=0.02)


def test_a_slow_plateau_beside_a_fast_movement_is_drift() -> None:
    velocity = np.concatenate([still(0.6, 0.05), np.maximum(half_sine(0.9, 1.0), 0.05), still(0.6, 0.05)])
    start, end = edges_s(velocity)
    assert (start, end) == pytest.approx((0.6, 1.6), abs=0.03)


def test_a_slow_beginning_of_a_slow_movement_belongs_to_it() -> None:
    grinder = np.concatenate([still(0.4, 0.06), half_sine(0.25, 2.0) + 0.06, still(0.4, 0.06)])
    start, end = edges_s(np.concatenate([still(0.5), grinder, still(0.5)]))
    assert start == pytest.approx(0.5, abs=0.03)
    assert end == pytest.approx(0.5 + grinder.size / GRID_HZ, abs=0.03)


def test_where_nothing_moves_the_bounds_stay() -> None:
    assert movement_edges(still(1.0, 0.01), 10, 60) == (10.0, 60.0)


def test_the_outside_of_the_two_indices_is_not_looked_at() -> None:
    velocity = np.concatenate([half_sine(1.5, 1.0), still(0.5), half_sine(0.5, 1.0), still(0.5)])
    start, end = movement_edges(velocity, 110, velocity.size - 1)
    assert (start, end) == pytest.approx((148, 248), abs=2)


def test_many_strokes_are_trimmed_as_one_by_one() -> None:
    velocity = np.concatenate([still(0.4), half_sine(0.8, 0.9), still(0.4)] * 3)
    one = velocity.size // 3
    bottom = np.arange(3, dtype=np.int64) * one
    starts, ends = trim(velocity, bottom, bottom + one - 1)
    for i in range(3):
        assert (starts[i], ends[i]) == movement_edges(velocity, i * one, (i + 1) * one - 1)
    empty = np.zeros(0, dtype=np.int64)
    assert [part.size for part in trim(velocity, empty, empty)] == [0, 0]
