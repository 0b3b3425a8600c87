"""A sensor without hardware: simulated motion in the bytes of a real device, over a radio with faults.

The same object serves a Bluetooth peripheral, which asks it what to answer and what to send, and an
in-process link; the decoders cannot tell it from a device. Times are on the host's clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hardset.signal.samples import SampleBatch
from hardset.tracker.sensors.firmware import Firmware, GattService, Motion
from hardset.tracker.sensors.protocol import Notification, SensorModel
from hardset.tracker.sensors.virtual_radio import Outage, Packet, RadioBehaviour, VirtualRadio


class VirtualDevice:
    """One virtual sensor. The motion begins when it first streams, and goes on while nobody listens."""

    def __init__(
        self,
        firmware: Firmware,
        motion: SampleBatch,
        radio: RadioBehaviour | None = None,
        seed: int = 0,
    ) -> None:
        self._firmware = firmware
        self._motion = Motion(motion)
        self._radio = VirtualRadio(radio or RadioBehaviour(), seed)
        self._began_s: float | None = None
        self._stream: Iterator[Packet] = iter(())
        self._streaming: object | None = None
        self._next: Packet | None = None
        self._is_connected = False
        self._arrived_s = -math.inf  # of the newest notification that was given

    @property
    def model(self) -> SensorModel:
        """What kind of sensor it is."""
        return self._firmware.model

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        return self._firmware.advertised_name

    @property
    def services(self) -> tuple[GattService, ...]:
        """Its GATT table."""
        return self._firmware.services

    @property
    def length_s(self) -> float:
        """How long the motion lasts."""
        return self._motion.length_s

    @property
    def next_s(self) -> float | None:
        """When the next notification is due on the host's clock; None while it has none."""
        if self._next is None or self._began_s is None:
            return None
        return self._began_s + self._next.ready_s

    def finished(self, now_s: float) -> bool:
        """True when the motion is over and everything of it has been sent or lost."""
        over = self._began_s is not None and now_s - self._began_s >= self._motion.length_s
        return over and self._next is None

    def outage(self, now_s: float) -> Outage | None:
        """The outage it is in; a peripheral hangs up or falls silent then, and can't be connected to."""
        return None if self._began_s is None else self._radio.outage_at(now_s - self._began_s)

    def connect(self, now_s: float) -> None:
        """A host has connected."""
        self._is_connected = True
        self._firmware.connected()
        self._restream(now_s)

    def disconnect(self) -> None:
        """The host has gone, or the link broke."""
        self._is_connected = False
        self._streaming = self._next = None
        self._stream = iter(())

    def on_write(self, characteristic: str, payload: bytes, now_s: float) -> list[Notification]:
        """What the device answers at once to a command."""
        replies = self._firmware.on_write(characteristic, payload)
        if self._firmware.streaming != self._streaming:
            self._restream(now_s)
        return [Notification(characteristic, payload, now_s) for characteristic, payload in replies]

    def on_read(self, characteristic: str) -> bytes:
        """The value of a characteristic that can be read."""
        return self._firmware.on_read(characteristic)

    def notifications(self, until_s: float) -> list[Notification]:
        """Everything that arrives up to this time and was not given yet, in order."""
        due: list[Notification] = []
        while (at_s := self.next_s) is not None and at_s <= until_s and self._next is not None:
            due.append(Notification(self._next.characteristic, self._next.payload, at_s))
            self._arrived_s = self._next.ready_s
            self._next = next(self._stream, None)
        return due

    def _restream(self, now_s: float) -> None:
        self._streaming = self._firmware.streaming if self._is_connected else None
        self._stream, self._next = iter(()), None
        if self._streaming is None:
            return
        if self._began_s is None:
            self._began_s = now_s
        packets = self._firmware.packets(self._motion, now_s - self._began_s)
        self._stream = self._radio.carry(packets, after_s=self._arrived_s)
        self._next = next(self._stream, None)
