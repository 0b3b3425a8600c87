"""WitMotion BLE 5.0 (WT901BLE67/68, WT901BLECL, WT9011DCL-BT50): a stream of 20-byte frames.

Layout and commands as in the vendor's BWT901BLE5.0 sample code and datasheets. A notification holds
any number of frames, by the size of the link's packets: 1 at 23 bytes, 8 were seen at 160. There is no
checksum, no counter, and by default no clock: a frame is believed when another one, or nothing yet,
follows it. Output mode 2 puts a millisecond clock where roll and pitch are otherwise; one source
describes it, so it is asked for and believed only if it ticks.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray, SampleBatch, joined
from hardset.tracker.sensors.clock import ArrivalClock, SampleClock
from hardset.tracker.sensors.model import MPS2_PER_G, RADPS_PER_DPS, Identity, TallyingDecoder, clipped_rows
from hardset.tracker.sensors.protocol import Notification, Write
from hardset.tracker.sensors.tick_probe import TickProbe

# The tail is 9a34fb, not the 9b34fb of the Bluetooth base: short forms of these UUIDs do not match.
SERVICE = "0000ffe5-0000-1000-8000-00805f9a34fb"
NOTIFY = "0000ffe4-0000-1000-8000-00805f9a34fb"
WRITE = "0000ffe9-0000-1000-8000-00805f9a34fb"

FRAME = 20
FRAME_WITH_DATE = 28
"""WT901SDCL-BT50 adds date and time to each frame."""
MOTION, REGISTER = 0x61, 0x71
MOTION_HEADER = bytes((0x55, MOTION))
HEADERS = (MOTION_HEADER, bytes((0x55, REGISTER)))

ACC_G = 16.0 / 32768.0
GYRO_DPS = 2000.0 / 32768.0
ANGLE_DEG = 180.0 / 32768.0
ACC_UNIT = ACC_G * MPS2_PER_G
GYRO_UNIT = GYRO_DPS * RADPS_PER_DPS

RATE, BANDWIDTH, BATTERY, OUTPUT_MODE, QUATERNION = 0x03, 0x1F, 0x64, 0x96, 0x51
RATE_CODES = {10.0: 0x06, 20.0: 0x07, 50.0: 0x08, 100.0: 0x09, 200.0: 0x0B}
BANDWIDTH_98_HZ_OR_MORE = 0x02
"""98 Hz in most documents, 188 Hz in the vendor's newest sample: either lets a lift through."""
MODE_ANGLES, MODE_CLOCK = 0, 2
PAUSE_S = 0.1
"""Between unlocking and a write, and between two writes, as the vendor's samples wait."""

CHARGE = (
    (3.96, 100), (3.93, 90), (3.87, 75), (3.82, 60), (3.79, 50), (3.77, 40),
    (3.73, 30), (3.70, 20), (3.68, 15), (3.50, 10), (3.40, 5),
)  # fmt: skip
"""From so many volts the vendor's app shows so many percent."""

UNITS: FloatArray = np.repeat(np.array([ACC_G, GYRO_DPS, ANGLE_DEG]), 3)

_REPLY = struct.Struct("<xxH8h")
_FRAMES = np.dtype([("header", "<u2"), ("words", "<i2", 9)])


@dataclass(frozen=True, slots=True)
class Register:
    """What the sensor answered when a register was read: that one and the seven after it."""

    address: int
    words: tuple[int, ...]


def command(register: int, value: int) -> bytes:
    """Five bytes that write a 16-bit register."""
    return bytes((0xFF, 0xAA, register, value & 0xFF, value >> 8))


def read_command(register: int) -> bytes:
    """Five bytes that ask for eight registers from this one on."""
    return command(0x27, register)


UNLOCK = bytes((0xFF, 0xAA, 0x69, 0x88, 0xB5))


def motion_words(frames: bytes) -> NDArray[np.int16]:
    """(n, 9) words of n whole motion frames: acceleration, angular velocity, then angles or the clock."""
    return np.frombuffer(frames, dtype=_FRAMES)["words"]


def in_units(words: NDArray[np.int16]) -> FloatArray:
    """(n, 9) words of the default output mode to g, °/s and ° (roll, pitch, yaw)."""
    return words.astype(np.float64) * UNITS


def clock_ms(words: NDArray[np.int16]) -> NDArray[np.uint32]:
    """(n,) milliseconds of the sensor's clock, where the output mode puts it."""
    low, high = words[:, 6].astype(np.uint16), words[:, 7].astype(np.uint16)
    return low.astype(np.uint32) | high.astype(np.uint32) << np.uint32(16)


def read_reply(frame: bytes) -> Register:
    """The register reply in one frame of 20 bytes."""
    address, *words = _REPLY.unpack(frame)
    return Register(address, tuple(words))


def charge_pct(volts: float) -> float:
    """Charge of the single lithium cell as the vendor's app tells it."""
    return next((float(pct) for least, pct in CHARGE if volts >= least), 0.0)


class WitMotionDecoder(TallyingDecoder):
    """Frames of one connection."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = b""
        self._stride = FRAME
        self._arrival = ArrivalClock()
        self._clock: SampleClock | None = None
        self._probe: TickProbe | None = TickProbe()

    @property
    def has_clock(self) -> bool:
        """True once the sensor's own milliseconds were found in its frames."""
        return self._clock is not None

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples of all frames that are whole with this notification."""
        self._tally.notifications += 1
        words = motion_words(self._frames(notification.payload))
        if self._probe is not None:
            return self._look_for_clock(self._probe, words, notification.arrived_s)
        return self._samples(words, notification.arrived_s)

    def _frames(self, payload: bytes) -> bytes:
        """Motion frames one after the other; replies are taken note of, the rest is kept."""
        self._stride = _stride_of(payload, self._stride)
        data = self._rest + payload
        motion: list[bytes] = []
        at = 0
        while len(data) - at >= self._stride:
            if not _header_at(data, at) or not _header_at(data, at + self._stride):
                following = _next_header(data, at + 1)
                self._tally.rejected_bytes += following - at
                at = following
                continue
            if data[at + 1] == MOTION:
                motion.append(data[at : at + FRAME])
            else:
                self._take(read_reply(data[at : at + FRAME]))
            at += self._stride
        self._rest = data[at:]
        return b"".join(motion)

    def _take(self, reply: Register) -> None:
        if reply.address == BATTERY and reply.words[0] > 0:
            self._battery_pct = charge_pct(reply.words[0] / 100.0)
        elif reply.address == OUTPUT_MODE and self._probe is not None:
            self._probe.told(has_clock=reply.words[0] == MODE_CLOCK)

    def _samples(self, words: NDArray[np.int16], arrived_s: float) -> SampleBatch | None:
        if not len(words):
            return None
        stamps, words = self._stamps(words, arrived_s)
        if not len(words):
            return None
        self._tally.samples += len(words)
        self._tally.clipped_samples += clipped_rows(words[:, :6])
        values = words[:, :6].astype(np.float64)
        return SampleBatch(stamps, values[:, :3] * ACC_UNIT, values[:, 3:] * GYRO_UNIT)

    def _stamps(self, words: NDArray[np.int16], arrived_s: float) -> tuple[FloatArray, NDArray[np.int16]]:
        if self._clock is None:
            return self._arrival.stamp(len(words), arrived_s), words
        stamps: list[FloatArray] = []
        fresh = np.ones(len(words), dtype=np.bool_)
        for row, ticks in enumerate(clock_ms(words).tolist()):
            stamp = self._clock.stamp(ticks, 1, arrived_s)
            if stamp is None:
                fresh[row] = False
            else:
                stamps.append(stamp)
        self._tally.missing_samples = self._clock.missing
        return (np.concatenate(stamps) if stamps else np.empty(0)), words[fresh]

    def _look_for_clock(
        self, probe: TickProbe, words: NDArray[np.int16], arrived_s: float
    ) -> SampleBatch | None:
        """Hold the frames until it is known whether they carry the clock; then give all of them."""
        if len(words):
            probe.hold(words, clock_ms(words).tolist(), arrived_s)
        if not probe.decided:
            return None
        self._probe = None
        too_early = 0
        if probe.period_s is not None:
            self._clock = SampleClock(tick_s=1e-3, bits=32, period_s=probe.period_s)
            too_early = probe.before_clock
            self._tally.rejected_bytes += too_early * FRAME
        else:
            self._answers = (_write(UNLOCK), _write(command(OUTPUT_MODE, MODE_ANGLES)))
        batches = []
        for held, at_s in probe.release():
            batches.append(self._samples(held[too_early:], at_s))
            too_early = max(too_early - len(held), 0)
        known = [batch for batch in batches if batch is not None]
        return joined(known) if known else None


def _write(payload: bytes) -> Write:
    return Write(WRITE, payload, with_response=False, pause_s=PAUSE_S)


def _header_at(data: bytes, at: int) -> bool:
    """Whether a frame begins there, or may still begin there with bytes to come."""
    head = data[at : at + 2]
    return not head or (head[0] == 0x55 and (len(head) == 1 or head[1] in (MOTION, REGISTER)))


def _next_header(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\x55", at)
        if at < 0:
            return len(data)
        if _header_at(data, at):
            return at
        at += 1


def _stride_of(payload: bytes, before: int) -> int:
    """How far apart the frames of a notification are; unknown stays as it was."""
    if payload[:2] != MOTION_HEADER:
        return before
    if len(payload) == FRAME or payload[FRAME : FRAME + 2] in HEADERS:
        return FRAME
    dated = len(payload) == FRAME_WITH_DATE or payload[FRAME_WITH_DATE : FRAME_WITH_DATE + 2] in HEADERS
    return FRAME_WITH_DATE if dated else before


@dataclass(frozen=True, slots=True)
class WitMotion(Identity):
    """A WitMotion BLE 5.0 sensor."""

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """Rate, bandwidth and the clock, for this session only: nothing goes to the flash memory."""
        code = RATE_CODES[self.nearest_rate(rate_hz)]
        wanted = ((RATE, code), (BANDWIDTH, BANDWIDTH_98_HZ_OR_MORE), (OUTPUT_MODE, MODE_CLOCK))
        writes = [_write(command(register, value)) for register, value in wanted]
        return (_write(UNLOCK), *writes, _write(read_command(OUTPUT_MODE)))

    def stop(self) -> tuple[Write, ...]:
        """The output mode that the vendor's app expects."""
        return (_write(UNLOCK), _write(command(OUTPUT_MODE, MODE_ANGLES)))

    def ask_battery(self) -> tuple[Write, ...]:
        """Read the voltage."""
        return (_write(read_command(BATTERY)),)

    def decoder(self, rate_hz: float) -> WitMotionDecoder:
        """A fresh decoder for one connection."""
        return WitMotionDecoder()


WITMOTION = WitMotion(
    id="witmotion_ble5",
    name="WitMotion BLE 5.0",
    name_prefixes=("WT9", "WT5", "BWT", "WTSDCL", "HWT"),
    service_uuids=(SERVICE,),
    subscriptions=(NOTIFY,),
    rates_hz=tuple(sorted(RATE_CODES)),
    has_gyroscope=True,
)
