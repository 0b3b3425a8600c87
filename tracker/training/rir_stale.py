"""Which reps in reserve a change of the log makes stale.

A set's figures follow from it and the earlier sets of its exercise: a change takes away the figures
of that set and of all later ones, under the exercise it had before and the one it has now.
"""

from __future__ import annotations

import sqlite3

Stale = list[tuple[int, str, str]]
"""(lifter id, exercise, UTC time from which on)."""

_TOUCHED = """
WITH notes AS (SELECT table_name, row_id, before FROM journal WHERE operation_id = :operation),
set_ids AS (
    SELECT row_id AS id FROM notes WHERE table_name = 'sets'
    UNION SELECT set_id FROM reps WHERE id IN (SELECT row_id FROM notes WHERE table_name = 'reps')
    UNION SELECT json_extract(before, '$.set_id') FROM notes WHERE table_name = 'reps' AND before IS NOT NULL
),
states AS (
    SELECT lifter_id, exercise, at_utc, placement FROM sets WHERE id IN (SELECT id FROM set_ids)
    UNION ALL
    SELECT json_extract(before, '$.lifter_id'), json_extract(before, '$.exercise'),
        json_extract(before, '$.at_utc'), json_extract(before, '$.placement')
    FROM notes WHERE table_name = 'sets' AND before IS NOT NULL
)
SELECT lifter_id, exercise, min(at_utc) FROM states
WHERE exercise IS NOT NULL AND placement IS NOT NULL GROUP BY lifter_id, exercise
"""


def stale_after(connection: sqlite3.Connection, operation_id: int) -> Stale:
    """What an operation, or taking it back, makes stale. Sets without a sensor bear on nothing."""
    return connection.execute(_TOUCHED, {"operation": operation_id}).fetchall()


def forget_stale(connection: sqlite3.Connection, operation_id: int) -> None:
    """Take away what an operation has made stale."""
    forget_all(connection, stale_after(connection, operation_id))


def forget_all(connection: sqlite3.Connection, stale: Stale, *, keep_figures: bool = False) -> None:
    """Take away kept figures and states; keep_figures: only the states."""
    for lifter_id, exercise, from_utc in stale:
        connection.execute(
            "DELETE FROM rir_states WHERE lifter_id = ? AND exercise = ? AND at_utc >= ?",
            (lifter_id, exercise, from_utc),
        )
        if not keep_figures:
            connection.execute(
                "DELETE FROM set_rir WHERE set_id IN "
                "(SELECT id FROM sets WHERE lifter_id = ? AND exercise = ? AND at_utc >= ?)",
                (lifter_id, exercise, from_utc),
            )
