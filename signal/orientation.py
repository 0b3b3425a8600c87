"""Sensor frame -> earth frame: only the vertical is used, since heading is not observable near steel.

With a gyroscope VQF (Laidig & Seel 2023, Information Fusion 91:187) in its offline 6-axis form gives
the inclination; a tilt error of 3° costs only g(1 - cos 3°) = 0.013 m/s² in the vertical. Without one
the low-passed direction of gravity does (error 0.013 m/s in mean velocity, against 0.020 for |a| - g).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.signal.timebase import GRID_HZ, EvenSamples

GRAVITY_CUTOFF_HZ = 0.2
"""Direction of gravity without a gyroscope: slower than any rep, faster than a change of posture."""
TURNING_CUTOFF_HZ = 1.0
"""... but a curl turns the sensor with every rep."""
SCALE_SHARE = 0.3
"""Of a deviation of |a| at rest from 1 g, the part that is scale rather than bias: with 0.02 scale and
0.03 g bias, both usual for cheap sensors, 0.02²/(0.02² + 0.03²)."""
SCALE_CERTAIN = 0.08
"""A deviation over 8 % is no bias any more: the scale is wrong, and corrected in full."""
REST_SD_MPS2 = 0.25
REST_TURN_RADPS = 0.15


@dataclass(frozen=True, slots=True)
class VerticalMotion:
    """Vertical acceleration in the earth frame, on the even grid."""

    acceleration_mps2: FloatArray
    """(n,) without gravity, up is positive."""
    tilt: FloatArray
    """(n, 3) unit vector of 'up' in the sensor frame."""
    rotation_radps: FloatArray
    """(n,) magnitude of the angular velocity; infinite without a gyroscope: nobody knows that it rests."""
    rest_norm_g: float | None
    """|a| in rest, in g; 1 for a perfect sensor, None where it never rests."""
    has_gyroscope: bool
    turning_tilt: FloatArray
    """(n, 3) 'up' that follows a turning sensor: as `tilt`, but quick where there is no gyroscope."""
    turning_acceleration_mps2: FloatArray
    """(n,) acceleration along it; near |a| - g without a gyroscope."""


def vertical_motion(even: EvenSamples) -> VerticalMotion:
    """Vertical acceleration of a sensor in any mounting."""
    acc = even.acceleration_mps2
    gyro = even.angular_velocity_radps
    rest = _rest_norm(acc, gyro)
    up = _up_with_gyroscope(acc, gyro) if gyro is not None else _low_passed_direction(acc, GRAVITY_CUTOFF_HZ)
    vertical = np.einsum("ij,ij->i", acc, up)
    # Without rest the mean does: a bar that ends where it began has gained no velocity on the way.
    one_g = float(vertical.mean()) if rest is None else rest
    deviation = one_g / STANDARD_GRAVITY_MPS2 - 1.0
    scale = 1.0 + deviation * (1.0 if abs(deviation) > SCALE_CERTAIN else SCALE_SHARE)
    quick = up if gyro is not None else _low_passed_direction(acc, TURNING_CUTOFF_HZ)
    return VerticalMotion(
        acceleration_mps2=(vertical - one_g) / scale,
        tilt=up,
        rotation_radps=np.full(len(even), np.inf) if gyro is None else np.linalg.norm(gyro, axis=1),
        rest_norm_g=None if rest is None else rest / STANDARD_GRAVITY_MPS2,
        has_gyroscope=gyro is not None,
        turning_tilt=quick,
        turning_acceleration_mps2=(np.einsum("ij,ij->i", acc, quick) - one_g) / scale,
    )


def _up_with_gyroscope(acc: FloatArray, gyro: FloatArray) -> FloatArray:
    from vqf import offlineVQF  # compiled; imported where it is needed

    result = offlineVQF(
        np.ascontiguousarray(gyro, dtype=np.float64),
        np.ascontiguousarray(acc, dtype=np.float64),
        None,
        1.0 / GRID_HZ,
    )
    w, x, y, z = np.asarray(result["quat6D"]).T
    # third row of the rotation matrix sensor -> earth: earth's z axis seen from the sensor
    return np.column_stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])


def _low_passed_direction(acc: FloatArray, cutoff_hz: float) -> FloatArray:
    n = acc.shape[0]
    if n > 40:
        sos = butter(2, cutoff_hz, btype="low", fs=GRID_HZ, output="sos")
        slow = sosfiltfilt(sos, acc, axis=0, padlen=min(n - 1, int(3 * GRID_HZ / cutoff_hz)))
    else:
        slow = np.broadcast_to(acc.mean(axis=0), acc.shape)
    return np.asarray(slow / np.maximum(np.linalg.norm(slow, axis=1, keepdims=True), 1e-9))


def _rest_norm(acc: FloatArray, gyro: FloatArray | None) -> float | None:
    """|a| in true rest (1 g as this sensor sees it), m/s²; None where the sensor never rests.

    Rest: over a second no axis moves by more than `REST_SD_MPS2`, nor turns faster than `REST_TURN_RADPS`.
    """
    width = int(GRID_HZ)
    if acc.shape[0] < width:
        return None
    mean = uniform_filter1d(acc, width, axis=0, mode="nearest")
    square = uniform_filter1d(acc * acc, width, axis=0, mode="nearest")
    unrest = np.sqrt(np.maximum(square - mean * mean, 0.0).sum(axis=1))
    quiet = unrest < max(REST_SD_MPS2, 1.5 * float(unrest.min()) if unrest.min() < REST_SD_MPS2 else 0.0)
    if gyro is not None:
        quiet &= uniform_filter1d(np.linalg.norm(gyro, axis=1), width, mode="nearest") < REST_TURN_RADPS
    if np.count_nonzero(quiet) < width // 2:
        return None
    calmest = quiet & (unrest <= np.quantile(unrest[quiet], 0.5))
    return float(np.median(np.linalg.norm(mean[calmest], axis=1)))
