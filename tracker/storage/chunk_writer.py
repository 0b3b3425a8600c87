"""Raw samples to the disk while they come, on a thread of their own: whoever brings them never waits."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from pathlib import Path

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.errors import HardsetError
from hardset.tracker.storage.database import open_database, problem_of, transaction
from hardset.tracker.storage.recordings import drop_chunk, put_chunk

CHUNK_S = 0.3
"""So long samples gather before they are written: with a slow disk they are safe within 0.5 s."""
MERGE_SAMPLES = 500
"""Small chunks are replaced by one of so many samples: that takes a third less room."""
FLUSH_S = 10.0
"""A disk that takes longer is given up waiting for; writing goes on."""


class ChunkWriter:
    """Appends chunks to one recording. What can't be written stays in memory and is tried again."""

    def __init__(self, path: Path, recording_id: int, first_number: int = 0) -> None:
        self._path = path
        self._recording_id = recording_id
        self._number = first_number
        self._queue: queue.SimpleQueue[SampleBatch | threading.Event | None] = queue.SimpleQueue()
        self._waiting: list[SampleBatch] = []
        self._small: list[tuple[int, SampleBatch]] = []
        self._problem: HardsetError | None = None
        self._thread = threading.Thread(target=self._run, name="hardset-samples", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> HardsetError | None:
        """Why samples wait in memory at present; None while all is well."""
        return self._problem

    @property
    def waiting(self) -> list[SampleBatch]:
        """What is not on the disk; complete once the writer is closed."""
        return list(self._waiting)

    def put(self, batch: SampleBatch) -> None:
        """Queue samples; never blocks."""
        self._queue.put(batch)

    def flush(self) -> None:
        """Return when all that was put is on the disk or has failed to get there."""
        reached = threading.Event()
        self._queue.put(reached)
        reached.wait(FLUSH_S)

    def close(self) -> None:
        """Write the rest and end the thread."""
        self._queue.put(None)
        self._thread.join(FLUSH_S)

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        ended = False
        while not ended:
            reached, ended = self._gather()
            if self._waiting:
                try:
                    connection = connection if connection is not None else _durable(self._path)
                    self._write(connection)
                    self._problem = None
                except sqlite3.Error as error:
                    self._problem = problem_of(self._path, error)
                    if self._problem is None:
                        raise
                except HardsetError as error:
                    self._problem = error
            for one in reached:
                one.set()
        if connection is not None:
            self._merge(connection)
            connection.close()

    def _gather(self) -> tuple[list[threading.Event], bool]:
        """Wait for samples, then for as many more as come within a chunk's time."""
        reached: list[threading.Event] = []
        deadline: float | None = None
        while True:
            wait = None if deadline is None else max(0.0, deadline - time.monotonic())
            try:
                item = self._queue.get(timeout=wait)
            except queue.Empty:
                return reached, False
            if item is None:
                return reached, True
            if isinstance(item, threading.Event):
                return [item], False
            self._waiting.append(item)
            if deadline is None:
                deadline = time.monotonic() + CHUNK_S

    def _write(self, connection: sqlite3.Connection) -> None:
        """All waiting samples in one transaction; a chunk holds samples with or without gyroscope."""
        groups: list[list[SampleBatch]] = []
        for batch in self._waiting:
            if groups and _alike(groups[-1][0], batch):
                groups[-1].append(batch)
            else:
                groups.append([batch])
        chunks = [(self._number + place, joined(group)) for place, group in enumerate(groups)]
        with transaction(connection):
            for number, chunk in chunks:
                put_chunk(connection, self._recording_id, number, chunk)
        self._number += len(chunks)
        self._waiting.clear()
        for number, chunk in chunks:
            if self._small and not _alike(self._small[-1][1], chunk):
                self._merge(connection)
            self._small.append((number, chunk))
        if sum(len(chunk) for _, chunk in self._small) >= MERGE_SAMPLES:
            self._merge(connection)

    def _merge(self, connection: sqlite3.Connection) -> None:
        """One chunk in place of the small ones, whole or not at all."""
        small, self._small = self._small, []
        if len(small) < 2:
            return
        try:
            with transaction(connection):
                for number, _ in small:
                    drop_chunk(connection, self._recording_id, number)
                whole = joined([chunk for _, chunk in small])
                put_chunk(connection, self._recording_id, small[0][0], whole)
        except sqlite3.OperationalError:
            pass  # The small ones hold the same samples.


def _alike(first: SampleBatch, second: SampleBatch) -> bool:
    """Both with a gyroscope, or both without."""
    return (first.angular_velocity_radps is None) == (second.angular_velocity_radps is None)


def _durable(path: Path) -> sqlite3.Connection:
    """A connection whose commits survive a loss of power too."""
    connection = open_database(path)
    connection.execute("PRAGMA synchronous = FULL")
    return connection
