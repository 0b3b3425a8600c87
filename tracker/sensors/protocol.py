"""What a sensor is to the rest of the house: bytes to write, and notifications to samples.

A decoder never touches a radio. The link subscribes, writes what the model says, and feeds every
notification, control points included, to the connection's decoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hardset.signal.samples import SampleBatch


@dataclass(frozen=True, slots=True)
class Notification:
    """What the radio callback stamps, copies and queues; nothing else happens there."""

    characteristic: str
    """UUID of the characteristic, full length, lower case."""
    payload: bytes
    arrived_s: float
    """Host's monotonic clock when the event loop ran the callback, s."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for one characteristic."""

    characteristic: str
    payload: bytes
    with_response: bool
    pause_s: float = 0.0
    """What the device needs afterwards before it listens again, s."""


@dataclass(frozen=True, slots=True)
class DecoderCounts:
    """What one connection has brought so far."""

    notifications: int = 0
    samples: int = 0
    rejected_bytes: int = 0
    """Bytes that were no frame: lost sync, wrong length, an unknown type."""
    missing_samples: int = 0
    """Samples that the device's own counter or clock says were sent and never came."""
    clipped_samples: int = 0


class Decoder(Protocol):
    """Bytes of one connection to samples; keeps frames that came in pieces. Never raises for any bytes."""

    @property
    def counts(self) -> DecoderCounts:
        """What was received so far."""
        ...

    @property
    def battery_pct(self) -> float | None:
        """Charge as last told in the stream or a reply, percent; None while unknown."""
        ...

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples that are complete with this notification, or None. Every value is finite.

        Stamps are on the host's monotonic clock, rising: the device's own clock where it has one,
        carried over to the host's by the earliest arrivals; else the arrival.
        """
        ...

    def answers(self) -> tuple[Write, ...]:
        """What to write now because of what came in, each told once; nearly always empty.

        For instance the settings of the motion chip that the device has just named. To be asked after
        every `feed`.
        """
        ...


class SensorModel(Protocol):
    """One kind of sensor: how it is recognised, started, stopped and decoded."""

    @property
    def id(self) -> str:
        """Short name in snake_case, for settings and captures, for instance witmotion_ble5."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def name_prefixes(self) -> tuple[str, ...]:
        """Beginnings of the advertised names, the surest way to know it."""
        ...

    @property
    def service_uuids(self) -> tuple[str, ...]:
        """Service UUIDs it may advertise, full length, lower case."""
        ...

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """Characteristics to subscribe to before anything is written."""
        ...

    @property
    def rates_hz(self) -> tuple[float, ...]:
        """Sampling rates that it can be asked for, rising."""
        ...

    @property
    def has_gyroscope(self) -> bool:
        """True where angular velocity comes along."""
        ...

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """What to write, in order, so that samples come at the nearest rate it can do."""
        ...

    def stop(self) -> tuple[Write, ...]:
        """What to write before leaving, so that it sleeps well."""
        ...

    def ask_battery(self) -> tuple[Write, ...]:
        """What to write so that the decoder learns the charge; empty where the standard service is read."""
        ...

    def decoder(self, rate_hz: float) -> Decoder:
        """A fresh decoder for one connection that was started with this rate."""
        ...
