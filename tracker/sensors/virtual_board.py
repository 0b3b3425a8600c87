"""The program inside a virtual board with the firmware layout that the profile hardset_board lays down."""

from __future__ import annotations

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
from hardset.tracker.sensors.generic import Generic, generic_model
from hardset.tracker.sensors.layout import AXES, BinaryLayout
from hardset.tracker.sensors.profile_reader import read_profile
from hardset.tracker.sensors.registry import OWN_PROFILES
from hardset.tracker.sensors.virtual_radio import Packet

BOOT_US = 4_290_000_000
"""The counter wraps 4.97 s after the motion began: it has to be unwrapped in every demonstration."""
BOOT_SAMPLE = 65_000


class BoardFirmware:
    """Streams on request; loses nothing silently, for every notification is numbered."""

    def __init__(self, *, samples_per_notification: int = 10, advertised_name: str = "hardset board") -> None:
        self._model = generic_model(read_profile(OWN_PROFILES / "hardset_board.toml"))
        (self._stream,) = self._model.profile.streams
        self._group = samples_per_notification
        self._name = advertised_name
        self._rate_hz: float | None = None

    @property
    def model(self) -> Generic:
        """What kind of sensor it is."""
        return self._model

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        return self._name

    @property
    def services(self) -> tuple[GattService, ...]:
        """One to be notified by, one to write to."""
        notify = GattCharacteristic(self._stream.characteristic, ("notify",))
        write = GattCharacteristic(self._model.profile.start[0].characteristic, ("write",))
        return (GattService(self._model.service_uuids[0], (notify, write)),)

    @property
    def streaming(self) -> float | None:
        """The rate, Hz."""
        return self._rate_hz

    def connected(self) -> None:
        """It is silent until it is asked."""
        self._rate_hz = None

    def on_write(self, characteristic: str, payload: bytes) -> list[Reply]:
        """01 and the rate to start, 00 to stop."""
        if characteristic == self._model.profile.start[0].characteristic:
            if payload == b"\x00":
                self._rate_hz = None
            elif len(payload) == 3 and payload[0] == 1:
                rate_hz = float(int.from_bytes(payload[1:], "little"))
                self._rate_hz = rate_hz if rate_hz in self._model.rates_hz else self._rate_hz
        return []

    def on_read(self, characteristic: str) -> bytes:
        """Nothing in it can be read."""
        return b""

    def packets(self, motion: Motion, start_s: float) -> Iterator[Packet]:
        """Numbered and timed packets."""
        if self._rate_hz is None:
            return
        for at_s in sample_times(motion, start_s, self._rate_hz, self._group):
            number = BOOT_SAMPLE + round(float(at_s[0]) * self._rate_hz)
            yield Packet(float(at_s[-1]), self._stream.characteristic, self._encode(motion, at_s, number))

    def _encode(self, motion: Motion, at_s: FloatArray, number: int) -> bytes:
        layout = self._stream.layout
        assert isinstance(layout, BinaryLayout)
        header = np.zeros(1, layout.header)
        header["sequence"] = number % 2**16
        header["time"] = (BOOT_US + round(float(at_s[0]) * 1e6)) % 2**32
        samples = np.zeros(len(at_s), layout.sample)
        acc = motion.acceleration_mps2(at_s) / self._stream.acceleration_unit_mps2
        gyro = motion.angular_velocity_radps(at_s) / self._stream.angular_velocity_unit_radps
        for axis, column in zip(AXES, np.hstack([acc, gyro]).T, strict=True):
            samples[axis] = np.clip(np.round(column), -32768, 32767)
        return header.tobytes() + samples.tobytes()
