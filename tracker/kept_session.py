"""A live session that is kept in a lifter's log, or looks on while another process keeps it."""

from __future__ import annotations

from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.session import Session
from hardset.tracker.storage.keeper import LiveSetup, LogKeeper
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.log import Log


def kept_session(
    path: Path,
    lifter: str,
    exercise: CatalogueEntry | None,
    placement: Placement,
    *,
    load_kg: float | None = None,
    warmup: bool = False,
    set_on: bool = False,
    looking_on: bool = False,
) -> Session:
    """Open one, with a connection to the log of its own. looking_on: the lifter is known, nothing is kept.

    To be called in the session's own thread, the only one that may use the connection. Raises a
    DatabaseProblem.
    """
    setup = LiveSetup(
        None if exercise is None else exercise.id, placement, load_kg, warmup=warmup, set_on=set_on
    )
    kind = _LookingOn if looking_on else _OwnLogKeeper
    keeper = kind(Log.open(path, lifter), setup)
    return Session(exercise, placement, set_on=set_on, keeper=keeper)


class _OwnLogKeeper(LogKeeper):
    """A keeper whose log is closed with the session."""

    def __init__(self, log: Log, setup: LiveSetup) -> None:
        super().__init__(log, setup)
        self._own = log

    def close(self) -> None:
        """The session is over."""
        try:
            super().close()
        finally:
            self._own.close()


class _LookingOn(_OwnLogKeeper):
    """Knows the lifter as the log does, and writes nothing."""

    def samples(self, batch: SampleBatch) -> None:
        """Kept elsewhere."""

    def set_over(self, scored: ScoredSet) -> int | None:
        """Kept elsewhere."""
        return None
