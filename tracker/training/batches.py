"""Imports as wholes: which there are, and taking one back at any time."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.tracker.errors import NotInLog
from hardset.tracker.storage.database import stated
from hardset.tracker.training.log import Log


@dataclass(frozen=True, slots=True)
class Batch:
    """One import."""

    id: int
    program: str
    file: str
    sets: int


def batches(log: Log) -> list[Batch]:
    """The lifter's imports, oldest first."""
    with stated(log.path):
        rows = log.connection.execute(
            "SELECT b.id, b.source, b.file, (SELECT count(*) FROM sets WHERE batch_id = b.id) "
            "FROM import_batches AS b JOIN lifters ON lifters.id = b.lifter_id "
            "WHERE lifters.name = ? ORDER BY b.id",
            (log.lifter,),
        )
        return [Batch(*row) for row in rows]


def newest_batch(log: Log) -> int | None:
    """Number of the newest import."""
    every = batches(log)
    return every[-1].id if every else None


def remove_batch(log: Log, id: int) -> Batch:
    """Take an import back: its sets, and the workouts that hold no other.

    One operation, so `undo` restores it. Raises NotInLog.
    """
    every = {batch.id: batch for batch in batches(log)}
    if id not in every:
        there = ", ".join(f"{batch.id} ({batch.file})" for batch in every.values()) or "none"
        raise NotInLog(f"import {id}", f"the imports are: {there}")
    batch = every[id]
    with log.operation("import", f"took back the import of {batch.sets} sets from {batch.file}") as op:
        rows = log.connection.execute("SELECT id, workout_id FROM sets WHERE batch_id = ?", (id,)).fetchall()
        for set_id, _ in rows:
            op.delete("sets", set_id)
        for workout_id in sorted({workout_id for _, workout_id in rows}):
            left = log.connection.execute(
                "SELECT 1 FROM sets WHERE workout_id = ? LIMIT 1", (workout_id,)
            ).fetchone()
            if left is None:
                op.delete("workouts", workout_id)
        op.delete("import_batches", id)
    return batch
