"""What the sensor saw of a logged set: height or angle, and velocity, from the raw samples.

Samples are kept, tracks are not: today's algorithm works them out again. Where it sees the set
otherwise than the reps in the log say, the trace says so.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.storage.database import stated
from hardset.tracker.training.log import Log
from hardset.tracker.training.set_rows import read_reps
from hardset.tracker.training.set_samples import nearest, samples_around

if TYPE_CHECKING:
    from hardset.signal.stretch import Track

KEPT = 8
"""Sets of which the movement is remembered: 100 kB each."""
SHOWN_S = 2.0
"""So much is shown before the first phase and after the last rep."""
SAME_S, SAME_SHARE = 0.25, 0.1
"""A rep of the trace is the log's if it lies within so many seconds and so much of its velocity."""

_MEASURED = """
SELECT recording_id, start_s, end_s, sets.placement, recordings.set_on, sets.exercise, recordings.exercise
FROM sets JOIN recordings ON recordings.id = recording_id
WHERE sets.id = ? AND start_s IS NOT NULL AND sets.placement IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Phase:
    """Part of a rep, on the trace's clock."""

    kind: Literal["eccentric", "concentric"]
    start_s: float
    end_s: float
    rep: int
    """Number of the rep, from 1."""


@dataclass(frozen=True, slots=True)
class SetTrace:
    """The movement of one set; arrays (n,) at 100 Hz, times in s from the first drawn sample."""

    time_s: FloatArray
    position: FloatArray
    """Height in m from its lowest, or angle in degrees from its lowest."""
    velocity: FloatArray
    """m/s or °/s, positive in the concentric phase."""
    by_angle: bool
    phases: tuple[Phase, ...]
    """Of the reps that stand in the log, in the order of time."""
    agrees: bool
    """False where today's algorithm measures the set otherwise than the log's reps say."""


@dataclass(frozen=True, slots=True)
class SetSamples:
    """The raw samples of a set with a little around them, and what the sensor measured."""

    samples: SampleBatch
    placement: Placement
    set_on: bool
    start_s: float
    end_s: float
    exercises: tuple[str, ...]
    """What its reps may have been measured as, the likeliest first: what the log says now, and what was
    said when they were measured. A correction of the exercise alone does not measure them anew."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What today's algorithm finds in the samples of a set."""

    track: Track
    reps: tuple[Repetition, ...]


def set_samples(log: Log, set_id: int) -> SetSamples | None:
    """Raw samples of a set, bit by bit; None where none were kept. Raises a DatabaseProblem."""
    with stated(log.path):
        row = log.connection.execute(_MEASURED, (set_id,)).fetchone()
        if row is None:
            return None
        recording_id, start_s, end_s, placement, set_on, *exercises = row
        samples = samples_around(log, recording_id, start_s, end_s)
    if samples is None or len(samples) < 2:
        return None
    named = tuple(dict.fromkeys(one for one in exercises if one))
    return SetSamples(samples, Placement(placement), bool(set_on), start_s, end_s, named)


def set_trace(log: Log, set_id: int) -> SetTrace | None:
    """The movement of a set; None where no samples were kept or no set is seen in them.

    Takes some tenths of a second for a set of half a minute. Raises a DatabaseProblem.
    """
    return Traces().of(log, set_id)


class Traces:
    """Movements of one log's sets. What the samples say is kept for the sets looked at last, since a
    correction of reps does not change it; phases and agreement follow the reps as they stand."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[object, ...], _Seen | None] = OrderedDict()

    def of(self, log: Log, set_id: int) -> SetTrace | None:
        """As `set_trace`. Not from two threads at once."""
        kept = set_samples(log, set_id)
        if kept is None:
            return None
        with stated(log.path):
            reps = [one.rep for one in read_reps(log.connection, set_id) if not one.deleted]
        found: SetTrace | None = None
        for exercise in kept.exercises or (None,):
            seen = self._look(set_id, kept, exercise)
            trace = None if seen is None else _trace(seen.track, reps, seen.reps)
            if trace is not None and trace.agrees:
                return trace
            found = found or trace
        return found

    def _look(self, set_id: int, kept: SetSamples, exercise: str | None) -> _Seen | None:
        key = (set_id, kept.start_s, kept.end_s, kept.placement, exercise)
        if key not in self._seen:
            self._seen[key] = _seen_as(kept, exercise)
            if len(self._seen) > KEPT:
                self._seen.popitem(last=False)
        self._seen.move_to_end(key)
        return self._seen[key]


def _seen_as(kept: SetSamples, exercise: str | None) -> _Seen | None:
    from hardset.signal.analysis import analyse  # a second: in the thread that works, not in the screen's
    from hardset.tracker.scoring import known_exercise

    entry = known_exercise(exercise, [])
    known = None if entry is None else entry.signal_at(kept.placement)
    found = analyse(kept.samples, exercise=known, placement=kept.placement, set_on=kept.set_on)
    place = nearest(found.sets, kept.start_s, kept.end_s)
    return None if place is None else _Seen(found.tracks[place], found.sets[place].reps)


def _trace(track: Track, logged: list[Repetition], seen: tuple[Repetition, ...]) -> SetTrace:
    phases = [phase for number, rep in enumerate(logged, 1) for phase in _phases(rep, number)]
    first_s = min([one.start_s for one in phases], default=-np.inf) - SHOWN_S
    last_s = max([one.end_s for one in phases], default=np.inf) + SHOWN_S
    shown = (track.time_s >= first_s) & (track.time_s <= last_s)
    zero_s = float(track.time_s[shown][0])
    position = track.position[shown]
    return SetTrace(
        time_s=track.time_s[shown] - zero_s,
        position=position - float(position.min()),
        velocity=track.velocity[shown],
        by_angle=track.by_angle,
        phases=tuple(replace(one, start_s=one.start_s - zero_s, end_s=one.end_s - zero_s) for one in phases),
        agrees=all(any(_same(rep, other) for other in seen) for rep in logged if not rep.doubtful),
    )


def _phases(rep: Repetition, number: int) -> list[Phase]:
    up = Phase("concentric", rep.concentric_start_s, rep.concentric_end_s, number)
    if rep.eccentric_start_s is None:
        return [up]
    lasted_s = rep.concentric_start_s - rep.eccentric_start_s if rep.eccentric_s is None else rep.eccentric_s
    return [Phase("eccentric", rep.eccentric_start_s, rep.eccentric_start_s + lasted_s, number), up]


def _same(logged: Repetition, seen: Repetition) -> bool:
    return (
        abs(logged.concentric_start_s - seen.concentric_start_s) < SAME_S
        and abs(logged.concentric_end_s - seen.concentric_end_s) < SAME_S
        and abs(logged.speed - seen.speed) <= SAME_SHARE * logged.speed
    )
