"""Listens to a sensor without looking for reps: `hardset record` only writes what comes."""

from __future__ import annotations

from hardset.signal.samples import SampleBatch
from hardset.tracker.facts import Fact
from hardset.tracker.reception import Reception


class Recorder:
    """Says how the sensor does, and the counts at the end."""

    def __init__(self) -> None:
        self._reception = Reception()

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """The sensor has been started; said once."""
        return self._reception.connected(at_s, sensor, model, asked_rate_hz)

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and samples missing by the device's own count."""
        self._reception.device_says(battery_pct, missing)

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Count what came."""
        batch = self._reception.fresh(batch)
        return self._reception.take(batch, now_s) if len(batch) else []

    def signal_lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more."""
        return self._reception.lost(at_s, reason)

    def wait(self, at_s: float) -> list[Fact]:
        """Time changes nothing."""
        return []

    def finish(self, at_s: float) -> list[Fact]:
        """The counts."""
        return [self._reception.ended(at_s)]
