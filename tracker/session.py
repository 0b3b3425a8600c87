"""One live session with one sensor: samples in, facts out, everything kept.

It knows no radio, no clock and no screen: whoever runs it feeds batches with the time at which they
came. `hardset live`, `hardset replay`, `hardset demo` and the screens all run this. It is synchronous
and takes up to some tenths of a second when a set ends: an event loop feeds it in a thread of its own.
"""

from __future__ import annotations

from typing import Protocol

from hardset.signal.chains import MAX_REST_S
from hardset.signal.exercise import Placement
from hardset.signal.live import Event, LiveAnalyser, RepFinished, RepWithdrawn, SetEnded
from hardset.signal.repetition import Repetition
from hardset.signal.rir import LifterState
from hardset.signal.samples import SampleBatch
from hardset.signal.sets import MeasuredSet
from hardset.tracker.facts import Fact, SetOver, Warned
from hardset.tracker.open_set import OpenSet, Scorer
from hardset.tracker.reception import Reception
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.training.catalogue import CatalogueEntry


class Keeper(Protocol):
    """Where a session is kept. Called from the session's thread, never from two at once."""

    def connected(self, sensor: str, model: str) -> None:
        """A sensor streams; again after each loss."""
        ...

    def samples(self, batch: SampleBatch) -> None:
        """Raw samples, stamps in seconds since the session began; on disk within 0.5 s."""
        ...

    def state(self, exercise_id: str | None, placement: Placement) -> LifterState | None:
        """What is known of the lifter's earlier sets; asked at the start of every set."""
        ...

    def set_over(self, scored: ScoredSet) -> int | None:
        """A set is settled; gives its number in the log."""
        ...

    def warnings(self) -> list[str]:
        """Sentences that the lifter should see, each said once (the disk is full ...)."""
        ...

    def flush(self) -> None:
        """Everything so far is on disk when this returns."""
        ...

    def close(self) -> None:
        """The session is over."""
        ...


class NoKeeper:
    """Keeps nothing."""

    def connected(self, sensor: str, model: str) -> None:
        """Nothing to do."""

    def samples(self, batch: SampleBatch) -> None:
        """Nothing to do."""

    def state(self, exercise_id: str | None, placement: Placement) -> LifterState | None:
        """Nobody is known."""

    def set_over(self, scored: ScoredSet) -> int | None:
        """No log, no number."""

    def warnings(self) -> list[str]:
        """Nothing can go wrong."""
        return []

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class Session:
    """Follows one sensor from connection to end; one object for each session and sensor."""

    def __init__(
        self,
        exercise: CatalogueEntry | None = None,
        placement: Placement = Placement.BAR,
        *,
        set_on: bool = False,
        keeper: Keeper | None = None,
    ) -> None:
        self._exercise_id = None if exercise is None else exercise.id
        self._exercise = None if exercise is None else exercise.signal_at(placement)
        self._placement = placement
        self._keeper = keeper if keeper is not None else NoKeeper()
        self._analyser = LiveAnalyser(exercise=self._exercise, placement=placement, set_on=set_on)
        self._reception = Reception()
        self._set: OpenSet | None = None
        self._idle = True

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """The sensor has been started; said once, and passed on to the keeper after each loss."""
        self._keeper.connected(sensor, model)
        return self._reception.connected(at_s, sensor, model, asked_rate_hz)

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and samples missing by the device's own count, over all connections so far."""
        self._reception.device_says(battery_pct, missing)

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Take samples, in order; now_s is when they came, on the clock of their stamps."""
        batch = self._reception.fresh(batch)
        if not len(batch):
            return []
        self._idle = False
        self._keeper.samples(batch)
        facts = self._reception.take(batch, now_s)
        return [*facts, *self._tell(self._analyser.update(batch), now_s), *self._warnings(now_s)]

    def signal_lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more; said once until samples come again. The set goes on."""
        facts = self._reception.lost(at_s, reason)
        if facts:
            self._keeper.flush()
        return facts

    def wait(self, at_s: float) -> list[Fact]:
        """Time passes without samples: a set whose lifter rests longer than a set allows is over."""
        last_s = self._reception.last_s
        if self._idle or last_s is None or at_s - last_s <= MAX_REST_S:
            return []
        self._idle = True
        return self._tell(self._analyser.finish(), at_s)

    def finish(self, at_s: float) -> list[Fact]:
        """Settle what is open, keep everything, and say the counts."""
        facts = self._tell(self._analyser.finish(), at_s)
        self._keeper.flush()
        self._keeper.close()
        facts += self._warnings(at_s)
        return [*facts, self._reception.ended(at_s)]

    def _tell(self, events: list[Event], now_s: float) -> list[Fact]:
        facts: list[Fact] = []
        settled: list[Repetition] = []
        for event in events:
            match event:
                case RepFinished(rep=rep, provisional=True):
                    facts.append(self._open_set().tell(rep, now_s))
                case RepFinished(rep=rep):
                    settled.append(rep)  # waits for the end of its set, which follows
                case RepWithdrawn(number=number):
                    facts += self._open_set().take_back(number, now_s)
                case SetEnded(measured=measured):
                    reps = settled[: len(measured.reps)]
                    del settled[: len(measured.reps)]
                    facts += self._set_over(measured, reps, now_s)
        return facts

    def _set_over(self, measured: MeasuredSet, reps: list[Repetition], now_s: float) -> list[Fact]:
        told, scored = self._open_set().settle(measured, reps, now_s)
        set_id = self._keeper.set_over(scored)
        self._set = self._open_set().hand_over(self._fresh_set())
        return [*told, SetOver(now_s, scored, set_id)]

    def _warnings(self, now_s: float) -> list[Fact]:
        return [Warned(now_s, text) for text in self._keeper.warnings()]

    def _open_set(self) -> OpenSet:
        if self._set is None:
            self._set = self._fresh_set()
        return self._set

    def _fresh_set(self) -> OpenSet:
        state = self._keeper.state(self._exercise_id, self._placement)
        return OpenSet(Scorer(self._exercise, self._placement, state))
