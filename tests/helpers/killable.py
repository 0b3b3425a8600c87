"""A live session in a process of its own, fed in real time, that somebody may kill."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection
from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.recordings import read_recording
from hardset.tracker.session import Session
from hardset.tracker.storage.keeper import LiveSetup, LogKeeper
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.log import Log

BATCH = 5


def the_set(recording: Path, from_s: float) -> SampleBatch:
    """The samples that the session is fed with, from a time on."""
    samples = read_recording(recording).samples
    first = int((samples.time_s >= samples.time_s[0] + from_s).argmax())
    return samples.slice(first, len(samples))


def run_session(database: Path, recording: Path, from_s: float, speed: float, told: Connection) -> None:
    """Feed a session as a sensor would, or faster; tells how many samples it handed over, and when."""
    samples = the_set(recording, from_s)
    entry = exercise("back_squat")
    with Log.open(database) as log:
        keeper = LogKeeper(log, LiveSetup(entry.id, Placement.BAR, load_kg=100.0))
        session = Session(entry, Placement.BAR, keeper=keeper)
        session.connected(0.0, "Test", "virtual", 50.0)
        began_s, first_s = time.monotonic(), float(samples.time_s[0])
        for start in range(0, len(samples), BATCH):
            batch = samples.slice(start, start + BATCH)
            due_s = began_s + (float(batch.time_s[-1]) - first_s) / speed
            time.sleep(max(0.0, due_s - time.monotonic()))
            session.feed(batch, float(batch.time_s[-1]))
            told.send((start + len(batch), time.monotonic()))
        session.finish(float(samples.time_s[-1]))
        told.send(None)
