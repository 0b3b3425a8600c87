"""Whether a field of the frames is the sensor's clock: nothing else goes on as time does.

Until that is known the frames are held back: stamps of arrival and of a clock must not be mixed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRAMES = 40
SHORTEST_S = 0.25
UNTOLD_S = 1.0
TOLD_S = 3.0
"""So long the field is looked at when the sensor has not said that it sends its clock, and when it has."""
SLACK_S = 0.15
"""Arrivals are as unsure as this: a connection event or three."""
SLACK_SHARE = 0.1
LONGEST_STEP_S = 2.0
ALIKE_SHARE = 0.8

Words = NDArray[np.int16]


class TickProbe:
    """Holds frames and compares a 32-bit millisecond field of them with their arrivals."""

    def __init__(self) -> None:
        self._ticks: list[int] = []
        self._arrivals: list[float] = []
        self._held: list[tuple[Words, float]] = []
        self._says_clock: bool | None = None
        self.before_clock = 0
        """How many of the held frames came before the first with the clock, once there is one."""
        self.period_s: float | None = None
        """The period of the frames by the clock, s, once it has proved to be one."""

    def told(self, *, has_clock: bool) -> None:
        """The sensor has said whether it sends its clock."""
        self._says_clock = has_clock

    def hold(self, words: Words, ticks_ms: list[int], arrived_s: float) -> None:
        """Keep the frames of one notification."""
        self._held.append((words, arrived_s))
        self._ticks += ticks_ms
        self._arrivals += [arrived_s] * len(ticks_ms)

    def release(self) -> list[tuple[Words, float]]:
        """What was held, notification by notification."""
        held, self._held = self._held, []
        return held

    @property
    def decided(self) -> bool:
        """True once the clock was found, or will not be."""
        if not self._arrivals:
            return self._says_clock is False
        if self._says_clock is False or self._ticking():
            return True
        return self._arrivals[-1] - self._arrivals[0] > (TOLD_S if self._says_clock else UNTOLD_S)

    def _ticking(self) -> bool:
        """Whether the newest frames tick as time goes, and if so from which one on."""
        if len(self._ticks) < FRAMES:
            return False
        steps_s = np.diff(np.asarray(self._ticks, dtype=np.float64)) * 1e-3
        odd = np.flatnonzero((steps_s <= 0) | (steps_s > LONGEST_STEP_S))
        first = int(odd[-1]) + 1 if odd.size else 0
        steps_s = steps_s[first:]
        passed_s = self._arrivals[-1] - self._arrivals[first]
        if len(steps_s) < FRAMES - 1 or passed_s < SHORTEST_S:
            return False
        period_s = float(np.median(steps_s))
        alike = float((np.abs(steps_s - period_s) <= 0.5 * period_s).mean())
        off_s = abs(float(steps_s.sum()) - passed_s)
        if alike < ALIKE_SHARE or off_s > SLACK_S + SLACK_SHARE * passed_s:
            return False
        self.before_clock, self.period_s = first, period_s
        return True
