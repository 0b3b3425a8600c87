"""The program inside a virtual Polar H10 or Verity Sense."""

from __future__ import annotations

import heapq
import struct
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
from hardset.tracker.sensors.polar import (
    CONTROL,
    DATA,
    MPS2_PER_MG,
    POLAR_H10,
    POLAR_VERITY_SENSE,
    RESPONSE,
    SERVICE,
    START,
    STOP,
    USUAL_FACTOR,
    Polar,
)
from hardset.tracker.sensors.polar_frames import (
    ACC,
    FACTOR,
    GYRO,
    RATE,
    SDK_MODE,
    IntArray,
    encode_deltas,
    frame_header,
    read_parameters,
)
from hardset.tracker.sensors.virtual_radio import Packet

BOOT_NS = 599_616_000_000_000_000
"""Its clock stands somewhere in 2019 after power-up: only differences mean something."""
GROUP = 36
"""Samples in a notification, as many as fit the usual packet."""
OK, BAD_OPERATION, BAD_TYPE, BAD_PARAMETER, ALREADY, BAD_RATE = 0, 1, 2, 5, 6, 8
PLAIN_RATES_HZ = (52,)


def encode_raw(mg: FloatArray) -> bytes:
    """(n, 3) milli-g as 16-bit integers."""
    return np.clip(np.round(mg), -32768, 32767).astype("<i2").tobytes()


def encode_delta(values: FloatArray, factor: float) -> bytes:
    """(n, 3) values as 16-bit multiples of the factor, packed as differences."""
    words: IntArray = np.clip(np.round(values / factor), -32768, 32767).astype(np.int64)
    return encode_deltas(words, 16)


class PolarFirmware:
    """Starts and stops measurements at the control point; an H10 has no angular velocity."""

    def __init__(self, model: Polar = POLAR_H10, *, battery_pct: int = 76) -> None:
        self._model = model
        self._battery_pct = battery_pct
        self._running: dict[int, int] = {}
        self._sdk_mode = False

    @property
    def model(self) -> Polar:
        """What kind of sensor it is."""
        return self._model

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        return f"{self._model.name_prefixes[0]} 8A6C3E21"

    @property
    def services(self) -> tuple[GattService, ...]:
        """The control point, the data, and the standard battery."""
        control = GattCharacteristic(CONTROL, ("read", "write", "indicate"))
        battery = GattCharacteristic(BATTERY_LEVEL, ("read", "notify"))
        return (
            GattService(SERVICE, (control, GattCharacteristic(DATA, ("notify",)))),
            GattService(BATTERY_SERVICE, (battery,)),
        )

    @property
    def streaming(self) -> tuple[tuple[int, int], ...] | None:
        """Running measurements with their rates."""
        return tuple(sorted(self._running.items())) or None

    def connected(self) -> None:
        """Nothing runs."""
        self._running.clear()
        self._sdk_mode = False

    def on_write(self, characteristic: str, payload: bytes) -> list[Reply]:
        """A command at the control point, and its response."""
        if characteristic != CONTROL or len(payload) < 2:
            return []
        operation, measurement = payload[0], payload[1]
        if operation == START:
            status = self._start(measurement, payload[2:])
        elif operation == STOP:
            self._sdk_mode = self._sdk_mode and measurement != SDK_MODE
            self._running.pop(measurement, None)
            status = OK
        else:
            status = BAD_OPERATION
        response = bytes((RESPONSE, operation, measurement, status, 0))
        if operation == START and status == OK and measurement in USUAL_FACTOR and self._model.has_gyroscope:
            response += bytes((FACTOR, 1)) + struct.pack("<f", USUAL_FACTOR[measurement])
        return [(CONTROL, response)]

    def on_read(self, characteristic: str) -> bytes:
        """What it can do, or its charge."""
        if characteristic == BATTERY_LEVEL:
            return bytes((self._battery_pct,))
        return bytes((0x0F, 0x24 if self._model.has_gyroscope else 0x04, 0x02)) + bytes(14)

    def packets(self, motion: Motion, start_s: float) -> Iterator[Packet]:
        """Frames of all running measurements, in the order in which they are ready."""
        streams = [self._stream(motion, start_s, *running) for running in sorted(self._running.items())]
        yield from heapq.merge(*streams, key=lambda packet: packet.ready_s)

    def _stream(self, motion: Motion, start_s: float, measurement: int, rate_hz: int) -> Iterator[Packet]:
        for at_s in sample_times(motion, start_s, rate_hz, GROUP):
            header_of = BOOT_NS + round(float(at_s[-1]) * 1e9)
            is_delta = self._model.has_gyroscope
            header = frame_header(measurement, header_of, is_delta=is_delta, type=0 if is_delta else 1)
            yield Packet(float(at_s[-1]), DATA, header + self._content(motion, at_s, measurement))

    def _content(self, motion: Motion, at_s: FloatArray, measurement: int) -> bytes:
        if measurement == GYRO:
            return encode_delta(motion.angular_velocity_radps(at_s) / RADPS_PER_DPS, _factor(GYRO))
        mg = motion.acceleration_mps2(at_s) / MPS2_PER_MG
        return encode_delta(mg * 1e-3, _factor(ACC)) if self._model.has_gyroscope else encode_raw(mg)

    def _start(self, measurement: int, settings: bytes) -> int:
        if measurement == SDK_MODE and self._model.has_gyroscope:
            if self._running or self._sdk_mode:
                return ALREADY
            self._sdk_mode = True
            return OK
        if measurement != ACC and not (measurement == GYRO and self._model.has_gyroscope):
            return BAD_TYPE
        if measurement in self._running:
            return ALREADY
        found = read_parameters(settings)
        if found is None or len(found.get(RATE, ())) != 1:
            return BAD_PARAMETER
        rate_hz = found[RATE][0]
        plain = PLAIN_RATES_HZ if self._model == POLAR_VERITY_SENSE and not self._sdk_mode else None
        if rate_hz not in (plain or self._model.rates_hz):
            return BAD_RATE
        self._running[measurement] = rate_hz
        return OK


def _factor(measurement: int) -> float:
    """The factor as a 32-bit float, which is what the start answer carries."""
    return float(np.float32(USUAL_FACTOR[measurement]))


BATTERY_SERVICE = "0000180f-0000-1000-8000-00805f9b34fb"
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"
