"""The light picture of the movement: right in shape, forgetful of bias, bounded in memory."""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, SampleBatch
from hardset.signal.trace import LiveTrace

RATE_HZ = 100.0


def bar(seconds: float, *, bias_mps2: float = 0.0, gyroscope: bool = True) -> tuple[SampleBatch, np.ndarray]:
    """A bar that goes up and down by half a metre every three seconds, after a second of rest."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * np.maximum(time_s - 1.0, 0.0) / 3.0
    height = 0.25 * (1 - np.cos(phase))
    up = 0.25 * (2 * np.pi / 3.0) ** 2 * np.cos(phase) * (time_s > 1.0)
    acc = np.zeros((time_s.size, 3))
    acc[:, 2] = STANDARD_GRAVITY_MPS2 + up + bias_mps2
    return SampleBatch(time_s, acc, np.zeros_like(acc) if gyroscope else None), height


def fed(samples: SampleBatch, step: int = 3, *, by_angle: bool = False) -> LiveTrace:
    trace = LiveTrace(by_angle=by_angle)
    for start in range(0, len(samples), step):
        trace.update(samples.slice(start, min(start + step, len(samples))))
    return trace


def test_height_has_the_shape_of_the_movement() -> None:
    for gyroscope in (True, False):
        samples, height = bar(20.0, gyroscope=gyroscope)
        time_s, track = fed(samples).recent(6.0)
        assert np.corrcoef(track, height[-track.size :])[0, 1] > 0.85
        assert 0.35 < np.ptp(track) < 0.65
        assert time_s[-1] == samples.time_s[-1]


def test_a_bias_is_forgotten() -> None:
    biased, _ = fed(bar(30.0, bias_mps2=0.1)[0]).recent(6.0), None
    fair, _ = fed(bar(30.0)[0]).recent(6.0), None
    assert np.abs(biased[1] - fair[1]).max() < 0.05


def test_the_size_of_the_batches_changes_nothing() -> None:
    samples, _ = bar(10.0)
    one, other = fed(samples, 1).recent(5.0)[1], fed(samples, 1).recent(5.0)[1]
    assert np.array_equal(one, other)
    assert np.allclose(fed(samples, 20).recent(5.0)[1], one, atol=0.02)


def test_memory_is_bounded_and_the_angle_follows_gravity() -> None:
    time_s = np.arange(8000) / RATE_HZ
    angle = np.radians(40.0 * np.sin(time_s))
    acc = STANDARD_GRAVITY_MPS2 * np.column_stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)])
    gyro = np.column_stack([np.zeros_like(angle), -np.gradient(angle, 1 / RATE_HZ), np.zeros_like(angle)])
    trace = fed(SampleBatch(time_s, acc, gyro), 50, by_angle=True)
    times, track = trace.recent(1000.0)
    assert times.size == 4096 - 1 or times.size == 4096
    assert 70 < np.ptp(track) < 90
