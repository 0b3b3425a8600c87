"""The sensor beside the bar's axis, from shaking whose lever is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d
from scipy.spatial.transform import Rotation

from hardset.signal.lever import LEVER_SD_M, Lever, lever_of
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.signal.timebase import GRID_HZ


def shaken(
    offset_m: FloatArray, turning_radps2: float, seconds: float = 20.0, seed: int = 1
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Specific force, angular velocity and 'up' of a sensor on a bar that shakes and rolls by itself."""
    rng = np.random.default_rng(seed)
    n = int(seconds * GRID_HZ)

    def noise(size: float) -> FloatArray:
        values = gaussian_filter1d(rng.normal(size=(n, 3)), 2.0, axis=0)
        return np.asarray(size * values / values.std())

    alpha = noise(turning_radps2)
    omega = np.cumsum(alpha - alpha.mean(axis=0), axis=0) / GRID_HZ
    omega -= gaussian_filter1d(omega, 50.0, axis=0)
    alpha = np.gradient(omega, 1.0 / GRID_HZ, axis=0)
    turns = [Rotation.identity()]
    for step in omega[:-1] / GRID_HZ:
        turns.append(turns[-1] * Rotation.from_rotvec(step))
    up = np.array([turn.inv().apply([0.0, 0.0, 1.0]) for turn in turns])
    lever = np.cross(alpha, offset_m) + np.cross(omega, np.cross(omega, offset_m))
    return noise(0.3) + STANDARD_GRAVITY_MPS2 * up + lever, omega, up


@pytest.mark.parametrize("seed", range(4))
def test_a_bar_that_rolls_shows_its_lever(seed: int) -> None:
    offset = np.array([0.022, -0.031, 0.012])
    acc, gyro, up = shaken(offset, 12.0, seed=seed)
    lever = lever_of(acc, gyro, up, np.ones(len(up), np.bool_))
    sd = np.sqrt(np.diag(lever.covariance_m2))
    assert sd.max() < 0.006
    assert np.abs(lever.offset_m - offset).max() < max(4 * float(sd.max()), 0.004)


def test_a_bar_that_hardly_rolls_says_little() -> None:
    acc, gyro, up = shaken(np.array([0.04, 0.0, 0.0]), 0.02)
    lever = lever_of(acc, gyro, up, np.ones(len(up), np.bool_))
    assert np.sqrt(np.diag(lever.covariance_m2)).min() > 0.5 * LEVER_SD_M
    assert np.abs(lever.offset_m).max() < 0.06


def test_without_samples_it_is_anywhere_on_the_bar() -> None:
    acc, gyro, up = shaken(np.array([0.04, 0.0, 0.0]), 12.0)
    lever = lever_of(acc, gyro, up, np.zeros(len(up), np.bool_))
    assert lever.offset_m.tolist() == [0.0, 0.0, 0.0]
    half_a_turn = lever.gain_sd_m(np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 0.0, -1.0]]))
    assert half_a_turn[0] == pytest.approx(2 * LEVER_SD_M)


def test_height_beside_the_bar() -> None:
    lever = Lever(np.array([0.03, 0.0, 0.0]), np.zeros((3, 3)))
    up = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
    assert lever.height_m(up).tolist() == [0.03, 0.0, -0.03]
    assert lever.gain_sd_m(up[:1], up[2:])[0] == 0.0
