"""The link to a virtual sensor, without a radio: the same events as over Bluetooth, in real time."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence

from hardset.tracker.sensors.events import Emit, LinkDown, LinkUp
from hardset.tracker.sensors.protocol import Write
from hardset.tracker.sensors.virtual import VirtualDevice

LOOK_EVERY_S = 0.01
REACH_AGAIN_S = 0.5
"""What connecting again takes."""


class VirtualLink:
    """Streams what the device sends until its motion is over, or until `stop`. `run` it once."""

    def __init__(self, device: VirtualDevice, rate_hz: float) -> None:
        self._device = device
        rates = device.model.rates_hz
        self._rate_hz = min(rates, key=lambda rate: (abs(rate - rate_hz), -rate))
        self._stopping = False
        self._answers: deque[Write] = deque()

    @property
    def label(self) -> str:
        """Its name for people."""
        return f"{self._device.advertised_name} (virtual)"

    async def run(self, emit: Emit) -> None:
        """Stream, with the outages of its radio."""
        while not self._over():
            now_s = time.monotonic()
            self._device.connect(now_s)
            emit(LinkUp(now_s, self.label, self._device.model, self._rate_hz))
            self._write(self._device.model.start(self._rate_hz), emit)
            self._write(self._device.model.ask_battery(), emit)
            kind = await self._stream(emit)
            if kind is None:
                self._write(self._device.model.stop(), emit)
            self._device.disconnect()
            if kind is not None:
                emit(LinkDown(time.monotonic(), kind))
                await self._wait_for_device()

    def answer(self, writes: Sequence[Write]) -> None:
        """Write these soon."""
        self._answers.extend(writes)

    def stop(self) -> None:
        """End; `run` returns soon after."""
        self._stopping = True

    async def _stream(self, emit: Emit) -> str | None:
        """Until the device is out of reach: how; None when it is over."""
        while not self._over():
            now_s = time.monotonic()
            outage = self._device.outage(now_s)
            if outage is not None:
                return "the sensor hung up" if outage.kind == "hang_up" else "the sensor went out of range"
            while self._answers:
                self._write([self._answers.popleft()], emit)
            for notification in self._device.notifications(now_s):
                emit(notification)
            await asyncio.sleep(LOOK_EVERY_S)
        return None

    async def _wait_for_device(self) -> None:
        while not self._over() and self._device.outage(time.monotonic()) is not None:
            await asyncio.sleep(LOOK_EVERY_S)
        await asyncio.sleep(0.0 if self._over() else REACH_AGAIN_S)

    def _write(self, writes: Sequence[Write], emit: Emit) -> None:
        for write in writes:
            for reply in self._device.on_write(write.characteristic, write.payload, time.monotonic()):
                emit(reply)

    def _over(self) -> bool:
        return self._stopping or self._device.finished(time.monotonic())
