"""Runs counters over labelled recordings, in several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from hardset.tracker.benchmark.counters import Counter, Found, hardset_counter, run
from hardset.tracker.benchmark.live_replay import replay_live
from hardset.tracker.benchmark.live_scores import LiveOutcome, score_live
from hardset.tracker.benchmark.matching import match_reps
from hardset.tracker.benchmark.peers import PEERS
from hardset.tracker.benchmark.report import MethodReport
from hardset.tracker.benchmark.scores import Count, Matched, MotionScore, score_counts, score_motion
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.recordings import read_recording

OURS = "hardset"
WORTH_A_PROCESS = 8
"""Recordings for which another process is worth its second of start-up."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    label: LabelledRecording
    duration_s: float
    found: Found
    live: LiveOutcome | None


def chosen_counters(*, peers: bool) -> dict[str, Counter]:
    """Our pipeline, and the textbook's counters if wanted."""
    return {OURS: hardset_counter, **(PEERS if peers else {})}


def benchmark_folder(
    labels: Sequence[LabelledRecording],
    counters: dict[str, Counter],
    *,
    live: bool = True,
    jobs: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> tuple[MethodReport, ...]:
    """Score each counter on each recording; the order never depends on `jobs`.

    jobs: processes to use at most. progress: called after each recording. Raises FileProblem for a
    labelled recording that can't be read.
    """
    outcomes: dict[str, list[_Outcome]] = {name: [] for name in counters}
    for results in _each(partial(_score, counters, live), labels, jobs):
        for name, outcome in results.items():
            outcomes[name].append(outcome)
        progress()
    return tuple(_report(name, outcomes[name]) for name in counters)


def usable_processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _each(
    work: Callable[[LabelledRecording], dict[str, _Outcome]], labels: Sequence[LabelledRecording], jobs: int
) -> Iterator[dict[str, _Outcome]]:
    workers = min(jobs, len(labels) // WORTH_A_PROCESS)
    if workers < 2:
        yield from map(work, labels)
        return
    # spawn: a fork would copy the threads of numpy and of the progress bar in mid-step.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(work, labels)


def _score(counters: dict[str, Counter], live: bool, label: LabelledRecording) -> dict[str, _Outcome]:
    """Everything about one recording."""
    samples = read_recording(label.path).samples
    duration_s = float(samples.time_s[-1] - samples.time_s[0])
    outcomes = {}
    for name, counter in counters.items():
        found = run(counter, samples, label)
        seen = replay_live(samples, label, found.reps) if live and name == OURS else None
        outcomes[name] = _Outcome(label, duration_s, found, seen)
    return outcomes


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
