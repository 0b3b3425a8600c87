"""A live session and where it is kept. Imported when the first one is opened: it brings the analysis."""

from __future__ import annotations

from pathlib import Path

from hardset.signal.samples import SampleBatch
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.session import Keeper, NoKeeper, Session
from hardset.tracker.storage.keeper import LiveSetup, LogKeeper
from hardset.tracker.training.log import Log
from hardset.tui.live.lift import Lift


def opened_session(
    path: Path | None, lifter: str, lift: Lift, set_on: bool, *, watching: bool = False
) -> Session:
    """A session for a lift; path None or watching keeps nothing. Raises a DatabaseProblem."""
    keeper: Keeper = NoKeeper()
    if path is not None:
        exercise = None if lift.exercise is None else lift.exercise.id
        setup = LiveSetup(exercise, lift.placement, lift.load_kg, warmup=lift.warmup, set_on=set_on)
        keeper = (_LookingOn if watching else _OwnLogKeeper)(Log.open(path, lifter), setup)
    return Session(lift.exercise, lift.placement, set_on=set_on, keeper=keeper)


class _OwnLogKeeper(LogKeeper):
    """A keeper with a log of its own, closed with the session."""

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
    """Knows the lifter as the log does, and writes nothing: another process keeps this session."""

    def samples(self, batch: SampleBatch) -> None:
        """Kept elsewhere."""

    def set_over(self, scored: ScoredSet) -> int | None:
        """Kept elsewhere."""
        return None
