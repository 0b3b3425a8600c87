"""Runs live sessions: each sensor's link in the event loop, its decoding and its sums in a thread.

Settling a set takes some tenths of a second; the event loop, which stamps the notifications, must not
wait for that. Facts are said in the sensor's thread, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hardset.tracker.facts import Fact
from hardset.tracker.receiver import Receiver
from hardset.tracker.sensors.events import LinkEvent, LinkUp
from hardset.tracker.sensors.link import Link

TICK_S = 0.25
"""Without a notification the receiver is told so often that time passes."""


@dataclass(frozen=True, slots=True)
class Station:
    """One sensor of a live session."""

    link: Link
    open: Callable[[], Receiver]
    """Called in the station's thread, the only one that touches what it opens (files, the log)."""
    say: Callable[[Fact], None]
    """Called with each fact, in a thread of this station's own."""


async def run_stations(stations: Sequence[Station], *, seconds: float | None, stop: asyncio.Event) -> None:
    """Run until `stop`, until `seconds` after the last sensor was connected, or until all links end.

    When one station fails the others end cleanly, then its error is raised (HardsetError, or a fault).
    """
    runners = [_Runner(station) for station in stations]
    tasks = [asyncio.create_task(runner.run()) for runner in runners]
    timer = asyncio.create_task(_expire(runners, seconds, stop))
    stopping = asyncio.create_task(stop.wait())
    try:
        waiting: set[asyncio.Task[object]] = {stopping, *tasks}
        while not stopping.done() and not all(task.done() for task in tasks):
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() is not None for task in done):
                break
    finally:
        for station in stations:
            station.link.stop()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        for task in (timer, stopping):
            task.cancel()
    for result in results:
        if result is not None:
            raise result


async def _expire(runners: Sequence[_Runner], seconds: float | None, stop: asyncio.Event) -> None:
    if seconds is None:
        return
    for runner in runners:
        await runner.connected.wait()
    await asyncio.sleep(seconds)
    stop.set()


class _Runner:
    """Carries events of one station from the loop to its thread."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._events: asyncio.Queue[LinkEvent] = asyncio.Queue()
        self.connected = asyncio.Event()
        """The sensor was connected for the first time."""

    async def run(self) -> None:
        """Until the link ends; then settle and keep what is open. Raises what the link raised."""
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix="session") as thread:
            receiver = await loop.run_in_executor(thread, self._station.open)
            link = asyncio.create_task(self._station.link.run(self._emit))
            try:
                while not link.done() or not self._events.empty():
                    await loop.run_in_executor(thread, self._take, receiver, await self._come(link))
                    self._station.link.answer(receiver.answers())
                await link
            finally:
                self._station.link.stop()
                await asyncio.wait({link})
                await loop.run_in_executor(thread, self._finish, receiver)

    def _emit(self, event: LinkEvent) -> None:
        self._events.put_nowait(event)
        if isinstance(event, LinkUp):
            self.connected.set()

    async def _come(self, link: asyncio.Task[None]) -> list[LinkEvent]:
        """All events that are there; waits a little for the first."""
        if self._events.empty():
            coming = asyncio.create_task(self._events.get())
            done, _ = await asyncio.wait({coming, link}, timeout=TICK_S, return_when=asyncio.FIRST_COMPLETED)
            if coming not in done:
                coming.cancel()
            events = [coming.result()] if coming in done else []
        else:
            events = []
        while not self._events.empty():
            events.append(self._events.get_nowait())
        return events

    def _take(self, receiver: Receiver, events: list[LinkEvent]) -> None:
        for fact in receiver.take(events):
            self._station.say(fact)

    def _finish(self, receiver: Receiver) -> None:
        for fact in receiver.finish():
            self._station.say(fact)
