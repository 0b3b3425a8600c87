"""What came over the link and what did not: samples received, repeated, missing, and the real rate."""

from __future__ import annotations

from collections import deque

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch

HOLE_S = 0.2
"""A pause this long is no slow connection interval (0.195 s was seen in the wild): samples are missing."""
WINDOW_S = 5.0
"""The rate is measured over this much."""
ENOUGH_S = 2.0
"""Over less than this no rate is told: a burst more or less would change it."""


class Tally:
    """Counts the samples of one session, over all its connections."""

    def __init__(self) -> None:
        self.received = 0
        self.repeated = 0
        """Samples equal in every value to the one before: a radio that fills up its events."""
        self.told_missing = 0
        """What the devices' own counters and clocks say was sent and never came."""
        self._holes_s = 0.0
        self._first_s: float | None = None
        self._last_s = 0.0
        self._last_row: FloatArray | None = None
        self._recent: deque[tuple[float, int]] = deque()

    @property
    def rate_hz(self) -> float | None:
        """Distinct samples a second over the last seconds; None until there is enough of them."""
        if len(self._recent) < 2:
            return None
        (first_s, first), (last_s, last) = self._recent[0], self._recent[-1]
        return (last - first) / (last_s - first_s) if last_s - first_s >= ENOUGH_S else None

    @property
    def missing(self) -> int:
        """Samples that should have come: by the devices' own count, or by the holes in time."""
        up_s = 0.0 if self._first_s is None else self._last_s - self._first_s - self._holes_s
        by_holes = self._holes_s * (self.received - self.repeated) / up_s if up_s > 0 else 0.0
        return max(self.told_missing, round(by_holes))

    def take(self, batch: SampleBatch, *, after_loss: bool = False) -> None:
        """Count a batch, whose stamps follow those before; after a lost link any pause is a hole."""
        gyro = batch.angular_velocity_radps
        rows = batch.acceleration_mps2 if gyro is None else np.hstack([batch.acceleration_mps2, gyro])
        times = batch.time_s
        if self._last_row is not None and self._last_row.size == rows.shape[1]:
            rows = np.vstack([self._last_row, rows])
        if self._first_s is None:
            self._first_s = float(times[0])
        else:
            times = np.concatenate([[self._last_s], times])
        steps = np.diff(times)
        is_hole = steps > HOLE_S
        if after_loss and steps.size:
            is_hole[0] = True
        if is_hole.any():
            self._holes_s += float(steps[is_hole].sum())
            self._recent.clear()
        self.received += len(batch)
        self.repeated += int(np.count_nonzero((rows[1:] == rows[:-1]).all(axis=1)))
        self._last_row = rows[-1]
        self._last_s = float(times[-1])
        self._recent.append((self._last_s, self.received - self.repeated))
        while self._last_s - self._recent[0][0] > WINDOW_S:
            self._recent.popleft()
