"""Looks over the shoulder of a session that another process keeps: its samples, as they reach the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hardset.signal.samples import SampleBatch
from hardset.tracker.storage.database import stated
from hardset.tracker.storage.recordings import StoredRecording, read_samples, unfinished
from hardset.tracker.training.log import Log

STEP_S = 1e-6


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is going on now."""

    recording: StoredRecording
    samples: SampleBatch | None
    """What has come since the last look; None for nothing."""


class LiveWatch:
    """Follows the newest recording that is being written. Reads only."""

    def __init__(self, path: Path, lifter: str) -> None:
        """Raises a DatabaseProblem."""
        self._log = Log.open(path, lifter)
        self._recording_id: int | None = None
        self._seen_s = float("-inf")

    def look(self) -> Glimpse | None:
        """The session that is going on; None while there is none. Raises a DatabaseProblem."""
        with stated(self._log.path):
            lifter_id = self._log.known_id
            going_on = [] if lifter_id is None else unfinished(self._log.connection, lifter_id)
            if not going_on:
                self._recording_id = None
                return None
            newest = going_on[-1]
            if newest.id != self._recording_id:
                self._recording_id = newest.id
                # Sets that are over are not told again to who comes late.
                self._seen_s = float("-inf") if newest.scored_to_s is None else newest.scored_to_s
            samples = read_samples(self._log.connection, newest.id, self._seen_s + STEP_S)
        if samples is None or not len(samples):
            return Glimpse(newest, None)
        self._seen_s = float(samples.time_s[-1])
        return Glimpse(newest, samples)

    def close(self) -> None:
        """Look no more."""
        self._log.close()
