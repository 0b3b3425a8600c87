"""A device's clock carried over to the host's; and what is left where a device has none.

A notification can come late but never early, so the smallest difference of arrival and device time
seen lately is the best guess of the offset between the two clocks (a lower envelope, as for one-way
delays on networks: Moon, Skelly & Towsley 1999). Memory is bounded by the window.
"""

from __future__ import annotations

import math
from collections import deque
from typing import Literal

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.sensors.sample_grid import SampleGrid

WINDOW_S = 30
"""The offset is the smallest difference of this long: 100 ppm of drift are 3 ms in it."""
SETTLE_S = 20.0
"""Time constant with which the offset in use follows the envelope."""
MOST_SLEW = 0.02
"""Seconds of correction per second: a first notification that was held up is made good gently."""
STALE_S = 0.5
"""A step back of less than this is a packet that came twice, not a new clock."""
JUMP_S = 10.0
"""A step forward of so much more than the host's clock has gone is a new clock."""
SILENCE_S = 60.0
"""After so long without a packet the offset is found anew."""
APART_S = 1e-6
"""Stamps rise by at least this."""
PERIOD_TOLERANCE = 0.1
"""Motion chips run up to several percent beside their nominal rate; more than this is not believed."""
PERIOD_GAIN = 0.1

StampOf = Literal["first", "last"]


class ArrivalClock:
    """Stamps for a sensor without a clock: the even grid of its samples where the arrivals show one, else
    the arrival, and the signal side spreads what came together.

    The step from arrivals back to the grid is made gently, the one from the grid to arrivals at once: then
    samples were lost.
    """

    def __init__(self) -> None:
        self._grid = SampleGrid()
        self._last_s = -math.inf

    def stamp(self, count: int, arrived_s: float) -> FloatArray:
        """(count,) rising stamps, s on the host's clock; samples of one arrival are a microsecond apart."""
        newest_s = self._grid.newest_s(count, arrived_s)
        period_s = self._grid.period_s
        if newest_s is None or period_s is None:
            stamps = max(arrived_s, self._last_s + APART_S) + APART_S * np.arange(count, dtype=np.float64)
        else:
            grid_s = newest_s + period_s * np.arange(1 - count, 1)
            slewed_s = self._last_s + (1.0 - MOST_SLEW) * period_s * np.arange(1, count + 1)
            stamps = np.maximum(grid_s, slewed_s)
        self._last_s = float(stamps[-1])
        return stamps


class SampleClock:
    """Stamps on the host's clock for packets whose first or last sample carries the device's ticks.

    Samples in between lie at the period that the packets themselves show, which starts as the
    nominal one. A wrapped counter goes on; one that restarted begins a new line.
    """

    def __init__(
        self,
        *,
        tick_s: float,
        bits: int,
        period_s: float,
        stamp_of: StampOf = "first",
    ) -> None:
        self._counter = _Counter(tick_s, bits)
        self._envelope = _Envelope()
        self._nominal_s = period_s
        self._period_s = period_s
        self._stamp_of = stamp_of
        self._count_before = 0
        self._offset_s = 0.0
        self._last_s = -math.inf
        self._begun = False
        self.missing = 0
        """Samples that fell out between packets, by the device's clock."""
        self.restarts = 0
        """How often the device's clock began anew after the first packet."""

    def stamp(self, ticks: int, count: int, arrived_s: float) -> FloatArray | None:
        """(count,) rising stamps, s on the host's clock; None for a packet that was there before."""
        moved_s = self._counter.move(ticks, arrived_s)
        if moved_s is not None and moved_s <= 0:
            return None
        step_s = self._period_s if moved_s is None else self._learn(moved_s, count)
        first = 0 if self._stamp_of == "first" else 1 - count
        ages = np.arange(first, first + count, dtype=np.float64)
        device_s = self._counter.elapsed_s + step_s * ages
        newest_s = float(device_s[-1])
        if moved_s is None:
            self._begin(arrived_s - newest_s)
        else:
            self._follow(arrived_s - newest_s, arrived_s, moved_s)
        self._count_before = count
        return self._rising(device_s + self._offset_s)

    def on_host(self, ticks: int) -> float | None:
        """Where other ticks of this device lie on the host's clock, s; None before the first packet."""
        if not self._begun:
            return None
        return self._offset_s + self._counter.elapsed_at(ticks)

    def _learn(self, moved_s: float, count: int) -> float:
        """Count what is missing, and learn the real period where nothing is; gives the step to use."""
        spanned = self._count_before if self._stamp_of == "first" else count
        missing = round(moved_s / self._period_s) - spanned
        if missing > 0:
            self.missing += missing
            return self._period_s
        measured = moved_s / spanned
        if abs(measured - self._nominal_s) > PERIOD_TOLERANCE * self._nominal_s:
            return min(self._period_s, measured)
        self._period_s += PERIOD_GAIN * (measured - self._period_s)
        return measured if self._stamp_of == "last" else self._period_s

    def _begin(self, difference_s: float) -> None:
        self.restarts += self._begun
        self._begun = True
        self._envelope = _Envelope()
        self._offset_s = difference_s

    def _follow(self, difference_s: float, arrived_s: float, moved_s: float) -> None:
        wanted_s = self._envelope.lowest(difference_s, arrived_s) - self._offset_s
        step_s = wanted_s * min(moved_s / SETTLE_S, 1.0)
        self._offset_s += float(np.clip(step_s, -MOST_SLEW * moved_s, MOST_SLEW * moved_s))

    def _rising(self, stamps: FloatArray) -> FloatArray:
        floor_s = self._last_s + APART_S
        if stamps[0] < floor_s:
            # A new line that begins before the old one ended, or ticks coarser than the period.
            stamps = np.maximum(stamps, floor_s + APART_S * np.arange(stamps.size, dtype=np.float64))
        self._last_s = float(stamps[-1])
        return stamps


class _Counter:
    """Ticks of a counter that wraps, to seconds since it was first seen or began anew."""

    def __init__(self, tick_s: float, bits: int) -> None:
        self._tick_s = tick_s
        self._range = 1 << bits
        self._silence_s = min(SILENCE_S, 0.5 * self._range * tick_s)
        self._ticks: int | None = None
        self._arrived_s = 0.0
        self._elapsed_ticks = 0

    @property
    def elapsed_s(self) -> float:
        return self._elapsed_ticks * self._tick_s

    def elapsed_at(self, ticks: int) -> float:
        """Seconds since it was first seen at these ticks, which may lie before or after the newest."""
        return (self._elapsed_ticks + self._difference(ticks)) * self._tick_s

    def _difference(self, ticks: int) -> int:
        delta = (ticks - (self._ticks or 0)) % self._range
        return delta - self._range if delta >= self._range // 2 else delta

    def move(self, ticks: int, arrived_s: float) -> float | None:
        """How far the counter went on, s; 0 or less (and nothing is kept) for an old packet; None: anew."""
        if self._ticks is None:
            self._anew(ticks, arrived_s)
            return None
        delta = self._difference(ticks)
        moved_s = delta * self._tick_s
        silence_s = arrived_s - self._arrived_s
        if moved_s < -STALE_S or moved_s > silence_s + JUMP_S or silence_s > self._silence_s:
            self._anew(ticks, arrived_s)
            return None
        if delta > 0:
            self._ticks, self._arrived_s = ticks, arrived_s
            self._elapsed_ticks += delta
        return moved_s

    def _anew(self, ticks: int, arrived_s: float) -> None:
        self._ticks, self._arrived_s, self._elapsed_ticks = ticks, arrived_s, 0


class _Envelope:
    """The smallest value of the last `WINDOW_S`, from one minimum per second."""

    def __init__(self) -> None:
        self._minima: deque[tuple[int, float]] = deque(maxlen=WINDOW_S)

    def lowest(self, value: float, at_s: float) -> float:
        second = int(at_s)
        while self._minima and self._minima[0][0] <= second - WINDOW_S:
            self._minima.popleft()
        if self._minima and self._minima[-1][0] == second:
            value = min(value, self._minima.pop()[1])
        self._minima.append((second, value))
        return min(lowest for _, lowest in self._minima)
