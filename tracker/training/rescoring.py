"""Old sets scored anew: from their raw samples, with the pipeline and the model of today.

What the lifter told (load, feel, reps, deleted reps) stays. Sets whose reps were split or merged by
hand are left alone: a person has looked at them. The whole is one operation, which `undo` takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hardset.signal.analysis import analyse
from hardset.signal.exercise import Placement
from hardset.signal.sets import MeasuredSet
from hardset.tracker.scoring import known_exercise
from hardset.tracker.storage.database import stated
from hardset.tracker.storage.journal import Operation
from hardset.tracker.training.log import RESCORE, Log
from hardset.tracker.training.measured_sets import measured_columns, put_reps
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.set_rows import StoredRep, read_reps
from hardset.tracker.training.set_samples import nearest, overlap, samples_around
from hardset.tracker.training.versions import algorithm_version, model_version

_WANTED = """
SELECT sets.id, sets.exercise, sets.placement, recording_id, start_s, end_s, algorithm, recordings.set_on
FROM sets JOIN recordings ON recordings.id = recording_id
WHERE sets.lifter_id = :lifter AND (:exercise IS NULL OR sets.exercise = :exercise)
ORDER BY sets.at_utc, sets.id
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What scoring anew has done to one set."""

    before: LoggedSet
    after: LoggedSet


@dataclass(frozen=True, slots=True)
class Rescored:
    """What became of the sets that were looked at."""

    looked_at: int
    changes: tuple[Change, ...]
    """Sets of which anything differs, reps in reserve too."""
    not_found: tuple[int, ...]
    """Sets in whose samples nothing is found any more: left as they were."""
    by_hand: tuple[int, ...]
    """Sets whose reps were split or merged by hand: left as they were."""
    algorithm: str


@dataclass(frozen=True, slots=True)
class _Old:
    """A set as it stands, and where its samples are."""

    id: int
    exercise: str | None
    placement: Placement
    recording_id: int
    start_s: float
    end_s: float
    algorithm: str
    set_on: bool


Progress = Callable[[list[_Old]], Iterable[_Old]]


def rescore(
    log: Log,
    *,
    exercise: str | None = None,
    all_sets: bool = False,
    dry_run: bool = False,
    progress: Progress = iter,
) -> Rescored:
    """Score sets anew; all_sets: those too that today's algorithm has measured already.

    dry_run: everything is put back at the end. progress: wraps the list of sets, for a bar.
    """
    before = {one.id: one for one in log.history().sets}
    wanted = [one for one in _wanted(log, exercise) if all_sets or one.algorithm != algorithm_version()]
    found: list[tuple[_Old, MeasuredSet]] = []
    not_found: list[int] = []
    by_hand: list[int] = []
    for old in progress(wanted):
        if any(rep.origin != "measured" for rep in read_reps(log.connection, old.id)):
            by_hand.append(old.id)
            continue
        anew = _measure(log, old)
        if anew is None:
            not_found.append(old.id)
        else:
            found.append((old, anew))
    if found or (all_sets and wanted) or _old_model(log, exercise):
        with log.operation(RESCORE, f"scored {len(found)} sets anew") as op:
            for old, anew in found:
                _replace(log, op, old, anew)
            _forget_figures(log, op, exercise)
    after = {one.id: one for one in log.history().sets}
    changes = tuple(Change(before[id], after[id]) for id in before if differs(before[id], after[id]))
    if dry_run and log.undoable(1) and log.undoable(1)[0].kind == RESCORE:
        log.undo()
    return Rescored(len(wanted), changes, tuple(not_found), tuple(by_hand), algorithm_version())


def differs(before: LoggedSet, after: LoggedSet) -> bool:
    """Whether anything that is shown of a set has changed."""
    if before.rir_pmf is None or after.rir_pmf is None:
        return before != after
    # States are kept to a hundredth, so figures made again differ by that much.
    same_rir = max(abs(a - b) for a, b in zip(before.rir_pmf, after.rir_pmf, strict=True)) < 0.02
    return not same_rir or (before.reps, before.failed, before.velocities) != (
        after.reps,
        after.failed,
        after.velocities,
    )


def _wanted(log: Log, exercise: str | None) -> list[_Old]:
    with stated(log.path):
        rows = log.connection.execute(_WANTED, {"lifter": log.known_id, "exercise": exercise}).fetchall()
    return [
        _Old(id, what, Placement(where), recording_id, start_s, end_s, algorithm, bool(on))
        for id, what, where, recording_id, start_s, end_s, algorithm, on in rows
    ]


def _measure(log: Log, old: _Old) -> MeasuredSet | None:
    """The set that is found where the old one lies."""
    entry = known_exercise(old.exercise, [])
    known = None if entry is None else entry.signal_at(old.placement)
    with stated(log.path):
        samples = samples_around(log, old.recording_id, old.start_s, old.end_s)
    if samples is None or len(samples) < 2:
        return None
    sets = analyse(samples, exercise=known, placement=old.placement, set_on=old.set_on).sets
    place = nearest(sets, old.start_s, old.end_s)
    return None if place is None else sets[place]


def _replace(log: Log, op: Operation, old: _Old, anew: MeasuredSet) -> None:
    """New measurements in place of the old ones; a rep that the lifter had deleted stays deleted."""
    reps = read_reps(log.connection, old.id)
    gone = [one.rep for one in reps if one.deleted]
    for one in reps:
        op.delete("reps", one.id)
    for (id,) in log.connection.execute("SELECT id FROM rejected WHERE set_id = ?", (old.id,)).fetchall():
        op.delete("rejected", id)
    op.update("sets", old.id, measured_columns(anew))
    put_reps(op, old.id, anew)
    for one in _same_as(read_reps(log.connection, old.id), gone):
        op.update("reps", one.id, {"deleted": 1})


def _same_as(reps: list[StoredRep], gone: list[Any]) -> Iterator[StoredRep]:
    """The new reps that are what a deleted one was: more than half of it lies in them."""
    for one in reps:
        for old in gone:
            shared = overlap(
                one.rep.concentric_start_s,
                one.rep.concentric_end_s,
                old.concentric_start_s,
                old.concentric_end_s,
            )
            if shared > 0.5 * old.concentric_s:
                yield one
                break


def _old_model(log: Log, exercise: str | None) -> bool:
    """Whether figures of an earlier model of reps in reserve are kept, or such without an interval."""
    row = log.connection.execute(
        "SELECT 1 FROM set_rir JOIN sets ON sets.id = set_id WHERE lifter_id = ? "
        "AND (? IS NULL OR exercise = ?) AND (model != ? OR low80 IS NULL) LIMIT 1",
        (log.known_id, exercise, exercise, model_version()),
    ).fetchone()
    return row is not None


def _forget_figures(log: Log, op: Operation, exercise: str | None) -> None:
    """Take the figures away within the operation, so that undoing brings the very same ones back."""
    rows = log.connection.execute(
        "SELECT set_id FROM set_rir JOIN sets ON sets.id = set_id WHERE lifter_id = ? "
        "AND (? IS NULL OR exercise = ?)",
        (log.known_id, exercise, exercise),
    ).fetchall()
    for (set_id,) in rows:
        op.delete("set_rir", set_id)
    log.connection.execute(
        "DELETE FROM rir_states WHERE lifter_id = ? AND (? IS NULL OR exercise = ?)",
        (log.known_id, exercise, exercise),
    )
