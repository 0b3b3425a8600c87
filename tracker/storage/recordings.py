"""Raw samples of recordings in the database: chunks that are written once and read by time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.storage.samples import pack, unpack


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """What is known of one recording beside its samples."""

    id: int
    started_utc: str
    utc_offset_min: int
    clock_s: float
    """What the samples' clock showed when it started."""
    exercise: str | None
    placement: str | None
    load_kg: float | None
    source: str
    scored_to_s: float | None
    set_on: bool
    closed: bool


_FIELDS = (
    "id, started_utc, utc_offset_min, clock_s, exercise, placement, load_kg, source, scored_to_s, "
    "set_on, closed"
)


def put_chunk(connection: sqlite3.Connection, recording_id: int, number: int, samples: SampleBatch) -> None:
    """Write one chunk; numbers rise from 0."""
    connection.execute(
        "INSERT INTO sample_chunks (recording_id, number, first_s, last_s, samples, data) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(recording_id, number, float(samples.time_s[0]), float(samples.time_s[-1])),
            *(len(samples), pack(samples)),
        ),
    )


def drop_chunk(connection: sqlite3.Connection, recording_id: int, number: int) -> None:
    """Take one chunk away; only where its samples are written anew in the same transaction."""
    connection.execute(
        "DELETE FROM sample_chunks WHERE recording_id = ? AND number = ?", (recording_id, number)
    )


def unfinished(connection: sqlite3.Connection, lifter_id: int) -> list[StoredRecording]:
    """Recordings that nobody closed: being written by another process, or left by one that died."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM recordings WHERE lifter_id = ? AND NOT closed ORDER BY id", (lifter_id,)
    )
    return [_stored(row) for row in rows.fetchall()]


def _stored(row: tuple[Any, ...]) -> StoredRecording:
    fields = dict(zip(_FIELDS.split(", "), row, strict=True))
    return StoredRecording(**{**fields, "set_on": bool(fields["set_on"]), "closed": bool(fields["closed"])})


def read_samples(
    connection: sqlite3.Connection,
    recording_id: int,
    start_s: float = float("-inf"),
    end_s: float = float("inf"),
) -> SampleBatch | None:
    """Samples between two times of the recording's clock, bit by bit; None where there are none."""
    rows = connection.execute(
        "SELECT data FROM sample_chunks WHERE recording_id = ? AND last_s >= ? AND first_s <= ? "
        "ORDER BY number",
        (recording_id, start_s, end_s),
    ).fetchall()
    if not rows:
        return None
    whole = joined([unpack(row[0]) for row in rows])
    wanted = (whole.time_s >= start_s) & (whole.time_s <= end_s)
    gyro = whole.angular_velocity_radps
    return SampleBatch(
        whole.time_s[wanted], whole.acceleration_mps2[wanted], None if gyro is None else gyro[wanted]
    )


def sensor_id(connection: sqlite3.Connection, name: str, model: str) -> int:
    """The id of a sensor; a new one is added."""
    connection.execute("INSERT OR IGNORE INTO sensors (name, model) VALUES (?, ?)", (name, model))
    row = connection.execute("SELECT id FROM sensors WHERE name = ? AND model = ?", (name, model)).fetchone()
    return int(row[0])


def start_recording(connection: sqlite3.Connection, row: Mapping[str, Any]) -> int:
    """Add a recording that is going on."""
    cursor = connection.execute(
        f"INSERT INTO recordings ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def scored_to(connection: sqlite3.Connection, recording_id: int, to_s: float) -> None:
    """Everything up to a time has become sets."""
    connection.execute("UPDATE recordings SET scored_to_s = ? WHERE id = ?", (to_s, recording_id))


def close_recording(connection: sqlite3.Connection, recording_id: int) -> None:
    """Nothing more will come, and every set of it is in the log."""
    connection.execute("UPDATE recordings SET closed = 1 WHERE id = ?", (recording_id,))
