"""One recording played to the live analyser as a radio would deliver it, against batch and truth."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.signal.live import LiveAnalyser, RepFinished, RepWithdrawn
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import FoundRep, found_rep
from hardset.tracker.benchmark.live_scores import LiveOutcome
from hardset.tracker.benchmark.matching import match_spans
from hardset.tracker.delivery import notifications
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.scoring import known_exercise


def replay_live(samples: SampleBatch, label: LabelledRecording, batch: Sequence[FoundRep]) -> LiveOutcome:
    """Play one recording to the live analyser."""
    entry = known_exercise(label.sidecar.exercise, [])
    placement = label.sidecar.placement
    exercise = None if entry is None else entry.signal_at(placement)
    analyser = LiveAnalyser(exercise=exercise, placement=placement)
    announced_at: dict[int, float] = {}
    reps: dict[int, Repetition] = {}
    announced = withdrawn = 0
    events = [event for chunk in notifications(samples) for event in analyser.update(chunk)]
    for event in (*events, *analyser.finish()):
        if isinstance(event, RepFinished):
            announced += event.rep.number not in reps
            announced_at.setdefault(event.rep.number, event.at_s)
            reps[event.rep.number] = event.rep
        elif isinstance(event, RepWithdrawn):
            withdrawn += reps.pop(event.number, None) is not None
            announced_at.pop(event.number, None)
    live = [(found_rep(rep), announced_at[number]) for number, rep in reps.items()]
    return LiveOutcome(
        delays_s=_delays(live, label, batch),
        mean_velocity_differences_mps=_differences([rep for rep, _ in live], batch),
        live_count=len(live),
        batch_count=len(batch),
        announced=announced,
        withdrawn=withdrawn,
    )


def _delays(
    live: list[tuple[FoundRep, float]], label: LabelledRecording, batch: Sequence[FoundRep]
) -> tuple[float, ...]:
    if label.truth is not None:
        wanted = [(rep.concentric_start_s, rep.concentric_end_s) for rep in label.truth.reps]
    else:
        wanted = [(rep.start_s, rep.end_s) for rep in batch]
    pairs = match_spans(wanted, [(rep.start_s, rep.end_s) for rep, _ in live])
    return tuple(live[j][1] - wanted[i][1] for i, j in pairs)


def _differences(live: list[FoundRep], batch: Sequence[FoundRep]) -> tuple[float, ...]:
    pairs = match_spans(
        [(rep.start_s, rep.end_s) for rep in batch], [(rep.start_s, rep.end_s) for rep in live]
    )
    both = [(live[j].mean_velocity_mps, batch[i].mean_velocity_mps) for i, j in pairs]
    return tuple(a - b for a, b in both if a is not None and b is not None)
