"""A limb's first rep, seen the moment it is over: which way of the angle is the concentric one."""

from __future__ import annotations

import pytest

from hardset.signal.exercise import Placement
from hardset.signal.glance import glance_at
from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.scenario import SimulatedRecording, simulate
from hardset.tracker.training import catalogue


def last_ten_seconds(simulated: SimulatedRecording, until_s: float) -> SampleBatch:
    samples = simulated.samples
    start, stop = samples.time_s.searchsorted([until_s - 10.0, until_s])
    return samples.slice(int(start), int(stop))


@pytest.mark.parametrize(
    ("name", "placement", "seed"),
    [
        ("back_squat", "thigh", 1),
        ("back_squat", "thigh", 2),
        ("romanian_deadlift", "thigh", 2),
        ("leg_extension", "shank", 1),
        ("hip_thrust", "thigh", 2),
    ],
)
def test_a_first_rep_is_told_by_its_push_and_where_the_lifter_waited(
    name: str, placement: str, seed: int
) -> None:
    """The angle's sign is arbitrary, so without a reason one of the two squats is told upside down."""
    simulated = simulate(
        SetPlan(exercise=name, placement=placement, reps=3, rir_at_end=2, imu=ImuPlan(rate_hz=50.0)), seed
    )
    where = Placement(placement)
    known = catalogue.exercise(name).signal_at(where)
    true = simulated.truth.reps[0]
    before = last_ten_seconds(simulated, true.concentric_start_s + 0.2)
    assert glance_at(before, where, known, [], []) is None
    rep = glance_at(last_ten_seconds(simulated, true.concentric_end_s + 0.3), where, known, [], [])
    assert rep is not None
    assert rep.concentric_start_s == pytest.approx(true.concentric_start_s, abs=0.15)
    assert rep.concentric_end_s == pytest.approx(true.concentric_end_s, abs=0.15)
