"""Velocity and height against movements with a formula, and the stated uncertainty against its own model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from hardset.signal.drift import SURE_UP
from hardset.signal.motion import Anchors, Motion, integrate, solve
from hardset.signal.samples import FloatArray
from hardset.signal.spline import BANDS, KNOT_S, evaluate_on_grid, spline_rows
from hardset.signal.timebase import GRID_HZ


def evaluate(coefficients: FloatArray, time_s: FloatArray, order: int) -> FloatArray:
    """The spline's derivative at any times, from the rows that the solver uses."""
    first, weights = spline_rows(time_s, order)
    return np.asarray(np.sum(coefficients[first[:, None] + np.arange(BANDS)] * weights, axis=1))


@pytest.mark.parametrize("order", [0, 1, 2])
def test_the_spline_on_the_grid_is_the_spline_at_its_times(order: int) -> None:
    coefficients = np.random.default_rng(1).normal(size=30)
    on_grid = evaluate_on_grid(coefficients, 250, order)
    np.testing.assert_allclose(on_grid, evaluate(coefficients, np.arange(250) / GRID_HZ, order), atol=1e-9)


def gain(motion: Motion, start: NDArray[np.int64], end: NDArray[np.int64]) -> FloatArray:
    return np.asarray(motion.height_m[end] - motion.height_m[start])


def wavy(cycles: int = 6, period_s: float = 3.0, half_m: float = 0.25) -> tuple[FloatArray, FloatArray]:
    """Height and acceleration of a sine that begins at its bottom."""
    time = np.arange(int(cycles * period_s * GRID_HZ) + 1) / GRID_HZ
    omega = 2 * np.pi / period_s
    return -half_m * np.cos(omega * time), half_m * omega**2 * np.cos(omega * time)


def turns(cycles: int = 6, period_s: float = 3.0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bottoms and tops of the sine."""
    step = int(period_s * GRID_HZ)
    bottoms = np.arange(cycles, dtype=np.int64) * step
    return bottoms, bottoms + step // 2


def level(sd_m: float = 0.003) -> Anchors:
    bottoms, tops = turns()
    return Anchors.same_height(bottoms, sd_m, 0) + Anchors.same_height(tops, sd_m, 1)


def wander(seconds: float, rng: np.random.Generator) -> FloatArray:
    """An error of acceleration as the smoother believes it: Ornstein-Uhlenbeck."""
    n = round(seconds * GRID_HZ) + 1
    keep = np.exp(-1.0 / GRID_HZ / SURE_UP.memory_s)
    out = np.empty(n)
    out[0] = rng.normal(0, SURE_UP.sd_mps2)
    kicks = rng.normal(0, SURE_UP.sd_mps2 * np.sqrt(1 - keep**2), n)
    for i in range(1, n):
        out[i] = keep * out[i - 1] + kicks[i]
    return out


def test_integration_of_a_constant_push() -> None:
    velocity, height = integrate(np.full(201, 1.5))
    assert velocity[-1] == pytest.approx(3.0)
    assert height[-1] == pytest.approx(3.0)
    assert (velocity[0], height[0]) == (0.0, 0.0)


def test_a_sine_between_two_levels_is_recovered_within_a_millimetre() -> None:
    height, acceleration = wavy()
    motion = solve(acceleration, np.zeros(acceleration.size), level())
    bottoms, tops = turns()
    np.testing.assert_allclose(gain(motion, bottoms, tops), 0.5, atol=0.001)
    np.testing.assert_allclose(motion.velocity_mps[tops], 0.0, atol=0.004)
    middle = (bottoms + tops) // 2
    np.testing.assert_allclose(motion.velocity_mps[middle], 0.25 * 2 * np.pi / 3.0, atol=0.004)
    np.testing.assert_allclose(motion.height_m - motion.height_m.mean(), height - height.mean(), atol=0.004)


@pytest.mark.parametrize("bias", [-0.1, 0.05, 0.15])
def test_a_constant_bias_of_the_accelerometer_is_removed(bias: float) -> None:
    """Without anchors it would carry the bar away by several metres."""
    height, acceleration = wavy()
    assert abs(integrate(acceleration + bias)[1][-1] - (height[-1] - height[0])) > 5.0
    up = np.tile([0.0, 0.0, 1.0], (acceleration.size, 1))
    motion = solve(acceleration + bias, np.zeros(acceleration.size), level(), up=up)
    bottoms, tops = turns()
    np.testing.assert_allclose(gain(motion, bottoms, tops), 0.5, atol=0.006)
    assert float(np.mean(motion.acceleration_mps2 - acceleration)) == pytest.approx(0.0, abs=0.01)


def test_levels_that_nobody_told_are_found(ride: Callable[..., Any]) -> None:
    """Floor, pins and lockout: which moments are level is known, how high is not."""
    cycle = [(0.2, 0.6), (0.3, 0.8), (-0.5, 1.2)]
    bar = ride((0.0, 1.0), *cycle * 5)
    starts = bar.index(list(range(1, 17)))
    anchors = Anchors.none()
    for which in range(3):
        anchors += Anchors.same_height(starts[which:-1:3], 0.002, which)
    motion = solve(bar.acceleration_mps2 + 0.08, bar.no_holes, anchors)
    heights = [float(motion.height_m[starts[which:-1:3]].mean()) for which in range(3)]
    assert np.diff(heights).tolist() == pytest.approx([0.2, 0.3], abs=0.004)
    for which in range(3):
        assert np.ptp(motion.height_m[starts[which:-1:3]]) < 0.006


def test_standstill_pulls_velocity_to_zero(ride: Callable[..., Any], squat_moves: Callable[..., Any]) -> None:
    bar = ride(*squat_moves(3))
    rng = np.random.default_rng(4)
    pushed = bar.acceleration_mps2 + wander(float(bar.time_s[-1]), rng)
    still = np.flatnonzero(bar.velocity_mps == 0.0)[::10].astype(np.int64)
    motion = solve(pushed, bar.no_holes, Anchors.standstill(still, np.full(still.size, 0.005)))
    assert float(np.abs(motion.velocity_mps[still]).max()) < 0.01
    free = solve(pushed, bar.no_holes, Anchors.none())
    assert float(np.abs(free.velocity_mps[still]).max()) > 0.03
    strokes = bar.strokes
    np.testing.assert_allclose(gain(motion, strokes.bottom, strokes.top), strokes.rise, atol=0.02)


def test_a_firm_anchor_counts_for_more_than_a_vague_one() -> None:
    """A bar glides at 0.2 m/s past a place where somebody thinks that it stands."""
    acceleration = np.zeros(1001)
    acceleration[100:120], acceleration[880:900] = 1.0, -1.0
    ends = Anchors.standstill(np.array([0, 1000]), np.full(2, 0.005))

    def believed(sd: float) -> float:
        middle = Anchors.standstill(np.array([500]), np.full(1, sd))
        return float(solve(acceleration, np.zeros(1001), ends + middle, pull_sd_m=5.0).velocity_mps[500])

    assert abs(believed(0.005)) < 0.01
    assert 0.01 < believed(0.1) < believed(1.0) < 0.25
    assert believed(1.0) > 0.15


def test_the_stated_uncertainty_covers_the_errors_of_its_own_model() -> None:
    """Drift drawn as believed, heights that are level only so far: errors are as large as stated."""
    rng = np.random.default_rng(11)
    height, acceleration = wavy()
    bottoms, tops = turns()
    turning = np.sort(np.concatenate([bottoms, tops]))
    scores: list[FloatArray] = []
    for _ in range(60):
        uneven = CubicSpline(turning, rng.normal(0, 0.02, turning.size))(np.arange(height.size))
        bar = height + uneven
        pushed = acceleration + np.gradient(np.gradient(uneven)) * GRID_HZ**2 + wander(18.0, rng)
        motion = solve(pushed, np.zeros(height.size), level(0.02))
        error = gain(motion, bottoms, tops) - (bar[tops] - bar[bottoms])
        scores.append(error / motion.height_gain_sd(bottoms, tops))
    score = np.concatenate(scores)
    assert 0.74 < float(np.mean(np.abs(score) < 1.28)) < 0.86
    assert float(score.mean()) == pytest.approx(0.0, abs=0.15)


def test_a_hole_makes_what_lies_across_it_less_certain() -> None:
    _, acceleration = wavy()
    bottoms, tops = turns()
    sds = []
    for length in (0.0, 0.2, 0.4, 0.8):
        hole_s = np.zeros(acceleration.size)
        middle = int((bottoms[2] + tops[2]) // 2)
        reach = int(0.5 * length * GRID_HZ)
        hole_s[middle - reach : middle + reach] = length
        motion = solve(acceleration, hole_s, Anchors.same_height(bottoms, 0.01, 0))
        sds.append(motion.height_gain_sd(bottoms, tops))
    table = np.array(sds)
    assert (np.diff(table[:, 2]) > 0).all()
    assert table[3, 2] > 3 * table[0, 2]
    np.testing.assert_allclose(table[3, 4], table[0, 4], rtol=0.25)  # two reps further it hardly matters


def test_what_was_lost_in_a_hole_is_made_up_for_by_level_heights() -> None:
    _, acceleration = wavy()
    bottoms, tops = turns()
    seen, hole_s = acceleration.copy(), np.zeros(acceleration.size)
    lost = slice(int(bottoms[3]) + 40, int(bottoms[3]) + 80)
    seen[lost] = np.linspace(seen[lost.start - 1], seen[lost.stop], 42)[1:-1] + 0.5
    hole_s[lost] = 0.4
    motion = solve(seen, hole_s, level())
    error = np.abs(gain(motion, bottoms, tops) - 0.5)
    assert float(np.delete(error, 3).max()) < 0.01
    assert float(error[3]) < 0.02
    blind = solve(seen, np.zeros(acceleration.size), Anchors.none())
    assert float(np.abs(gain(blind, bottoms, tops) - 0.5).max()) > 0.03


def test_the_bias_of_a_turning_sensor_is_found_along_its_axes(ride: Callable[..., Any]) -> None:
    """A curl: the sensor turns by 120°, so a bias pushes up at the bottom and sideways at the top."""
    bar = ride((0.0, 2.0), *[(0.5, 1.0), (0.0, 0.6), (-0.5, 1.4), (0.0, 0.6)] * 5)
    angle = np.radians(240) * bar.height_m
    up = np.column_stack([np.sin(angle), np.zeros(angle.size), np.cos(angle)])
    biased = bar.acceleration_mps2 + up @ np.array([0.1, 0.0, -0.2])
    still = np.flatnonzero(bar.velocity_mps == 0.0)[::10].astype(np.int64)
    bottoms, tops = bar.strokes.bottom, bar.strokes.top
    anchors = Anchors.same_height(bottoms, 0.01, 0) + Anchors.same_height(tops, 0.01, 1)
    anchors += Anchors.standstill(still, np.full(still.size, 0.02))
    plain = gain(solve(biased, bar.no_holes, anchors), bottoms, tops)
    known = gain(solve(biased, bar.no_holes, anchors, up=up, bias_sd_mps2=0.25), bottoms, tops)
    assert float(np.abs(plain - 0.5).mean()) > 0.015
    assert float(np.abs(known - 0.5).mean()) < 0.4 * float(np.abs(plain - 0.5).mean())


def test_spline_weights_sum_to_one_and_their_derivatives_to_nought() -> None:
    times = np.linspace(0.0, 3.0, 301)
    for order in range(3):
        first, weights = spline_rows(times, order)
        assert weights.shape == (301, BANDS)
        assert (np.diff(first) >= 0).all()
        np.testing.assert_allclose(weights.sum(axis=1), 1.0 if order == 0 else 0.0, atol=1e-9)


def test_spline_derivatives_are_the_slopes_of_the_spline() -> None:
    coefficients = np.random.default_rng(2).normal(size=40)
    times = np.linspace(0.2, 3.5, 200) + 1e-3
    step = 1e-5
    for order in (1, 2):
        slope = evaluate(coefficients, times + step, order - 1) - evaluate(
            coefficients, times - step, order - 1
        )
        np.testing.assert_allclose(
            evaluate(coefficients, times, order), slope / (2 * step), rtol=1e-3, atol=0.05
        )


def test_a_straight_line_is_a_spline() -> None:
    coefficients = KNOT_S * (np.arange(30) - 1.0)
    times = np.linspace(0, 2.6, 100)
    np.testing.assert_allclose(evaluate(coefficients, times, 0), times, atol=1e-9)
    np.testing.assert_allclose(evaluate(coefficients, times, 1), 1.0, atol=1e-9)
