"""Reps in reserve of the log's sets, each from what the lifter's earlier sets had taught.

The figures are kept beside the sets, since a set costs 7 ms; they are a cache. A change of a set
takes away its figures and those of all later sets of that exercise, and they are made again when
somebody reads. Between them lie states of what was learned, so that few sets have to be gone over.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from hardset.tracker.storage.database import transaction
from hardset.tracker.training.set_rows import KeptRir, read_reps
from hardset.tracker.training.times import from_columns
from hardset.tracker.training.versions import model_version

if TYPE_CHECKING:
    from hardset.signal.exercise import Exercise, Placement
    from hardset.signal.repetition import Repetition
    from hardset.signal.rir import LifterState, RirEstimate, SetEvidence

STATE_EVERY = 25
"""Sets between two kept states: one takes 25 kB."""

_MISSING = """
SELECT DISTINCT exercise, placement IN ('thigh', 'shank') FROM sets
WHERE lifter_id = :lifter AND placement IS NOT NULL AND NOT deleted
    AND (:exercise IS NULL AND exercise IS NOT NULL OR exercise = :exercise)
    AND NOT EXISTS (SELECT 1 FROM set_rir WHERE set_id = sets.id)
    AND EXISTS (SELECT 1 FROM reps WHERE set_id = sets.id AND NOT deleted)
"""
_CHAIN = """
SELECT sets.id, at_utc, workout_id, warmup, coalesce(told_failed, attempt_seen, 0), felt_rir, load_kg,
    placement, set_rir.set_id IS NULL
FROM sets LEFT JOIN set_rir ON set_rir.set_id = sets.id
WHERE lifter_id = :lifter AND exercise = :exercise AND placement IS NOT NULL
    AND (placement IN ('thigh', 'shank')) = :limb AND NOT deleted
    AND EXISTS (SELECT 1 FROM reps WHERE set_id = sets.id AND NOT deleted)
ORDER BY at_utc, sets.id
"""


@dataclass(frozen=True, slots=True)
class _Link:
    """One measured set in the chain of an exercise."""

    id: int
    at_utc: str
    workout_id: int
    warmup: bool
    failed: bool
    felt_rir: float | None
    load_kg: float | None
    placement: Placement
    missing: bool


@dataclass(frozen=True, slots=True)
class _Learned:
    """A state and the set after which it was taken; of nothing at the beginning."""

    state: LifterState | None = None
    after_set: int | None = None
    at_utc: str | None = None


def fill_missing(
    connection: sqlite3.Connection, lifter_id: int, exercise: str | None = None
) -> dict[int, KeptRir]:
    """Make the figures that are missing, keep them if the file can be written, and give them by set.

    exercise: only its sets; None: all.
    """
    made: dict[int, KeptRir] = {}
    missing = connection.execute(_MISSING, {"lifter": lifter_id, "exercise": exercise}).fetchall()
    for one, on_limb in missing:
        made.update(_Chain(connection, lifter_id, one, bool(on_limb)).fill())
    return made


def state_now(
    connection: sqlite3.Connection,
    lifter_id: int,
    exercise: str,
    on_limb: bool,
    at_utc: str,
    workout_id: int | None,
) -> LifterState | None:
    """What the sets before a time have taught, for the next set.

    workout_id: the workout that goes on, if any; None where nothing was measured yet.
    """
    chain = _Chain(connection, lifter_id, exercise, on_limb)
    chain.fill()
    return chain.state_at(at_utc, workout_id)


def rir_course(
    connection: sqlite3.Connection, lifter_id: int, exercise: str, on_limb: bool, set_id: int
) -> tuple[RirEstimate, ...]:
    """Reps in reserve after each standing rep of a measured set, from what the sets before it had taught.

    The last is the set's own figure, with all that was told of its end. Empty for a set without reps.
    """
    chain = _Chain(connection, lifter_id, exercise, on_limb)
    chain.fill()
    return chain.course(set_id)


def state_before(
    connection: sqlite3.Connection, lifter_id: int, exercise: str, on_limb: bool, set_id: int
) -> LifterState | None:
    """What the sets before a measured set had taught: with it the set can be lived through once more."""
    chain = _Chain(connection, lifter_id, exercise, on_limb)
    chain.fill()
    link = chain.link(set_id)
    return None if link is None else chain.state_at(link.at_utc, link.workout_id)


class _Chain:
    """The measured sets of one lifter in one exercise with one kind of placement, oldest first."""

    def __init__(self, connection: sqlite3.Connection, lifter_id: int, exercise: str, on_limb: bool) -> None:
        from hardset.signal.exercise import Placement

        self._connection = connection
        self._key = (lifter_id, exercise, int(on_limb))
        self._signal = _exercise(exercise, Placement.THIGH if on_limb else Placement.BAR)
        given = {"lifter": lifter_id, "exercise": exercise, "limb": int(on_limb)}
        self._links = [
            _Link(id, at, workout, bool(warm), bool(failed), felt, load, Placement(placement), bool(missing))
            for id, at, workout, warm, failed, felt, load, placement, missing in connection.execute(
                _CHAIN, given
            )
        ]

    def fill(self) -> dict[int, KeptRir]:
        """Make what is missing and keep it, with the state after the last set."""
        first = next((number for number, link in enumerate(self._links) if link.missing), None)
        if first is None:
            return {}
        made: dict[int, KeptRir] = {}
        states: list[_Learned] = []
        learned, start = self._state_before(first)
        for number, link in enumerate(self._links[start:], start):
            estimate, learned = self._step(learned, link)
            if link.missing and estimate is not None:
                made[link.id] = KeptRir(estimate.pmf, estimate.calibrated, (estimate.low80, estimate.high80))
            if number % STATE_EVERY == STATE_EVERY - 1 or number == len(self._links) - 1:
                states.append(learned)
        self._keep(made, states)
        return made

    def state_at(self, at_utc: str, workout_id: int | None) -> LifterState | None:
        """The state after the sets before a time, rested until then unless the workout goes on."""
        before = sum(link.at_utc < at_utc for link in self._links)
        learned, start = self._state_before(before)
        for link in self._links[start:before]:
            _, learned = self._step(learned, link, estimate=False)
        if learned.state is None or learned.at_utc is None:
            return None
        return _carried(learned, at_utc, None if workout_id is None else str(workout_id))

    def link(self, set_id: int) -> _Link | None:
        """A set of the chain."""
        return next((one for one in self._links if one.id == set_id), None)

    def course(self, set_id: int) -> tuple[RirEstimate, ...]:
        """The estimate after each rep of one set."""
        from hardset.signal.rir import estimate_set

        link = self.link(set_id)
        if link is None:
            return ()
        evidence = self._evidence(link)
        state = self.state_at(link.at_utc, link.workout_id)
        try:
            return estimate_set(evidence, self._signal, state)
        except ValueError:
            # As in `_step`: the exercise is another one than when the state was learned.
            return estimate_set(evidence, self._signal, None)

    def _state_before(self, number: int) -> tuple[_Learned, int]:
        """The newest kept state before a link, and the number of the link that comes after it."""
        from hardset.signal.rir import state_from_dict

        places = {link.id: place for place, link in enumerate(self._links[:number])}
        rows = self._connection.execute(
            "SELECT after_set_id, at_utc, state FROM rir_states "
            "WHERE lifter_id = ? AND exercise = ? AND on_limb = ? AND model = ? "
            "ORDER BY at_utc DESC, after_set_id DESC",
            (*self._key, model_version()),
        )
        for after, at_utc, text in rows:
            if after in places:
                try:
                    return _Learned(state_from_dict(json.loads(text)), after, at_utc), places[after] + 1
                except ValueError:
                    continue
        return _Learned(), 0

    def _step(
        self, learned: _Learned, link: _Link, estimate: bool = True
    ) -> tuple[RirEstimate | None, _Learned]:
        """The estimate of one set and what is known after it."""
        from hardset.signal.rir import estimate_last, learn

        evidence = self._evidence(link)
        state = None if learned.state is None else _carried(learned, link.at_utc, evidence.session)
        try:
            answer = estimate_last(evidence, self._signal, state) if estimate and link.missing else None
        except ValueError:
            # The exercise is another one than when the state was learned.
            state = None
            answer = estimate_last(evidence, self._signal, state)
        if link.warmup and not link.failed:
            # It ends where the plan says: nothing is learned of the lifter's habit.
            return answer, learned
        return answer, _Learned(learn(state, evidence, self._signal), link.id, link.at_utc)

    def _evidence(self, link: _Link) -> SetEvidence:
        """What one set says, told from its own time: it is 0 days ago."""
        from hardset.tracker.scoring import set_evidence

        evidence = set_evidence(
            _reps(self._connection, link.id),
            link.placement,
            failed=link.failed,
            felt_rir=link.felt_rir,
            load_kg=link.load_kg,
            session=str(link.workout_id),
        )
        return replace(evidence, days_ago=0.0)

    def _keep(self, made: dict[int, KeptRir], states: list[_Learned]) -> None:
        try:
            with transaction(self._connection):
                self._connection.executemany(
                    "INSERT OR REPLACE INTO set_rir (set_id, pmf, calibrated, low80, high80, model) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (id, json.dumps(one.pmf), int(one.calibrated), *(one.interval or ()), model_version())
                        for id, one in made.items()
                    ],
                )
                self._keep_states(states)
        except sqlite3.OperationalError:
            # A file that can't be written now is read all the same: they are made again next time.
            pass

    def _keep_states(self, states: list[_Learned]) -> None:
        from hardset.signal.rir import state_to_dict

        places = {link.id: place for place, link in enumerate(self._links)}
        for (old,) in self._connection.execute(
            "SELECT after_set_id FROM rir_states WHERE lifter_id = ? AND exercise = ? AND on_limb = ?",
            self._key,
        ).fetchall():
            # The state after the newest set is overtaken by every new one.
            if places.get(old, 0) % STATE_EVERY != STATE_EVERY - 1:
                self._connection.execute(
                    "DELETE FROM rir_states WHERE lifter_id = ? AND exercise = ? AND on_limb = ? "
                    "AND after_set_id = ?",
                    (*self._key, old),
                )
        for one in states:
            if one.state is not None:
                self._connection.execute(
                    "INSERT OR REPLACE INTO rir_states VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        *self._key,
                        one.after_set,
                        one.at_utc,
                        model_version(),
                        json.dumps(state_to_dict(one.state)),
                    ),
                )


def _carried(learned: _Learned, at_utc: str, session: str | None) -> LifterState:
    """A state as it is at a time: within one workout nothing drifts."""
    from hardset.signal.rir import rested

    assert learned.state is not None
    assert learned.at_utc is not None
    if session is not None and session == learned.state.session:
        return replace(learned.state, newest_days_ago=0.0)
    days = (_time(at_utc) - _time(learned.at_utc)).total_seconds() / 86400.0
    return replace(rested(learned.state, days), newest_days_ago=0.0)


def _time(at_utc: str) -> datetime:
    return from_columns(at_utc, 0)


def _exercise(id: str, placement: Placement) -> Exercise | None:
    from hardset.tracker.errors import UnknownExercise
    from hardset.tracker.training.catalogue import exercise

    try:
        return exercise(id).signal_at(placement)
    except UnknownExercise:
        # One of the user's own that was taken out of the file again: the wide prior serves.
        return None


def _reps(connection: sqlite3.Connection, set_id: int) -> list[Repetition]:
    return [one.rep for one in read_reps(connection, set_id) if not one.deleted]
