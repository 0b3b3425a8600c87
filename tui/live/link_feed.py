"""Samples of a sensor that is linked now: Bluetooth, or a virtual one."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from hardset.signal.samples import SampleBatch
from hardset.tracker.facts import Fact, Warned
from hardset.tui.live.feeds import Sink

if TYPE_CHECKING:
    from hardset.tracker.sensors.link import Link


class LinkFeed:
    """Follows a link until it ends or the feed is cancelled; then the sensor is stopped in order."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def run(self, sink: Sink) -> None:
        """Decode in a thread of its own. Raises BluetoothProblem, SensorProblem."""
        from hardset.tracker.live_run import Station, run_stations  # brings bleak: 0.2 s
        from hardset.tracker.receiver import Receiver

        def say(fact: Fact) -> None:
            if isinstance(fact, Warned):
                sink.warned(fact)

        origin_s = time.monotonic()
        receiver = Receiver(Forwarding(sink), time.monotonic, origin_s=origin_s)
        await run_stations([Station(self._link, lambda: receiver, say)], seconds=None, stop=asyncio.Event())


class Forwarding:
    """A receiver's listener that hands everything on to the sink; the session there makes the facts."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """A sensor streams."""
        self._sink.connected(at_s, sensor, model, asked_rate_hz)
        return []

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge and losses."""
        self._sink.device_says(battery_pct, missing)

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """New samples."""
        self._sink.samples(batch, now_s)
        return []

    def signal_lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more."""
        self._sink.signal_lost(at_s, reason)
        return []

    def wait(self, at_s: float) -> list[Fact]:
        """Time has passed."""
        self._sink.waited(at_s)
        return []

    def finish(self, at_s: float) -> list[Fact]:
        """Nothing will come any more."""
        self._sink.ended(at_s)
        return []
