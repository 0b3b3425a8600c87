"""The burst radio against what recordings of a real one show; and the sensor before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation.files import distinct_rate_hz, longest_gap_s, repeated
from hardset.tracker.simulation.imu import ImuPlan, quantise, random_rotation
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import BURST_SENSOR_HZ, RadioPlan, bursts, jittered
from hardset.tracker.simulation.scenario import simulate


def noise(seconds: float = 60.0, hz: float = BURST_SENSOR_HZ) -> SampleBatch:
    rng = np.random.default_rng(0)
    n = int(seconds * hz)
    return SampleBatch(np.arange(n) / hz, rng.normal(size=(n, 3)), rng.normal(size=(n, 3)))


def test_usual_burst_radio_looks_like_the_recorded_one() -> None:
    sent = [bursts(noise(), RadioPlan("burst"), np.random.default_rng(seed)) for seed in range(6)]
    shares = [repeated(batch) / len(batch) for batch in sent]
    assert 0.30 < np.mean(shares) < 0.38  # recorded: 0.31-0.35
    assert all(44 < distinct_rate_hz(batch) < 60 for batch in sent)  # recorded: 35-59
    assert np.median([longest_gap_s(batch) for batch in sent]) < 0.30  # recorded: up to 0.24
    steps = np.concatenate([np.diff(batch.time_s) for batch in sent])
    assert np.median(steps) == pytest.approx(0.004, abs=0.001)
    assert np.quantile(steps, 0.75) == pytest.approx(0.023, abs=0.003)


def test_a_bad_radio_leaves_few_samples_and_long_holes() -> None:
    plan = RadioPlan("burst", fullness=0.1, holes_per_s=2.0, hole_s=(0.1, 0.8))
    sent = bursts(noise(), plan, np.random.default_rng(1))
    assert 10 < distinct_rate_hz(sent) < 35
    assert 0.4 < longest_gap_s(sent) < 1.5


def test_what_falls_into_a_hole_is_lost_and_not_delayed() -> None:
    batch = noise()
    sent = bursts(batch, RadioPlan("burst"), np.random.default_rng(3))
    newest = np.searchsorted(batch.time_s, sent.time_s + 0.0006, side="right") - 1
    source = [
        int(np.flatnonzero((batch.acceleration_mps2 == row).all(axis=1))[0]) for row in sent.acceleration_mps2
    ]
    assert (np.array(source) >= newest - 1).all()


def test_jitter_keeps_the_order() -> None:
    late = jittered(noise(), 0.01, np.random.default_rng(2))
    assert (np.diff(late.time_s) >= 0).all()
    assert 0.005 < float(np.mean(late.time_s - noise().time_s)) < 0.02


def test_quantise_clips_to_the_range() -> None:
    values = quantise(np.array([-9.0, -3.99, 0.0, 3.9999, 9.0]), 4.0)
    assert values.min() == -4.0
    assert values.max() == pytest.approx(4.0, abs=2e-4)


def test_random_rotation_is_right_handed() -> None:
    for seed in range(20):
        turn = random_rotation(np.random.default_rng(seed))
        assert np.linalg.det(turn) == pytest.approx(1.0)


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 200.0])
def test_the_device_clock_is_even_and_counts_its_own_seconds(rate_hz: float) -> None:
    plan = SetPlan(reps=3, imu=ImuPlan(rate_hz=rate_hz, clock_skew_ppm=200))
    recording = simulate(plan, 1)
    np.testing.assert_allclose(np.diff(recording.samples.time_s), 1 / rate_hz, atol=1e-9)
    honest = simulate(replace(plan, imu=replace(plan.imu, clock_skew_ppm=0)), 1)
    last, same = recording.truth.reps[-1], honest.truth.reps[-1]
    assert last.concentric_end_s / same.concentric_end_s == pytest.approx(1 + 200e-6, abs=1e-4)
    assert last.mean_velocity_mps == same.mean_velocity_mps


def test_at_rest_a_cheap_sensor_is_off_by_bias_scale_and_noise_only() -> None:
    recording = simulate(SetPlan("deadlift", reps=3, imu=ImuPlan(rate_hz=100)), 2)
    quiet = recording.samples.slice(0, 40)
    length_g = float(np.linalg.norm(quiet.acceleration_mps2.mean(axis=0)) / 9.80665)
    assert length_g == pytest.approx(1.0, abs=0.08)
    assert 0.001 < quiet.acceleration_mps2.std(axis=0).mean() / 9.80665 < 0.05
