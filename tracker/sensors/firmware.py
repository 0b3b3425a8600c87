"""What a virtual sensor needs of the program inside the device that it pretends to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.sensors.protocol import SensorModel
from hardset.tracker.sensors.virtual_radio import Packet

Reply = tuple[str, bytes]
"""Characteristic and payload of an answer."""


@dataclass(frozen=True, slots=True)
class GattCharacteristic:
    """One characteristic of the device's table."""

    uuid: str
    properties: tuple[str, ...]
    """Of read, write, write-without-response, notify, indicate."""


@dataclass(frozen=True, slots=True)
class GattService:
    """One service of the device's table."""

    uuid: str
    characteristics: tuple[GattCharacteristic, ...]


class Motion:
    """What the device goes through, readable at any time since it began."""

    def __init__(self, samples: SampleBatch) -> None:
        self._time_s = samples.time_s - samples.time_s[0]
        self._acc = samples.acceleration_mps2
        gyro = samples.angular_velocity_radps
        self._gyro = np.zeros_like(self._acc) if gyro is None else gyro
        self.length_s = float(self._time_s[-1])

    def acceleration_mps2(self, at_s: FloatArray) -> FloatArray:
        """(n, 3) specific force at these times, m/s²."""
        return self._read(at_s, self._acc)

    def angular_velocity_radps(self, at_s: FloatArray) -> FloatArray:
        """(n, 3) rad/s at these times; zero where the motion was recorded without."""
        return self._read(at_s, self._gyro)

    def _read(self, at_s: FloatArray, values: FloatArray) -> FloatArray:
        return np.column_stack([np.interp(at_s, self._time_s, values[:, axis]) for axis in range(3)])


class Firmware(Protocol):
    """A device's own program: its table, its answers, and the notifications it makes of motion."""

    @property
    def model(self) -> SensorModel:
        """What kind of sensor it is."""
        ...

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        ...

    @property
    def services(self) -> tuple[GattService, ...]:
        """Its GATT table."""
        ...

    @property
    def streaming(self) -> object | None:
        """What it streams with now, None while it is silent; another value means another stream."""
        ...

    def connected(self) -> None:
        """A host has connected: forget what the last one asked for, if the device does so."""
        ...

    def on_write(self, characteristic: str, payload: bytes) -> list[Reply]:
        """Take a command."""
        ...

    def on_read(self, characteristic: str) -> bytes:
        """The value of a characteristic that can be read."""
        ...

    def packets(self, motion: Motion, start_s: float) -> Iterator[Packet]:
        """Notifications from this time on, each ready when its last sample is taken."""
        ...


def sample_times(motion: Motion, start_s: float, rate_hz: float, group: int) -> Iterator[FloatArray]:
    """(group,) sampling times of each notification, on the device's grid that began with the motion."""
    first = int(np.ceil(start_s * rate_hz - 1e-6))
    last = int(np.floor(motion.length_s * rate_hz + 1e-6))
    for number in range(first, last - group + 2, group):
        yield np.arange(number, number + group) / rate_hz
