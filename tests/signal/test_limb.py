"""Sets on thigh and shank: counts, phases and mean angular velocity, on angles with a known truth."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hardset.signal.analysis import RecordingAnalysis, analyse
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation import draw_plan, simulate
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import SimulatedRecording
from hardset.tracker.training.catalogue import exercise

SQUAT = SetPlan(
    exercise="back_squat", placement="thigh", reps=6, rir_at_end=3, walk_before_s=9.0, walk_after_s=9.0
)


@cache
def recording(plan: SetPlan, seed: int) -> SimulatedRecording:
    return simulate(plan, seed)


def analysed(simulated: SimulatedRecording, known: bool = True) -> RecordingAnalysis:
    where = Placement(simulated.placement)
    knowledge = exercise(simulated.exercise).signal_at(where) if known else None
    return analyse(simulated.samples, exercise=knowledge, placement=where)


def reps_of(analysis: RecordingAnalysis) -> list[Repetition]:
    return [rep for one in analysis.sets for rep in one.reps]


def in_phase(simulated: SimulatedRecording, reps: list[Repetition]) -> bool:
    """Every rep found has its middle inside the true concentric phase of the same number."""
    return len(reps) == len(simulated.truth.reps) and all(
        true.concentric_start_s
        < 0.5 * (rep.concentric_start_s + rep.concentric_end_s)
        < true.concentric_end_s
        for rep, true in zip(reps, simulated.truth.reps, strict=True)
    )


def turned(samples: SampleBatch, mount: Rotation) -> SampleBatch:
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    return SampleBatch(samples.time_s, mount.apply(samples.acceleration_mps2), mount.apply(gyro))


@pytest.mark.parametrize(
    ("name", "placement"),
    [
        ("back_squat", "thigh"),
        ("leg_press", "thigh"),
        ("hip_thrust", "thigh"),
        ("romanian_deadlift", "thigh"),
        ("walking_lunge", "thigh"),
        ("leg_extension", "shank"),
        ("lying_leg_curl", "shank"),
    ],
)
def test_walking_around_a_set_is_not_counted_and_phases_are_right(name: str, placement: str) -> None:
    simulated = recording(replace(SQUAT, exercise=name, placement=placement), 11)
    assert any(event.kind == "walking" for event in simulated.truth.events)
    assert in_phase(simulated, reps_of(analysed(simulated)))


def test_a_swing_of_ten_degrees_is_a_rep_of_a_calf_raise() -> None:
    simulated = recording(replace(SQUAT, exercise="seated_calf_raise"), 3)
    reps = reps_of(analysed(simulated))
    assert in_phase(simulated, reps)
    assert all(rep.rom_deg is not None and rep.rom_deg < 20 for rep in reps)


def test_a_standing_calf_raise_is_read_by_height() -> None:
    simulated = recording(replace(SQUAT, exercise="standing_calf_raise"), 5)
    reps = reps_of(analysed(simulated))
    assert in_phase(simulated, reps)
    for rep, true in zip(reps, simulated.truth.reps, strict=True):
        assert rep.rom_deg is None
        assert rep.mean_velocity_mps == pytest.approx(true.mean_velocity_mps, abs=0.04)


def test_walking_alone_is_no_set() -> None:
    simulated = recording(replace(SQUAT, walk_before_s=30.0), 4)
    first = simulated.truth.reps[0]
    before = simulated.samples.time_s < first.concentric_start_s - 4.0
    samples = simulated.samples
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    walk = SampleBatch(samples.time_s[before], samples.acceleration_mps2[before], gyro[before])
    assert walk.time_s[-1] > 25.0
    for knowledge in (None, exercise("back_squat").signal_at(Placement.THIGH)):
        assert not analyse(walk, exercise=knowledge, placement=Placement.THIGH).sets


def test_the_other_legs_lunges_are_not_counted_without_knowledge_either() -> None:
    simulated = recording(replace(SQUAT, exercise="walking_lunge"), 11)
    assert len(reps_of(analysed(simulated, known=False))) == len(simulated.truth.reps)


def test_getting_out_of_a_seat_is_no_rep() -> None:
    plan = replace(SQUAT, exercise="seated_leg_curl", placement="shank", walk_before_s=6.0, walk_after_s=0.0)
    for seed in range(4):
        simulated = recording(plan, seed)
        assert simulated.truth.events[-1].kind == "getting_out"
        assert in_phase(simulated, reps_of(analysed(simulated)))


def test_mean_angular_velocity_is_angle_over_time_between_turning_points() -> None:
    errors: list[float] = []
    for seed in range(4):
        simulated = recording(replace(SQUAT, radio=RadioPlan("even"), imu=ImuPlan(rate_hz=100.0)), seed)
        reps = reps_of(analysed(simulated))
        assert len(reps) == len(simulated.truth.reps)
        for rep, true in zip(reps, simulated.truth.reps, strict=True):
            assert rep.mean_angular_velocity_dps is not None
            assert rep.rom_deg is not None
            assert rep.mean_angular_velocity_dps * rep.concentric_s == pytest.approx(rep.rom_deg, rel=0.02)
            assert true.mean_angular_velocity_dps is not None
            errors.append(rep.mean_angular_velocity_dps / abs(true.mean_angular_velocity_dps) - 1.0)
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.06


@pytest.mark.parametrize("seed", [25, 33, 45, 52])
def test_drawn_sets_on_dense_radios_are_counted(seed: int) -> None:
    plan = replace(draw_plan(seed, family="limb", radio="even"), reps=6)
    if plan.exercise == "standing_calf_raise":
        plan = replace(plan, exercise="back_squat")
    simulated = recording(plan, seed)
    assert len(reps_of(analysed(simulated))) == len(simulated.truth.reps)


@settings(max_examples=6, deadline=None)
@given(st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(x * x for x in q) > 0.05))
def test_any_mounting_gives_the_same_reps(quaternion: tuple[float, ...]) -> None:
    simulated = recording(SQUAT, 2)
    knowledge = exercise("back_squat").signal_at(Placement.THIGH)
    plain = reps_of(analysed(simulated))
    mounted = turned(simulated.samples, Rotation.from_quat(quaternion))
    again = reps_of(analyse(mounted, exercise=knowledge, placement=Placement.THIGH))
    assert len(again) == len(plain)
    for one, other in zip(plain, again, strict=True):
        assert other.mean_angular_velocity_dps == pytest.approx(one.mean_angular_velocity_dps, rel=0.02)
        assert other.concentric_start_s == pytest.approx(one.concentric_start_s, abs=0.05)


@pytest.mark.parametrize("known", [True, False])
def test_a_strap_the_other_way_round_does_not_swap_the_phases(known: bool) -> None:
    simulated = recording(SQUAT, 2)
    knowledge: Exercise | None = exercise("back_squat").signal_at(Placement.THIGH) if known else None
    for axis in np.eye(3):
        mounted = turned(simulated.samples, Rotation.from_rotvec(np.pi * axis))
        reps = reps_of(analyse(mounted, exercise=knowledge, placement=Placement.THIGH))
        assert in_phase(simulated, reps)


@pytest.mark.parametrize("seed", [40012, 40131, 120091, 120174])
def test_ends_that_mislead_do_not_swap_the_phases(seed: int) -> None:
    """Getting in or out of a seat, a cut recording, a grinder as the last of three: height or haste tell."""
    simulated = recording(draw_plan(seed, family="limb"), seed)
    assert in_phase(simulated, reps_of(analysed(simulated)))


@pytest.mark.parametrize("seed", [40065, 41006, 120073])
def test_standing_up_after_a_failed_attempt_is_no_rep(seed: int) -> None:
    simulated = recording(draw_plan(seed, family="limb"), seed)
    assert in_phase(simulated, reps_of(analysed(simulated)))


def test_leaving_a_seat_by_walking_off_is_no_rep() -> None:
    for seed in (120056, 120071):
        simulated = recording(draw_plan(seed, family="limb"), seed)
        assert in_phase(simulated, reps_of(analysed(simulated)))


@pytest.mark.parametrize(("degrees", "reps"), [(10.0, 6), (55.0, 5)])
def test_who_turns_sideways_on_the_way_leaves_the_seat(degrees: float, reps: int) -> None:
    simulated = recording(replace(SQUAT, exercise="hip_thrust"), 11)
    last = simulated.truth.reps[-1]
    samples = simulated.samples
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    seconds = last.concentric_end_s - last.concentric_start_s
    inside = (samples.time_s > last.concentric_start_s) & (samples.time_s < last.concentric_end_s)
    up = samples.acceleration_mps2 / np.linalg.norm(samples.acceleration_mps2, axis=1, keepdims=True)
    turning = np.radians(degrees) / seconds * inside[:, None] * up
    turned_away = SampleBatch(samples.time_s, samples.acceleration_mps2, gyro + turning)
    knowledge = exercise("hip_thrust").signal_at(Placement.THIGH)
    analysis = analyse(turned_away, exercise=knowledge, placement=Placement.THIGH)
    assert len(reps_of(analysis)) == reps
    gone = [one.reason for found in analysis.sets for one in found.rejected]
    assert ("getting out" in gone) == (reps == 5)


def test_slow_bends_of_a_hip_are_no_rest() -> None:
    """Reps of a cluster in which the leg rests most of the time and turns by 10 °/s in between."""
    simulated = recording(draw_plan(41097, family="limb"), 41097)
    assert in_phase(simulated, reps_of(analysed(simulated)))


@pytest.mark.parametrize(("share", "reps"), [(0.5, 5), (1.02, 6)])
def test_a_recording_that_ends_as_the_leg_comes_to_rest_holds_the_last_rep(share: float, reps: int) -> None:
    plan = replace(SQUAT, radio=RadioPlan("even"), imu=ImuPlan(rate_hz=100.0))
    simulated = recording(plan, 11)
    last = simulated.truth.reps[-1]
    samples = simulated.samples
    seconds = last.concentric_end_s - last.concentric_start_s
    stop = int(np.searchsorted(samples.time_s, last.concentric_start_s + share * seconds))
    knowledge = exercise("back_squat").signal_at(Placement.THIGH)
    analysis = analyse(samples.slice(0, stop), exercise=knowledge, placement=Placement.THIGH)
    assert len(reps_of(analysis)) == reps
