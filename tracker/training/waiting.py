"""Sets that count for nothing yet, because nobody has said what was lifted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hardset.tracker.storage.database import stated
from hardset.tracker.training.log import Log
from hardset.tracker.training.times import from_columns

FEW = 5


@dataclass(frozen=True, slots=True)
class WaitingSet:
    """A measured set without an exercise."""

    set_id: int
    at: datetime
    reps: int


def waiting_sets(log: Log) -> tuple[WaitingSet, ...]:
    """The lifter's sets without an exercise, oldest first. Raises a DatabaseProblem."""
    with stated(log.path):
        rows = log.connection.execute(
            "SELECT id, at_utc, utc_offset_min, coalesce(told_reps, "
            "(SELECT count(*) FROM reps WHERE set_id = sets.id AND NOT reps.deleted)) "
            "FROM sets WHERE lifter_id = ? AND exercise IS NULL AND NOT deleted ORDER BY at_utc, id",
            (log.known_id,),
        ).fetchall()
    return tuple(WaitingSet(id, from_columns(at, offset), reps) for id, at, offset, reps in rows)


def waiting_words(waiting: Sequence[WaitingSet]) -> str:
    """One sentence with the next step."""
    named = ", ".join(f"{one.set_id} ({one.at:%Y-%m-%d}, {one.reps} reps)" for one in waiting[:FEW])
    more = f" and {len(waiting) - FEW} more" if len(waiting) > FEW else ""
    return (
        f"Not counted, nobody has said which exercise: set {named}{more}; "
        f"say it with: hardset edit {waiting[0].set_id} --exercise ID."
    )
