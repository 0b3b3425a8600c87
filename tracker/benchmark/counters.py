"""What is scored: anything that finds repetitions in samples, ours and the textbook's alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from hardset.signal.analysis import RecordingAnalysis, analyse
from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.scoring import known_exercise


@dataclass(frozen=True, slots=True)
class FoundRep:
    """A repetition as a counter reports it; what the counter does not measure is None."""

    start_s: float
    """Start of the concentric phase."""
    end_s: float
    mean_velocity_mps: float | None = None
    mean_velocity_sd_mps: float | None = None
    peak_velocity_mps: float | None = None
    rom_m: float | None = None
    mean_angular_velocity_dps: float | None = None
    rom_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All repetitions of a recording and how long it took to find them."""

    reps: tuple[FoundRep, ...]
    seconds: float


Counter = Callable[[SampleBatch, LabelledRecording], tuple[FoundRep, ...]]


def run(counter: Counter, samples: SampleBatch, label: LabelledRecording) -> Found:
    """Count one recording and take the time."""
    started = time.perf_counter()
    reps = counter(samples, label)
    return Found(reps, time.perf_counter() - started)


def hardset_counter(samples: SampleBatch, label: LabelledRecording) -> tuple[FoundRep, ...]:
    """This project's own pipeline, told the exercise and the placement of the label."""
    analysis = analyse_labelled(samples, label)
    return tuple(found_rep(rep) for one in analysis.sets for rep in one.reps)


def analyse_labelled(samples: SampleBatch, label: LabelledRecording) -> RecordingAnalysis:
    """The pipeline's analysis of a labelled recording, as `hardset analyze` would make it."""
    entry = known_exercise(label.sidecar.exercise, [])
    placement: Placement | None = label.sidecar.placement
    exercise = None if entry is None else entry.signal_at(placement)
    return analyse(samples, exercise=exercise, placement=placement)


def found_rep(rep: Repetition) -> FoundRep:
    """One of our repetitions in the words of the benchmark."""
    return FoundRep(
        start_s=rep.concentric_start_s,
        end_s=rep.concentric_end_s,
        mean_velocity_mps=rep.mean_velocity_mps,
        mean_velocity_sd_mps=rep.mean_velocity_sd_mps,
        peak_velocity_mps=rep.peak_velocity_mps,
        rom_m=rep.rom_m,
        mean_angular_velocity_dps=rep.mean_angular_velocity_dps,
        rom_deg=rep.rom_deg,
    )
