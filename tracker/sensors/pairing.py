"""Acceleration and angular velocity that come in notifications of their own, put together again."""

from __future__ import annotations

import math

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch

NEAR_S = 0.1
"""Angular velocity is read between two of its samples no further apart than this."""
WAIT_S = 1.5
"""Acceleration waits so long for angular velocity, which comes in packets of its own."""


ACCELERATION, ANGULAR_VELOCITY = 0, 1
GAP_GAIN = 0.1
CLEARLY_SHORTER = 0.5


class PairedByTime:
    """For streams with stamps: angular velocity is read at the times of the acceleration.

    A sample whose other half was lost is missing as a whole. Where angular velocity never comes, the
    acceleration goes alone.
    """

    def __init__(self) -> None:
        self._acc_s = np.empty(0)
        self._acc = np.empty((0, 3))
        self._gyro_s = np.empty(0)
        self._gyro = np.empty((0, 3))
        self._alone = False
        self.unpaired = 0
        """Samples of acceleration whose angular velocity was lost."""

    def acceleration(self, time_s: FloatArray, values: FloatArray) -> None:
        """More of it, (n,) and (n, 3), rising."""
        self._acc_s = np.concatenate([self._acc_s, time_s])
        self._acc = np.concatenate([self._acc, values])

    def angular_velocity(self, time_s: FloatArray, values: FloatArray) -> None:
        """More of it, (n,) and (n, 3); what does not rise is left out."""
        fresh = time_s > (self._gyro_s[-1] if self._gyro_s.size else -np.inf)
        self._gyro_s = np.concatenate([self._gyro_s, time_s[fresh]])
        self._gyro = np.concatenate([self._gyro, values[fresh]])

    def take(self) -> SampleBatch | None:
        """All samples that are known whole by now."""
        if not self._acc_s.size:
            return None
        waited_s = self._acc_s[-1] - self._acc_s[0]
        if self._alone or (not self._gyro_s.size and waited_s > WAIT_S):
            self._alone = True
            return self._release(self._acc_s.size, None)
        if not self._gyro_s.size:
            return None
        covered = int(np.searchsorted(self._acc_s, self._gyro_s[-1], side="right"))
        given_up = int(np.searchsorted(self._acc_s, self._acc_s[-1] - WAIT_S))
        return self._joined(max(covered, given_up))

    def _joined(self, count: int) -> SampleBatch | None:
        at_s = self._acc_s[:count]
        after = np.clip(np.searchsorted(self._gyro_s, at_s), 0, self._gyro_s.size - 1)
        before = np.maximum(after - (self._gyro_s[after] > at_s), 0)
        near = (self._gyro_s[after] - self._gyro_s[before] <= NEAR_S) & (
            (self._gyro_s[before] <= at_s) & (at_s <= self._gyro_s[after])
        )
        gyro = np.column_stack([np.interp(at_s, self._gyro_s, self._gyro[:, axis]) for axis in range(3)])
        batch = self._release(count, gyro)
        if batch is None:
            return None
        self._forget_before(float(batch.time_s[-1]))
        self.unpaired += int(np.count_nonzero(~near))
        if not near.any():
            return None
        return SampleBatch(batch.time_s[near], batch.acceleration_mps2[near], gyro[near])

    def _release(self, count: int, gyro: FloatArray | None) -> SampleBatch | None:
        if not count:
            return None
        batch = SampleBatch(self._acc_s[:count], self._acc[:count], gyro)
        self._acc_s, self._acc = self._acc_s[count:], self._acc[count:]
        return batch

    def _forget_before(self, time_s: float) -> None:
        keep = max(int(np.searchsorted(self._gyro_s, time_s, side="right")) - 1, 0)
        self._gyro_s, self._gyro = self._gyro_s[keep:], self._gyro[keep:]


class PairedByOrder:
    """For streams without stamps that run at one rate, with as many samples in each notification.

    The two halves of a sample are sent one right after the other, then nothing until the next sample:
    the shorter of the two usual gaps tells which half comes first. Only what follows its own first half
    directly is joined to it, so that after a loss nothing is paired with a later sample's half.
    """

    def __init__(self) -> None:
        self._waiting: FloatArray | None = None
        self._last_half: int | None = None
        self._last_s = 0.0
        self._gap_s = [math.nan, math.nan]
        """Usual time from acceleration to angular velocity, and from that to acceleration."""
        self._leader = ACCELERATION
        self.unpaired = 0
        """Samples whose other half was lost."""

    def take(self, half: int, values: FloatArray, arrived_s: float) -> tuple[FloatArray, FloatArray] | None:
        """The next notification of a half, (n, 3); gives both halves, (n, 3) each, when they are there."""
        self._learn(half, arrived_s)
        if half == self._leader:
            self._drop()
            self._waiting = values
            return None
        first, self._waiting = self._waiting, None
        if first is None or len(first) != len(values):
            self.unpaired += len(values)
            return None
        return (first, values) if half == ANGULAR_VELOCITY else (values, first)

    def _learn(self, half: int, arrived_s: float) -> None:
        before, self._last_half = self._last_half, half
        gap_s, self._last_s = arrived_s - self._last_s, arrived_s
        if before is None or before == half:
            return
        usual_s = self._gap_s[before]
        self._gap_s[before] = gap_s if math.isnan(usual_s) else usual_s + GAP_GAIN * (gap_s - usual_s)
        follower = ANGULAR_VELOCITY if self._leader == ACCELERATION else ACCELERATION
        if self._gap_s[follower] < CLEARLY_SHORTER * self._gap_s[self._leader]:
            self._leader = follower
            self._drop()

    def _drop(self) -> None:
        if self._waiting is not None:
            self.unpaired += len(self._waiting)
            self._waiting = None
