"""What a link to a sensor tells, in order: it is up, notifications, it is down, a word to the lifter.

Every link speaks these: Bluetooth, the virtual sensor, a capture that is played again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardset.tracker.sensors.protocol import Notification, SensorModel


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The sensor has been subscribed to and started: a fresh decoder is due."""

    at_s: float
    """Host's monotonic clock, s; so in all events."""
    sensor: str
    """Its name and address for people."""
    model: SensorModel
    rate_hz: float
    """The rate that it was asked for."""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """Nothing comes any more, whatever the cause."""

    at_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class LinkNote:
    """Something the lifter should know, in one sentence."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Charge:
    """The battery as read from the standard service."""

    at_s: float
    battery_pct: float


LinkEvent = LinkUp | Notification | LinkDown | LinkNote | Charge
Emit = Callable[[LinkEvent], None]
