"""How the samples of one sensor come in: connected, lost, back, at what rate, how many."""

from __future__ import annotations

from hardset.signal.samples import SampleBatch
from hardset.tracker.facts import Connected, Ended, Fact, SensorStatus, SignalBack, SignalLost, Warned
from hardset.tracker.tally import Tally

STATUS_EVERY_S = 1.0
RATE_KNOWN_AFTER_S = 4.0
"""So long after a connection the rate that comes is held against the one asked for."""
RATE_OFF_SHARE = 0.15
LOW_BATTERY_PCT = 15.0


class Reception:
    """Watches the stream of one sensor over all its connections."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._asked_rate_hz: float | None = None
        self._rate_due_s: float | None = None
        self._status_due_s = 0.0
        self._battery_pct: float | None = None
        self._low_told = False
        self._lost = False
        self.last_s: float | None = None
        """Stamp of the newest sample; None before the first."""

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """The sensor has been started; said the first time only."""
        again = self._rate_due_s is not None
        if not again:
            self._asked_rate_hz = asked_rate_hz
        self._rate_due_s = at_s + RATE_KNOWN_AFTER_S
        return [] if again else [Connected(at_s, sensor, model, asked_rate_hz)]

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and samples missing by the device's own count, over all connections so far."""
        self._battery_pct = battery_pct if battery_pct is not None else self._battery_pct
        self._tally.told_missing = missing

    def fresh(self, batch: SampleBatch) -> SampleBatch:
        """The samples of a batch that are not older than those before it."""
        if self.last_s is None or not len(batch) or batch.time_s[0] >= self.last_s:
            return batch
        return batch.slice(int((batch.time_s < self.last_s).sum()), len(batch))

    def take(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Count fresh samples (at least one); what is to be said of the stream."""
        facts: list[Fact] = []
        if self._lost and self.last_s is not None:
            facts.append(SignalBack(now_s, float(batch.time_s[0]) - self.last_s))
        self._tally.take(batch, after_loss=self._lost)
        self._lost = False
        self.last_s = float(batch.time_s[-1])
        return facts + self._status(now_s)

    def lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more; said once until samples come again."""
        if self._lost:
            return []
        self._lost = True
        return [SignalLost(at_s, reason)]

    def ended(self, at_s: float) -> Ended:
        """The counts of the whole session."""
        return Ended(at_s, self._tally.received, self._tally.repeated, self._tally.missing)

    def _status(self, now_s: float) -> list[Fact]:
        """How the sensor does, once a second; and, once, what is wrong with it."""
        if now_s < self._status_due_s:
            return []
        self._status_due_s = now_s + STATUS_EVERY_S
        rate_hz = self._tally.rate_hz
        counts = (self._tally.received, self._tally.repeated, self._tally.missing)
        status = SensorStatus(now_s, rate_hz, self._battery_pct, *counts)
        return [status, *self._hold_rate(rate_hz, now_s), *self._hold_battery(now_s)]

    def _hold_rate(self, rate_hz: float | None, now_s: float) -> list[Fact]:
        asked = self._asked_rate_hz
        if rate_hz is None or asked is None or self._rate_due_s is None or now_s < self._rate_due_s:
            return []
        self._asked_rate_hz = None
        if abs(rate_hz - asked) <= RATE_OFF_SHARE * asked:
            return []
        told = f"asked for {asked:.0f} samples a second, {rate_hz:.0f} come; going on with those"
        return [Warned(now_s, told)]

    def _hold_battery(self, now_s: float) -> list[Fact]:
        charge = self._battery_pct
        if charge is None or charge > LOW_BATTERY_PCT or self._low_told:
            return []
        self._low_told = True
        return [Warned(now_s, f"the sensor's battery is at {charge:.0f} %; charge it after this session")]
