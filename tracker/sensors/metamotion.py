"""MbientLab MetaMotion S (BMI270), R and RL (BMI160): 16-bit words, three samples a notification.

Register layout as the vendor's SDK has it. Acceleration and angular velocity come in notifications of
their own, without a clock or a counter. The two chips want different settings, and both kinds of board
advertise the same name: so the chip is asked for first, and set up by `answers` when it is known.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import SampleBatch
from hardset.tracker.sensors.clock import ArrivalClock
from hardset.tracker.sensors.model import MPS2_PER_G, RADPS_PER_DPS, Identity, TallyingDecoder, clipped_rows
from hardset.tracker.sensors.pairing import ACCELERATION, ANGULAR_VELOCITY, PairedByOrder
from hardset.tracker.sensors.protocol import Notification, Write

SERVICE = "326a9000-85cb-9195-d9dd-464cfbbae75a"
COMMAND = "326a9001-85cb-9195-d9dd-464cfbbae75a"
NOTIFY = "326a9006-85cb-9195-d9dd-464cfbbae75a"

ACCELEROMETER, GYROSCOPE, SETTINGS = 0x03, 0x13, 0x11
INFO_REPLY = 0x80
BATTERY_REPLIES = (0x8C, 0xCC)
"""Both were seen, depending on how the read was marked."""
PLAIN, PACKED = 8, 20
"""Bytes of a notification with one sample, and with three."""
DATA_REGISTERS = {ACCELEROMETER: (0x04, 0x05, 0x1C), GYROSCOPE: (0x04, 0x05, 0x07)}
"""Register 5 of the gyroscope is plain on one chip and packed on the other: the length tells."""

ACC_UNIT = MPS2_PER_G / 2048.0
"""At a range of 16 g."""
GYRO_UNIT = RADPS_PER_DPS / 16.4
"""At a range of 2000 °/s."""
RATE_CODES = {25.0: 6, 50.0: 7, 100.0: 8, 200.0: 9}
READ_ACCELEROMETER = bytes((ACCELEROMETER, INFO_REPLY))
READ_GYROSCOPE = bytes((GYROSCOPE, INFO_REPLY))
READ_BATTERY = bytes((SETTINGS, BATTERY_REPLIES[1]))
_INTERVAL = struct.Struct("<BBHHHH")
_BATTERY = struct.Struct("<xxBH")


@dataclass(frozen=True, slots=True)
class Chip:
    """What differs between the two motion chips."""

    filter_bits: int
    """High half of the accelerometer's configuration: usual bandwidth."""
    range_16_g: int
    packed_acceleration: int
    packed_angular_velocity: int


CHIPS = {1: Chip(0x20, 0x0C, 0x1C, 0x07), 4: Chip(0xA0, 0x03, 0x05, 0x05)}
"""By the implementation number that the accelerometer module tells: BMI160 and BMI270."""


def connection_interval(shortest_ms: float, longest_ms: float, timeout_ms: float) -> bytes:
    """Ask the board to ask for this connection interval, with no event skipped."""
    low, high = round(shortest_ms / 1.25), round(longest_ms / 1.25)
    return _INTERVAL.pack(SETTINGS, 0x09, low, high, 0, round(timeout_ms / 10))


def set_up(chip: Chip, rate_hz: float, *, with_gyroscope: bool) -> tuple[bytes, ...]:
    """Configure, subscribe, enable and start, in the order that the board wants."""
    code = RATE_CODES[rate_hz]
    acc = ACCELEROMETER
    commands = [
        bytes((acc, 0x03, chip.filter_bits | code, chip.range_16_g)),
        bytes((acc, chip.packed_acceleration, 1)),
        bytes((acc, 0x02, 1, 0)),
        bytes((acc, 0x01, 1)),
    ]
    if with_gyroscope:
        gyro = GYROSCOPE
        commands[1:1] = [bytes((gyro, 0x03, 0x20 | code, 0)), bytes((gyro, chip.packed_angular_velocity, 1))]
        commands[4:4] = [bytes((gyro, 0x02, 1, 0))]
        commands.append(bytes((gyro, 0x01, 1)))
    return tuple(commands)


def data_words(payload: bytes) -> NDArray[np.int16] | None:
    """(1, 3) or (3, 3) words of a data notification, oldest first; None for anything else."""
    if len(payload) not in (PLAIN, PACKED) or payload[1] not in DATA_REGISTERS.get(payload[0], ()):
        return None
    return np.frombuffer(payload, dtype="<i2", offset=2).reshape(-1, 3)


class MetaMotionDecoder(TallyingDecoder):
    """Notifications of one connection."""

    def __init__(self, rate_hz: float) -> None:
        super().__init__()
        self._arrival = ArrivalClock()
        self._pair = PairedByOrder()
        self._rate_hz = rate_hz
        self._chip: Chip | None = None
        self._with_gyroscope = True

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples that are whole with this notification, both halves of them."""
        self._tally.notifications += 1
        payload = notification.payload
        words = data_words(payload)
        if words is None:
            if not self._reply(payload):
                self._tally.rejected_bytes += len(payload)
            return None
        self._tally.clipped_samples += clipped_rows(words)
        values = words.astype(np.float64)
        at_s = notification.arrived_s
        if payload[0] == GYROSCOPE:
            taken = self._pair.take(ANGULAR_VELOCITY, values * GYRO_UNIT, at_s)
        elif self._with_gyroscope:
            taken = self._pair.take(ACCELERATION, values * ACC_UNIT, at_s)
        else:
            return self._batch(values * ACC_UNIT, None, at_s)
        self._tally.missing_samples = self._pair.unpaired
        return None if taken is None else self._batch(*taken, at_s)

    def _batch(
        self, acc: NDArray[np.float64], gyro: NDArray[np.float64] | None, arrived_s: float
    ) -> SampleBatch:
        self._tally.samples += len(acc)
        return SampleBatch(self._arrival.stamp(len(acc), arrived_s), acc, gyro)

    def _reply(self, payload: bytes) -> bool:
        """Take note of what the board tells about itself; False for what is no such thing."""
        if len(payload) < 2:
            return False
        module, register = payload[0], payload[1]
        if module == SETTINGS and register in BATTERY_REPLIES and len(payload) >= _BATTERY.size:
            self._battery_pct = float(min(_BATTERY.unpack_from(payload)[0], 100))
        elif module == ACCELEROMETER and register == INFO_REPLY:
            self._chip = CHIPS.get(payload[2]) if len(payload) > 2 else None
        elif module == GYROSCOPE and register == INFO_REPLY:
            self._with_gyroscope = len(payload) > 2
            if self._chip is not None:
                commands = set_up(self._chip, self._rate_hz, with_gyroscope=self._with_gyroscope)
                self._answers = tuple(_write(command) for command in commands)
        else:
            return False
        return True


def _write(payload: bytes) -> Write:
    return Write(COMMAND, payload, with_response=False)


@dataclass(frozen=True, slots=True)
class MetaMotion(Identity):
    """A MetaMotion board."""

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """A short connection interval, and which chips it has; what follows, the decoder answers."""
        asked = (connection_interval(7.5, 15.0, 6000.0), READ_ACCELEROMETER, READ_GYROSCOPE)
        return tuple(_write(payload) for payload in asked)

    def stop(self) -> tuple[Write, ...]:
        """Stop and disable both halves."""
        modules = (ACCELEROMETER, GYROSCOPE)
        stops = tuple(_write(bytes((module, 0x01, 0))) for module in modules)
        return stops + tuple(_write(bytes((module, 0x02, 0, 1))) for module in modules)

    def ask_battery(self) -> tuple[Write, ...]:
        """Read charge and voltage."""
        return (_write(READ_BATTERY),)

    def decoder(self, rate_hz: float) -> MetaMotionDecoder:
        """A fresh decoder for one connection."""
        return MetaMotionDecoder(self.nearest_rate(rate_hz))


METAMOTION = MetaMotion(
    id="metamotion",
    name="MetaMotion S, R or RL",
    name_prefixes=("MetaWear", "MetaMotion"),
    service_uuids=(SERVICE,),
    subscriptions=(NOTIFY,),
    rates_hz=tuple(sorted(RATE_CODES)),
    has_gyroscope=True,
)
