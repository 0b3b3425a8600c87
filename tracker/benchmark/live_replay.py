"""One recording played to the live analyser as a radio would deliver it, against batch and truth."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from hardset.signal.live import LiveAnalyser, RepFinished, RepWithdrawn, SetEnded
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import FoundRep
from hardset.tracker.benchmark.live_scores import LiveOutcome
from hardset.tracker.benchmark.matching import match_spans
from hardset.tracker.delivery import notifications
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.live_set import LiveSet
from hardset.tracker.scoring import known_exercise


@dataclass(frozen=True, slots=True)
class _Told:
    """A rep as it was told first, and when."""

    rep: Repetition
    at_s: float


def replay_live(samples: SampleBatch, label: LabelledRecording, batch: Sequence[FoundRep]) -> LiveOutcome:
    """Play one recording to the live analyser."""
    entry = known_exercise(label.sidecar.exercise, [])
    exercise = None if entry is None else entry.signal_at(label.placement)
    analyser = LiveAnalyser(exercise=exercise, placement=label.placement)
    first_words: list[_Told] = []
    seen = LiveSet()
    shown = withdrawn = announced = 0
    seconds = 0.0
    for portion in (*notifications(samples), None):
        started = time.process_time()
        events = analyser.finish() if portion is None else analyser.update(portion)
        seconds += 0.0 if portion is None else time.process_time() - started
        if any(isinstance(event, SetEnded) for event in events):
            # What stood on the screen when the set was over, before the last look at all of it.
            shown = len(seen.reps)
        for event in events:
            if isinstance(event, RepFinished):
                if seen.tell(event.rep) is None:
                    announced += 1
                    first_words.append(_Told(event.rep, event.at_s))
            elif isinstance(event, RepWithdrawn):
                withdrawn += seen.withdraw(event.number) is not None
    wanted = _wanted(label, batch)
    return LiveOutcome(
        delays_s=tuple(
            first_words[j].at_s - wanted[i][1] for i, j in match_spans(wanted, _spans(first_words))
        ),
        mean_velocity_differences_mps=_differences([told.rep for told in first_words], batch),
        shown_count=shown,
        settled_count=len(seen.reps),
        batch_count=len(batch),
        announced=announced,
        withdrawn=withdrawn,
        wanted=len(wanted),
        settled_differences_mps=_differences(seen.reps, batch),
        idle=label.reps == 0,
        duration_s=float(samples.time_s[-1] - samples.time_s[0]),
        seconds=seconds,
    )


def _wanted(label: LabelledRecording, batch: Sequence[FoundRep]) -> list[tuple[float, float]]:
    if label.truth is not None:
        return [(rep.concentric_start_s, rep.concentric_end_s) for rep in label.truth.reps]
    return [(rep.start_s, rep.end_s) for rep in batch]


def _differences(told: Sequence[Repetition], batch: Sequence[FoundRep]) -> tuple[float, ...]:
    spans = [(rep.concentric_start_s, rep.concentric_end_s) for rep in told]
    pairs = match_spans([(rep.start_s, rep.end_s) for rep in batch], spans)
    both = [(told[j].mean_velocity_mps, batch[i].mean_velocity_mps) for i, j in pairs]
    return tuple(a - b for a, b in both if a is not None and b is not None)


def _spans(told: Sequence[_Told]) -> list[tuple[float, float]]:
    return [(one.rep.concentric_start_s, one.rep.concentric_end_s) for one in told]
