"""A platform backend of bleak over the air of Bumble: scanner, client, adapter."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import bleak
import pytest
from bleak.args import SizedBuffer
from bleak.backends import BleakBackend
from bleak.backends.adapter import BaseBleakAdapter
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError
from bleak.uuids import normalize_uuid_str
from bumble.core import UUID, AdvertisingData
from bumble.device import Advertisement, Connection, Device, Peer
from bumble.gatt_client import CharacteristicProxy
from bumble_air import Air

MTU = 517
PROPERTIES = {
    0x02: "read",
    0x04: "write-without-response",
    0x08: "write",
    0x10: "notify",
    0x20: "indicate",
}


def _uuid(uuid: UUID) -> str:
    return normalize_uuid_str(uuid.to_hex_str("-"))


class Scanner(BaseBleakScanner):
    """Advertisements as the host's controller reports them."""

    air: ClassVar[Air]

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        await self.air.power_on()
        if self.air.adapter_hangs:
            await asyncio.Event().wait()
        self.seen_devices = {}
        self.air.host.on(Device.EVENT_ADVERTISEMENT, self._saw)
        await self.air.host.start_scanning(filter_duplicates=False)

    async def stop(self) -> None:
        await self.air.host.stop_scanning()
        self.air.host.remove_listener(Device.EVENT_ADVERTISEMENT, self._saw)

    def _saw(self, advertisement: Advertisement) -> None:
        address = advertisement.address.to_string(False)
        if address in self.air.peripherals and not self.air.peripherals[address].advertises:
            return  # out of range: its controller still advertises
        name = advertisement.data.get(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
        seen = AdvertisementData(
            local_name=str(name) if name is not None else None,
            manufacturer_data={},
            service_data={},
            service_uuids=[],
            tx_power=None,
            rssi=advertisement.rssi,
            platform_data=(),
        )
        device = self.create_or_update_device(address, address, seen.local_name, advertisement, seen)
        self.call_detection_callbacks(device, seen)


class Client(BaseBleakClient):
    """A GATT client of the host. After a loss it keeps what BlueZ keeps: subscriptions until `disconnect`."""

    air: ClassVar[Air]

    def __init__(self, address_or_ble_device: BLEDevice | str, **kwargs: Any) -> None:
        super().__init__(address_or_ble_device, **kwargs)
        self._connection: Connection | None = None
        self._peer: Peer | None = None

    @property
    def mtu_size(self) -> int:
        return 23  # as BlueZ says, whatever is in use

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        async with asyncio.timeout(self._timeout):
            await self.air.wait_for_advertisement(self.address)
            connection = await self.air.host.connect(self.address)
            assert isinstance(connection, Connection)
            self._connection = connection
            connection.on(connection.EVENT_DISCONNECTION, self._gone)
            self._peer = Peer(connection)
            await self._peer.request_mtu(MTU)
            await self._peer.discover_all()
            self.services = self._collected(self._peer)

    def _collected(self, peer: Peer) -> BleakGATTServiceCollection:
        collection = BleakGATTServiceCollection()
        for service in peer.services:
            ours = BleakGATTService(service, service.handle, _uuid(service.uuid))
            collection.add_service(ours)
            for one in service.characteristics:
                properties: Any = [name for flag, name in PROPERTIES.items() if one.properties & flag]
                uuid = _uuid(one.uuid)
                collection.add_characteristic(
                    BleakGATTCharacteristic(one, one.handle, uuid, properties, lambda: 20, ours)
                )
        return collection

    def _gone(self, _reason: int) -> None:
        self._connection = self._peer = None
        self.services = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def disconnect(self) -> None:
        if self._connection is not None:
            await self._connection.disconnect()

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        await self._connected().write_value(self._proxy(characteristic), bytes(data), response)

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        return bytearray(await self._connected().read_value(self._proxy(characteristic)))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        peer = self._connected()
        await peer.subscribe(self._proxy(characteristic), lambda value: callback(bytearray(value)))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        await self._connected().unsubscribe(self._proxy(characteristic))

    def _connected(self) -> Peer:
        if self._peer is None:
            raise BleakError("Not connected")
        return self._peer

    def _proxy(self, characteristic: BleakGATTCharacteristic) -> CharacteristicProxy[bytes]:
        proxy: CharacteristicProxy[bytes] = characteristic.obj
        return proxy

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError

    async def unpair(self) -> None:
        raise NotImplementedError

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        raise NotImplementedError

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        raise NotImplementedError


class Adapter(BaseBleakAdapter):
    """Devices that the host was left connected to: none."""

    air: ClassVar[Air]

    @classmethod
    async def get(cls, **kwargs: Any) -> Adapter:
        await cls.air.power_on()
        return cls()

    async def get_connected_devices(self, service_uuids: frozenset[str]) -> list[BLEDevice]:
        return []


def put_on_air(monkeypatch: pytest.MonkeyPatch, air: Air) -> None:
    """Make this the platform's radio, for calls of bleak as they are."""
    for kind, name in ((Scanner, "scanner"), (Client, "client"), (Adapter, "adapter")):
        bound = type(kind.__name__, (kind,), {"air": air})
        chosen = (bound, BleakBackend.BLUEZ_DBUS)
        monkeypatch.setattr(bleak, f"get_platform_{name}_backend_type", lambda chosen=chosen: chosen)
