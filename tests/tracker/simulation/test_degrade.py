"""Degradations work on any batch, keep its clock, and take only what they say."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation import degrade
from hardset.tracker.simulation.files import distinct_rate_hz, longest_gap_s, repeated


@pytest.fixture(scope="module")
def batch() -> SampleBatch:
    time_s = 5.0 + np.arange(6000) / 100
    rng = np.random.default_rng(0)
    slow = np.column_stack([np.sin(2 * np.pi * f * time_s) for f in (0.3, 0.7, 1.1)])
    return SampleBatch(
        time_s, 9.8 + slow + 0.01 * rng.normal(size=(6000, 3)), slow + 0.01 * rng.normal(size=(6000, 3))
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("fraction", [0.05, 0.2, 0.5])
def test_holes_take_the_wanted_share_of_time(
    batch: SampleBatch, rng: np.random.Generator, fraction: float
) -> None:
    lossy = degrade.lose_in_holes(batch, rng, fraction)
    assert 1 - len(lossy) / len(batch) == pytest.approx(fraction, abs=0.02)
    assert longest_gap_s(lossy) > 0.1
    assert set(lossy.time_s) <= set(batch.time_s)


def test_thin_keeps_the_rate(batch: SampleBatch) -> None:
    assert distinct_rate_hz(degrade.thin(batch, 20)) == pytest.approx(20, rel=0.05)
    assert distinct_rate_hz(degrade.thin(batch, 12)) == pytest.approx(12, rel=0.05)


@pytest.mark.parametrize("hz", [25.0, 50.0, 200.0])
def test_resampling_keeps_the_signal(batch: SampleBatch, hz: float) -> None:
    other = degrade.resample_rate(batch, hz)
    assert len(other) == pytest.approx(60 * hz, abs=hz / 20)
    was = np.interp(other.time_s, batch.time_s, batch.acceleration_mps2[:, 0])
    inner = slice(10, -10)
    assert np.abs(other.acceleration_mps2[inner, 0] - was[inner]).max() < 0.06


def test_hidden_holes_are_straight_lines(batch: SampleBatch, rng: np.random.Generator) -> None:
    hidden = degrade.hide_holes(degrade.lose_in_holes(batch, rng, 0.3, (0.3, 0.8)), 100)
    bend = np.abs(np.diff(hidden.acceleration_mps2[:, 0], 2))
    assert (bend < 1e-9).mean() > 0.2
    assert longest_gap_s(hidden) < 0.011


def test_bursts_repeat_and_round(batch: SampleBatch, rng: np.random.Generator) -> None:
    sent = degrade.jitter_bursts(batch, rng)
    assert repeated(sent) / len(sent) > 0.25
    np.testing.assert_allclose(sent.time_s * 1000, np.round(sent.time_s * 1000), atol=1e-6)


def test_remount_turns_both_sensors_together(batch: SampleBatch, rng: np.random.Generator) -> None:
    turned = degrade.remount(batch, rng)
    assert batch.angular_velocity_radps is not None
    assert turned.angular_velocity_radps is not None
    before = np.einsum("ni,ni->n", batch.acceleration_mps2, batch.angular_velocity_radps)
    after = np.einsum("ni,ni->n", turned.acceleration_mps2, turned.angular_velocity_radps)
    np.testing.assert_allclose(after, before, atol=1e-9)


def test_cuts_keep_the_clock(batch: SampleBatch) -> None:
    assert degrade.cut_start(batch, 3.0).time_s[0] == pytest.approx(8.0)
    assert degrade.cut_end_in_mid_rep(batch, 20.0, 22.0, 0.25).time_s[-1] == pytest.approx(20.5, abs=0.011)


def test_scale_and_gyro(batch: SampleBatch) -> None:
    np.testing.assert_allclose(
        degrade.scale_accelerometer(batch, 1.05).acceleration_mps2, 1.05 * batch.acceleration_mps2
    )
    assert degrade.without_gyro(batch).angular_velocity_radps is None


def test_an_empty_batch_stays_empty(rng: np.random.Generator) -> None:
    empty = SampleBatch(np.zeros(0), np.zeros((0, 3)), None)
    assert len(degrade.thin(empty, 20)) == 0
    assert len(degrade.cut_start(empty, 1)) == 0
    assert len(degrade.lose_in_holes(empty, rng, 0.2)) == 0
    assert len(degrade.resample_rate(empty, 50)) == 0
