"""What becomes known during a live session: the facts that log, text, JSON and screens follow.

A fact is said once, in order; whoever listens owns its own picture of the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardset.signal.repetition import Repetition
    from hardset.signal.rir import RirEstimate
    from hardset.signal.sets import MeasuredSet
    from hardset.tracker.scoring import ScoredSet


@dataclass(frozen=True, slots=True)
class Connected:
    """The sensor streams."""

    at_s: float
    sensor: str
    """Name and address for people."""
    model: str
    asked_rate_hz: float | None


@dataclass(frozen=True, slots=True)
class SensorStatus:
    """How the sensor is doing, once a second or so."""

    at_s: float
    rate_hz: float | None
    """Distinct samples a second as measured over the last seconds."""
    battery_pct: float | None
    received: int
    repeated: int
    missing: int


@dataclass(frozen=True, slots=True)
class RepTold:
    """A rep has ended, or is seen better than before (`corrects`)."""

    at_s: float
    number: int
    """The rep's name in this session: never used again."""
    place: int
    """Which rep of the set it is now, from 1."""
    rep: Repetition
    velocity_loss_pct: float
    rir: RirEstimate
    corrects: bool
    """It was told before, and is seen better now."""
    settled: bool
    """The set is over: this is what stays."""
    so_far: MeasuredSet
    """The set as it stands; its reps are numbered by place."""


@dataclass(frozen=True, slots=True)
class RepTakenBack:
    """A rep that was told and is none."""

    at_s: float
    number: int
    place: int
    so_far: MeasuredSet | None
    """None when no rep is left."""


@dataclass(frozen=True, slots=True)
class SetOver:
    """The set is settled: final figures."""

    at_s: float
    scored: ScoredSet
    set_id: int | None
    """Its number in the log; None where nothing is kept."""


@dataclass(frozen=True, slots=True)
class SignalLost:
    """Nothing comes any more; the set goes on."""

    at_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class SignalBack:
    """Samples come again."""

    at_s: float
    gap_s: float


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the lifter should know, in one sentence."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over and everything is kept."""

    at_s: float
    received: int
    repeated: int
    missing: int


Fact = Connected | SensorStatus | RepTold | RepTakenBack | SetOver | SignalLost | SignalBack | Warned | Ended
