"""The vertical of a sensor in any mounting, against a bar whose acceleration is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hardset.signal.orientation import vertical_motion
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.signal.timebase import to_even_grid

UPWARD_BIAS = np.array([0.0, 0.0, 0.3])
quaternions = st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(x * x for x in q) > 0.05)


def error_sd(read: FloatArray, true: FloatArray) -> float:
    return float(np.sqrt(np.mean((read - true[: read.size]) ** 2)))


@settings(max_examples=15, deadline=None)
@given(quaternions)
def test_any_mounting_gives_the_true_vertical(
    ride: Callable[..., Any], squat_moves: Callable[..., Any], quaternion: tuple[float, ...]
) -> None:
    bar = ride(*squat_moves(3, around_s=2.0))
    read = vertical_motion(to_even_grid(bar.sampled(Rotation.from_quat(quaternion))))
    assert read.has_gyroscope
    assert error_sd(read.acceleration_mps2, bar.acceleration_mps2) < 0.04  # 0.02 of it is the sensor's noise
    up = Rotation.from_quat(quaternion).apply([0.0, 0.0, 1.0])
    assert float((read.tilt @ up).min()) > np.cos(np.radians(1.0))


@settings(max_examples=15, deadline=None)
@given(quaternions)
def test_an_accelerometer_alone_is_mounted_in_any_way_too(
    ride: Callable[..., Any], squat_moves: Callable[..., Any], quaternion: tuple[float, ...]
) -> None:
    bar = ride(*squat_moves(3, around_s=2.0))
    read = vertical_motion(to_even_grid(bar.sampled(Rotation.from_quat(quaternion), gyro=False)))
    assert error_sd(read.acceleration_mps2, bar.acceleration_mps2) < 0.04


def test_without_a_gyroscope_nobody_knows_that_a_sensor_rests(ride: Callable[..., Any]) -> None:
    still = ride((0.0, 5.0))
    alone = vertical_motion(to_even_grid(still.sampled(gyro=False)))
    assert not alone.has_gyroscope
    assert np.isinf(alone.rotation_radps).all()
    both = vertical_motion(to_even_grid(still.sampled()))
    assert float(both.rotation_radps.max()) < 0.02


def curled(bar: Any, gyro: bool) -> SampleBatch:
    """The bar of a ride, turning by 120° as it rises by half a metre."""
    angle = np.radians(240.0) * bar.height_m
    speed = np.radians(240.0) * bar.velocity_mps
    force = np.zeros((angle.size, 3))
    force[:, 2] = STANDARD_GRAVITY_MPS2 + bar.acceleration_mps2
    turn = np.zeros_like(force)
    turn[:, 1] = speed
    return SampleBatch(
        bar.time_s,
        Rotation.from_rotvec(np.outer(-angle, [0.0, 1.0, 0.0])).apply(force),
        turn if gyro else None,
    )


def test_a_sensor_that_turns_with_every_rep_keeps_its_vertical(ride: Callable[..., Any]) -> None:
    rep = [(0.5, 1.0), (0.0, 0.3), (-0.5, 1.5), (0.0, 0.5)]
    bar = ride((0.0, 3.0), *rep * 4, (0.0, 3.0))
    read = vertical_motion(to_even_grid(curled(bar, gyro=True)))
    assert error_sd(read.acceleration_mps2, bar.acceleration_mps2) < 0.05
    alone = vertical_motion(to_even_grid(curled(bar, gyro=False)))
    lag = np.arccos(np.clip(np.einsum("ij,ij->i", alone.tilt, read.tilt), -1, 1))
    quick = np.arccos(np.clip(np.einsum("ij,ij->i", alone.turning_tilt, read.tilt), -1, 1))
    assert float(np.mean(quick)) < 0.5 * float(np.mean(lag))


@pytest.mark.parametrize("factor", [0.9, 0.97, 1.0, 1.03, 1.1])
def test_the_scale_shows_at_rest_and_leaves_no_acceleration_there(
    ride: Callable[..., Any], squat_moves: Callable[..., Any], factor: float
) -> None:
    bar = ride(*squat_moves(3))
    samples = bar.sampled()
    samples = replace(samples, acceleration_mps2=factor * samples.acceleration_mps2)
    read = vertical_motion(to_even_grid(samples))
    assert read.rest_norm_g == pytest.approx(factor, abs=0.002)
    assert float(np.mean(read.acceleration_mps2[:400])) == pytest.approx(0.0, abs=0.02)
    gain = float(np.polyfit(bar.acceleration_mps2[: len(read.tilt)], read.acceleration_mps2, 1)[0])
    if abs(factor - 1.0) > 0.08:  # no bias is that large: it is scale
        assert gain == pytest.approx(1.0, abs=0.005)
    else:  # part scale, part bias: the movement is trusted more than the deviation at rest
        assert abs(gain - 1.0) < abs(factor - 1.0) + 0.002


def test_a_bias_along_gravity_is_no_scale(ride: Callable[..., Any], squat_moves: Callable[..., Any]) -> None:
    bar = ride(*squat_moves(3))
    samples = bar.sampled()
    samples = replace(samples, acceleration_mps2=samples.acceleration_mps2 + UPWARD_BIAS)
    read = vertical_motion(to_even_grid(samples))
    gain = float(np.polyfit(bar.acceleration_mps2[: len(read.tilt)], read.acceleration_mps2, 1)[0])
    assert gain == pytest.approx(1.0, abs=0.015)
    assert float(np.mean(read.acceleration_mps2)) == pytest.approx(0.0, abs=0.02)


def test_a_bar_that_never_rests_has_gained_no_velocity(ride: Callable[..., Any]) -> None:
    bar = ride(*[(-0.5, 0.9), (0.5, 0.8)] * 8)
    samples = bar.sampled()
    samples = replace(samples, acceleration_mps2=samples.acceleration_mps2 + UPWARD_BIAS)
    read = vertical_motion(to_even_grid(samples))
    assert read.rest_norm_g is None
    assert float(np.mean(read.acceleration_mps2)) == pytest.approx(0.0, abs=0.02)
