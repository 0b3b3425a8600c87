"""Whole recordings: same seed same samples, sane for any seed, and the options do what they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.tracker.simulation import SetPlan, draw_plan, idle_recording, simulate
from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES
from hardset.tracker.simulation.plan import TEMPOS, Tempo
from hardset.tracker.simulation.scenario import SimulatedRecording, move


def check(recording: SimulatedRecording, plan: SetPlan) -> None:
    """What holds for every recording."""
    samples, reps = recording.samples, recording.truth.reps
    assert np.isfinite(samples.time_s).all()
    assert np.isfinite(samples.acceleration_mps2).all()
    assert (np.diff(samples.time_s) >= 0).all()
    assert (samples.angular_velocity_radps is None) == (not plan.imu.with_gyro)
    assert len(reps) == plan.reps - (plan.start_in_motion and len(reps) < plan.reps)
    assert [rep.rir for rep in reps] == [plan.rir_at_end + len(reps) - 1 - k for k in range(len(reps))]
    for rep in reps:
        assert rep.concentric_start_s < rep.concentric_end_s
        if rep.eccentric_start_s is not None:
            assert rep.eccentric_start_s < rep.concentric_start_s
        assert (rep.mean_velocity_mps is None) != (rep.mean_angular_velocity_dps is None)
    for before, after in pairwise(reps):
        assert before.concentric_end_s < after.concentric_start_s
    assert reps[0].concentric_start_s > samples.time_s[0] - 0.01
    assert reps[-1].concentric_end_s < samples.time_s[-1] + 0.05


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), family=st.sampled_from(["bar", "limb"]))
def test_any_drawn_plan_gives_a_sane_recording(seed: int, family: str) -> None:
    plan = draw_plan(seed, family=family)  # type: ignore[arg-type]
    check(simulate(plan, seed), plan)


@pytest.mark.parametrize("radio", ["even", "jitter", "burst"])
def test_the_same_seed_gives_the_same_samples(radio: str) -> None:
    plan = draw_plan(11, radio=radio)  # type: ignore[arg-type]
    one, two, other = simulate(plan, 4), simulate(plan, 4), simulate(plan, 5)
    np.testing.assert_array_equal(one.samples.time_s, two.samples.time_s)
    np.testing.assert_array_equal(one.samples.acceleration_mps2, two.samples.acceleration_mps2)
    assert one.truth == two.truth
    assert one.truth != other.truth


@pytest.mark.parametrize("exercise", sorted(BAR_EXERCISES))
def test_every_bar_exercise_can_be_failed(exercise: str) -> None:
    plan = SetPlan(exercise, reps=3, rir_at_end=0, failed_last=True)
    motion = move(plan, np.random.default_rng(8))
    attempts = [event for event in motion.truth.events if event.kind == "attempt"]
    assert len(attempts) == 1
    first, last = (int(1000 * t) for t in (attempts[0].start_s, attempts[0].end_s))
    height = motion.path.position_m[first:last, 2]
    roms = [rep.rom_m for rep in motion.truth.reps if rep.rom_m is not None]
    assert 0.15 < (height.max() - height[0]) / np.median(roms) < 0.85
    check(simulate(plan, 8), plan)


@pytest.mark.parametrize("exercise", sorted(LIMB_EXERCISES))
def test_every_limb_exercise_turns_through_its_range(exercise: str) -> None:
    limb = LIMB_EXERCISES[exercise]
    plan = SetPlan(exercise, limb.placement, reps=4, rir_at_end=3)
    recording = simulate(plan, 2)
    check(recording, plan)
    if limb.geometry == "vertical":
        assert all(0.03 < (rep.rom_m or 0) < 0.15 for rep in recording.truth.reps)
    else:
        low, high = limb.rom_deg
        assert all(0.7 * low < (rep.rom_deg or 0) < 1.15 * high for rep in recording.truth.reps)


@pytest.mark.parametrize("tempo", TEMPOS)
def test_tempo(tempo: Tempo) -> None:
    plan = SetPlan("bench_press", reps=3, tempo=tempo)
    reps = simulate(plan, 3).truth.reps
    rests = [b.concentric_start_s - a.concentric_end_s for a, b in pairwise(reps)]
    lowest = {"cluster": 10.0, "paused": 1.5, "slow": 2.0}.get(tempo, 0.5)
    assert min(rests) > lowest


def test_recordings_may_start_in_motion_and_end_in_mid_rep() -> None:
    whole = SetPlan("back_squat", reps=4)
    plan = replace(whole, start_in_motion=True, end_in_mid_rep=True)
    recording = simulate(plan, 6)
    first = recording.truth.reps[0]
    assert first.eccentric_start_s is not None
    assert first.eccentric_start_s < 0 < first.concentric_start_s
    assert len(recording.truth.reps) == 4
    cut = [event for event in recording.truth.events if event.kind == "cut_rep"]
    assert len(cut) == 1
    assert cut[0].start_s < recording.samples.time_s[-1]


def test_a_pull_that_starts_in_motion_loses_its_first_rep() -> None:
    whole = simulate(SetPlan("deadlift", reps=5, rir_at_end=1), 3).truth
    truth = simulate(SetPlan("deadlift", reps=5, rir_at_end=1, start_in_motion=True), 3).truth
    assert [rep.number for rep in truth.reps] == [1, 2, 3, 4]
    assert [rep.rir for rep in truth.reps] == [4, 3, 2, 1]
    assert truth.reps[0].rom_m == whole.reps[1].rom_m


@pytest.mark.parametrize(
    "wrong",
    [
        {"failed_last": True, "rir_at_end": 1},
        {"placement": "nose"},
        {"failed_last": True, "rir_at_end": 0, "end_in_mid_rep": True},
    ],
)
def test_contradictory_plans_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"failed|placement"):
        SetPlan(**wrong)  # type: ignore[arg-type]


def test_trimmed_recordings_hold_little_but_the_set() -> None:
    recording = simulate(SetPlan("back_squat", reps=4, trimmed=True), 3)
    first, last = recording.truth.reps[0], recording.truth.reps[-1]
    assert first.eccentric_start_s is not None
    assert 0 < first.eccentric_start_s < 2.1
    assert recording.samples.time_s[-1] - last.concentric_end_s < 2.6


def test_light_sets_are_faster_than_hard_ones() -> None:
    hard = [
        simulate(SetPlan(reps=3, rir_at_end=0), seed).truth.reps[-1].mean_velocity_mps for seed in range(5)
    ]
    easy = [
        simulate(SetPlan(reps=3, rir_at_end=12), seed).truth.reps[-1].mean_velocity_mps for seed in range(5)
    ]
    assert all(e is not None and h is not None and e > h + 0.1 for e, h in zip(easy, hard, strict=True))


@pytest.mark.parametrize("placement", ["bar", "thigh"])
def test_idle_time_holds_no_rep(placement: str) -> None:
    recording = idle_recording(3, 30.0, placement=placement)
    assert recording.truth.reps == ()
    assert recording.samples.time_s[-1] == pytest.approx(30.0, abs=0.1)
    assert {event.kind for event in recording.truth.events}
    np.testing.assert_array_equal(idle_recording(3, 30.0).samples.time_s, recording.samples.time_s)


def test_the_package_itself_is_light_and_refuses_unknown_names() -> None:
    import hardset.tracker.simulation as simulation

    assert set(simulation.__all__) == set(simulation._HOMES)
    with pytest.raises(AttributeError):
        simulation.no_such_name  # noqa: B018
