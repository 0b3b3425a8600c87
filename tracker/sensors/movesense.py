"""Movesense: the GATT SensorData protocol of its default firmware (from 2.3 on).

Layout as in the vendor's protocol page and firmware samples. A packet is the sensor's milliseconds at
its first sample, then all triples of acceleration, then all of angular velocity, 32-bit floats. What is
longer than 150 bytes comes in two notifications, with nothing that says so but its length.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.sensors.clock import SampleClock
from hardset.tracker.sensors.model import RADPS_PER_DPS, Identity, TallyingDecoder, believable, widened
from hardset.tracker.sensors.protocol import Notification, Write

SERVICE = "34802252-7185-4d5d-b431-630e7050e8f0"
WRITE = "34800001-7185-4d5d-b431-630e7050e8f0"
NOTIFY = "34800002-7185-4d5d-b431-630e7050e8f0"
ADVERTISED = ("0000fdf3-0000-1000-8000-00805f9b34fb", "0000fe06-0000-1000-8000-00805f9b34fb")
"""Its own service is not in the advertisement; these are, the second from older firmware."""

HELLO, SUBSCRIBE, UNSUBSCRIBE, GET = 0, 1, 2, 4
RESULT, DATA, DATA_PART_2 = 1, 2, 3
FIRST_PART = 150
"""Payload of a first part: no whole packet is of this length, for 146 is no multiple of 12."""
TRIPLE = 12

MOTION_REFERENCE, ACCELERATION_REFERENCE, BATTERY_REFERENCE = 99, 97, 98
"""Any numbers but 0: the sensor repeats them in its answers."""
TRIPLES = {MOTION_REFERENCE: 2, ACCELERATION_REFERENCE: 1}

_TICKS = struct.Struct("<I")
_RESULT = struct.Struct("<BBH")


def subscribe(reference: int, path: str) -> bytes:
    """Ask for a stream, for instance of /Meas/IMU6/104."""
    return bytes((SUBSCRIBE, reference)) + path.encode("ascii")


def unsubscribe(reference: int) -> bytes:
    """End a stream."""
    return bytes((UNSUBSCRIBE, reference))


def get(reference: int, path: str) -> bytes:
    """Ask for a value once."""
    return bytes((GET, reference)) + path.encode("ascii")


def read_packet(payload: bytes, triples: int) -> tuple[int, FloatArray] | None:
    """Milliseconds of the first sample and (triples, n, 3) values; None when the length does not fit."""
    n, rest = divmod(len(payload) - _TICKS.size, TRIPLE * triples)
    if rest or n < 1:
        return None
    values = np.frombuffer(payload, dtype="<f4", offset=_TICKS.size)
    return _TICKS.unpack_from(payload)[0], widened(values).reshape(triples, n, 3)


class MovesenseDecoder(TallyingDecoder):
    """Packets of one connection."""

    def __init__(self, rate_hz: float) -> None:
        super().__init__()
        self._clock = SampleClock(tick_s=1e-3, bits=32, period_s=1.0 / rate_hz)
        self._rate_hz = rate_hz
        self._parts: dict[int, bytes] = {}

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples of the packet that is whole with this notification."""
        self._tally.notifications += 1
        payload = notification.payload
        if len(payload) < 3:
            self._tally.rejected_bytes += len(payload)
            return None
        kind, reference = payload[0], payload[1]
        if kind == RESULT:
            self._result(payload)
            return None
        triples = TRIPLES.get(reference)
        packet = self._whole(kind, reference, payload[2:], triples) if triples else None
        if triples is None or (packet is None and kind not in (DATA, DATA_PART_2)):
            self._tally.rejected_bytes += len(payload)
        if packet is None or triples is None:
            return None
        return self._samples(packet, triples, notification.arrived_s)

    def _result(self, payload: bytes) -> None:
        if len(payload) < _RESULT.size:
            return
        _, reference, status = _RESULT.unpack_from(payload)
        if reference == BATTERY_REFERENCE and status == 200 and len(payload) > _RESULT.size:
            self._battery_pct = float(min(payload[_RESULT.size], 100))
        elif reference == MOTION_REFERENCE and status >= 400 and not self._tally.samples:
            self._answers = (_write(subscribe(ACCELERATION_REFERENCE, f"/Meas/Acc/{self._rate_hz:.0f}")),)

    def _whole(self, kind: int, reference: int, part: bytes, triples: int) -> bytes | None:
        """The packet that ends with this part; None while the rest is to come, or was lost."""
        before = self._parts.pop(reference, None)
        if kind == DATA:
            if before is not None:
                self._tally.rejected_bytes += len(before)
            looks_whole = (len(part) - _TICKS.size) % (TRIPLE * triples) == 0 and len(part) != FIRST_PART
            if looks_whole:
                return part
            self._parts[reference] = part
        elif kind == DATA_PART_2:
            if before is not None:
                return before + part
            self._tally.rejected_bytes += len(part)
        return None

    def _samples(self, packet: bytes, triples: int, arrived_s: float) -> SampleBatch | None:
        read = read_packet(packet, triples)
        if read is None:
            self._tally.rejected_bytes += len(packet)
            return None
        ticks, values = read
        gyro = values[1] * RADPS_PER_DPS if triples > 1 else None
        if not believable(values[0], gyro):
            self._tally.rejected_bytes += len(packet)
            return None
        stamps = self._clock.stamp(ticks, values.shape[1], arrived_s)
        if stamps is None:
            return None
        self._tally.samples += len(stamps)
        self._tally.missing_samples = self._clock.missing
        return SampleBatch(stamps, values[0], gyro)


def _write(payload: bytes) -> Write:
    return Write(WRITE, payload, with_response=True)


@dataclass(frozen=True, slots=True)
class Movesense(Identity):
    """A Movesense sensor, read as acceleration and angular velocity, or as acceleration alone."""

    reference: int
    path: str

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """Subscribe to the motion."""
        return (_write(subscribe(self.reference, f"{self.path}{self.nearest_rate(rate_hz):.0f}")),)

    def stop(self) -> tuple[Write, ...]:
        """Unsubscribe; some firmware answers that it failed, and has done it."""
        return (_write(unsubscribe(self.reference)),)

    def ask_battery(self) -> tuple[Write, ...]:
        """Ask for the charge; the answer comes as a notification."""
        return (_write(get(BATTERY_REFERENCE, "/System/Energy/Level")),)

    def decoder(self, rate_hz: float) -> MovesenseDecoder:
        """A fresh decoder for one connection."""
        return MovesenseDecoder(self.nearest_rate(rate_hz))


MOVESENSE = Movesense(
    id="movesense",
    name="Movesense",
    name_prefixes=("Movesense",),
    service_uuids=(SERVICE, *ADVERTISED),
    subscriptions=(NOTIFY,),
    # 208 Hz of both would be 388 bytes a packet: more than two parts hold.
    rates_hz=(13.0, 26.0, 52.0, 104.0),
    has_gyroscope=True,
    reference=MOTION_REFERENCE,
    path="/Meas/IMU6/",
)
MOVESENSE_ACCELERATION = Movesense(
    id="movesense_acc",
    name="Movesense, acceleration alone",
    name_prefixes=(),
    service_uuids=(),
    subscriptions=(NOTIFY,),
    rates_hz=(13.0, 26.0, 52.0, 104.0, 208.0),
    has_gyroscope=False,
    reference=ACCELERATION_REFERENCE,
    path="/Meas/Acc/",
)
