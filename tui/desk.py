"""What lies on the desk when the screens open: all that they may ask the tracker for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hardset.tracker.training.log import Log
from hardset.tracker.training.settings import Settings
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift

if TYPE_CHECKING:
    from hardset.tracker.sensors.bluetooth import Found
    from hardset.tracker.sensors.link import Link
    from hardset.tracker.session import Session

SCAN_S = 5.0
RATE_HZ = 100.0
"""Velocity is measured on a grid of 100 Hz; more costs battery and radio time, and changes little."""
VIRTUAL_EXERCISE, VIRTUAL_SEED = "back_squat", 7
Scan = Callable[[float], Awaitable[Sequence["Found"]]]


@dataclass(slots=True)
class Desk:
    """Opened by the command that opens the screens, and shared by them."""

    path: Path | None = None
    """The training log's database; None: nothing is kept."""
    lifter: str = ""
    watching: bool = False
    """A visitor's desk: another process measures and keeps; here nothing is changed."""
    note: str = ""
    """Shown at the top of every screen: that this is a demonstration and nothing is kept, for instance."""
    welcome: str = ""
    """Said once when the screens open: that a log or a lifter is new, which may be a slip of the pen."""
    prepare: Callable[[], None] | None = None
    """Done in a thread before the feed starts: the demonstration fills its log."""
    start_feed: Callable[[], tuple[Lift, Feed]] | None = None
    """What Live follows from the start; None: the lifter chooses."""

    scan: Scan | None = None
    """How sensors in sight are found; None: over Bluetooth."""
    radio: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while scanning or connecting: adapters do one such thing at a time."""

    def virtual_link(self, name: str) -> Link:
        """A link to a virtual sensor on a simulated lifter; takes a second, belongs in a thread."""
        from hardset.tracker.demo_workout import demo_workout
        from hardset.tracker.sensors.virtual_link import VirtualLink
        from hardset.tracker.sensors.virtual_sensors import virtual_device

        workout = demo_workout(VIRTUAL_EXERCISE, VIRTUAL_SEED)
        return VirtualLink(virtual_device(name, workout.samples, seed=VIRTUAL_SEED), RATE_HZ)

    async def sensors_in_sight(self) -> Sequence[Found]:
        """All devices in sight, recognised ones first. Raises BluetoothProblem."""
        if self.scan is not None:
            return await self.scan(SCAN_S)
        from hardset.tracker.sensors.bluetooth import scan  # brings bleak: 0.2 s

        return await scan(SCAN_S)

    def link_to(self, found: Found) -> Link:
        """A link to a device in sight; scanning and connecting are done one at a time."""
        from hardset.tracker.sensors.link import BluetoothLink

        return BluetoothLink(found, RATE_HZ, self.radio)

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

    def recover(self) -> list[str]:
        """Sessions that a killed program left behind go into the log: a sentence for each.

        Raises a DatabaseProblem. Analyses what was cut off: belongs in a thread.
        """
        if self.watching:
            return []
        from hardset.tracker.storage.recovery import recover

        with self.log() as log:
            return [] if log is None else [one.words for one in recover(log)]

    def open_session(self, lift: Lift, set_on: bool) -> Session:
        """A session for a lift, kept in the log; called in the session's own thread."""
        if self.path is None:
            return unkept_session(lift, set_on)
        from hardset.tracker.kept_session import kept_session  # brings the analysis: a second

        return kept_session(
            self.path,
            self.lifter,
            lift.exercise,
            lift.placement,
            load_kg=lift.load_kg,
            warmup=lift.warmup,
            set_on=set_on,
            looking_on=self.watching,
        )


def unkept_session(lift: Lift, set_on: bool) -> Session:
    """A session of which nothing is kept: of a virtual sensor, or where there is no log."""
    from hardset.tracker.session import Session

    return Session(lift.exercise, lift.placement, set_on=set_on)
