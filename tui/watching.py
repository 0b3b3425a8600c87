"""The screens of a visitor: Live follows what another process measures, and changes nothing."""

from __future__ import annotations

import asyncio

from textual import work

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.errors import UnknownExercise
from hardset.tracker.live_watch import Glimpse, LiveWatch
from hardset.tracker.training.catalogue import exercise
from hardset.tui.app import HardsetApp
from hardset.tui.live.feeds import Sink
from hardset.tui.live.lift import Lift

LOOK_EVERY_S = 0.25
"""Samples are on disk within half a second: together a visitor is less than a second behind."""


class PushedFeed:
    """Samples that somebody else brings."""

    def __init__(self) -> None:
        self._coming: asyncio.Queue[SampleBatch | None] = asyncio.Queue()

    def push(self, samples: SampleBatch | None) -> None:
        """More samples; None: there will be no more."""
        self._coming.put_nowait(samples)

    async def run(self, sink: Sink) -> None:
        """Hand over what is brought."""
        newest_s: float | None = None
        while (samples := await self._coming.get()) is not None:
            if newest_s is None:
                sink.connected(float(samples.time_s[0]), "the sensor", "another screen's", None)
            newest_s = float(samples.time_s[-1])
            sink.samples(samples, newest_s)
        if newest_s is not None:
            sink.ended(newest_s)


class WatchingApp(HardsetApp):
    """Follows the newest session of the log's lifter."""

    def on_mount(self) -> None:
        """Start to look."""
        self._look_on()

    @work(group="watch", exit_on_error=False)
    async def _look_on(self) -> None:
        path = self.desk.path
        assert path is not None
        watch = await asyncio.to_thread(LiveWatch, path, self.desk.lifter)
        followed: int | None = None
        feed = PushedFeed()
        try:
            while True:
                seen = await asyncio.to_thread(watch.look)
                if followed is not None and (seen is None or seen.recording.id != followed):
                    feed.push(None)
                    followed = None
                if seen is not None and followed is None and self.live is not None:
                    feed, followed = PushedFeed(), seen.recording.id
                    self.live.follow(feed, _lift(seen))
                if seen is not None and seen.samples is not None and followed is not None:
                    feed.push(seen.samples)
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            watch.close()


def _lift(seen: Glimpse) -> Lift:
    recording = seen.recording
    try:
        entry = None if recording.exercise is None else exercise(recording.exercise)
    except UnknownExercise:
        entry = None  # an own exercise of the lifter: shown without its name
    return Lift(entry, Placement(recording.placement or Placement.BAR), recording.load_kg)
