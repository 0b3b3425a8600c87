"""A radio without hardware: virtual sensors and one host on Google's Bumble, in this process.

Real HCI, ATT, MTU exchange, discovery, subscriptions and disconnect reasons; no root, no kernel module.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

from bumble import gatt
from bumble.controller import Controller
from bumble.core import AdvertisingData
from bumble.device import Connection, Device
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport.common import AsyncPipeSink

from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice

HUNG_UP, TIMED_OUT = 0x13, 0x08
SUPERVISION_S = 0.7
"""A host misses a sensor that went out of range after this long."""
ADVERTISING_MS = 30.0


def _device(link: LocalLink, name: str, address: str) -> Device:
    controller = Controller(name, link=link, public_address=address)
    return Device(name=name, address=Address(address), host=Host(controller, AsyncPipeSink(controller)))


class Air:
    """One host and the sensors in its range. Comes to life in the event loop that first uses it."""

    def __init__(self) -> None:
        self._host: Device | None = None
        self._link = LocalLink()
        self.peripherals: dict[str, Peripheral] = {}
        self.adapter_hangs = False
        """The host's adapter takes no command to scan, and never says so."""

    @property
    def host(self) -> Device:
        assert self._host is not None, "power_on comes first"
        return self._host

    def add(self, virtual: VirtualDevice) -> Peripheral:
        """A sensor that is switched on with the air, or when somebody scans next."""
        address = f"F1:00:00:00:00:{len(self.peripherals):02X}"
        self.peripherals[address] = Peripheral(virtual, address)
        return self.peripherals[address]

    async def power_on(self) -> None:
        """Once; then nothing more to do."""
        if self._host is None:
            self._host = _device(self._link, "host", "F0:00:00:00:00:00")
            await self._host.power_on()
        for peripheral in self.peripherals.values():
            await peripheral.power_on(self._link)

    async def power_off(self) -> None:
        for peripheral in self.peripherals.values():
            await peripheral.power_off()
        await self.host.power_off()

    async def wait_for_advertisement(self, address: str) -> None:
        """As a controller waits that is told to connect; for ever if need be."""
        while not self.peripherals[address].advertises:
            await asyncio.sleep(0.01)


class Peripheral:
    """A virtual sensor behind a GATT server. Plays the outages of its radio."""

    def __init__(self, virtual: VirtualDevice, address: str) -> None:
        self.virtual = virtual
        self.address = address
        self.sent: list[Notification] = []
        """What went out to a subscriber."""
        self.written: list[bytes] = []
        self.silent = False
        """Connected, and sends nothing."""
        self.hidden = False
        """Does not advertise: switched off, or connected to somebody else."""
        self._device: Device | None = None
        self._connection: Connection | None = None
        self._characteristics: dict[str, gatt.Characteristic[bytes]] = {}
        self._pump: asyncio.Task[None] | None = None

    @property
    def device(self) -> Device:
        assert self._device is not None, "power_on comes first"
        return self._device

    def _characteristic(self, uuid: str, properties: tuple[str, ...]) -> gatt.Characteristic[bytes]:
        kinds = gatt.Characteristic.Properties
        flags = {
            "read": kinds.READ,
            "write": kinds.WRITE,
            "write-without-response": kinds.WRITE_WITHOUT_RESPONSE,
            "notify": kinds.NOTIFY,
            "indicate": kinds.INDICATE,
        }
        allowed = gatt.Characteristic.READABLE | gatt.Characteristic.WRITEABLE
        value = gatt.CharacteristicValue(
            read=lambda _connection: self.virtual.on_read(uuid),
            write=lambda _connection, payload: self._written(uuid, bytes(payload)),
        )
        both = flags[properties[0]]
        for name in properties[1:]:
            both |= flags[name]
        made: gatt.Characteristic[bytes] = gatt.Characteristic(uuid, both, allowed, value)
        self._characteristics[uuid] = made
        return made

    @property
    def advertises(self) -> bool:
        reachable = self.virtual.outage(time.monotonic()) is None and not self.hidden
        return reachable and self.device.is_advertising

    async def power_on(self, link: LocalLink) -> None:
        if self._device is not None:
            return
        self._device = _device(link, self.virtual.advertised_name, self.address)
        for service in self.virtual.services:
            made = [self._characteristic(one.uuid, one.properties) for one in service.characteristics]
            self.device.add_service(gatt.Service(service.uuid, made))
        self.device.on(Device.EVENT_CONNECTION, self._connected)
        await self.device.power_on()
        await self._advertise()
        self._pump = asyncio.create_task(self._run())

    async def power_off(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
        await self.device.power_off()

    async def _advertise(self) -> None:
        name = self.virtual.advertised_name.encode()
        data = AdvertisingData([(AdvertisingData.COMPLETE_LOCAL_NAME, name)])
        await self.device.start_advertising(
            advertising_data=bytes(data),
            advertising_interval_min=ADVERTISING_MS,
            advertising_interval_max=ADVERTISING_MS,
        )

    def _connected(self, connection: Connection) -> None:
        self._connection = connection
        self.virtual.connect(time.monotonic())
        connection.on(connection.EVENT_DISCONNECTION, self._disconnected)

    def _disconnected(self, _reason: int) -> None:
        self._connection = None
        self.virtual.disconnect()

    def _written(self, uuid: str, payload: bytes) -> None:
        self.written.append(payload)
        for reply in self.virtual.on_write(uuid, payload, time.monotonic()):
            asyncio.get_running_loop().create_task(self._send(reply))

    async def _send(self, notification: Notification) -> None:
        connection = self._connection
        if connection is None or not self.device.gatt_server.subscribers.get(connection):
            return
        characteristic = self._characteristics[notification.characteristic]
        await self.device.notify_subscriber(connection, characteristic, notification.payload)
        self.sent.append(notification)

    async def hang_up(self, reason: int = HUNG_UP) -> None:
        """Break the connection."""
        if self._connection is not None:
            await self._connection.disconnect(reason)

    async def _run(self) -> None:
        """Send what is due, break the link when the radio's plan says so, advertise when nobody listens."""
        while True:
            now_s = time.monotonic()
            outage = self.virtual.outage(now_s)
            if outage is not None and self._connection is not None:
                if outage.kind == "out_of_range":
                    await asyncio.sleep(SUPERVISION_S)
                    await self.hang_up(TIMED_OUT)
                else:
                    await self.hang_up()
            elif outage is None and self._connection is None and not self.device.is_advertising:
                await self._advertise()
            else:
                for notification in self.virtual.notifications(now_s):
                    if not self.silent:
                        await self._send(notification)
            await asyncio.sleep(0.002)
