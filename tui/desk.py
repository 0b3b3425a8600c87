"""What lies on the desk when the screens open: all that they may ask the tracker for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.coaching import Goal, GoalKind
from hardset.tracker.session import Keeper, NoKeeper, Session
from hardset.tracker.storage.keeper import LiveSetup, LogKeeper
from hardset.tracker.training.log import Log
from hardset.tracker.training.settings import Settings
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift


@dataclass(slots=True)
class Desk:
    """Opened by the command that opens the screens, and shared by them."""

    path: Path | None = None
    """The training log's database; None: nothing is kept."""
    lifter: str = ""
    note: str = ""
    """Shown at the top of every screen: that this is a demonstration and nothing is kept, for instance."""
    prepare: Callable[[], None] | None = None
    """Done in a thread before the feed starts: the demonstration fills its log."""
    start_feed: Callable[[], tuple[Lift, Feed]] | None = None
    """What Live follows from the start; None: the lifter chooses."""

    @contextmanager
    def log(self) -> Iterator[Log | None]:
        """The log, opened for this thread and closed afterwards; None where nothing is kept.

        Raises a DatabaseProblem. Opening a file that is up to date takes 1 ms.
        """
        if self.path is None:
            yield None
            return
        with Log.open(self.path, self.lifter) as log:
            yield log

    def settings(self) -> Settings:
        """The lifter's settings."""
        with self.log() as log:
            return Settings() if log is None else log.settings()

    def goal(self) -> Goal:
        """What ends a set, by the settings."""
        settings = self.settings()
        if settings.stop_at_loss_pct is not None:
            return Goal(GoalKind.LOSS, settings.target_rir, settings.stop_at_loss_pct)
        return Goal(target_rir=settings.target_rir)

    def open_session(self, lift: Lift, set_on: bool) -> Session:
        """A session for a lift, kept in the log; called in the session's own thread."""
        keeper: Keeper = NoKeeper()
        if self.path is not None:
            exercise = None if lift.exercise is None else lift.exercise.id
            setup = LiveSetup(exercise, lift.placement, lift.load_kg, warmup=lift.warmup, set_on=set_on)
            keeper = _OwnLogKeeper(Log.open(self.path, self.lifter), setup)
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
