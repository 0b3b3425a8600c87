"""Bar recordings spoiled on purpose: how much can go wrong before the count does?"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import Counter, FoundRep, hardset_counter
from hardset.tracker.benchmark.scores import Count, CountScore, score_counts
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.recordings import read_recording
from hardset.tracker.simulation import degrade

Spoil = Callable[[SampleBatch, np.random.Generator], SampleBatch]

CUT_START_S = 3.0

SPOILS: dict[str, Spoil] = {
    "as recorded": lambda batch, rng: batch,
    "5 % lost in holes of 0.1-0.8 s": lambda batch, rng: degrade.lose_in_holes(batch, rng, 0.05),
    "10 % lost in holes": lambda batch, rng: degrade.lose_in_holes(batch, rng, 0.10),
    "20 % lost in holes": lambda batch, rng: degrade.lose_in_holes(batch, rng, 0.20),
    "12 distinct samples a second": lambda batch, rng: degrade.thin(batch, 12.0),
    "25 Hz": lambda batch, rng: degrade.resample_rate(batch, 25.0),
    "50 Hz": lambda batch, rng: degrade.resample_rate(batch, 50.0),
    "burst radio": lambda batch, rng: degrade.jitter_bursts(batch, rng),
    "mounted another way round": lambda batch, rng: degrade.remount(batch, rng),
    "accelerometer 5 % too high": lambda batch, rng: degrade.scale_accelerometer(batch, 1.05),
    "accelerometer 5 % too low": lambda batch, rng: degrade.scale_accelerometer(batch, 0.95),
    "without gyroscope": lambda batch, rng: degrade.without_gyro(batch),
}
"""Ways of spoiling a recording that take no repetition away."""


def score_degraded(
    labels: Sequence[LabelledRecording],
    counters: dict[str, Counter],
    progress: Callable[[], None] = lambda: None,
) -> dict[str, tuple[CountScore, ...]]:
    """Counts by counter and way of spoiling. The seeds depend on file and way alone."""
    counts: dict[str, list[Count]] = {name: [] for name in counters}
    for label in labels:
        if label.placement is not Placement.BAR or not label.reps:
            continue
        samples = read_recording(label.path).samples
        for group, spoiled, expected in _spoiled(samples, label):
            for name, counter in counters.items():
                found = len(counter(spoiled, label))
                counts[name].append(Count(label.name, group, expected, found))
        progress()
    return {name: score_counts(members) for name, members in counts.items()}


def _spoiled(samples: SampleBatch, label: LabelledRecording) -> list[tuple[str, SampleBatch, int]]:
    """Name, samples and the right count of each way."""
    ways = [
        (name, spoil(samples, np.random.default_rng(zlib.crc32(f"{label.name}:{name}".encode()))), label.reps)
        for name, spoil in SPOILS.items()
    ]
    reps = _where_the_reps_are(samples, label)
    lost = sum(rep.start_s < float(samples.time_s[0]) + CUT_START_S for rep in reps)
    ways.append(("first 3 s cut", degrade.cut_start(samples, CUT_START_S), label.reps - lost))
    if reps:
        last = max(reps, key=lambda rep: rep.start_s)
        cut = degrade.cut_end_in_mid_rep(samples, last.start_s, last.end_s)
        ways.append(("ends in the middle of the last rep", cut, label.reps - 1))
    return ways


def _where_the_reps_are(samples: SampleBatch, label: LabelledRecording) -> tuple[FoundRep, ...]:
    """Concentric phases from the truth, or as found in the whole recording where nobody knows."""
    if label.truth is not None:
        return tuple(FoundRep(rep.concentric_start_s, rep.concentric_end_s) for rep in label.truth.reps)
    return hardset_counter(samples, label)
