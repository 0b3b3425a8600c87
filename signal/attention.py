"""Whether a look at the last seconds can pay: has a concentric phase perhaps just ended?

A look costs a few milliseconds, a lifter spends most of his time waiting, lowering and pushing off.
At the end of a rise the load is slowed down, so for a moment the accelerometer reads less than 1 g;
a limb that turned comes to rest. Both show in the raw samples. What is overlooked here is told at the
next look: this saves work and decides nothing.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch

BIN_S = 0.1
SINCE_S = 0.5
"""How long after the braking a look still pays."""
BRAKING_MPS2 = 0.35
"""A grinder at 0.2 m/s that stops within 0.3 s brakes at 0.7 m/s²; bins of a waiting lifter vary by 0.1."""
TURNED_RADPS = 0.12
"""A seated calf raise turns the shank by 11° in 1.2 s."""
STOPPED_SHARE = 0.4
"""A limb may have come to rest when it turns at less than this share of its speed in the last seconds."""
TURNED_WITHIN_S = 2.0


def may_have_ended(recent: SampleBatch, *, by_angle: bool, turning: FloatArray | None = None) -> bool:
    """True where the last moments of some seconds of samples look like the end of a movement.

    turning: (3,) what a limb turns about in the concentric phase, where that is known: the way back is of
    no interest then.
    """
    gyro = recent.angular_velocity_radps
    if by_angle:
        if gyro is None:
            return True
        speed = np.linalg.norm(gyro, axis=1) if turning is None else gyro @ turning / np.linalg.norm(turning)
        bins = _bins(recent.time_s, speed, TURNED_WITHIN_S)
        fastest = float(bins.max())
        if fastest < TURNED_RADPS:
            return False
        since = bins.size - 1 - int(np.flatnonzero(bins >= STOPPED_SHARE * fastest)[-1])
        return 0 < since <= round(SINCE_S / BIN_S)
    force = np.linalg.norm(recent.acceleration_mps2, axis=1)
    usual = float(force.mean())
    return float(_bins(recent.time_s, force, SINCE_S).min()) < usual - BRAKING_MPS2


def _bins(time_s: FloatArray, values: FloatArray, seconds: float) -> FloatArray:
    """Means over bins of `BIN_S` back from the newest sample; bins without samples are left out."""
    age = time_s[-1] - time_s
    inside = age < seconds
    index = (age[inside] / BIN_S).astype(np.int64)
    count = np.bincount(index)
    total = np.bincount(index, weights=values[inside])
    return np.asarray((total[count > 0] / count[count > 0])[::-1])
