"""The benchmark's outcome, and how it is run over a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import Counter, Found, hardset_counter, run
from hardset.tracker.benchmark.live_replay import replay_live
from hardset.tracker.benchmark.live_scores import LiveOutcome, LiveScore, score_live
from hardset.tracker.benchmark.matching import match_reps
from hardset.tracker.benchmark.peers import PEERS
from hardset.tracker.benchmark.scores import (
    Count,
    CountScore,
    Matched,
    MotionScore,
    score_counts,
    score_motion,
)
from hardset.tracker.contract import Json
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.recordings import read_recording

OURS = "hardset"


@dataclass(frozen=True, slots=True)
class MethodReport:
    """What one counter made of all recordings of a folder."""

    method: str
    counts: tuple[CountScore, ...]
    motion: tuple[MotionScore, ...]
    """Recordings with exact truth: all of them first, then by kind of radio. Empty without truth."""
    live: LiveScore | None
    seconds_per_hour: float
    """Time that the analysis took for an hour of recording, s."""


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """All methods over one folder."""

    folder: Path
    recordings: int
    methods: tuple[MethodReport, ...]
    degraded: dict[str, tuple[CountScore, ...]]
    """Counts of each method under each way of spoiling the bar recordings; empty if not asked for."""

    def to_json(self) -> Json:
        """The object that `hardset benchmark --json` prints."""
        return {
            "folder": str(self.folder),
            "recordings": self.recordings,
            "methods": [
                {
                    "method": method.method,
                    "counts": [_count_to_json(score) for score in method.counts],
                    "motion": [
                        _plain(score) | {"found_pct": round(score.found_pct, 2)} for score in method.motion
                    ],
                    "live": None if method.live is None else _plain(method.live),
                    "seconds_per_hour": round(method.seconds_per_hour, 2),
                }
                for method in self.methods
            ],
            "degraded": {
                name: [_count_to_json(score) for score in scores] for name, scores in self.degraded.items()
            },
        }


def _count_to_json(score: CountScore) -> Json:
    shares = {"exact_pct": round(score.exact_pct, 2), "within_one_pct": round(score.within_one_pct, 2)}
    return _plain(score) | shares


def _plain(score: CountScore | MotionScore | LiveScore) -> Json:
    """A score as a dictionary, its numbers rounded to what they are worth."""

    def short(value: object) -> object:
        if isinstance(value, dict):
            return {key: short(inner) for key, inner in value.items()}
        if isinstance(value, tuple | list):
            return [short(inner) for inner in value]
        return round(value, 4) if isinstance(value, float) else value

    return {key: short(value) for key, value in asdict(score).items()}


@dataclass(frozen=True, slots=True)
class _Outcome:
    label: LabelledRecording
    duration_s: float
    found: Found
    live: LiveOutcome | None


def benchmark_folder(
    labels: Sequence[LabelledRecording],
    counters: dict[str, Counter],
    *,
    live: bool = True,
    progress: Callable[[], None] = lambda: None,
) -> tuple[MethodReport, ...]:
    """Score each counter on each recording. `progress` is called after each recording.

    Raises FileProblem for a labelled recording that can't be read.
    """
    outcomes: dict[str, list[_Outcome]] = {name: [] for name in counters}
    for label in labels:
        samples = read_recording(label.path).samples
        for name, counter in counters.items():
            outcomes[name].append(_score_one(name, counter, label, samples, live=live))
        progress()
    return tuple(_report(name, outcomes[name]) for name in counters)


def chosen_counters(*, peers: bool) -> dict[str, Counter]:
    """Our pipeline, and the textbook's counters if wanted."""
    return {OURS: hardset_counter, **(PEERS if peers else {})}


def _score_one(
    name: str, counter: Counter, label: LabelledRecording, samples: SampleBatch, *, live: bool
) -> _Outcome:
    found = run(counter, samples, label)
    duration_s = float(samples.time_s[-1] - samples.time_s[0])
    outcome = replay_live(samples, label, found.reps) if live and name == OURS else None
    return _Outcome(label, duration_s, found, outcome)


def _report(name: str, outcomes: Sequence[_Outcome]) -> MethodReport:
    hours = sum(outcome.duration_s for outcome in outcomes) / 3600.0
    return MethodReport(
        method=name,
        counts=score_counts(
            Count(o.label.name, _group(o.label), o.label.reps, len(o.found.reps)) for o in outcomes
        ),
        motion=_motion(outcomes),
        live=score_live([o.live for o in outcomes if o.live is not None]),
        seconds_per_hour=sum(outcome.found.seconds for outcome in outcomes) / hours if hours else 0.0,
    )


def _group(label: LabelledRecording) -> str:
    return f"{label.placement.value}, {label.tier}"


def _motion(outcomes: Sequence[_Outcome]) -> tuple[MotionScore, ...]:
    by_radio: dict[str, list[Matched]] = {}
    for outcome in outcomes:
        truth = outcome.label.truth
        if truth is None or not truth.reps:
            continue
        radio = outcome.label.sidecar.radio or "not stated"
        matches = match_reps(truth.reps, outcome.found.reps)
        by_radio.setdefault(radio, []).append(
            Matched(radio, matches, len(truth.reps), len(outcome.found.reps))
        )
    everything = [one for members in by_radio.values() for one in members]
    if not everything:
        return ()
    parts = [score_motion(f"radio {radio}", members) for radio, members in by_radio.items()]
    return (score_motion("all with truth", everything), *(parts if len(parts) > 1 else []))
