"""The raw samples of a logged set with a little around them, and which of the sets found there it is."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.signal.samples import SampleBatch
from hardset.signal.sets import MeasuredSet
from hardset.tracker.storage.recordings import read_samples
from hardset.tracker.training.log import Log

WHOLE_S = 300.0
"""A shorter recording is analysed as a whole, as it was; of a longer one the time around the set."""
BEFORE_S, AFTER_S = 20.0, 15.0


def samples_around(log: Log, recording_id: int, start_s: float, end_s: float) -> SampleBatch | None:
    """Samples of a set that lies between two times of its recording; None where none were kept.

    Call it within `stated`.
    """
    first, last = log.connection.execute(
        "SELECT min(first_s), max(last_s) FROM sample_chunks WHERE recording_id = ?", (recording_id,)
    ).fetchone()
    if first is None or last - first <= WHOLE_S:
        return read_samples(log.connection, recording_id)
    before, after = log.connection.execute(
        "SELECT max(CASE WHEN end_s <= :start THEN end_s END), "
        "min(CASE WHEN start_s >= :end THEN start_s END) FROM sets WHERE recording_id = :recording",
        {"start": start_s, "end": end_s, "recording": recording_id},
    ).fetchone()
    from_s = max(start_s - BEFORE_S, first if before is None else before)
    to_s = min(end_s + AFTER_S, last if after is None else after)
    return read_samples(log.connection, recording_id, from_s, to_s)


def nearest(sets: Sequence[MeasuredSet], start_s: float, end_s: float) -> int | None:
    """Place of the set that shares most time with the one between two times; None where none does."""
    shared = [overlap(one.start_s, one.end_s, start_s, end_s) for one in sets]
    return shared.index(max(shared)) if shared and max(shared) > 0 else None


def overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Time that two spans share, s; negative where they lie apart."""
    return min(end, other_end) - max(start, other_start)
