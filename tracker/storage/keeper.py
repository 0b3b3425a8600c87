"""Keeps a live session in the log: samples at once, each set when it is over.

What the disk refuses stays in memory, is tried again, and at the end is written as a recording
elsewhere, so that no set is lost to a full disk.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.signal.rir import LifterState
from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.errors import HardsetError
from hardset.tracker.recordings import Sidecar, write_recording
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.storage.alive import Alive
from hardset.tracker.storage.chunk_writer import ChunkWriter
from hardset.tracker.storage.database import BUSY_S, stated, transaction
from hardset.tracker.storage.recordings import (
    close_recording,
    read_samples,
    scored_to,
    sensor_id,
    start_recording,
)
from hardset.tracker.training.log import Log
from hardset.tracker.training.measured_sets import NewMeasuredSet, put_measured
from hardset.tracker.training.rir_log import state_now
from hardset.tracker.training.set_rows import workout_near
from hardset.tracker.training.times import now, to_columns

BRING_MS = 40
"""Whoever brings samples waits no longer than this for another program that writes."""


@dataclass(frozen=True, slots=True)
class LiveSetup:
    """What is known of a session beforehand; `load_kg` and `warmup` may change between sets."""

    exercise: str | None
    placement: Placement
    load_kg: float | None = None
    warmup: bool = False
    set_on: bool = False


class LogKeeper:
    """The `Keeper` of `tracker/session.py` that writes into a lifter's log.

    Called from the session's thread. The log's connection must not be used elsewhere meanwhile.
    """

    def __init__(self, log: Log, setup: LiveSetup) -> None:
        self.setup = setup
        """May be exchanged between sets: the next set bears what stands here when it is over."""
        self._log = log
        self._sensor: tuple[str, str] | None = None
        self._recording_id: int | None = None
        self._started: datetime | None = None
        self._clock_s = 0.0
        self._newest: datetime | None = None
        self._writer: ChunkWriter | None = None
        self._alive: Alive | None = None
        self._unsaved_samples: list[SampleBatch] = []
        self._unsaved_sets: list[ScoredSet] = []
        self._told: set[str] = set()
        self._to_tell: list[str] = []

    def connected(self, sensor: str, model: str) -> None:
        """A sensor streams; again after each loss."""
        self._sensor = (sensor, model)

    def samples(self, batch: SampleBatch) -> None:
        """Raw samples; on disk within 0.5 s."""
        if not len(batch):
            return
        if self._started is None:
            # The clock of the stamps begins anywhere: the first batch ties it to the time of day.
            self._clock_s = float(batch.time_s[0])
            self._started = now() - timedelta(seconds=float(batch.time_s[-1]) - self._clock_s)
        self._newest = self._time_of(float(batch.time_s[-1]))
        if self._writer is None:
            self._unsaved_samples.append(batch)
            self._begin()
        else:
            self._writer.put(batch)
            if self._writer.problem is not None:
                self._tell(self._writer.problem)

    def state(self, exercise_id: str | None, placement: Placement) -> LifterState | None:
        """What the lifter's earlier sets have taught; the set is the next one of today's workout."""
        if exercise_id is None:
            return None
        # A recording that is played quickly is ahead of the clock on the wall.
        at_utc, _ = to_columns(now() if self._newest is None else max(now(), self._newest))
        try:
            with stated(self._log.path):
                lifter_id = self._log.known_id
                if lifter_id is None:
                    return None
                workout = workout_near(self._log.connection, lifter_id, at_utc)
                where = (lifter_id, exercise_id, placement.rotates)
                return state_now(self._log.connection, *where, at_utc, workout)
        except HardsetError as error:
            self._tell(error)
            return None

    def set_over(self, scored: ScoredSet) -> int | None:
        """A set is settled; gives its number in the log, None while the disk refuses it."""
        if not scored.measured.reps:
            return None
        try:
            return self._save(scored)
        except HardsetError as error:
            self._tell(error)
            self._unsaved_sets.append(scored)
            return None

    def warnings(self) -> list[str]:
        """Sentences that the lifter should see, each once."""
        told, self._to_tell = self._to_tell, []
        return told

    def flush(self) -> None:
        """Everything so far is on disk when this returns, unless the disk refuses it."""
        if self._writer is not None:
            self._writer.flush()

    def close(self) -> None:
        """The session is over: what was refused is tried once more, else written as a recording elsewhere."""
        if self._writer is not None:
            self._writer.close()
            self._unsaved_samples += self._writer.waiting
        self._try_again()
        if self._unsaved_samples:
            self._rescue()
        if self._unsaved_sets and not self._unsaved_samples:
            # All samples are there and the recording stays open: the next start finds the sets in them.
            self._to_tell.append(f"{len(self._unsaved_sets)} sets will be added from their samples later.")
        else:
            self._close_recording()
        if self._alive is not None:
            self._alive.let_go()

    def _begin(self) -> None:
        """Start the recording with the samples that wait; on trouble the next batch tries again."""
        started_utc, offset = to_columns(self._began)
        setup, log = self.setup, self._log
        try:
            with _impatient(log.connection), stated(log.path), transaction(log.connection):
                self._recording_id = start_recording(
                    log.connection,
                    {
                        "lifter_id": log.lifter_id(),
                        "sensor_id": None
                        if self._sensor is None
                        else sensor_id(log.connection, *self._sensor),
                        "started_utc": started_utc,
                        "utc_offset_min": offset,
                        "clock_s": self._clock_s,
                        "exercise": setup.exercise,
                        "placement": setup.placement.value,
                        "load_kg": setup.load_kg,
                        "set_on": int(setup.set_on),
                        "source": "live",
                    },
                )
        except HardsetError as error:
            self._recording_id = None
            self._tell(error)
            return
        self._alive = Alive(log.path, self._recording_id)
        self._alive.hold()
        self._writer = ChunkWriter(log.path, self._recording_id)
        for batch in self._unsaved_samples:
            self._writer.put(batch)
        self._unsaved_samples.clear()

    def _save(self, scored: ScoredSet) -> int:
        setup, measured = self.setup, scored.measured
        reps = f"{len(measured.reps)} {setup.exercise or 'reps'}"
        with self._log.operation("live", f"measured a set of {reps}") as op:
            new = NewMeasuredSet(
                measured=measured,
                exercise=setup.exercise,
                placement=setup.placement,
                load_kg=setup.load_kg,
                at=self._time_of(measured.end_s),
                recording_id=self._recording_id,
                source="live",
                warmup=setup.warmup,
            )
            if self._recording_id is not None:
                scored_to(self._log.connection, self._recording_id, measured.end_s)
            return put_measured(self._log, op, new)

    def _try_again(self) -> None:
        """Write what waits, if the disk has room again."""
        samples, sets = self._unsaved_samples, self._unsaved_sets
        self._unsaved_samples, self._unsaved_sets = [], []
        if samples and self._recording_id is not None:
            first = self._next_number()
            writer = ChunkWriter(self._log.path, self._recording_id, first)
            for batch in samples:
                writer.put(batch)
            writer.close()
            self._unsaved_samples = writer.waiting
        else:
            self._unsaved_samples = samples
        for scored in sets:
            self.set_over(scored)

    def _next_number(self) -> int:
        row = self._log.connection.execute(
            "SELECT coalesce(max(number) + 1, 0) FROM sample_chunks WHERE recording_id = ?",
            (self._recording_id,),
        ).fetchone()
        return int(row[0])

    def _rescue(self) -> None:
        """The whole session as a recording beside the log, or wherever there is room."""
        whole = [*self._kept(), *self._unsaved_samples]
        name = f"hardset_rescued_{self._began:%Y-%m-%d_%H%M%S}.csv"
        setup = self.setup
        known = Sidecar(exercise=setup.exercise, placement=setup.placement, load_kg=setup.load_kg)
        for folder in (self._log.path.parent, Path.home(), Path(tempfile.gettempdir())):
            try:
                write_recording(folder / name, joined(whole), known)
            except HardsetError:
                for half in (folder / name, (folder / name).with_suffix(".json")):
                    half.unlink(missing_ok=True)
                continue
            self._to_tell.append(
                f"The session could not be kept in {self._log.path}; it is in {folder / name}, "
                f"add it later with: hardset analyze {folder / name} --save."
            )
            return
        self._to_tell.append(f"The session could not be kept in {self._log.path} nor anywhere else.")

    def _time_of(self, stamp_s: float) -> datetime:
        return self._began + timedelta(seconds=stamp_s - self._clock_s)

    def _kept(self) -> list[SampleBatch]:
        """What of the session is in the log, as far as that can be read."""
        if self._recording_id is None:
            return []
        try:
            with stated(self._log.path):
                kept = read_samples(self._log.connection, self._recording_id)
        except HardsetError:
            return []
        return [] if kept is None else [kept]

    def _close_recording(self) -> None:
        if self._recording_id is None:
            return
        try:
            with stated(self._log.path):
                close_recording(self._log.connection, self._recording_id)
        except HardsetError as error:
            self._tell(error)

    @property
    def _began(self) -> datetime:
        assert self._started is not None
        return self._started

    def _tell(self, problem: HardsetError) -> None:
        """Each trouble is told once, not ten times a second."""
        sentence = f"{problem} Until then the session stays in memory."
        if sentence not in self._told:
            self._told.add(sentence)
            self._to_tell.append(sentence)


@contextmanager
def _impatient(connection: sqlite3.Connection) -> Iterator[None]:
    """Give up a busy file after BRING_MS."""
    connection.execute(f"PRAGMA busy_timeout = {BRING_MS}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_S * 1000)}")
