"""The program inside a virtual WitMotion."""

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
from hardset.tracker.sensors.virtual_radio import Packet
from hardset.tracker.sensors.witmotion import (
    ACC_UNIT,
    BATTERY,
    GYRO_UNIT,
    MODE_CLOCK,
    MOTION_HEADER,
    NOTIFY,
    OUTPUT_MODE,
    RATE,
    RATE_CODES,
    REGISTER,
    SERVICE,
    UNLOCK,
    WITMOTION,
    WRITE,
    WitMotion,
)

HZ_BY_CODE = {code: rate for rate, code in RATE_CODES.items()}
BOOT_MS = 41_000
"""The clock of a sensor that was switched on a while ago."""
READ = 0x27


def to_words(values: FloatArray, unit: float) -> FloatArray:
    """Values to 16-bit words of this unit, clipped at the range."""
    return np.clip(np.round(values / unit), -32768, 32767)


def encode_frames(
    acceleration_mps2: FloatArray, angular_velocity_radps: FloatArray, clock_ms: FloatArray | None
) -> bytes:
    """n frames of 20 bytes; with zero angles, or with the clock where roll and pitch would be."""
    n = len(acceleration_mps2)
    words = np.zeros((n, 10), dtype="<i2")
    words[:, 0] = int.from_bytes(MOTION_HEADER, "little")
    words[:, 1:4] = to_words(acceleration_mps2, ACC_UNIT)
    words[:, 4:7] = to_words(angular_velocity_radps, GYRO_UNIT)
    if clock_ms is not None:
        words[:, 7:9] = clock_ms.astype("<u4").view("<i2").reshape(n, 2)
    return words.tobytes()


class WitMotionFirmware:
    """Streams as soon as a host is connected; keeps its settings until it is switched off."""

    def __init__(
        self,
        *,
        frames_per_notification: int = 1,
        knows_clock_mode: bool = False,
        battery_v: float = 3.98,
        advertised_name: str = "WT901BLE67",
    ) -> None:
        self._group = frames_per_notification
        self._knows_clock_mode = knows_clock_mode
        self._name = advertised_name
        self._registers = {RATE: RATE_CODES[10.0], OUTPUT_MODE: 0, BATTERY: round(battery_v * 100)}
        self._unlocked = False

    @property
    def model(self) -> WitMotion:
        """What kind of sensor it is."""
        return WITMOTION

    @property
    def advertised_name(self) -> str:
        """The name in its advertisement."""
        return self._name

    @property
    def services(self) -> tuple[GattService, ...]:
        """One to be notified by, one to write to."""
        notify = GattCharacteristic(NOTIFY, ("notify",))
        write = GattCharacteristic(WRITE, ("write", "write-without-response"))
        return (GattService(SERVICE, (notify, write)),)

    @property
    def streaming(self) -> tuple[float, bool]:
        """Rate in Hz, and whether the clock is in the frames."""
        return HZ_BY_CODE[self._registers[RATE]], self._registers[OUTPUT_MODE] == MODE_CLOCK

    def connected(self) -> None:
        """It is locked again; settings stay."""
        self._unlocked = False

    def on_write(self, characteristic: str, payload: bytes) -> list[Reply]:
        """Unlock, write a register, or read eight of them."""
        if characteristic != WRITE or len(payload) != 5 or payload[:2] != b"\xff\xaa":
            return []
        if payload == UNLOCK:
            self._unlocked = True
        elif payload[2] == READ:
            return [(NOTIFY, self._reply(payload[3]))]
        elif self._unlocked and self._accepts(payload[2], payload[3]):
            self._registers[payload[2]] = payload[3] | payload[4] << 8
        return []

    def _accepts(self, register: int, value: int) -> bool:
        if register == RATE:
            return value in HZ_BY_CODE
        return register != OUTPUT_MODE or self._knows_clock_mode or value != MODE_CLOCK

    def on_read(self, characteristic: str) -> bytes:
        """Nothing in it can be read."""
        return b""

    def packets(self, motion: Motion, start_s: float) -> Iterator[Packet]:
        """Whole frames, as many per notification as was asked for."""
        rate_hz, with_clock = self.streaming
        for at_s in sample_times(motion, start_s, rate_hz, self._group):
            acc, gyro = motion.acceleration_mps2(at_s), motion.angular_velocity_radps(at_s)
            ticks = np.round(at_s * 1000.0) + BOOT_MS if with_clock else None
            yield Packet(float(at_s[-1]), NOTIFY, encode_frames(acc, gyro, ticks))

    def _reply(self, register: int) -> bytes:
        words = [self._registers.get(register + step, 0) for step in range(8)]
        return bytes((0x55, REGISTER, register, 0)) + np.array(words, dtype="<u2").tobytes()
