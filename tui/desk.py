"""What lies on the desk when the screens open: all that they may ask the tracker for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.coaching import Goal, GoalKind
from hardset.tracker.session import Session
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
        """A session for a lift; called in the session's own thread."""
        return Session(lift.exercise, lift.placement, set_on=set_on)
