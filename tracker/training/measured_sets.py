"""Sets that a sensor measured, into the log: their reps as measurements, and the samples they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hardset.signal.exercise import Placement
from hardset.signal.sets import MeasuredSet
from hardset.tracker.storage.journal import Operation
from hardset.tracker.training.set_rows import rep_row
from hardset.tracker.training.times import to_columns
from hardset.tracker.training.versions import algorithm_version

if TYPE_CHECKING:
    from hardset.tracker.scoring import ScoredRecording
    from hardset.tracker.training.log import Log

CHUNK_SAMPLES = 2000
"""Samples of a file in one chunk: 20 s at 100 Hz, so that a set can be read without the whole hour."""


@dataclass(frozen=True, slots=True)
class NewMeasuredSet:
    """A set of a recording, ready for the log."""

    measured: MeasuredSet
    exercise: str | None
    """None: nobody said; the set waits in the log until somebody does."""
    placement: Placement
    load_kg: float | None
    at: datetime
    """When it ended."""
    recording_id: int | None
    source: str
    """live, file or recovered."""
    warmup: bool = False
    import_key: str | None = None


def put_measured(log: Log, op: Operation, new: NewMeasuredSet) -> int:
    """Add a measured set within an operation; gives its number."""
    at_utc, offset = to_columns(new.at)
    set_id = op.insert(
        "sets",
        {
            "lifter_id": log.lifter_id(),
            "workout_id": log.workout_id(op, at_utc),
            "at_utc": at_utc,
            "utc_offset_min": offset,
            "exercise": new.exercise,
            "load_kg": new.load_kg,
            "warmup": int(new.warmup),
            "source": new.source,
            "recording_id": new.recording_id,
            "import_key": new.import_key,
            **measured_columns(new.measured),
            "placement": new.placement.value,
        },
    )
    put_reps(op, set_id, new.measured)
    return set_id


def measured_columns(measured: MeasuredSet) -> dict[str, object]:
    """What the pipeline says of the set itself."""
    return {
        "start_s": measured.start_s,
        "end_s": measured.end_s,
        "attempt_seen": int(measured.failed_attempt),
        "algorithm": algorithm_version(),
    }


def put_reps(op: Operation, set_id: int, measured: MeasuredSet) -> None:
    """Reps and rejected movements of a set."""
    op.insert_all("reps", [rep_row(set_id, rep) for rep in measured.reps])
    op.insert_all(
        "rejected",
        [
            {"set_id": set_id, "start_s": one.start_s, "end_s": one.end_s, "reason": one.reason}
            for one in measured.rejected
        ],
    )


def save_recording(log: Log, scored: ScoredRecording, started: datetime) -> list[int]:
    """Keep an analysed recording with its samples and sets, as one operation; gives the sets' numbers.

    A recording that the log holds already, bit by bit, is left as it is: the answer is then empty.
    """
    from hardset.tracker.storage.recordings import put_chunk
    from hardset.tracker.storage.samples import pack

    samples = scored.recording.samples
    digest = hashlib.sha256(pack(samples)).hexdigest()[:24]
    if log.holds_import(f"{digest}:", prefix=True):
        return []
    exercise = None if scored.exercise is None else scored.exercise.id
    start_s = float(samples.time_s[0])
    name = scored.recording.path.name
    with log.operation("save", f"saved {len(scored.sets)} sets of {name}") as op:
        started_utc, offset = to_columns(started)
        recording_id = op.insert(
            "recordings",
            {
                "lifter_id": log.lifter_id(),
                "started_utc": started_utc,
                "utc_offset_min": offset,
                "clock_s": start_s,
                "exercise": exercise,
                "placement": scored.placement.value,
                "load_kg": scored.load_kg,
                "source": name,
                "scored_to_s": float(samples.time_s[-1]),
                "closed": 1,
            },
        )
        for number, first in enumerate(range(0, len(samples), CHUNK_SAMPLES)):
            put_chunk(log.connection, recording_id, number, samples.slice(first, first + CHUNK_SAMPLES))
        return [
            put_measured(
                log,
                op,
                NewMeasuredSet(
                    measured=one.measured,
                    exercise=exercise,
                    placement=scored.placement,
                    load_kg=scored.load_kg,
                    at=started + timedelta(seconds=one.measured.end_s - start_s),
                    recording_id=recording_id,
                    source="file",
                    import_key=f"{digest}:{one.measured.number}",
                ),
            )
            for one in scored.sets
        ]
