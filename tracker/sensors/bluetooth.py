"""Which sensors are in sight: scanning and finding, through bleak.

Names first, service UUIDs second: a 128-bit UUID does not fit beside the name in one advertisement,
and several sensors do not advertise theirs at all.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bleak import BleakAdapter, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback

from hardset.tracker.errors import BluetoothFailed, SensorAmbiguous, SensorNotFound
from hardset.tracker.sensors.protocol import SensorModel
from hardset.tracker.sensors.radio_errors import RADIO_ERRORS, bluetooth_problem, in_words
from hardset.tracker.sensors.registry import models, recognise

FIND_S = 15.0
"""A sensor that advertises is seen within a second or two; many sleep and advertise seldom."""
NAMESAKE_S = 1.0
"""A name is enough when nobody else has it: so long is waited for a second one."""
PART_S = 4.0
"""After so long the beginning of a name is taken, where only one fits."""
LOOK_EVERY_S = 0.1
ADAPTER_S = 10.0
"""An adapter that hangs never answers, and bleak waits for ever for it to begin or end a scan."""
GENERIC_ATTRIBUTE = "1801"
"""A service that nearly every device has."""


@dataclass(frozen=True, slots=True)
class Found:
    """A device in sight."""

    device: BLEDevice
    name: str | None
    rssi_dbm: int | None
    """Strength of its signal; None for one that this computer is connected to already."""
    model: SensorModel | None
    """What kind of sensor it is; None for any other device."""

    @property
    def address(self) -> str:
        """Its address; on macOS an identifier that only this computer knows."""
        return self.device.address

    @property
    def label(self) -> str:
        """Name and address for people."""
        return f"{self.name} ({self.address})" if self.name else self.address


@contextlib.asynccontextmanager
async def scanning(saw: AdvertisementDataCallback | None = None) -> AsyncIterator[None]:
    """Scan within the block. Raises what bleak raises, and TimeoutError when the adapter hangs."""
    scanner = BleakScanner(saw)
    try:
        async with asyncio.timeout(ADAPTER_S):
            await scanner.start()
        yield
    finally:
        with contextlib.suppress(*RADIO_ERRORS):
            async with asyncio.timeout(ADAPTER_S):
                await scanner.stop()


async def scan(seconds: float) -> list[Found]:
    """All devices in sight, recognised ones and strong ones first.

    Raises BluetoothProblem, and what a profile of the user's may raise.
    """
    models()
    try:
        sight = _Sight()
        async with scanning(sight.saw):
            await asyncio.sleep(seconds)
    except RADIO_ERRORS as error:
        raise bluetooth_problem(error) or BluetoothFailed(in_words(error)) from error
    return sight.found


async def find(wanted: Sequence[str], seconds: float = FIND_S) -> list[Found]:
    """The devices of some names or addresses, in their order.

    An address is taken at once, a whole name when no other device has it, the beginning of a name
    when only one fits. Raises BluetoothProblem, SensorNotFound, SensorAmbiguous, and what a profile of
    the user's may raise.
    """
    models()  # a profile that can't be used is told here, not from within bleak's callback
    try:
        sight = _Sight()
        async with asyncio.timeout(ADAPTER_S):
            connected = await _connected_already()
        for device in connected:
            sight.saw_connected(device)
        started = time.monotonic()
        async with scanning(sight.saw):
            while True:
                waited_s = time.monotonic() - started
                chosen = [_choose(sight.found, one, waited_s) for one in wanted]
                if None not in chosen or waited_s > seconds:
                    break
                await asyncio.sleep(LOOK_EVERY_S)
    except RADIO_ERRORS as error:
        raise bluetooth_problem(error) or BluetoothFailed(in_words(error)) from error
    for one, found in zip(wanted, chosen, strict=True):
        if found is None:
            raise SensorNotFound(one, tuple(other.label for other in sight.found if other.name))
    return [found for found in chosen if found is not None]


async def find_again(address: str, seconds: float) -> BLEDevice | None:
    """The same device after it was lost; None if it is not in sight. Raises what bleak raises."""
    return await BleakScanner.find_device_by_address(address, timeout=seconds)


async def _connected_already() -> list[BLEDevice]:
    """Devices that a program which died has left connected: they do not advertise."""
    try:
        adapter = await BleakAdapter.get()
        services = {uuid for model in models() for uuid in model.service_uuids}
        return await adapter.get_connected_devices([GENERIC_ATTRIBUTE, *sorted(services)])
    except NotImplementedError:
        return []


def _choose(found: Sequence[Found], wanted: str, waited_s: float) -> Found | None:
    spelled = wanted.casefold()
    for one in found:
        if one.address.casefold() == spelled:
            return one
    if waited_s >= NAMESAKE_S:
        named = [one for one in found if (one.name or "").casefold() == spelled]
        if len(named) > 1:
            raise SensorAmbiguous(wanted, tuple(one.label for one in named))
        if named:
            return named[0]
    if waited_s >= PART_S:
        alike = [one for one in found if (one.name or "").casefold().startswith(spelled)]
        if len(alike) > 1:
            raise SensorAmbiguous(wanted, tuple(one.label for one in alike))
        if alike:
            return alike[0]
    return None


class _Sight:
    """Devices by address as their advertisements come in: the name often only with the second one."""

    def __init__(self) -> None:
        models()  # what is wrong with a profile is told here, not inside the radio's callback
        self._by_address: dict[str, Found] = {}

    @property
    def found(self) -> list[Found]:
        """Recognised ones first, then by strength."""
        return sorted(
            self._by_address.values(),
            key=lambda one: (one.model is None, one.name is None, -(one.rssi_dbm or 0)),
        )

    def saw(self, device: BLEDevice, advertisement: AdvertisementData) -> None:
        before = self._by_address.get(device.address)
        name = advertisement.local_name or device.name or (before.name if before else None)
        model = recognise(name, advertisement.service_uuids) or (before.model if before else None)
        self._by_address[device.address] = Found(device, name, advertisement.rssi, model)

    def saw_connected(self, device: BLEDevice) -> None:
        self._by_address[device.address] = Found(device, device.name, None, recognise(device.name, ()))
