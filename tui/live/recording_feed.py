"""Samples of a recording, handed over as a radio would, at any speed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.delivery import notifications
from hardset.tui.live.feeds import Sink

STEP_S = 0.5
NAP_S = 0.03
SLOWEST, FASTEST = 0.25, 16.0
PORTION_S = 5.0
"""What is skipped is handed over in portions of this: the analysis works through it in its own thread."""


class RecordingFeed:
    """A recording that plays; `speed` None hands everything over at once, up to `until_s`, and pauses."""

    def __init__(
        self,
        samples: SampleBatch,
        *,
        sensor: str,
        model: str = "recording",
        speed: float | None = 1.0,
        until_s: float | None = None,
    ) -> None:
        self._parts: Sequence[SampleBatch] = list(notifications(samples))
        self._first_s = float(samples.time_s[0])
        self._last_s = float(samples.time_s[-1])
        self._sensor, self._model = sensor, model
        self._next = 0
        self._target_s = self._first_s
        self._speed = speed if speed is not None else 1.0
        self._paused = False
        self._moved = asyncio.Event()
        if speed is None:
            self._target_s = self._last_s if until_s is None else self._first_s + until_s
            self._paused = True

    @property
    def paused(self) -> bool:
        """True while nothing is handed over."""
        return self._paused

    @property
    def speed(self) -> float:
        """Times real time."""
        return self._speed

    @property
    def at_s(self) -> float:
        """Where it is, from the beginning of the recording."""
        return min(self._target_s, self._last_s) - self._first_s

    @property
    def length_s(self) -> float:
        """How long the recording is."""
        return self._last_s - self._first_s

    def pause(self) -> None:
        """Pause, or go on."""
        self._paused = not self._paused
        self._moved.set()

    def step(self) -> None:
        """Hand over the next half second and stay paused."""
        self._paused = True
        self.go_to(self.at_s + STEP_S)

    def go_to(self, at_s: float) -> bool:
        """Go to a time. False: it lies behind, and the listener has to start anew."""
        back = at_s < self.at_s
        if back:
            self._next = 0
        self._target_s = self._first_s + min(max(at_s, 0.0), self.length_s)
        self._moved.set()
        return not back

    def change_speed(self, factor: float) -> None:
        """Play quicker or slower, from a quarter to sixteen times real time."""
        self._speed = min(FASTEST, max(SLOWEST, self._speed * factor))

    async def run(self, sink: Sink) -> None:
        """Hand over samples until the end or until cancelled; waits while paused."""
        sink.connected(self._first_s, self._sensor, self._model, None)
        before = time.monotonic()
        while self._next < len(self._parts):
            self._hand_over(sink)
            if self._paused:
                self._moved.clear()
                if self._next < len(self._parts):
                    await self._moved.wait()
                before = time.monotonic()
            else:
                await asyncio.sleep(NAP_S)
                now = time.monotonic()
                self._target_s += (now - before) * self._speed
                before = now
        sink.ended(self._last_s)

    def _hand_over(self, sink: Sink) -> None:
        """All parts that are due, joined."""
        due: list[SampleBatch] = []
        while self._next < len(self._parts) and self._parts[self._next].time_s[-1] <= self._target_s:
            due.append(self._parts[self._next])
            self._next += 1
            if due[-1].time_s[-1] - due[0].time_s[0] > PORTION_S:
                sink.samples(joined(due), float(due[-1].time_s[-1]))
                due = []
        if due:
            sink.samples(joined(due), float(due[-1].time_s[-1]))
