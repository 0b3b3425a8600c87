"""One connection to a sensor: connect, subscribe, start, listen, leave. Never used twice."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice

from hardset.tracker.errors import SensorNotKnown
from hardset.tracker.sensors.events import Charge, Emit, LinkUp
from hardset.tracker.sensors.protocol import Notification, SensorModel, Write
from hardset.tracker.sensors.radio_errors import RADIO_ERRORS
from hardset.tracker.sensors.registry import models, recognise

log = logging.getLogger(__name__)

CONNECT_S = 10.0
ANSWER_S = 5.0
"""No single write, read or subscription takes longer, or the link is as good as gone."""
LEAVE_S = 5.0
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"


class Connection:
    """A connected sensor that streams into `emit`. Raises what bleak raises."""

    def __init__(self, device: BLEDevice, label: str, emit: Emit, wake: Callable[[], None]) -> None:
        """Wake is called when the link breaks."""
        self._label = label
        self._emit = emit
        self._wake = wake
        self._client = BleakClient(device, self._on_gone, timeout=CONNECT_S)
        self._model: SensorModel | None = None
        self._started = False
        self._left = False
        self.gone = False
        self.streams = False
        """Something has come since it was started."""
        self.heard_s = time.monotonic()
        """When the last notification came, or the connection was made."""

    async def open(self, model: SensorModel | None, rate_hz: float) -> SensorModel:
        """Connect, subscribe, and only then start it; model: None looks at its services.

        Raises SensorNotKnown when they are of no known kind.
        """
        async with asyncio.timeout(2 * CONNECT_S):
            await self._client.connect()
        if model is None:
            model = recognise(None, [service.uuid for service in self._client.services])
        if model is None:
            raise SensorNotKnown(self._label, tuple(known.name for known in models()))
        self._model = model
        rate_hz = min(model.rates_hz, key=lambda rate: (abs(rate - rate_hz), -rate))
        self.heard_s = time.monotonic()
        self._emit(LinkUp(self.heard_s, self._label, model, rate_hz))
        await self._subscribe(model)
        await self.write(model.start(rate_hz))
        self.heard_s = time.monotonic()
        self._started = True
        return model

    async def _subscribe(self, model: SensorModel) -> None:
        """All characteristics of the model that the device has; a kind may come in variants."""
        offered = {one.uuid for one in self._client.services.characteristics.values()}
        wanted = [uuid for uuid in model.subscriptions if uuid in offered] or model.subscriptions[:1]
        for uuid in wanted:
            async with asyncio.timeout(ANSWER_S):
                await self._client.start_notify(uuid, self._on_notification)

    def _on_notification(self, characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
        """Stamp, copy, hand on: nothing else, for the event loop stands still meanwhile."""
        now_s = time.monotonic()
        if self._left:
            return  # a late word of a connection that was given up
        self.heard_s = now_s
        self.streams = self._started
        self._emit(Notification(characteristic.uuid, bytes(payload), now_s))

    def _on_gone(self, _client: BleakClient) -> None:
        self.gone = True
        self._wake()

    async def write(self, writes: Sequence[Write]) -> None:
        """Write in order, with the pauses that the device needs."""
        for one in writes:
            async with asyncio.timeout(ANSWER_S):
                await self._client.write_gatt_char(
                    one.characteristic, one.payload, response=one.with_response
                )
            if one.pause_s > 0:
                await asyncio.sleep(one.pause_s)

    async def ask_battery(self) -> None:
        """Read the standard service, or ask as the model asks; whatever goes wrong is no matter."""
        try:
            if self._client.services.get_characteristic(BATTERY_LEVEL) is not None:
                async with asyncio.timeout(ANSWER_S):
                    read = await self._client.read_gatt_char(BATTERY_LEVEL)
                if len(read) == 1 and read[0] <= 100:
                    self._emit(Charge(time.monotonic(), float(read[0])))
            elif self._model is not None:
                await self.write(self._model.ask_battery())
        except RADIO_ERRORS as error:
            log.debug("battery of %s: %s", self._label, error)

    async def leave(self) -> None:
        """Tell the sensor to stop, then part."""
        if self._model is not None and not self.gone:
            try:
                await self.write(self._model.stop())
            except RADIO_ERRORS as error:
                log.debug("stopping %s: %s", self._label, error)
        await self.drop()

    async def drop(self) -> None:
        """Disconnect, even when the link is gone already.

        Without it BlueZ delivers every notification of the next connection twice, and after the
        next loss three times (seen with bleak 3.1 and BlueZ 5.66).
        """
        self._left = True
        with contextlib.suppress(*RADIO_ERRORS):
            async with asyncio.timeout(LEAVE_S):
                await self._client.disconnect()
