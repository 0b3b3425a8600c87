"""Whether a field of a frame is the sensor's clock: nothing else goes on as time does."""

from __future__ import annotations

import numpy as np

FRAMES = 64
SHORTEST_S = 0.5
TRIES = 4
"""The mode is asked for while frames come already: the first ones may still be of the old one."""
SLACK_S = 0.15
"""Arrivals are as unsure as this: a connection event or three."""
SLACK_SHARE = 0.1
LONGEST_STEP_S = 2.0


class TickProbe:
    """Looks at a 32-bit millisecond field over some frames, and compares it with the arrivals."""

    def __init__(self) -> None:
        self._tries = 0
        self._ticks: list[int] = []
        self._first_s = 0.0

    @property
    def given_up(self) -> bool:
        """True when enough was seen to say that the field is no clock."""
        return self._tries >= TRIES

    def look(self, ticks_ms: list[int], arrived_s: float) -> float | None:
        """The period of the frames by that clock, s, once it has proved to be one; else None."""
        if not self._ticks:
            # The first notification may hold frames of before: its last one is the anchor.
            self._ticks, self._first_s = ticks_ms[-1:], arrived_s
            return None
        self._ticks += ticks_ms
        passed_s = arrived_s - self._first_s
        if len(self._ticks) < FRAMES or passed_s < SHORTEST_S:
            return None
        steps_s = np.diff(np.asarray(self._ticks, dtype=np.float64)) * 1e-3
        self._ticks = []
        self._tries += 1
        forward = bool(((steps_s > 0) & (steps_s < LONGEST_STEP_S)).all())
        if forward and abs(float(steps_s.sum()) - passed_s) < SLACK_S + SLACK_SHARE * passed_s:
            return float(np.median(steps_s))
        return None
