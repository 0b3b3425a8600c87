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
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.open_set import OpenSet, Scorer
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.tally import Tally
from hardset.tracker.training.catalogue import CatalogueEntry

STATUS_EVERY_S = 1.0
RATE_KNOWN_AFTER_S = 4.0
"""So long after a connection the rate that comes is held against the one asked for."""
RATE_OFF_SHARE = 0.15


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
        self._tally = Tally()
        self._set: OpenSet | None = None
        self._asked_rate_hz: float | None = None
        self._rate_due_s: float | None = None
        self._status_due_s = 0.0
        self._battery_pct: float | None = None
        self._last_s: float | None = None
        self._lost = False
        self._idle = True

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """The sensor has been started; said once, and passed on to the keeper after each loss."""
        self._keeper.connected(sensor, model)
        again = self._rate_due_s is not None
        self._rate_due_s = at_s + RATE_KNOWN_AFTER_S
        self._asked_rate_hz = asked_rate_hz
        return [] if again else [Connected(at_s, sensor, model, asked_rate_hz)]

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and samples missing by the device's own count, over all connections so far."""
        self._battery_pct = battery_pct if battery_pct is not None else self._battery_pct
        self._tally.told_missing = missing

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Take samples, in order; now_s is when they came, on the clock of their stamps."""
        if self._last_s is not None and len(batch) and batch.time_s[0] < self._last_s:
            first = int((batch.time_s >= self._last_s).argmax())
            batch = batch.slice(first if batch.time_s[first] >= self._last_s else len(batch), len(batch))
        if not len(batch):
            return []
        facts: list[Fact] = []
        if self._lost and self._last_s is not None:
            facts.append(SignalBack(now_s, float(batch.time_s[0]) - self._last_s))
        self._lost = self._idle = False
        self._last_s = float(batch.time_s[-1])
        self._keeper.samples(batch)
        self._tally.take(batch)
        facts += self._tell(self._analyser.update(batch), now_s)
        return facts + self._status(now_s)

    def signal_lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more; said once until samples come again. The set goes on."""
        if self._lost:
            return []
        self._lost = True
        self._keeper.flush()
        return [SignalLost(at_s, reason)]

    def wait(self, at_s: float) -> list[Fact]:
        """Time passes without samples: a set whose lifter rests longer than a set allows is over."""
        if self._idle or self._last_s is None or at_s - self._last_s <= MAX_REST_S:
            return []
        self._idle = True
        return self._tell(self._analyser.finish(), at_s)

    def finish(self, at_s: float) -> list[Fact]:
        """Settle what is open, keep everything, and say the counts."""
        facts = self._tell(self._analyser.finish(), at_s)
        self._keeper.flush()
        self._keeper.close()
        counts = self._tally
        return [*facts, Ended(at_s, counts.received, counts.repeated, counts.missing)]

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

    def _open_set(self) -> OpenSet:
        if self._set is None:
            self._set = self._fresh_set()
        return self._set

    def _fresh_set(self) -> OpenSet:
        state = self._keeper.state(self._exercise_id, self._placement)
        return OpenSet(Scorer(self._exercise, self._placement, state))

    def _status(self, now_s: float) -> list[Fact]:
        """How the sensor does, once a second; and, once, that it does not do what it was asked."""
        if now_s < self._status_due_s:
            return []
        self._status_due_s = now_s + STATUS_EVERY_S
        rate_hz = self._tally.rate_hz
        counts = (self._tally.received, self._tally.repeated, self._tally.missing)
        status = SensorStatus(now_s, rate_hz, self._battery_pct, *counts)
        return [status, *self._hold_rate(rate_hz, now_s)]

    def _hold_rate(self, rate_hz: float | None, now_s: float) -> list[Fact]:
        """Say, once, that another rate comes than the one asked for."""
        asked = self._asked_rate_hz
        if rate_hz is None or asked is None or self._rate_due_s is None or now_s < self._rate_due_s:
            return []
        self._asked_rate_hz = None
        if abs(rate_hz - asked) <= RATE_OFF_SHARE * asked:
            return []
        return [
            Warned(now_s, f"asked for {asked:.0f} samples a second, {rate_hz:.0f} come; going on with those")
        ]
