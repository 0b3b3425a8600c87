"""The set that `hardset demo` shows, and how close the pipeline came to its truth."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Console

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import found_rep
from hardset.tracker.benchmark.matching import match_reps
from hardset.tracker.benchmark.scores import ErrorScore, score_errors
from hardset.tracker.commentary import lines
from hardset.tracker.delivery import notifications
from hardset.tracker.facts import Fact, RepTakenBack, RepTold, SetOver
from hardset.tracker.live_set import LiveSet
from hardset.tracker.session import Session
from hardset.tracker.simulation.known import simulated_placement
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.simulation.truth import Truth
from hardset.tracker.training.catalogue import CatalogueEntry


def show(console: Console, entry: CatalogueEntry, *, seed: int, speed: float | None) -> None:
    """Stream one set through the live pipeline and comment on it.

    speed: times real time; None does not wait. Raises NotSimulated.
    """
    recording = simulate(draw_set(entry.id, seed), seed)
    placement = Placement(recording.placement)
    first_s, last_s = recording.samples.time_s[[0, -1]]
    console.print(
        f"{entry.name}: simulated lifter {seed}, sensor on the {placement.value}, "
        f"{last_s - first_s:.0f} s to come"
    )
    verdict = Verdict(recording.truth)
    session = Session(entry, placement)
    with console.status("watching") as status:
        for batch in paced(recording.samples, speed):
            status.update(f"watching, {batch.time_s[-1] - first_s:.0f} s")
            _say(console, session.feed(batch, float(batch.time_s[-1])), verdict)
        _say(console, session.finish(float(last_s)), verdict)
    for line in verdict.lines():
        console.print(line)


def draw_set(exercise_id: str, seed: int) -> SetPlan:
    """A set of 6-9 reps that ends 0-2 short of failure, over a burst radio.

    Raises NotSimulated for an exercise that the simulator can't do.
    """
    placement = simulated_placement(exercise_id)
    rng = np.random.default_rng(seed)
    return SetPlan(
        exercise=exercise_id,
        placement=placement,
        reps=int(rng.integers(6, 10)),
        rir_at_end=int(rng.integers(0, 3)),
        radio=RadioPlan("burst"),
    )


def _say(console: Console, facts: Sequence[Fact], verdict: Verdict) -> None:
    for fact in facts:
        verdict.take(fact)
        for line in lines(fact):
            console.print(line)


def paced(samples: SampleBatch, speed: float | None) -> Iterator[SampleBatch]:
    """The samples as they arrive, `speed` times as fast as real time; None waits for nothing."""
    started = time.monotonic()
    for batch in notifications(samples):
        if speed is not None:
            due_s = float(batch.time_s[-1] - samples.time_s[0]) / speed
            time.sleep(max(0.0, due_s - (time.monotonic() - started)))
        yield batch


class Verdict:
    """Collects what was said live, and compares it with what really happened."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._first_told = LiveSet()
        self._settled: list[Repetition] = []

    def take(self, fact: Fact) -> None:
        """Remember what was told of a rep first and last, or forget one that was taken back."""
        match fact:
            case RepTold(corrects=False):
                self._first_told.tell(fact.rep)
            case RepTakenBack():
                self._first_told.withdraw(fact.number)
            case SetOver():
                self._settled.extend(fact.scored.measured.reps)
            case _:
                pass

    def lines(self) -> list[str]:
        """Count, velocity and reserve beside their truth."""
        true = self._truth.reps
        lines = [f"the truth: {len(true)} reps, {true[-1].rir if true else 0} left at the end"]
        first, last = self._velocity_error(self._first_told.reps), self._velocity_error(self._settled)
        if first is not None and last is not None:
            lines.append(
                f"velocities were off by {first.rmse:.3f} m/s when first told, "
                f"{last.rmse:.3f} m/s once settled (root mean square of {last.reps} reps)"
            )
        lines.append("A simulated lifter proves that the sums are right, not that they hold for you.")
        return lines

    def _velocity_error(self, told: Sequence[Repetition]) -> ErrorScore | None:
        found = [found_rep(rep) for rep in told]
        return score_errors(match.mean_velocity_error_mps for match in match_reps(self._truth.reps, found))
