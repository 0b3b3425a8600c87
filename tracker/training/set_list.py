"""Sets to be looked at once more: the list of all of them, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from hardset.signal.repetition import Rejected
from hardset.signal.rir_answer import RirEstimate, quantile
from hardset.tracker.errors import NotInLog
from hardset.tracker.storage.database import stated
from hardset.tracker.training.editing import reps_of
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.rir_log import fill_missing, rir_course
from hardset.tracker.training.set_rows import StoredRep, read_every_set

EARLIER = 12
"""So many earlier sets stand beside one."""
ON_LIMBS = ("thigh", "shank")


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set of the list."""

    logged: LoggedSet
    """With '' for its exercise where nobody has said what it was."""
    deleted: bool

    @property
    def at(self) -> datetime:
        """When it ended."""
        return self.logged.at

    @property
    def on_limb(self) -> bool:
        """True where velocities are °/s."""
        return self.logged.placement in ON_LIMBS


@dataclass(frozen=True, slots=True)
class RirStep:
    """Reps in reserve after one rep: two intervals about a median, in reps."""

    estimate: RirEstimate
    low50: float
    high50: float


@dataclass(frozen=True, slots=True)
class SetReview:
    """Everything about one set but its movement."""

    line: SetLine
    reps: tuple[StoredRep, ...]
    """Measured reps in the order of time, deleted ones too; their place, from 1, names them."""
    steps: tuple[RirStep, ...]
    """One for each rep that stands; empty without a sensor or an exercise."""
    rejected: tuple[Rejected, ...]
    """Movements that were found to be no reps; times on the recording's clock."""
    start_s: float | None
    """When the set began, on the same clock."""
    note: str | None
    has_samples: bool
    earlier: tuple[LoggedSet, ...]
    """Earlier sets of the exercise, the newest first; a warm-up's are warm-ups."""


def set_lines(log: Log, exercise: str | None = None) -> tuple[SetLine, ...]:
    """All sets of the lifter, or of one exercise, the newest first; deleted and unnamed ones too.

    Raises a DatabaseProblem.
    """
    with stated(log.path):
        id = log.known_id
        if id is None:
            return ()
        made = fill_missing(log.connection, id, exercise)
        sets = read_every_set(log.connection, id, made, exercise)
    return tuple(SetLine(one, deleted) for one, deleted in reversed(sets))


def set_review(log: Log, set_id: int) -> SetReview:
    """One set with its reps and what is like it. Raises NotInLog or a DatabaseProblem."""
    with stated(log.path):
        row = log.connection.execute("SELECT exercise FROM sets WHERE id = ?", (set_id,)).fetchone()
    lines = () if row is None else set_lines(log, row[0])
    line = next((one for one in lines if one.logged.id == set_id), None)
    if line is None:
        raise NotInLog(f"set {set_id}", "hardset history EXERCISE lists the sets with their numbers")
    with stated(log.path):
        start_s, note, samples = log.connection.execute(
            "SELECT start_s, note, EXISTS (SELECT 1 FROM sample_chunks "
            "WHERE sample_chunks.recording_id = sets.recording_id) FROM sets WHERE id = ?",
            (set_id,),
        ).fetchone()
        rejected = log.connection.execute(
            "SELECT start_s, end_s, reason FROM rejected WHERE set_id = ? ORDER BY start_s", (set_id,)
        ).fetchall()
    reps = tuple(reps_of(log, set_id))
    return SetReview(
        line=line,
        reps=reps,
        steps=_steps(log, line) if any(not one.deleted for one in reps) else (),
        rejected=tuple(Rejected(*row) for row in rejected),
        start_s=start_s,
        note=note,
        has_samples=bool(samples),
        earlier=_earlier(lines, line),
    )


def _earlier(lines: tuple[SetLine, ...], line: SetLine) -> tuple[LoggedSet, ...]:
    this = line.logged
    alike = (
        one.logged
        for one in lines
        if not one.deleted
        and one.logged.exercise == this.exercise
        and one.logged.warmup == this.warmup
        and (one.at, one.logged.id) < (this.at, this.id)
    )
    return tuple(one for one, _ in zip(alike, range(EARLIER), strict=False)) if this.exercise else ()


def _steps(log: Log, line: SetLine) -> tuple[RirStep, ...]:
    """The course of the estimate; a deleted set is in nobody's course, and has none."""
    this = line.logged
    if not this.exercise or this.placement is None or line.deleted:
        return ()
    with stated(log.path):
        id = log.known_id
        assert id is not None
        course = rir_course(log.connection, id, this.exercise, line.on_limb, this.id)
    return tuple(_step(one) for one in course)


def _step(estimate: RirEstimate) -> RirStep:
    """The middle half, its arms stretched as those of the 80 % interval are."""
    pmf = np.array(estimate.pmf)
    low10, low25, middle, high75, high90 = (quantile(pmf, share) for share in (0.1, 0.25, 0.5, 0.75, 0.9))
    down = (middle - estimate.low80) / max(middle - low10, 1e-9)
    up = (estimate.high80 - middle) / max(high90 - middle, 1e-9)
    return RirStep(
        estimate,
        low50=min(max(0.0, middle - down * (middle - low25), estimate.low80), estimate.high80),
        high50=max(0.0, min(middle + up * (high75 - middle), estimate.high80)),
    )
