"""How far a sensor on a limb rises while the limb's angle does.

A segment that turns about a joint carries its sensor along an arc: height is a sinθ + b cosθ, and vertical
acceleration its second derivative. So the height gained in a stroke comes out of one linear regression over
all strokes of a set, with nothing integrated and nothing that drifts. It tells which way of the angle is up:
whoever stands up, thrusts or curls lying down lifts the sensor, whichever way round it is mounted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from hardset.signal.exercise import Exercise
from hardset.signal.rotation import PADDED
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.timebase import GRID_HZ

SLOW_HZ = 1.0
"""Flesh turns the sensor by some degrees above this without carrying it anywhere. With 3 Hz instead a squat's
20 cm came out as 5."""
AROUND_S = 0.35
"""Of a stroke on either side: what lies further off may be the other leg's."""
INDEPENDENT_S = 0.5
"""A filtered value tells something new so often."""
WEIGHT, MOST = 3.0, 12.0
"""Log-odds for each standard deviation. Where the exercise is known so is whether it lifts the sensor or
lowers it, and nothing else is as sure: one of 877 sets of two simulators had the other sign."""
MOST_ALONE = 4.0
"""The same where nobody knows the exercise: nearly all of them lift."""
MOUNTING_SD_M = 0.015
"""A sensor sits some centimetres off the bone: so little height may come from that."""
_FILTER = butter(2, SLOW_HZ, btype="low", fs=GRID_HZ, output="sos")


def lifts(exercise: Exercise | None) -> float:
    """1 where the concentric phase lifts the sensor, -1 where it lowers it, 0 where nobody knows."""
    if exercise is None:
        return 1.0
    return 0.0 if exercise.height_unsure else -1.0 if exercise.concentric_down else 1.0


def lift_odds(
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    bottom: NDArray[np.int64],
    top: NDArray[np.int64],
    exercise: Exercise | None,
    part: BoolArray | None = None,
) -> float:
    """Log-odds that the sensor moves as in a concentric phase while the angle goes from bottom to top.

    angle_rad, vertical_mps2: (n,); bottom, top: (k,) grid indices where strokes begin and end; part: (n,)
    what the arc is taken from; None: from these strokes.
    """
    if lifts(exercise) == 0.0:
        return 0.0
    if part is None:
        part = np.zeros(angle_rad.size, dtype=np.bool_)
        reach = int(AROUND_S * GRID_HZ)
        for first, last in zip(bottom, top, strict=True):
            part[max(int(first) - reach, 0) : int(last) + reach] = True
    gain, sd = lift_m(angle_rad, vertical_mps2, bottom, top, part)
    most = MOST if exercise is not None else MOST_ALONE
    return lifts(exercise) * float(np.clip(WEIGHT * gain / np.hypot(sd, MOUNTING_SD_M), -most, most))


def lift_m(
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    bottom: NDArray[np.int64],
    top: NDArray[np.int64],
    part: BoolArray,
) -> tuple[float, float]:
    """Mean height that the sensor gains from each bottom to its top, m, and one standard deviation of that.

    angle_rad, vertical_mps2: (n,) inclination of the segment and vertical acceleration; part: (n,) what the
    arc is taken from. A reading that is off by an amount that goes with the inclination (bias, scale) is
    allowed for.
    """
    size = angle_rad.size
    if size <= PADDED or bottom.size == 0:
        return 0.0, np.inf
    sine, cosine = np.sin(angle_rad), np.cos(angle_rad)
    slow_sine, slow_cosine = _slow(sine), _slow(cosine)
    arc = (_twice_derived(slow_sine), _twice_derived(slow_cosine), slow_sine, slow_cosine, np.ones(size))
    given, felt = np.column_stack(arc)[part], _slow(vertical_mps2)[part]
    inverse = np.linalg.pinv(given.T @ given)
    solution = inverse @ (given.T @ felt)
    independent = felt.size / (INDEPENDENT_S * GRID_HZ) - given.shape[1]
    variance = float(np.sum((felt - given @ solution) ** 2)) / max(independent, 1.0)
    moved = np.array([float(np.mean(track[top] - track[bottom])) for track in (sine, cosine)])
    spread = variance * float(moved @ inverse[:2, :2] @ moved)
    return float(moved @ solution[:2]), float(np.sqrt(max(spread, 0.0)))


def _slow(signal: FloatArray) -> FloatArray:
    return np.asarray(sosfiltfilt(_FILTER, signal, padlen=PADDED))


def _twice_derived(signal: FloatArray) -> FloatArray:
    return np.asarray(np.gradient(np.gradient(signal))) * GRID_HZ**2
