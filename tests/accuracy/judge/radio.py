"""How samples travel: an even device clock, jittering arrivals, or bursts with holes.

The burst link is drawn after a real barbell sensor (public recordings, 30 sets): a connection event every
30 ms takes up to three messages stamped 4 ms apart; the sensor's loop writes about every 5 ms until
the queue of three is full and the rest of the interval is lost, so samples of one event lie 9 ms apart,
the next 21 ms later, and about every third message repeats the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from sensor import Ideal, SensorPlan, sample
from track import FloatArray

BoolArray = NDArray[np.bool_]

KINDS = ("even", "jitter", "burst")


@dataclass(frozen=True, slots=True)
class Link:
    """One sensor's sampling and radio."""

    kind: str
    rate_hz: float
    packet: int
    """Samples of one notification."""
    loss: float
    """Share of notifications lost one by one."""
    holes_per_s: float
    shared_stamps: bool
    """All samples of a notification carry its arrival time."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the host writes down."""

    time_s: FloatArray
    values: FloatArray
    """(n, 6) m/s^2 and rad/s."""


def draw_link(rng: Generator) -> Link:
    """A kind of radio and how bad it is today."""
    kind = str(rng.choice(KINDS, p=[0.3, 0.3, 0.4]))
    if kind == "burst":
        holes = float(rng.uniform(0.03, 0.25)) if rng.random() < 0.35 else 0.0
        return Link(
            kind, 100.0, 3, float(np.clip(rng.lognormal(np.log(0.05), 0.7), 0.003, 0.25)), holes, False
        )
    rate = float(rng.choice([25, 50, 52, 60, 100, 104, 128, 200]))
    packet = int(rng.choice([1, 1, 2, 4, 8])) if rate >= 100 else 1
    lossy = rng.random() < (0.3 if kind == "even" else 0.5)
    loss = float(rng.uniform(0.002, 0.025)) if lossy else 0.0
    holes = float(rng.uniform(0.01, 0.08)) if lossy and rng.random() < 0.3 else 0.0
    return Link(kind, rate, packet, loss, holes, kind == "jitter" and rng.random() < 0.5)


def receive(ideal: Ideal, link: Link, sensor: SensorPlan, rng: Generator) -> Received:
    """Sample, send, lose, stamp."""
    if link.kind == "burst":
        return _bursts(ideal, link, sensor, rng)
    duration = ideal.specific_force_mps2.shape[0] / 1000
    drift = rng.normal(0, 2e-4 if link.kind == "even" else 0.008)
    time = np.arange(rng.uniform(0, 0.02), duration - 0.02, 1 / (link.rate_hz * (1 + drift)))
    values = sample(ideal, time, link.rate_hz, sensor, rng)
    keep = _kept(time, link, rng)
    stamps: FloatArray = np.round(time, 4) if link.kind == "even" else _arrivals(time, link, rng)
    return Received(stamps[keep], values[keep])


def _kept(time_s: FloatArray, link: Link, rng: Generator) -> BoolArray:
    packets = np.arange(time_s.size) // link.packet
    lost = rng.random(packets[-1] + 1) < link.loss
    keep = ~lost[packets]
    for start, length in _holes(time_s[-1], link.holes_per_s, rng):
        keep &= (time_s < start) | (time_s > start + length)
    return np.asarray(keep)


def _holes(duration_s: float, per_s: float, rng: Generator) -> list[tuple[float, float]]:
    """Holes of 0.1-0.8 s, short ones more often."""
    count = rng.poisson(per_s * duration_s)
    return [
        (rng.uniform(0, duration_s), float(np.clip(rng.lognormal(np.log(0.2), 0.55), 0.1, 0.8)))
        for _ in range(count)
    ]


def _arrivals(time_s: FloatArray, link: Link, rng: Generator) -> FloatArray:
    """Arrival times in order: a base delay, a skewed jitter, now and then a stall that piles packets up."""
    packets = np.arange(time_s.size) // link.packet
    last = time_s[np.minimum(np.arange(packets[-1] + 1) * link.packet + link.packet - 1, time_s.size - 1)]
    jitter = rng.gamma(1.5, rng.uniform(0.002, 0.010), last.size)
    for start, length in _holes(last[-1], rng.choice([0.0, 0.03]), rng):
        stalled = (last > start) & (last < start + 0.5 * length)
        jitter[stalled] += start + 0.5 * length - last[stalled]
    arrival = np.maximum.accumulate(last + 0.01 + jitter)[packets]
    if not link.shared_stamps:  # the host spreads a packet backwards over its nominal period
        place = np.arange(time_s.size) % link.packet
        arrival = arrival - (link.packet - 1 - place) / link.rate_hz
        arrival = np.maximum.accumulate(arrival)
    return np.asarray(np.round(arrival, 3))


def _bursts(ideal: Ideal, link: Link, sensor: SensorPlan, rng: Generator) -> Received:
    """Three messages an event, repeats, lost messages and events."""
    duration = ideal.specific_force_mps2.shape[0] / 1000
    interval = 0.030
    events = np.arange(0.1, duration - 0.05, interval * (1 + rng.normal(0, 1e-4)))
    events += rng.normal(0, 0.0004, events.size)
    update = 1 / (link.rate_hz * rng.uniform(0.97, 1.06))
    updates = np.arange(0, duration, update)
    fresh = sample(ideal, updates, link.rate_hz, sensor, rng)
    short = rng.uniform(0.12, 0.45)  # events with fewer than three messages
    stamps: list[float] = []
    rows: list[int] = []
    missing = False
    holes = _holes(duration, link.holes_per_s, rng)
    for event in events:
        missing = rng.random() < (0.22 if missing else link.loss)
        if missing or any(start < event < start + length for start, length in holes):
            continue
        count = 3 if rng.random() > short else int(rng.choice([1, 2], p=[0.62, 0.38]))
        polls = event - interval + np.cumsum(rng.uniform(0.002, 0.0075, count))
        rows += [int(poll / update) for poll in polls]
        stamps += [event + 0.0037 * message for message in range(count)]
    return Received(np.round(np.array(stamps), 3), fresh[np.array(rows)])
