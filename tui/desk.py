"""What lies on the desk when the screens open: all that they may ask the tracker for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift


@dataclass(slots=True)
class Desk:
    """Opened by the command that opens the screens, and shared by them."""

    note: str = ""
    """Shown at the top of every screen: that this is a demonstration and nothing is kept, for instance."""
    start_feed: Callable[[], tuple[Lift, Feed]] | None = None
    """What Live follows from the start; None: the lifter chooses."""
