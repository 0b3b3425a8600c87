"""From what a link tells to facts: decodes, records, and feeds whoever listens.

Synchronous. One receiver for each sensor and session; its thread is the only one that touches the
decoder, the files and the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from hardset.signal.samples import SampleBatch
from hardset.tracker.capture import CaptureWriter
from hardset.tracker.facts import Fact, Warned
from hardset.tracker.recording_writer import RecordingWriter
from hardset.tracker.sensors.events import Charge, LinkDown, LinkEvent, LinkNote, LinkUp
from hardset.tracker.sensors.protocol import Decoder, Notification, Write

DEAF_AFTER = 100
"""Notifications without a single sample: this is another sensor, or another firmware, than thought."""


class Listener(Protocol):
    """Who is told of samples and of the link: a session, or somebody who only records."""

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """The sensor has been started; again after each loss."""
        ...

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge, and samples missing by the device's own count."""
        ...

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Samples that came."""
        ...

    def signal_lost(self, at_s: float, reason: str) -> list[Fact]:
        """Nothing comes any more."""
        ...

    def wait(self, at_s: float) -> list[Fact]:
        """Time has passed."""
        ...

    def finish(self, at_s: float) -> list[Fact]:
        """It is over."""
        ...


class Receiver:
    """Decodes one sensor's notifications and tells the listener, on the session's own clock."""

    def __init__(
        self,
        listener: Listener,
        clock: Callable[[], float],
        *,
        origin_s: float,
        recording: RecordingWriter | None = None,
        capture: CaptureWriter | None = None,
    ) -> None:
        """Tell a listener; clock and origin_s are on the clock of the events, whose origin becomes 0."""
        self._listener = listener
        self._clock = clock
        self._origin_s = origin_s
        self._recording = recording
        self._capture = capture
        self._decoder: Decoder | None = None
        self._missing_before = 0
        self._deaf_told = False
        self._answers: list[Write] = []

    def take(self, events: Sequence[LinkEvent]) -> list[Fact]:
        """What follows from some events, in order. Raises FileUnreadable when the disk is full."""
        facts: list[Fact] = []
        for event in events:
            if self._capture is not None:
                self._capture.write(event)
            facts += self._one(event)
        return facts + self._listener.wait(self._now_s())

    def answers(self) -> list[Write]:
        """What the device is to be told because of what came in; each told once."""
        answers, self._answers = self._answers, []
        return answers

    def finish(self) -> list[Fact]:
        """The session is over."""
        facts = self._listener.finish(self._now_s())
        for file in (self._recording, self._capture):
            if file is not None:
                file.close()
        return facts

    def _one(self, event: LinkEvent) -> list[Fact]:
        match event:
            case Notification():
                return self._decode(event)
            case LinkUp():
                self._forget_connection()
                self._decoder = event.model.decoder(event.rate_hz)
                at_s = event.at_s - self._origin_s
                return self._listener.connected(at_s, event.sensor, event.model.name, event.rate_hz)
            case LinkDown():
                return self._listener.signal_lost(event.at_s - self._origin_s, event.reason)
            case LinkNote():
                return [Warned(event.at_s - self._origin_s, event.text)]
            case Charge():
                self._listener.device_says(event.battery_pct, self._missing())
                return []

    def _decode(self, notification: Notification) -> list[Fact]:
        decoder = self._decoder
        if decoder is None:
            return []
        batch = decoder.feed(notification)
        self._answers += decoder.answers()
        if batch is None or not len(batch):
            return self._deaf(decoder)
        batch = SampleBatch(
            batch.time_s - self._origin_s, batch.acceleration_mps2, batch.angular_velocity_radps
        )
        self._listener.device_says(decoder.battery_pct, self._missing())
        if self._recording is not None:
            self._recording.write(batch)
        return self._listener.feed(batch, self._now_s())

    def _deaf(self, decoder: Decoder) -> list[Fact]:
        """Say, once, that notifications come and none of them holds a sample."""
        counts = decoder.counts
        if self._deaf_told or counts.samples or counts.notifications < DEAF_AFTER:
            return []
        self._deaf_told = True
        told = (
            f"{counts.notifications} messages came and none holds a sample; "
            "the sensor may run another firmware than this kind usually does"
        )
        return [Warned(self._now_s(), told)]

    def _missing(self) -> int:
        now = 0 if self._decoder is None else self._decoder.counts.missing_samples
        return self._missing_before + now

    def _forget_connection(self) -> None:
        self._missing_before = self._missing()
        self._decoder = None
        self._answers.clear()

    def _now_s(self) -> float:
        return self._clock() - self._origin_s
