"""A whole recording in, its sets out: the batch entrance to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.samples import SampleBatch
from hardset.signal.sets import MeasuredSet


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in the samples."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SensorReport:
    """What the samples say about the sensor and its radio."""

    rate_hz: float
    """Distinct samples per second while the link was up."""
    duration_s: float
    repeated_samples: int
    clipped_samples: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class RecordingAnalysis:
    """Everything the pipeline has to say about one recording."""

    placement: Placement
    placement_guessed: bool
    sensor: SensorReport
    sets: tuple[MeasuredSet, ...]
    rejected: tuple[()] = ()
    warnings: tuple[str, ...] = ()


def analyse(
    samples: SampleBatch,
    *,
    exercise: Exercise | None = None,
    placement: Placement | None = None,
    set_on: bool = False,
) -> RecordingAnalysis:
    """Find the sets and repetitions of one recording.

    samples: any number, uneven times welcome. exercise: sharpens, not required.
    placement: None guesses it and says so. set_on: somebody says that a set is on, so one stroke
    is enough for a rep (heavy singles and doubles); otherwise three alike strokes are needed.
    """
    raise NotImplementedError
