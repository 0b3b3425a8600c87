"""From the sets of another program to the log: names mapped, nothing twice, each import to be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hardset.tracker.storage.database import stated
from hardset.tracker.training.batches import newest_batch
from hardset.tracker.training.catalogue import catalogue, exercise
from hardset.tracker.training.interchange import own
from hardset.tracker.training.interchange.imported import ImportedSet, ParsedLog
from hardset.tracker.training.interchange.names import exercise_names, words_of
from hardset.tracker.training.log import Log, NewSet

IGNORED = ""
"""Mapped to this, an exercise is left out without a word."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """An exercise that the catalogue does not know."""

    name: str
    sets: int
    closest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do."""

    sets: tuple[NewSet, ...]
    """Those that the log does not hold yet, oldest first."""
    already_there: int
    unknown: tuple[UnknownName, ...]
    """With their sets left out, the most frequent first."""


def plan_import(log: Log, parsed: ParsedLog, mapping: Mapping[str, str]) -> ImportPlan:
    """Map the names and leave out what the log holds. mapping: a program's name to an id, or to IGNORED.

    Raises UnknownExercise for an id that is not in the catalogue.
    """
    told = {words_of(name): id for name, id in mapping.items()}
    for id in told.values():
        if id != IGNORED:
            exercise(id)
    names = exercise_names(catalogue())
    unknown: Counter[str] = Counter()
    found: list[NewSet] = []
    for one in parsed.sets:
        words = words_of(one.exercise_name)
        meant = told[words] if words in told else names.find(one.exercise_name)
        if meant is None:
            unknown[one.exercise_name] += 1
        elif meant != IGNORED:
            found.append(_new_set(one, meant))
    there = _keys_there(log, parsed.program)
    fresh = [new for new in found if new.import_key not in there]
    return ImportPlan(
        tuple(sorted(fresh, key=lambda new: new.at)),
        len(found) - len(fresh),
        tuple(UnknownName(name, n, names.closest(name)) for name, n in unknown.most_common()),
    )


def do_import(log: Log, parsed: ParsedLog, plan: ImportPlan, file: str) -> int | None:
    """Write a plan as one batch; its number, or None where there was nothing to add."""
    if not plan.sets:
        return None
    log.add_batch(parsed.program, file, plan.sets)
    return newest_batch(log)


def _new_set(one: ImportedSet, id: str) -> NewSet:
    # Neither program says when a set was done: they keep the order, a second apart, from the workout's start.
    at: datetime = one.started + timedelta(seconds=one.place)
    return NewSet(
        exercise=id,
        load_kg=one.load_kg,
        reps=one.reps,
        at=at if at.tzinfo is not None else at.astimezone(),
        warmup=one.warmup,
        failed=one.failed,
        felt_rir=one.felt_rir,
        note=one.note,
        workout=one.workout,
        import_key=one.key,
    )


def _keys_there(log: Log, program: str) -> set[str]:
    """Import keys in the lifter's log, deleted sets too; for our own exports every set that is in it."""
    with stated(log.path):
        rows = log.connection.execute(
            "SELECT import_key FROM sets JOIN lifters ON lifters.id = lifter_id "
            "WHERE lifters.name = ? AND import_key IS NOT NULL",
            (log.lifter,),
        )
        keys = {str(row[0]) for row in rows}
    if program == own.PROGRAM and log.lifter in log.lifters():
        keys |= own.keys_in(log.history().sets)
    return keys
