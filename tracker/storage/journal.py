"""Every change of a person's entries goes through here, with what stood there before: so it can be undone.

Rows are kept as JSON of Python, whose floats come back bit by bit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hardset.tracker.storage.database import transaction

# A lifter is only a name, which recordings that nobody can undo may hang on: it stays.
JOURNALED = frozenset(
    {
        *("settings", "weighings", "meals", "nights", "import_batches", "workouts"),
        *("recordings", "sets", "reps", "rejected", "set_rir"),
    }
)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """One operation that can be undone."""

    id: int
    at_utc: str
    kind: str
    words: str


class Operation:
    """The writes of one operation; each notes the row as it was."""

    def __init__(self, connection: sqlite3.Connection, id: int) -> None:
        self._connection = connection
        self.id = id

    def insert(self, table: str, row: Row) -> int:
        """Add a row and give its id."""
        columns = ", ".join(row)
        marks = ", ".join("?" * len(row))
        cursor = self._connection.execute(
            f"INSERT INTO {_known(table)} ({columns}) VALUES ({marks})", tuple(row.values())
        )
        assert cursor.lastrowid is not None
        self._note(table, cursor.lastrowid, None)
        return cursor.lastrowid

    def insert_all(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self.insert(table, row)

    def update(self, table: str, id: int, changes: Row) -> None:
        """Change columns of a row that exists."""
        self._note(table, id, self._row(table, id))
        columns = ", ".join(f"{name} = ?" for name in changes)
        self._connection.execute(
            f"UPDATE {_known(table)} SET {columns} WHERE {_key(table)} = ?", (*changes.values(), id)
        )

    def delete(self, table: str, id: int) -> None:
        """Take a row away."""
        self._note(table, id, self._row(table, id))
        self._connection.execute(f"DELETE FROM {_known(table)} WHERE {_key(table)} = ?", (id,))

    def say(self, words: str) -> None:
        """What was done, once it is known."""
        self._connection.execute("UPDATE operations SET words = ? WHERE id = ?", (words, self.id))

    def _row(self, table: str, id: int) -> dict[str, Any]:
        cursor = self._connection.execute(f"SELECT * FROM {_known(table)} WHERE {_key(table)} = ?", (id,))
        return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))

    def _note(self, table: str, id: int, before: Row | None) -> None:
        self._connection.execute(
            "INSERT INTO journal (operation_id, table_name, row_id, before) VALUES (?, ?, ?, ?)",
            (self.id, table, id, None if before is None else json.dumps(before)),
        )


@contextmanager
def operation(
    connection: sqlite3.Connection, lifter: str, at_utc: str, kind: str, words: str
) -> Iterator[Operation]:
    """One transaction that can be undone as a whole."""
    with transaction(connection):
        cursor = connection.execute(
            "INSERT INTO operations (lifter_name, at_utc, kind, words) VALUES (?, ?, ?, ?)",
            (lifter, at_utc, kind, words),
        )
        assert cursor.lastrowid is not None
        yield Operation(connection, cursor.lastrowid)


def done(connection: sqlite3.Connection, lifter: str, limit: int) -> list[Done]:
    """What a lifter's `undo` would take back, the next one first."""
    rows = connection.execute(
        "SELECT id, at_utc, kind, words FROM operations WHERE lifter_name = ? ORDER BY id DESC LIMIT ?",
        (lifter, limit),
    )
    return [Done(*row) for row in rows]


def touched(connection: sqlite3.Connection, operation_id: int, tables: Sequence[str]) -> set[tuple[str, int]]:
    """(table, row id) that an operation wrote to, of the tables asked for."""
    marks = ", ".join("?" * len(tables))
    rows = connection.execute(
        f"SELECT DISTINCT table_name, row_id FROM journal WHERE operation_id = ? AND table_name IN ({marks})",
        (operation_id, *tables),
    )
    return {(str(table), int(id)) for table, id in rows}


def restore(connection: sqlite3.Connection, operation_id: int) -> None:
    """Put every row back as it was before an operation, and forget it. Within a transaction."""
    notes = connection.execute(
        "SELECT table_name, row_id, before FROM journal WHERE operation_id = ? ORDER BY id DESC",
        (operation_id,),
    ).fetchall()
    # Rows come back one by one, so references are whole only at the end.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, id, before in notes:
        if before is None:
            connection.execute(f"DELETE FROM {_known(table)} WHERE {_key(table)} = ?", (id,))
        else:
            _put_back(connection, table, json.loads(before))
    connection.execute("DELETE FROM operations WHERE id = ?", (operation_id,))


def _put_back(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    # A column that a later version dropped is left out.
    there = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({_known(table)})")}
    row = {name: value for name, value in row.items() if name in there}
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    # An upsert, not a REPLACE: that would delete the row first and take what hangs on it along.
    news = ", ".join(f"{name} = excluded.{name}" for name in row)
    connection.execute(
        f"INSERT INTO {_known(table)} ({columns}) VALUES ({marks}) "
        f"ON CONFLICT ({_key(table)}) DO UPDATE SET {news}",
        tuple(row.values()),
    )


def _known(table: str) -> str:
    """Only names of this list ever reach a statement."""
    if table not in JOURNALED:
        raise ValueError(f"{table} is not journaled")
    return table


def _key(table: str) -> str:
    return "set_id" if table == "set_rir" else "id"
