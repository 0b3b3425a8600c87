"""Samples of one IMU as arrays, validated once at the border.

Frames: acceleration is *specific force* in the sensor frame (+9.81 m/s² upwards at rest),
angular velocity in the sensor frame, right-handed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

STANDARD_GRAVITY_MPS2 = 9.80665


class SampleShapeError(ValueError):
    """Arrays that do not belong together: says which one and what shape was expected."""


@dataclass(frozen=True, slots=True)
class SampleBatch:
    """Samples of one sensor in the order of their arrival.

    Time stamps may be uneven, repeat or have holes (see `hardset.signal.timebase`).
    """

    time_s: FloatArray
    """(n,) stamp of each sample, s; any origin, never NaN."""
    acceleration_mps2: FloatArray
    """(n, 3) specific force in the sensor frame, m/s²."""
    angular_velocity_radps: FloatArray | None
    """(n, 3) rad/s in the sensor frame; None where the sensor has no gyroscope."""

    def __post_init__(self) -> None:
        n = self.time_s.shape[0]
        if self.time_s.shape != (n,):
            raise SampleShapeError(f"time_s must be (n,), got {self.time_s.shape}")
        if self.acceleration_mps2.shape != (n, 3):
            raise SampleShapeError(f"acceleration_mps2 must be ({n}, 3), got {self.acceleration_mps2.shape}")
        gyro = self.angular_velocity_radps
        if gyro is not None and gyro.shape != (n, 3):
            raise SampleShapeError(f"angular_velocity_radps must be ({n}, 3), got {gyro.shape}")

    def __len__(self) -> int:
        return int(self.time_s.shape[0])

    def slice(self, start: int, stop: int) -> SampleBatch:
        """Samples start..stop-1 as a new batch that shares the memory."""
        gyro = self.angular_velocity_radps
        return SampleBatch(
            self.time_s[start:stop],
            self.acceleration_mps2[start:stop],
            None if gyro is None else gyro[start:stop],
        )


def joined(batches: Sequence[SampleBatch]) -> SampleBatch:
    """Batches of one sensor, one after the other, as a single batch (at least one is needed)."""
    if len(batches) == 1:
        return batches[0]
    gyros = [batch.angular_velocity_radps for batch in batches]
    known = [gyro for gyro in gyros if gyro is not None]
    return SampleBatch(
        np.concatenate([batch.time_s for batch in batches]),
        np.concatenate([batch.acceleration_mps2 for batch in batches]),
        np.concatenate(known) if len(known) == len(gyros) else None,
    )
