"""What has been kept and is played once more: paused, stepped, moved through, at any speed."""

from __future__ import annotations

import asyncio
import time

from hardset.tui.live.feeds import Sink

STEP_S = 0.5
NAP_S = 0.03
SLOWEST, FASTEST = 0.25, 16.0
PORTION_S = 5.0
"""What is skipped is handed over in portions of this: the event loop has a turn between them."""


class PlayedFeed:
    """Time, speed and pauses; sub-classes hand over what is due. `speed` None: all at once, then paused."""

    def __init__(
        self, first_s: float, last_s: float, *, speed: float | None = 1.0, until_s: float | None = None
    ) -> None:
        self._first_s, self._last_s = first_s, last_s
        self._next = 0
        self._target_s = first_s
        self._speed = speed if speed is not None else 1.0
        self._paused = False
        self._moved = asyncio.Event()
        if speed is None:
            self._target_s = last_s if until_s is None else first_s + until_s
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
        """Hand over what is due until the end or until cancelled; waits while paused."""
        self.begin(sink)
        before = time.monotonic()
        while self.left:
            while self.hand_over(sink, self._target_s):
                await asyncio.sleep(0)
            if self._paused:
                self._moved.clear()
                if self.left:
                    await self._moved.wait()
                before = time.monotonic()
            else:
                await asyncio.sleep(NAP_S)
                now = time.monotonic()
                self._target_s += (now - before) * self._speed
                before = now
        self.end(sink)

    @property
    def left(self) -> bool:
        """Something has not been handed over."""
        raise NotImplementedError

    def begin(self, sink: Sink) -> None:
        """Before anything is handed over, and again after going back."""
        raise NotImplementedError

    def hand_over(self, sink: Sink, until_s: float) -> bool:
        """A portion of what is due until a time, from `_next` on. True: there is more."""
        raise NotImplementedError

    def end(self, sink: Sink) -> None:
        """Everything has been handed over."""
        raise NotImplementedError
