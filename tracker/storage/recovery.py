"""What a killed program left behind: its samples are analysed, and the sets they hold go into the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hardset.tracker.storage.alive import Alive
from hardset.tracker.storage.database import stated
from hardset.tracker.storage.recordings import StoredRecording, close_recording, read_samples, unfinished
from hardset.tracker.training.log import Log
from hardset.tracker.training.times import from_columns

MIN_S = 2.0
"""Less than this holds no set."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """One session that had been cut off."""

    started: datetime
    sets: tuple[int, ...]
    """Numbers of the sets that were added: what had not been in the log when the program died."""
    seconds: float
    """Samples that had not become sets yet."""

    @property
    def words(self) -> str:
        """A sentence for the lifter."""
        begun = f"The session of {self.started:%Y-%m-%d %H:%M} was cut off"
        if not self.sets:
            return f"{begun}; no further set was found in the {self.seconds:.0f} s of samples before that."
        numbers = ", ".join(map(str, self.sets))
        found = f"set {numbers} was found in its last {self.seconds:.0f} s and added"
        return f"{begun}; {found} (hardset edit {self.sets[0]} corrects it)."


def recover(log: Log) -> list[Recovered]:
    """Finish a lifter's recordings that nobody writes any more. Raises a DatabaseProblem."""
    with stated(log.path):
        left = [] if log.known_id is None else unfinished(log.connection, log.known_id)
    return [found for one in left if (found := _recover(log, one)) is not None]


def _recover(log: Log, recording: StoredRecording) -> Recovered | None:
    alive = Alive(log.path, recording.id)
    if not alive.hold():
        return None
    try:
        return _finish(log, recording)
    finally:
        alive.let_go()


def _finish(log: Log, recording: StoredRecording) -> Recovered:
    from hardset.signal.analysis import analyse
    from hardset.signal.exercise import Placement
    from hardset.tracker.scoring import known_exercise
    from hardset.tracker.training.measured_sets import NewMeasuredSet, put_measured

    started = from_columns(recording.started_utc, recording.utc_offset_min)
    placement = Placement(recording.placement) if recording.placement else Placement.BAR
    after_s = recording.clock_s if recording.scored_to_s is None else recording.scored_to_s
    with stated(log.path):
        samples = read_samples(log.connection, recording.id, after_s)
    seconds = 0.0 if samples is None or not len(samples) else float(samples.time_s[-1] - samples.time_s[0])
    sets: tuple[int, ...] = ()
    if samples is not None and seconds >= MIN_S:
        entry = known_exercise(recording.exercise, [])
        known = None if entry is None else entry.signal_at(placement)
        found = analyse(samples, exercise=known, placement=placement, set_on=recording.set_on).sets
        if found:
            with log.operation("recover", f"recovered {len(found)} sets of {started:%Y-%m-%d %H:%M}") as op:
                sets = tuple(
                    put_measured(
                        log,
                        op,
                        NewMeasuredSet(
                            measured=one,
                            exercise=recording.exercise,
                            placement=placement,
                            load_kg=recording.load_kg,
                            at=started + timedelta(seconds=one.end_s - recording.clock_s),
                            recording_id=recording.id,
                            source="recovered",
                        ),
                    )
                    for one in found
                )
                close_recording(log.connection, recording.id)
    with stated(log.path):
        close_recording(log.connection, recording.id)
    return Recovered(started, sets, seconds)
