"""Polar H10, OH1 and Verity Sense: the measurement-data service.

As in the vendor's technical documentation. The H10 and OH1 send raw 16-bit milli-g, the Verity Sense
deltas of both acceleration and angular velocity, each in notifications of its own that carry the
device's nanoseconds at their last sample. What the numbers are multiplied by comes with the answer to
the start command.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.sensors.clock import SampleClock
from hardset.tracker.sensors.model import MPS2_PER_G, RADPS_PER_DPS, Identity, TallyingDecoder, believable
from hardset.tracker.sensors.pairing import PairedByTime
from hardset.tracker.sensors.polar_frames import (
    ACC,
    GYRO,
    SDK_MODE,
    Frame,
    IntArray,
    as_floats,
    delta_samples,
    factor_of,
    parameters,
    raw_samples,
    read_frame,
    read_parameters,
)
from hardset.tracker.sensors.protocol import Notification, Write

SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"

START, STOP = 2, 3
RESPONSE, DEVICE_STOPPED = 0xF0, 0x01
PARAMETERS_AT = 5
RANGE_G, RANGE_DPS = 8, 2000
USUAL_FACTOR = {ACC: RANGE_G / 32768.0, GYRO: RANGE_DPS / 32768.0}
"""What 16 bits over the range give, until the start answer says it."""
PLAIN_VERITY_HZ = 52.0
MPS2_PER_MG = MPS2_PER_G * 1e-3
PERIOD_TOLERANCE = 0.1
OTHER_CLOCK_S = 10.0
"""Angular velocity further than this from its arrival is of a clock that has restarted since."""


class PolarDecoder(TallyingDecoder):
    """Frames of one connection."""

    def __init__(self, rate_hz: float, *, with_gyroscope: bool) -> None:
        super().__init__()
        self._period_s = 1.0 / rate_hz
        self._clock = SampleClock(tick_s=1e-9, bits=64, period_s=self._period_s, stamp_of="last")
        self._pair = PairedByTime() if with_gyroscope else None
        self._factor = dict(USUAL_FACTOR)
        self._gyro_ns: int | None = None

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples that are whole with this notification, both halves of them."""
        self._tally.notifications += 1
        payload = notification.payload
        if notification.characteristic == CONTROL:
            self._response(payload)
            return None
        frame = read_frame(payload)
        values = None if frame is None else self._values(frame)
        batch = None
        if frame is None or values is None:
            self._tally.rejected_bytes += len(payload)
        elif frame.measurement == ACC:
            batch = self._acceleration(frame, values, notification.arrived_s)
        else:
            batch = self._angular_velocity(frame, values, notification.arrived_s)
        if batch is not None:
            self._tally.samples += len(batch)
        unpaired = 0 if self._pair is None else self._pair.unpaired
        self._tally.missing_samples = self._clock.missing + unpaired
        return batch

    def _response(self, payload: bytes) -> None:
        is_start = len(payload) > PARAMETERS_AT and payload[0] == RESPONSE and payload[1] == START
        if not is_start or payload[3] != 0 or payload[2] not in self._factor:
            return
        found = read_parameters(payload[PARAMETERS_AT:])
        factor = None if found is None else factor_of(found)
        if factor is not None:
            self._factor[payload[2]] = factor

    def _values(self, frame: Frame) -> FloatArray | None:
        """(n, 3) in m/s² or rad/s; None for what is no frame of motion."""
        factor = self._factor.get(frame.measurement, 1.0)
        values: FloatArray | None = None
        if frame.measurement == ACC:
            values = acceleration_mg(frame, factor)
            unit = MPS2_PER_MG
        elif frame.measurement == GYRO:
            values = angular_velocity_dps(frame, factor)
            unit = RADPS_PER_DPS
        if values is None or not len(values):
            return None
        values = values * unit
        is_acc = frame.measurement == ACC
        fits = believable(values, None) if is_acc else believable(np.zeros((1, 3)), values)
        return values if fits else None

    def _acceleration(self, frame: Frame, values: FloatArray, arrived_s: float) -> SampleBatch | None:
        stamps = self._clock.stamp(frame.last_ns, len(values), arrived_s)
        if stamps is None:
            return None
        if self._pair is None:
            return SampleBatch(stamps, values, None)
        self._pair.acceleration(stamps, values)
        return self._pair.take()

    def _angular_velocity(self, frame: Frame, values: FloatArray, arrived_s: float) -> SampleBatch | None:
        last_s = self._clock.on_host(frame.last_ns)
        if self._pair is None or last_s is None or abs(last_s - arrived_s) > OTHER_CLOCK_S:
            return None
        step_s = self._period_s
        if self._gyro_ns is not None:
            measured_s = (frame.last_ns - self._gyro_ns) * 1e-9 / len(values)
            if abs(measured_s - step_s) < PERIOD_TOLERANCE * step_s:
                step_s = measured_s
        self._gyro_ns = frame.last_ns
        stamps = last_s + step_s * np.arange(1 - len(values), 1, dtype=np.float64)
        self._pair.angular_velocity(stamps, values)
        return self._pair.take()


def acceleration_mg(frame: Frame, factor: float) -> FloatArray | None:
    """(n, 3) milli-g of a frame; None when its type is unknown or its length does not fit."""
    if not frame.is_delta:
        width = frame.type + 1
        return _as_float(raw_samples(frame.content, width)) if width <= 3 else None
    if frame.type > 1:
        return None
    values = _as_float(delta_samples(frame.content, 16))
    return None if values is None else values * factor * (1000.0 if frame.type == 0 else 1.0)


def angular_velocity_dps(frame: Frame, factor: float) -> FloatArray | None:
    """(n, 3) °/s of a frame; None when its type is unknown or its length does not fit."""
    if not frame.is_delta or frame.type > 1:
        return None
    if frame.type == 0:
        values = _as_float(delta_samples(frame.content, 16))
        return None if values is None else values * factor
    patterns = delta_samples(frame.content, 32)
    if patterns is None:
        return None
    floats = as_floats(patterns)
    return floats * factor if np.isfinite(floats).all() else None


def _as_float(values: IntArray | None) -> FloatArray | None:
    return None if values is None else values.astype(np.float64)


def start_command(measurement: int, rate_hz: float, range: int, *, channels: int | None = None) -> bytes:
    """Start a measurement at 16 bits."""
    settings = parameters(rate=round(rate_hz), resolution=16, range=range)
    return bytes((START, measurement)) + settings + (parameters(channels=channels) if channels else b"")


@dataclass(frozen=True, slots=True)
class Polar(Identity):
    """One of Polar's sensors."""

    channels: int | None
    """Told in the start command where the device asks for it."""

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """Start acceleration, and angular velocity where there is one."""
        rate_hz = self.nearest_rate(rate_hz)
        writes = [_control(start_command(ACC, rate_hz, RANGE_G, channels=self.channels))]
        if self.has_gyroscope:
            writes.append(_control(start_command(GYRO, rate_hz, RANGE_DPS, channels=self.channels)))
            if rate_hz != PLAIN_VERITY_HZ:
                # Other rates need the mode for developers, which can be switched only before a start.
                writes.insert(0, _control(bytes((START, SDK_MODE))))
        return tuple(writes)

    def stop(self) -> tuple[Write, ...]:
        """Stop what runs: an H10 stays awake otherwise."""
        measurements = (ACC, GYRO, SDK_MODE) if self.has_gyroscope else (ACC,)
        return tuple(_control(bytes((STOP, measurement))) for measurement in measurements)

    def ask_battery(self) -> tuple[Write, ...]:
        """Nothing: the standard service is read."""
        return ()

    def decoder(self, rate_hz: float) -> PolarDecoder:
        """A fresh decoder for one connection."""
        return PolarDecoder(self.nearest_rate(rate_hz), with_gyroscope=self.has_gyroscope)


def _control(payload: bytes) -> Write:
    return Write(CONTROL, payload, with_response=True)


# By name alone: the service is the same in all of Polar's devices, the streams are not.
POLAR_H10 = Polar(
    id="polar_h10",
    name="Polar H10",
    name_prefixes=("Polar H10",),
    service_uuids=(),
    subscriptions=(CONTROL, DATA),
    rates_hz=(25.0, 50.0, 100.0, 200.0),
    has_gyroscope=False,
    channels=None,
)
POLAR_OH1 = Polar(
    id="polar_oh1",
    name="Polar OH1",
    name_prefixes=("Polar OH1",),
    service_uuids=(),
    subscriptions=(CONTROL, DATA),
    rates_hz=(50.0,),
    has_gyroscope=False,
    channels=None,
)
POLAR_VERITY_SENSE = Polar(
    id="polar_verity_sense",
    name="Polar Verity Sense",
    name_prefixes=("Polar Sense",),
    service_uuids=(),
    subscriptions=(CONTROL, DATA),
    rates_hz=(26.0, PLAIN_VERITY_HZ, 104.0, 208.0, 416.0),
    has_gyroscope=True,
    channels=3,
)
