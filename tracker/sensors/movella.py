"""Movella (Xsens) DOT: one sample a notification, floats, with the device's microseconds.

Layout as in Xsens's "DOT BLE Services Specifications" (firmware 2.0). The rate mode is used: it sends
acceleration with gravity, while the modes with an orientation take gravity off.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

from hardset.signal.samples import SampleBatch
from hardset.tracker.sensors.clock import SampleClock
from hardset.tracker.sensors.model import RADPS_PER_DPS, Identity, TallyingDecoder, believable
from hardset.tracker.sensors.protocol import Notification, Write


def _uuid(short: str) -> str:
    return f"1517{short}-4947-11e9-8646-d663bd873d93"


CONFIGURATION_SERVICE, MEASUREMENT_SERVICE, BATTERY_SERVICE = _uuid("1000"), _uuid("2000"), _uuid("3000")
DEVICE_CONTROL = _uuid("1002")
MEASUREMENT_CONTROL = _uuid("2001")
MEDIUM_PAYLOAD = _uuid("2003")
BATTERY = _uuid("3001")

RATE_MODE, FREE_ACCELERATION_MODE, EXTENDED_QUATERNION_MODE = 21, 6, 2
LAYOUTS = {
    RATE_MODE: struct.Struct("<I6f"),
    FREE_ACCELERATION_MODE: struct.Struct("<I3f"),
    EXTENDED_QUATERNION_MODE: struct.Struct("<I7fHBB"),
}
"""Microseconds, then what the mode is named after; notifications are filled up with zeros behind it."""

_CONTROL = struct.Struct("<BB22xHB5x")
OUTPUT_RATE_VISITED = 0x10


def measure(*, start: bool, mode: int = RATE_MODE) -> bytes:
    """Start or stop a measurement."""
    return bytes((1, int(start), mode))


def output_rate(rate_hz: float) -> bytes:
    """32 bytes of device control in which only the output rate is marked as to be taken."""
    return _CONTROL.pack(OUTPUT_RATE_VISITED, 0, round(rate_hz), 0)


def read_measurement(payload: bytes, mode: int = RATE_MODE) -> tuple[Any, ...] | None:
    """Microseconds and values of one sample; None when it is too short for the mode."""
    layout = LAYOUTS[mode]
    return layout.unpack_from(payload) if len(payload) >= layout.size else None


class MovellaDecoder(TallyingDecoder):
    """Samples of one connection."""

    def __init__(self, rate_hz: float) -> None:
        super().__init__()
        self._clock = SampleClock(tick_s=1e-6, bits=32, period_s=1.0 / rate_hz)

    def feed(self, notification: Notification) -> SampleBatch | None:
        """The sample of this notification."""
        self._tally.notifications += 1
        payload = notification.payload
        if notification.characteristic == BATTERY:
            if payload:
                self._battery_pct = float(min(payload[0], 100))
            return None
        read = read_measurement(payload)
        values = None if read is None else np.array(read[1:]).reshape(2, 1, 3)
        if read is None or values is None or not believable(values[0], values[1] * RADPS_PER_DPS):
            self._tally.rejected_bytes += len(payload)
            return None
        stamps = self._clock.stamp(read[0], 1, notification.arrived_s)
        if stamps is None:
            return None
        self._tally.samples += 1
        self._tally.missing_samples = self._clock.missing
        return SampleBatch(stamps, values[0], values[1] * RADPS_PER_DPS)


@dataclass(frozen=True, slots=True)
class Movella(Identity):
    """A DOT sensor."""

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """Set the output rate, then measure acceleration and angular velocity."""
        return (
            Write(DEVICE_CONTROL, output_rate(self.nearest_rate(rate_hz)), with_response=True, pause_s=0.1),
            Write(MEASUREMENT_CONTROL, measure(start=True), with_response=True),
        )

    def stop(self) -> tuple[Write, ...]:
        """Stop measuring."""
        return (Write(MEASUREMENT_CONTROL, measure(start=False), with_response=True),)

    def ask_battery(self) -> tuple[Write, ...]:
        """Nothing: it tells the charge whenever that changes."""
        return ()

    def decoder(self, rate_hz: float) -> MovellaDecoder:
        """A fresh decoder for one connection."""
        return MovellaDecoder(self.nearest_rate(rate_hz))


MOVELLA_DOT = Movella(
    id="movella_dot",
    name="Movella DOT",
    name_prefixes=("Xsens DOT", "Movella DOT"),
    service_uuids=(CONFIGURATION_SERVICE, MEASUREMENT_SERVICE),
    subscriptions=(MEDIUM_PAYLOAD, BATTERY),
    rates_hz=(20.0, 30.0, 60.0),
    has_gyroscope=True,
)
