"""Height of a bar that turns: curls whose truth is known, with a bias that turns with the bar."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.analysis import analyse
from hardset.signal.exercise import Placement
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
