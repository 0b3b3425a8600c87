"""Where samples come from. A feed runs on the event loop, hands them over and computes nothing."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from hardset.signal.samples import SampleBatch
from hardset.tracker.facts import Warned


class Sink(Protocol):
    """What a feed tells. All times are on the clock of the samples' stamps, s."""

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> None:
        """A sensor streams."""
        ...

    def samples(self, batch: SampleBatch, now_s: float) -> None:
        """New samples."""
        ...

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and what is missing by the device's own count."""
        ...

    def signal_lost(self, at_s: float, reason: str) -> None:
        """Nothing comes any more."""
        ...

    def waited(self, at_s: float) -> None:
        """Time has passed without samples."""
        ...

    def warned(self, warning: Warned) -> None:
        """Something the lifter should know."""
        ...

    def ended(self, at_s: float) -> None:
        """Nothing will come any more."""
        ...


class Feed(Protocol):
    """A source of samples."""

    async def run(self, sink: Sink) -> None:
        """Hand over samples until there are none, or until cancelled."""
        ...


@runtime_checkable
class Playable(Protocol):
    """A feed that can be paused, stepped and moved through, as a recording can."""

    @property
    def paused(self) -> bool:
        """True while nothing is handed over."""
        ...

    @property
    def speed(self) -> float:
        """Times real time."""
        ...

    @property
    def at_s(self) -> float:
        """Where it is, from the beginning of the recording."""
        ...

    @property
    def length_s(self) -> float:
        """How long the recording is."""
        ...

    def pause(self) -> None:
        """Pause, or go on."""
        ...

    def step(self) -> None:
        """Hand over the next half second and stay paused."""
        ...

    def go_to(self, at_s: float) -> bool:
        """Go to a time. False: it lies behind, and the listener has to start anew."""
        ...

    def change_speed(self, factor: float) -> None:
        """Play quicker or slower."""
        ...
