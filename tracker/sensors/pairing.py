"""Acceleration and angular velocity that come in notifications of their own, put together again."""

from __future__ import annotations

from collections import deque

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch

NEAR_S = 0.1
"""Angular velocity is read between two of its samples no further apart than this."""
WAIT_S = 1.5
"""Acceleration waits so long for angular velocity, which comes in packets of its own."""


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
    """For streams without stamps that run at one rate: the k-th of each belong together.

    When one queue grows by more than `slack` samples, packets of the other were lost: the oldest go.
    """

    def __init__(self, slack: int) -> None:
        self._slack = slack
        self._queues: tuple[deque[FloatArray], deque[FloatArray]] = (deque(), deque())
        self.unpaired = 0
        """Samples whose other half was lost."""

    def acceleration(self, values: FloatArray) -> None:
        """More of it, (n, 3)."""
        self._queues[0].extend(values)

    def angular_velocity(self, values: FloatArray) -> None:
        """More of it, (n, 3)."""
        self._queues[1].extend(values)

    def take(self) -> tuple[FloatArray, FloatArray] | None:
        """(n, 3) acceleration and (n, 3) angular velocity that are there by now."""
        count = min(len(queue) for queue in self._queues)
        taken = [[queue.popleft() for _ in range(count)] for queue in self._queues]
        for queue in self._queues:
            while len(queue) > self._slack:
                queue.popleft()
                self.unpaired += 1
        return (np.array(taken[0]), np.array(taken[1])) if count else None
