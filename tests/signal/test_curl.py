"""Height of a bar that turns: curls whose truth is known, with a bias that turns with the bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hardset.signal.analysis import analyse
from hardset.signal.exercise import Placement
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, SampleBatch
from hardset.signal.timebase import GRID_HZ
from hardset.tracker.simulation import ImuPlan, RadioPlan, SetPlan, simulate
from hardset.tracker.simulation.radio import BURST_SENSOR_HZ
from hardset.tracker.training.catalogue import exercise

CURL = exercise("barbell_curl").signal_at(Placement.BAR)


@pytest.mark.parametrize("radio", [RadioPlan(), RadioPlan("burst")], ids=["even", "burst"])
@pytest.mark.parametrize("tempo", ["paused", "slow"])
def test_a_bias_that_turns_with_the_bar_bends_no_curl(radio: RadioPlan, tempo: str) -> None:
    imu = ImuPlan(rate_hz=BURST_SENSOR_HZ, acc_bias_g=0.025, lever_m=0.04)
    plan = SetPlan("barbell_curl", reps=6, rir_at_end=3, tempo=tempo, imu=imu, radio=radio)  # type: ignore[arg-type]
    errors, sds = [], []
    for seed in range(3):
        simulated = simulate(plan, seed)
        (found,) = analyse(simulated.samples, exercise=CURL, placement=Placement.BAR).sets
        assert len(found.reps) == 6
        for rep, true in zip(found.reps, simulated.truth.reps, strict=True):
            assert rep.mean_velocity_mps is not None
            assert rep.mean_velocity_sd_mps is not None
            assert true.mean_velocity_mps is not None
            errors.append(rep.mean_velocity_mps - true.mean_velocity_mps)
            sds.append(rep.mean_velocity_sd_mps)
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.045
    assert float(np.max(np.abs(errors) / np.array(sds))) < 4.0


@pytest.mark.parametrize("gyro", [True, False], ids=["gyroscope", "accelerometer"])
@pytest.mark.parametrize("sway_deg", [0.0, 14.0], ids=["still", "swaying"])
def test_elbows_that_move_shorten_no_curl(ride: Callable[..., Any], sway_deg: float, gyro: bool) -> None:
    """At one angle the bar is not always at one height: it does not rise less for that."""
    rep = [(0.5, 1.2), (0.0, 0.2), (-0.5, 1.7), (0.0, 0.3)]
    bar = ride((0.0, 3.0), *rep * 8, (0.0, 3.0))
    errors = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        slow = sum(np.sin(2 * np.pi * (hz * bar.time_s + rng.random())) for hz in (0.13, 0.29, 0.41))
        lifted = 4 * (bar.height_m / 0.5) * (1 - bar.height_m / 0.5)  # elbows sway in the middle of a curl
        angle = np.radians(240.0 * bar.height_m + sway_deg * lifted * slow)
        force = np.array([0.0, 0.0, STANDARD_GRAVITY_MPS2]) + rng.normal(0.0, 0.02, (angle.size, 3))
        force[:, 2] += bar.acceleration_mps2
        turn = rng.normal(0.0, 0.002, force.shape)
        turn[:, 1] += np.gradient(angle, 1.0 / GRID_HZ)
        felt = Rotation.from_rotvec(np.outer(-angle, [0.0, 1.0, 0.0])).apply(force)
        samples = SampleBatch(bar.time_s, felt, turn if gyro else None)
        (found,) = analyse(samples, exercise=CURL, placement=Placement.WRIST).sets
        assert len(found.reps) == 8
        errors += [rep.rom_m - 0.5 for rep in found.reps if rep.rom_m is not None]
    assert abs(float(np.mean(errors))) < 0.02
