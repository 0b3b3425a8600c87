"""What the decoder tests share: bytes in, samples out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch, joined
from hardset.tracker.sensors.protocol import Decoder, Notification


def feed(
    decoder: Decoder, characteristic: str, payloads: Iterable[bytes], step_s: float = 0.01
) -> SampleBatch:
    """All samples of these notifications, which arrive one after the other."""
    batches = []
    for number, payload in enumerate(payloads):
        batch = decoder.feed(Notification(characteristic, payload, 100.0 + step_s * number))
        if batch is not None:
            assert len(batch) > 0
            batches.append(batch)
    if not batches:
        return SampleBatch(np.empty(0), np.empty((0, 3)), None)
    return joined(batches)


def in_g(batch: SampleBatch) -> FloatArray:
    return batch.acceleration_mps2 / STANDARD_GRAVITY_MPS2


def in_dps(batch: SampleBatch) -> FloatArray:
    assert batch.angular_velocity_radps is not None
    return np.degrees(batch.angular_velocity_radps)


def cut(stream: bytes, places: Iterable[int]) -> list[bytes]:
    """The stream in pieces that end at these places."""
    edges = [0, *sorted(places), len(stream)]
    return [stream[start:end] for start, end in pairwise(edges) if end > start]


def swing(seconds: float, rate_hz: float) -> SampleBatch:
    """Smooth motion within every sensor's range, different in each of the six channels."""
    time_s = np.arange(int(seconds * rate_hz) + 1) / rate_hz
    phase = 2 * np.pi * time_s[:, None]
    acc = np.array([0.0, 0.0, STANDARD_GRAVITY_MPS2]) + 6.0 * np.sin(phase * [0.5, 0.7, 0.9] + [0, 1, 2])
    gyro = 3.0 * np.cos(phase * [0.4, 0.6, 0.8] + [0, 1, 2])
    return SampleBatch(time_s, acc, gyro)
