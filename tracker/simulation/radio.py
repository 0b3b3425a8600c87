"""The radio between sensor and program: what it does to stamps, and what it loses.

The burst radio is modelled on recordings of a real one: a connection event every 30 ms, in it one
to three messages 3-4 ms apart, each holding whatever the sensor's registers read at that moment
(104 samples a second). So 31-35 % of the messages repeat the one before, about 55 distinct samples
a second remain, and what falls into a hole is lost, not delayed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hardset.signal.samples import BoolArray, FloatArray, SampleBatch

RadioKind = Literal["even", "jitter", "burst"]
BURST_SENSOR_HZ = 104.0
EVENT_S = 0.030


@dataclass(frozen=True, slots=True)
class RadioPlan:
    """How the samples travel."""

    kind: RadioKind = "even"
    jitter_s: float = 0.008
    """Mean of the random latency (kind jitter)."""
    fullness: float = 0.80
    """Share of connection events that carry all three messages (kind burst)."""
    holes_per_s: float = 0.35
    hole_s: tuple[float, float] = (0.03, 0.18)
    """Shortest and longest hole (kind burst)."""


def transmit(
    sampled: SampleBatch, true_time_s: FloatArray, plan: RadioPlan, rng: np.random.Generator
) -> SampleBatch:
    """Samples as they reach the program. even: device stamps; otherwise stamps of arrival from 0."""
    if plan.kind == "even":
        return sampled
    since = true_time_s - true_time_s[0]
    host = SampleBatch(since, sampled.acceleration_mps2, sampled.angular_velocity_radps)
    return jittered(host, plan.jitter_s, rng) if plan.kind == "jitter" else bursts(host, plan, rng)


def jittered(batch: SampleBatch, jitter_s: float, rng: np.random.Generator) -> SampleBatch:
    """Arrival stamps: each sample comes late by a random time, none overtakes another."""
    late = batch.time_s + rng.exponential(jitter_s, len(batch))
    stamps = np.asarray(np.round(np.maximum.accumulate(late), 3), dtype=np.float64)
    return SampleBatch(stamps, batch.acceleration_mps2, batch.angular_velocity_radps)


def bursts(batch: SampleBatch, plan: RadioPlan, rng: np.random.Generator) -> SampleBatch:
    """Read the latest sample a few times per connection event and lose what falls into holes."""
    stamps = _message_times(float(batch.time_s[0]), float(batch.time_s[-1]), plan, rng)
    index = np.searchsorted(batch.time_s, stamps, side="right") - 1
    acc = batch.acceleration_mps2[index]
    gyro = batch.angular_velocity_radps
    if gyro is not None:
        # The gyro registers are read half a millisecond later: now and then they are already new.
        later = np.searchsorted(batch.time_s, stamps + 0.0005, side="right") - 1
        gyro = gyro[later]
    return SampleBatch(np.asarray(np.round(stamps, 3), dtype=np.float64), acc, gyro)


def _message_times(start: float, end: float, plan: RadioPlan, rng: np.random.Generator) -> FloatArray:
    # No two crystals agree: without this 30 ms would lock onto a 100 Hz grid and repeat one pattern for ever.
    spacing = EVENT_S * (1.0 + rng.choice([-1, 1]) * rng.uniform(0.001, 0.006))
    events = np.arange(start + rng.uniform(0, EVENT_S), end, spacing)
    events = events[~in_holes(events, plan.holes_per_s, plan.hole_s, rng)]
    missing = 1.0 - plan.fullness
    number = rng.choice([0, 1, 2, 3], size=events.shape[0],
                        p=[0.12 * missing, 0.50 * missing, 0.38 * missing, plan.fullness])  # fmt: skip
    gaps = np.clip(rng.normal(0.0037, 0.0004, (events.shape[0], 3)), 0.0025, 0.005)
    gaps[:, 0] = np.clip(rng.normal(0, 0.0006, events.shape[0]), -0.001, 0.003)
    times = events[:, None] + np.cumsum(gaps, axis=1)
    keep = np.arange(3)[None, :] < number[:, None]
    flat = times[keep]
    return np.asarray(flat[(flat >= start) & (flat <= end)])


def in_holes(
    times: FloatArray, per_s: float, hole_s: tuple[float, float], rng: np.random.Generator
) -> BoolArray:
    """(n,) bool: which times fall into randomly placed holes (short ones are commoner)."""
    lost = np.zeros(times.shape[0], dtype=bool)
    if per_s <= 0 or times.shape[0] == 0:
        return lost
    begin = float(times[0])
    low, high = hole_s
    while True:
        begin += float(rng.exponential(1.0 / per_s))
        if begin >= times[-1]:
            return lost
        length = min(low + float(rng.exponential((high - low) / 3)), high)
        lost |= (times >= begin) & (times < begin + length)
        begin += length
