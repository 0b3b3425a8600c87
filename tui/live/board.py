"""The screen's own picture of a live session: follows the facts, knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hardset.signal.advice import Advice
from hardset.signal.repetition import Repetition
from hardset.tracker.coaching import Goal, RepFigures, verdict
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    RepTakenBack,
    RepTold,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)

if TYPE_CHECKING:
    from hardset.signal.rir import RirEstimate


@dataclass(frozen=True, slots=True)
class RepSeen:
    """One rep as it stands now."""

    rep: Repetition
    velocity_loss_pct: float
    rir: RirEstimate | None
    """None for a rep that was found later, between two told ones, until the set is settled."""


@dataclass(slots=True)
class Board:
    """State of one session. `take` changes it, everything else is derived."""

    connected: Connected | None = None
    status: SensorStatus | None = None
    lost: SignalLost | None = None
    back: SignalBack | None = None
    ended: Ended | None = None
    reps: list[RepSeen] = field(default_factory=list)
    over: SetOver | None = None
    """The set that was settled last; None once the next one has begun."""
    newest_s: float = 0.0
    _numbers: list[int] = field(default_factory=list)
    _rir: dict[int, RirEstimate] = field(default_factory=dict)

    def take(self, fact: Fact) -> None:
        """Follow one fact."""
        self.newest_s = max(self.newest_s, fact.at_s)
        match fact:
            case Connected():
                self.connected, self.lost = fact, None
            case SensorStatus():
                self.status = fact
            case SignalLost():
                self.lost = fact
            case SignalBack():
                self.lost, self.back = None, fact
            case RepTold():
                self._told(fact)
            case RepTakenBack():
                self._taken_back(fact)
            case SetOver():
                self._over(fact)
            case Ended():
                self.ended = fact
            case Warned():
                pass

    @property
    def in_set(self) -> bool:
        """Reps have been told and the set is not settled."""
        return bool(self.reps) and self.over is None

    def advice(self, goal: Goal) -> Advice | None:
        """What to say after the newest rep of the set that is on."""
        if not self.in_set:
            return None
        told = [one for one in self.reps if one.rir is not None]
        return verdict(
            [RepFigures(one.velocity_loss_pct, one.rir) for one in told if one.rir is not None], goal
        )

    def _told(self, fact: RepTold) -> None:
        if self.over is not None:  # the first rep of a new set: a clean slate
            self.over = None
            self._numbers, self._rir = [], {}
        if fact.number in self._numbers:
            self._numbers.remove(fact.number)
        self._numbers.insert(fact.place - 1, fact.number)
        self._rir[fact.number] = fact.rir
        self._show(fact.so_far.reps, fact.so_far.velocity_losses_pct)

    def _taken_back(self, fact: RepTakenBack) -> None:
        if fact.number in self._numbers:
            self._numbers.remove(fact.number)
        if fact.so_far is None:
            self.reps = []
        else:
            self._show(fact.so_far.reps, fact.so_far.velocity_losses_pct)

    def _show(self, reps: tuple[Repetition, ...], losses: tuple[float, ...]) -> None:
        known = [self._rir.get(number) for number in self._numbers]
        known += [None] * (len(reps) - len(known))
        self.reps = [
            RepSeen(rep, loss, rir) for rep, loss, rir in zip(reps, losses, known[: len(reps)], strict=True)
        ]

    def _over(self, fact: SetOver) -> None:
        self.over = fact
        scored = fact.scored
        losses = scored.measured.velocity_losses_pct
        self.reps = [
            RepSeen(rep, loss, rir)
            for rep, loss, rir in zip(scored.measured.reps, losses, scored.rir, strict=True)
        ]
        self._numbers, self._rir = [], {}
