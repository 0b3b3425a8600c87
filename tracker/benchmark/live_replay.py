"""One recording played to the live analyser as a radio would deliver it, against batch and truth."""

from __future__ import annotations

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
    for events in (*map(analyser.update, notifications(samples)), analyser.finish()):
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
    return LiveOutcome(
        delays_s=_delays(first_words, label, batch),
        mean_velocity_differences_mps=_differences(first_words, batch),
        shown_count=shown,
        settled_count=len(seen.reps),
        batch_count=len(batch),
        announced=announced,
        withdrawn=withdrawn,
    )


def _delays(told: Sequence[_Told], label: LabelledRecording, batch: Sequence[FoundRep]) -> tuple[float, ...]:
    if label.truth is not None:
        wanted = [(rep.concentric_start_s, rep.concentric_end_s) for rep in label.truth.reps]
    else:
        wanted = [(rep.start_s, rep.end_s) for rep in batch]
    return tuple(told[j].at_s - wanted[i][1] for i, j in match_spans(wanted, _spans(told)))


def _differences(told: Sequence[_Told], batch: Sequence[FoundRep]) -> tuple[float, ...]:
    pairs = match_spans([(rep.start_s, rep.end_s) for rep in batch], _spans(told))
    both = [(told[j].rep.mean_velocity_mps, batch[i].mean_velocity_mps) for i, j in pairs]
    return tuple(a - b for a, b in both if a is not None and b is not None)


def _spans(told: Sequence[_Told]) -> list[tuple[float, float]]:
    return [(one.rep.concentric_start_s, one.rep.concentric_end_s) for one in told]
