"""Figures of a repetition against movements that can be worked out on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.measure import bar_repetitions, with_hidden
from hardset.signal.motion import Anchors, Motion, solve
from hardset.signal.repetition import Repetition
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ


def known(bar: Any, hole_s: FloatArray | None = None) -> Motion:
    """The movement itself, with the uncertainty that a smoother would state."""
    strokes = bar.strokes
    level = Anchors.same_height(strokes.bottom, 0.01, 0) + Anchors.same_height(strokes.top[:-1], 0.01, 1)
    solved = solve(bar.acceleration_mps2, bar.no_holes if hole_s is None else hole_s, level)
    return replace(
        solved,
        height_m=bar.height_m,
        velocity_mps=bar.velocity_mps,
        acceleration_mps2=bar.acceleration_mps2,
    )


def measured(bar: Any, hole_s: FloatArray | None = None) -> tuple[Repetition, ...]:
    strokes = bar.strokes
    return bar_repetitions(known(bar, hole_s), strokes, 50.0 + bar.time_s, (None,) * len(strokes))


def half_sines(peak_mps: float, seconds: float) -> tuple[Motion, Strokes, FloatArray]:
    """Three strokes whose velocity is a half-sine, a second of rest between, lowered by another."""
    push = np.arange(round(seconds * GRID_HZ)) / GRID_HZ
    up = peak_mps * np.sin(np.pi * push / seconds)
    braking = peak_mps * np.pi / seconds * np.cos(np.pi * push / seconds)
    down, wait = -up, np.zeros(int(GRID_HZ))
    velocity = np.concatenate([wait, *[down, wait, up, wait] * 3])
    acceleration = np.concatenate([wait, *[-braking, wait, braking, wait] * 3])
    time = np.arange(velocity.size) / GRID_HZ
    height = np.concatenate([[0.0], np.cumsum(0.5 * (velocity[1:] + velocity[:-1]))]) / GRID_HZ
    one = 2 * push.size + 2 * wait.size
    bottom = wait.size + push.size + wait.size + one * np.arange(3, dtype=np.int64)
    top = bottom + push.size
    motion = solve(acceleration, np.zeros(time.size), Anchors.same_height(bottom, 0.03, 0))
    motion = replace(motion, height_m=height, velocity_mps=velocity, acceleration_mps2=acceleration)
    rise = height[top] - height[bottom]
    return motion, Strokes(bottom, top, rise, (top - bottom) / GRID_HZ, np.zeros(3)), time


@settings(max_examples=20, deadline=None)
@given(st.floats(0.4, 1.2), st.integers(5, 20))
def test_velocity_and_range_of_a_half_sine(peak_mps: float, tenths: int) -> None:
    seconds = tenths / 10
    motion, strokes, time = half_sines(peak_mps, seconds)
    rep = bar_repetitions(motion, strokes, time, (None,) * 3)[1]
    held = np.arcsin(0.02 / peak_mps) / np.pi  # a hold under 0.02 m/s ends the movement at either end
    assert rep.mean_velocity_mps == pytest.approx(2 / np.pi * peak_mps / (1 - 2 * held), rel=0.02)
    assert rep.peak_velocity_mps == pytest.approx(peak_mps, rel=0.01)
    assert rep.rom_m == pytest.approx(2 / np.pi * peak_mps * seconds, rel=0.01)
    assert rep.concentric_s == pytest.approx(seconds * (1 - 2 * held), abs=0.012)


def test_mean_velocity_is_height_over_the_time_between_turning_points(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    for rep in measured(ride(*squat_moves(4))):
        assert rep.mean_velocity_mps is not None
        assert rep.mean_velocity_mps * rep.concentric_s == pytest.approx(rep.rom_m, rel=1e-9)
        assert rep.rom_m == pytest.approx(0.5, abs=0.005)
        assert rep.concentric_s == pytest.approx(1.0, abs=0.1)  # the first and last 5 cm/s take a while
        assert rep.speed == rep.mean_velocity_mps
        assert rep.rom_deg is None
        assert rep.mean_angular_velocity_dps is None


def test_the_propulsive_phase_ends_where_the_bar_is_pulled_down() -> None:
    """A light bar thrown up: braked by more than its own weight from some moment on."""
    peak, seconds = 2.0, 0.4
    motion, strokes, time = half_sines(peak, seconds)
    rep = bar_repetitions(motion, strokes, time, (None,) * 3)[1]
    strength = peak * np.pi / seconds
    stop = seconds / np.pi * np.arccos(-STANDARD_GRAVITY_MPS2 / strength)
    expected = peak * seconds / np.pi * (1 - np.cos(np.pi * stop / seconds)) / stop
    assert rep.mean_propulsive_velocity_mps == pytest.approx(expected, rel=0.04)
    assert rep.mean_velocity_mps is not None
    assert expected > 1.1 * rep.mean_velocity_mps


def test_a_heavy_bar_is_pushed_all_the_way(ride: Callable[..., Any], squat_moves: Callable[..., Any]) -> None:
    for rep in measured(ride(*squat_moves(3, up_s=2.0))):
        assert rep.mean_propulsive_velocity_mps == pytest.approx(rep.mean_velocity_mps, rel=0.02)


def test_tempo(ride: Callable[..., Any]) -> None:
    rep = [(-0.5, 2.5), (0.0, 1.0), (0.5, 0.8), (0.0, 1.6)]
    first, second, last = measured(ride((0.0, 4.0), *rep * 3))
    for one in (first, second, last):
        assert one.eccentric_s == pytest.approx(2.5, abs=0.25)
        assert one.bottom_pause_s == pytest.approx(1.0, abs=0.2)
        assert one.concentric_s == pytest.approx(0.8, abs=0.1)
    assert first.top_pause_s == pytest.approx(1.6, abs=0.25)
    assert last.top_pause_s is None  # nothing follows that it could wait for
    assert first.eccentric_start_s == pytest.approx(54.0, abs=0.15)
    assert first.concentric_start_s == pytest.approx(57.5, abs=0.08)


def test_a_set_that_begins_with_the_concentric_phase_has_no_first_eccentric(
    ride: Callable[..., Any],
) -> None:
    first, second = measured(ride((0.0, 4.0), (0.5, 0.9), (0.0, 0.5), (-0.5, 1.5), (0.5, 0.9), (0.0, 2.0)))
    assert (first.eccentric_start_s, first.eccentric_s, first.bottom_pause_s) == (None, None, None)
    assert second.eccentric_s == pytest.approx(1.5, abs=0.15)
    assert second.bottom_pause_s == pytest.approx(0.0, abs=0.15)


def test_doubts_and_numbers_stay_with_their_reps(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    bar = ride(*squat_moves(3))
    reps = bar_repetitions(known(bar), bar.strokes, bar.time_s, (None, "partial", None))
    assert [rep.number for rep in reps] == [1, 2, 3]
    assert [rep.doubtful for rep in reps] == [False, True, False]


def test_a_hole_in_a_rep_makes_its_velocity_less_certain(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    bar = ride(*squat_moves(4))
    hole_s = bar.no_holes
    middle = int(bar.strokes.bottom[3] + bar.strokes.top[3]) // 2
    hole_s[middle - 20 : middle + 20] = 0.4
    plain = [rep.mean_velocity_sd_mps or 0.0 for rep in measured(bar)]
    holed = [rep.mean_velocity_sd_mps or 0.0 for rep in measured(bar, hole_s)]
    assert min(plain) > 0.003
    assert holed[3] > 1.6 * plain[3]  # its top is level with nothing
    assert holed[1] == pytest.approx(plain[1], rel=0.1)


def test_a_hidden_rep_lies_between_its_neighbours_and_says_that_it_is_a_guess(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    seen = measured(ride(*squat_moves(2), *squat_moves(2, up_s=1.4)))
    reps = with_hidden(seen, (1,))
    assert [rep.number for rep in reps] == [1, 2, 3, 4, 5]
    before, hidden, after = reps[1:4]
    assert before.concentric_end_s < hidden.concentric_start_s
    assert hidden.concentric_end_s < after.concentric_start_s
    assert hidden.doubtful
    assert hidden.eccentric_start_s is None
    for name in ("mean_velocity_mps", "peak_velocity_mps", "rom_m", "mean_propulsive_velocity_mps"):
        low, high = sorted((getattr(before, name), getattr(after, name)))
        assert low <= getattr(hidden, name) <= high
    assert hidden.mean_velocity_sd_mps is not None
    assert before.mean_velocity_sd_mps is not None
    assert hidden.mean_velocity_sd_mps > 5 * before.mean_velocity_sd_mps
    assert with_hidden(seen, ()) == seen
    assert with_hidden(seen, (3,)) == seen  # nothing comes after the last
