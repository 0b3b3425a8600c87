"""Whole recordings of simulated sets, whose truth is known: what must not change a figure, and what must."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hardset.signal.analysis import RecordingAnalysis, analyse, find_sets, has_enough
from hardset.signal.exercise import Placement
from hardset.signal.orientation import vertical_motion
from hardset.signal.repetition import Rejected, Repetition
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch, joined
from hardset.signal.timebase import to_even_grid
from hardset.tracker.simulation import (
    ImuPlan,
    RadioPlan,
    SetPlan,
    SimulatedRecording,
    idle_recording,
    simulate,
)
from hardset.tracker.simulation.degrade import keep, lose_in_holes, scale_accelerometer, without_gyro
from hardset.tracker.training.catalogue import exercise

LIFTS = ("back_squat", "bench_press", "deadlift")
quaternions = st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(x * x for x in q) > 0.05)


@cache
def recorded(lift: str = "back_squat", seed: int = 1) -> SimulatedRecording:
    return simulate(SetPlan(lift, reps=5, rir_at_end=2), seed)


def analysed(
    samples: SampleBatch, lift: str | None = "back_squat", set_on: bool = False
) -> RecordingAnalysis:
    knowledge = None if lift is None else exercise(lift).signal_at(Placement.BAR)
    return analyse(samples, exercise=knowledge, placement=Placement.BAR, set_on=set_on)


def reps_of(analysis: RecordingAnalysis) -> list[Repetition]:
    return [rep for one in analysis.sets for rep in one.reps]


@cache
def plain(lift: str) -> tuple[Repetition, ...]:
    return tuple(reps_of(analysed(recorded(lift).samples, lift)))


def assert_same(
    reps: list[Repetition], others: tuple[Repetition, ...] | list[Repetition], later_s: float = 0.0
) -> None:
    """The same repetitions, as far as a lifter could tell."""
    assert len(reps) == len(others)
    for one, other in zip(reps, others, strict=True):
        assert one.concentric_start_s - later_s == pytest.approx(other.concentric_start_s, abs=0.06)
        assert one.concentric_end_s - later_s == pytest.approx(other.concentric_end_s, abs=0.06)
        assert one.mean_velocity_mps == pytest.approx(other.mean_velocity_mps, abs=0.01)


def turned(samples: SampleBatch, mount: Rotation) -> SampleBatch:
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    return SampleBatch(samples.time_s, mount.apply(samples.acceleration_mps2), mount.apply(gyro))


def lying(seconds: float, like: SampleBatch, at_end: bool) -> SampleBatch:
    """A bar that lies as it does at one end of a recording; its stamps go on before or after."""
    rate = (len(like) - 1) / float(like.time_s[-1] - like.time_s[0])
    n = int(seconds * rate)
    rng = np.random.default_rng(5)
    gyro = like.angular_velocity_radps
    assert gyro is not None
    part = slice(-50, None) if at_end else slice(0, 50)

    def level(values: FloatArray, sd: float) -> FloatArray:
        mean = values[part].mean(axis=0)
        return np.asarray(mean + rng.normal(0, sd, (n, 3)))

    steps = np.arange(1, n + 1) / rate
    stamps = like.time_s[-1] + steps if at_end else like.time_s[0] - steps[::-1]
    return SampleBatch(stamps, level(like.acceleration_mps2, 0.03), level(gyro, 0.002))


def later(samples: SampleBatch, by_s: float) -> SampleBatch:
    return replace(samples, time_s=samples.time_s + by_s)


@pytest.mark.parametrize("lift", [*LIFTS, "overhead_press"])
def test_the_reps_found_are_the_true_ones(lift: str) -> None:
    simulated = recorded(lift, 4)
    (found,) = analysed(simulated.samples, lift).sets
    assert len(found.reps) == 5
    assert found.start_s < found.end_s
    errors: list[float] = []
    for rep, true in zip(found.reps, simulated.truth.reps, strict=True):
        assert rep.concentric_start_s == pytest.approx(true.concentric_start_s, abs=0.15)
        assert rep.concentric_end_s == pytest.approx(true.concentric_end_s, abs=0.15)
        assert rep.mean_velocity_mps is not None
        assert rep.mean_velocity_sd_mps is not None
        assert true.mean_velocity_mps is not None
        errors.append(rep.mean_velocity_mps - true.mean_velocity_mps)
        assert abs(errors[-1]) < 4 * rep.mean_velocity_sd_mps
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.03


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(LIFTS), quaternions)
def test_any_mounting_gives_the_same_reps(lift: str, quaternion: tuple[float, ...]) -> None:
    mounted = turned(recorded(lift).samples, Rotation.from_quat(quaternion))
    assert_same(reps_of(analysed(mounted, lift)), plain(lift))


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(LIFTS), st.floats(0.1, 60.0), st.floats(0.1, 60.0))
def test_idle_time_around_a_set_changes_no_rep(lift: str, before_s: float, after_s: float) -> None:
    samples = recorded(lift).samples
    parts = [lying(before_s, samples, at_end=False), samples, lying(after_s, samples, at_end=True)]
    assert_same(reps_of(analysed(joined(parts), lift)), plain(lift))


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(LIFTS), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_cutting_idle_time_changes_no_rep(lift: str, early: float, late: float) -> None:
    """Cut at any time before the bar is touched or after it was put back."""
    simulated = recorded(lift)
    samples, truth = simulated.samples, simulated.truth
    first, last = truth.reps[0], truth.reps[-1]
    touched = first.eccentric_start_s or first.concentric_start_s
    busy = [event for event in truth.events if event.start_s < touched]
    touched = min([touched - 1.0, *(event.start_s - 0.2 for event in busy)])
    left = max([last.concentric_end_s + 1.0, *(event.end_s for event in truth.events)])
    start = early * max(touched, 0.0)
    end = left + late * max(float(samples.time_s[-1]) - left, 0.0)
    kept = keep(samples, (samples.time_s >= start) & (samples.time_s <= end))
    assert_same(reps_of(analysed(kept, lift)), plain(lift))


def test_a_clock_that_starts_elsewhere_moves_all_times() -> None:
    moved = reps_of(analysed(later(recorded().samples, 5000.0)))
    assert_same(moved, plain("back_squat"), later_s=5000.0)


@pytest.mark.parametrize("lift", [*LIFTS, "overhead_press"])
def test_an_unknown_exercise_counts(lift: str) -> None:
    analysis = analysed(recorded(lift).samples, None)
    assert [len(one.reps) for one in analysis.sets] == [5]


def test_a_placement_that_nobody_told_is_a_guess() -> None:
    analysis = analyse(recorded().samples)
    assert analysis.placement_guessed
    assert analysis.placement is Placement.BAR
    assert len(reps_of(analysis)) == 5
    assert not analysed(recorded().samples).placement_guessed


def test_a_single_counts_only_where_somebody_says_that_a_set_is_on() -> None:
    single = simulate(SetPlan("deadlift", reps=1, rir_at_end=1), 3)
    (true,) = single.truth.reps
    assert analysed(single.samples, "deadlift").sets == ()
    found = reps_of(analysed(single.samples, "deadlift", set_on=True))
    assert any(abs(rep.concentric_end_s - true.concentric_end_s) < 0.2 for rep in found)


def test_ten_minutes_of_stillness() -> None:
    still = lying(600.0, recorded().samples, at_end=True)
    analysis = analyse(still)
    assert analysis.sets == ()
    assert analysis.warnings == ()
    assert analysis.sensor.duration_s == pytest.approx(600.0, abs=0.1)
    assert analysis.sensor.gaps == ()


def test_a_sensor_that_feels_nothing_at_all_is_no_error() -> None:
    time = np.arange(1000) / 100.0
    dead = np.tile([0.0, 0.0, STANDARD_GRAVITY_MPS2], (1000, 1))
    assert analyse(SampleBatch(time, dead, np.zeros((1000, 3)))).sets == ()
    assert analyse(SampleBatch(time, dead, None)).sets == ()


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_samples_are_an_error(n: int) -> None:
    with pytest.raises(ValueError, match="two samples"):
        analyse(SampleBatch(np.zeros(n), np.zeros((n, 3)), None))


@pytest.mark.parametrize("n", [2, 5, 50, 300])
def test_a_very_short_recording_has_no_set(n: int) -> None:
    assert analyse(recorded().samples.slice(0, n)).sets == ()


@pytest.mark.parametrize("seed", range(6))
def test_standing_loading_and_handling_make_no_rep(seed: int) -> None:
    """The longest stretch of each recording in which nobody walks."""
    idle = idle_recording(seed, 60.0)
    walks = [event for event in idle.truth.events if event.kind == "walking"]
    bounds = [0.0, *(t for walk in walks for t in (walk.start_s, walk.end_s)), 60.0]
    start, end = max(zip(bounds[::2], bounds[1::2], strict=True), key=lambda part: part[1] - part[0])
    samples = idle.samples
    part = keep(samples, (samples.time_s >= start) & (samples.time_s < end))
    assert end - start > 10.0
    assert analysed(part, None).sets == ()


@pytest.mark.parametrize("lift", LIFTS)
def test_a_failed_attempt_is_no_rep(lift: str) -> None:
    simulated = simulate(SetPlan(lift, reps=5, rir_at_end=0, failed_last=True), 4)
    (attempt,) = [event for event in simulated.truth.events if event.kind == "attempt"]
    reps = reps_of(analysed(simulated.samples, lift))
    assert len(reps) == 5
    assert reps[-1].concentric_end_s < attempt.start_s


def test_a_minutes_rest_splits_two_sets() -> None:
    samples = recorded().samples
    rest = lying(60.0, samples, at_end=True)
    shift = float(rest.time_s[-1]) + 0.01 - float(samples.time_s[0])
    analysis = analysed(joined([samples, rest, later(samples, shift)]))
    assert [(one.number, len(one.reps)) for one in analysis.sets] == [(1, 5), (2, 5)]
    first, second = analysis.sets
    assert_same(list(first.reps), plain("back_squat"))
    assert_same(list(second.reps), plain("back_squat"), later_s=shift)
    assert first.end_s < second.start_s


def test_a_cluster_is_one_set() -> None:
    cluster = simulate(SetPlan("deadlift", reps=4, rir_at_end=2, tempo="cluster"), 2)
    pauses = np.diff([rep.concentric_start_s for rep in cluster.truth.reps])
    assert float(pauses.max()) > 8.0
    assert [len(one.reps) for one in analysed(cluster.samples, "deadlift").sets] == [4]


def test_a_wrong_scale_is_told() -> None:
    samples = recorded().samples
    assert not any("1 g" in warning for warning in analysed(samples).warnings)
    for factor in (0.9, 1.12):
        analysis = analysed(scale_accelerometer(samples, factor))
        (told,) = [warning for warning in analysis.warnings if "instead of 1 g" in warning]
        assert float(told.split("reads ")[1].split(" g")[0]) == pytest.approx(factor, abs=0.03)
        for one, other in zip(reps_of(analysis), plain("back_squat"), strict=True):
            assert one.mean_velocity_mps == pytest.approx(other.mean_velocity_mps, rel=0.03)


@pytest.mark.parametrize("lift", LIFTS)
def test_an_accelerometer_alone_counts_and_says_what_it_lacks(lift: str) -> None:
    simulated = recorded(lift)
    analysis = analysed(without_gyro(simulated.samples), lift)
    assert [len(one.reps) for one in analysis.sets] == [5]
    assert any("no gyroscope" in warning for warning in analysis.warnings)
    for rep, true in zip(reps_of(analysis), simulated.truth.reps, strict=True):
        assert rep.mean_velocity_mps == pytest.approx(true.mean_velocity_mps, abs=0.06)


def test_a_range_that_is_too_small_is_told() -> None:
    plan = SetPlan("back_squat", reps=5, rir_at_end=6, imu=ImuPlan(acc_range_g=1.1))
    analysis = analysed(simulate(plan, 1).samples)
    assert analysis.sensor.clipped_samples > 10
    assert any("clipped" in warning for warning in analysis.warnings)


def test_lost_samples_are_reported_and_the_reps_still_count() -> None:
    simulated = recorded("bench_press")
    lossy = lose_in_holes(simulated.samples, np.random.default_rng(3), 0.06, (0.1, 0.4))
    analysis = analysed(lossy, "bench_press")
    assert len(reps_of(analysis)) == 5
    assert analysis.sensor.gaps
    for gap in analysis.sensor.gaps:
        assert gap.end_s - gap.start_s > 0.2
        assert not ((lossy.time_s > gap.start_s + 1e-6) & (lossy.time_s < gap.end_s - 1e-6)).any()


def test_a_burst_radio_costs_little() -> None:
    plan = SetPlan("back_squat", reps=5, rir_at_end=2, imu=ImuPlan(rate_hz=104.0), radio=RadioPlan("burst"))
    simulated = simulate(plan, 2)
    analysis = analysed(simulated.samples)
    assert analysis.sensor.repeated_samples > 0.2 * len(simulated.samples)
    assert 40 < analysis.sensor.rate_hz < 65
    reps = reps_of(analysis)
    assert len(reps) == 5
    for rep, true in zip(reps, simulated.truth.reps, strict=True):
        assert rep.mean_velocity_mps == pytest.approx(true.mean_velocity_mps, abs=0.08)


@pytest.mark.parametrize("lift", ["back_squat", "deadlift", "overhead_press"])
@pytest.mark.parametrize("reps", [1, 2])
def test_said_that_a_set_is_on_nothing_but_its_few_reps_counts(lift: str, reps: int) -> None:
    few = simulate(SetPlan(lift, reps=reps, rir_at_end=1, imu=ImuPlan(rate_hz=50)), 5)
    found = analysed(few.samples, lift, set_on=True)
    assert [len(one.reps) for one in found.sets] == [reps]
    true_s = few.truth.reps[0].concentric_start_s
    assert found.sets[0].reps[0].concentric_start_s == pytest.approx(true_s, abs=0.5)


def test_a_regular_set_is_the_same_whether_it_was_announced_or_not() -> None:
    plan = SetPlan("back_squat", reps=5, rir_at_end=2, handling_before_s=5.0, handling_after_s=5.0)
    samples = simulate(plan, 6).samples
    assert analysed(samples, set_on=True).sets == analysed(samples).sets


def test_two_lifts_are_a_set_only_with_an_attempt_beside_them() -> None:
    """What is left of three strokes when one was a pick-up is somebody handling a bar."""
    even = to_even_grid(recorded().samples)
    (whole,) = find_sets(even, vertical_motion(even), Placement.BAR, None, False)
    two = replace(whole, reps=whole.reps[:2], rejected=(Rejected(1.0, 2.0, "pick-up"),))
    assert has_enough(whole)
    assert not has_enough(two)
    assert has_enough(replace(two, rejected=(Rejected(9.0, 9.5, "attempt"),)))
