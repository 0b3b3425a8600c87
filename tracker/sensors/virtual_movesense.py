"""The program inside a virtual Movesense."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.sensors.firmware import (
    GattCharacteristic,
    GattService,
    Motion,
    Reply,
    sample_times,
)
from hardset.tracker.sensors.model import RADPS_PER_DPS
from hardset.tracker.sensors.movesense import (
    DATA,
    DATA_PART_2,
    FIRST_PART,
    GET,
    HELLO,
    MOVESENSE,
    NOTIFY,
    RESULT,
    SERVICE,
    SUBSCRIBE,
    UNSUBSCRIBE,
    WRITE,
    Movesense,
)
from hardset.tracker.sensors.virtual_radio import Packet

SAMPLES_PER_PACKET = {13: 1, 26: 2, 52: 4, 104: 8, 208: 16}
BOOT_MS = 122_371
OK, NOT_FOUND = 200, 404
_STREAM = re.compile(r"/Meas/(Acc|IMU6)/(\d+)")


def encode_packet(clock_ms: int, acceleration_mps2: FloatArray, gyro_radps: FloatArray | None) -> bytes:
    """The milliseconds of the first sample, all acceleration, all angular velocity."""
    packet = clock_ms.to_bytes(4, "little") + acceleration_mps2.astype("<f4").tobytes()
    return packet if gyro_radps is None else packet + (gyro_radps / RADPS_PER_DPS).astype("<f4").tobytes()


def notifications_of(reference: int, packet: bytes) -> list[bytes]:
    """One notification, or two where it is too long for one."""
    parts = [bytes((DATA, reference)) + packet[:FIRST_PART]]
    if len(packet) > FIRST_PART:
        parts.append(bytes((DATA_PART_2, reference)) + packet[FIRST_PART:])
    return parts


class MovesenseFirmware:
    """Answers commands; forgets the subscription when the link ends."""

    def __init__(
        self,
        *,
        battery_pct: int = 87,
        advertised_name: str = "Movesense 204830000123",
        does_imu6: bool = True,
    ) -> None:
        self._battery_pct = battery_pct
        self._name = advertised_name
        self._does_imu6 = does_imu6
        self._subscription: tuple[int, str, int] | None = None

    @property
    def model(self) -> Movesense:
        """What kind of sensor it is."""
        return MOVESENSE

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        return self._name

    @property
    def services(self) -> tuple[GattService, ...]:
        """One to write to, one to be notified by."""
        write = GattCharacteristic(WRITE, ("write",))
        return (GattService(SERVICE, (write, GattCharacteristic(NOTIFY, ("notify",)))),)

    @property
    def streaming(self) -> tuple[int, str, int] | None:
        """Reference, resource and rate of the subscription."""
        return self._subscription

    def connected(self) -> None:
        """Nothing is subscribed to."""
        self._subscription = None

    def on_write(self, characteristic: str, payload: bytes) -> list[Reply]:
        """A command, and its result."""
        if characteristic != WRITE or len(payload) < 2 or payload[1] == 0:
            return []
        kind, reference = payload[0], payload[1]
        path = payload[2:].rstrip(b"\0").decode("ascii", "replace")
        if kind == HELLO:
            texts = ("204830000123", "SS2_ACC", "0C8CDC000001", "hardset virtual", "1.0.0")
            return [(NOTIFY, bytes((RESULT, reference, 1)) + b"".join(t.encode() + b"\0" for t in texts))]
        if kind == SUBSCRIBE:
            return [self._result(reference, self._subscribe(reference, path))]
        if kind == UNSUBSCRIBE:
            known = self._subscription is not None and self._subscription[0] == reference
            self._subscription = None if known else self._subscription
            return [self._result(reference, OK if known else NOT_FOUND)]
        if kind == GET and path == "/System/Energy/Level":
            return [self._result(reference, OK, bytes((self._battery_pct,)))]
        return [self._result(reference, NOT_FOUND)]

    def on_read(self, characteristic: str) -> bytes:
        """Nothing in it can be read."""
        return b""

    def packets(self, motion: Motion, start_s: float) -> Iterator[Packet]:
        """Packets of the documented size for the rate, in one or two notifications."""
        if self._subscription is None:
            return
        reference, resource, rate_hz = self._subscription
        for at_s in sample_times(motion, start_s, rate_hz, SAMPLES_PER_PACKET[rate_hz]):
            gyro = motion.angular_velocity_radps(at_s) if resource == "IMU6" else None
            ticks = BOOT_MS + int(np.round(at_s[0] * 1000.0))
            packet = encode_packet(ticks, motion.acceleration_mps2(at_s), gyro)
            for payload in notifications_of(reference, packet):
                yield Packet(float(at_s[-1]), NOTIFY, payload)

    def _subscribe(self, reference: int, path: str) -> int:
        found = _STREAM.fullmatch(path)
        if found is None or int(found[2]) not in SAMPLES_PER_PACKET:
            return NOT_FOUND
        if found[1] == "IMU6" and not self._does_imu6:
            return NOT_FOUND
        self._subscription = (reference, found[1], int(found[2]))
        return OK

    def _result(self, reference: int, status: int, data: bytes = b"") -> Reply:
        return NOTIFY, bytes((RESULT, reference)) + status.to_bytes(2, "little") + data
