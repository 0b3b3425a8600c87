"""How far velocity may be off because the samples lie too far apart to show what happened between them.

A radio that delivers two samples in 45 ms, or stamps them when they arrive, cuts the peaks of acceleration
off and shifts its flanks: each step of length h across a change of acceleration Δa leaves velocity off by up
to h·Δa / 2. At rest nothing changes and nothing is lost; where a bar is braked within a tenth of a second it
is a few hundredths of a metre a second, as much as from a hole, and where it rests afterwards it seems to
creep on.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d

from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

SHARE = 0.5
"""Of h·Δa: the most that a curve without a turn between two samples can hide. Smooth movements lose a sixth
of that; stamps that are off, whip and impacts lose more. Counts and velocities are alike from 0.15 to 0.7."""
NEARBY_S = 0.3
"""The quickest change so near counts: what lies between two samples may be what was not seen."""
LONGEST_S = 0.2
"""Longer steps are holes, whose uncertainty does not depend on what was seen around them."""


def coarseness(acceleration: FloatArray, step_s: FloatArray) -> FloatArray:
    """(n,) how fast the variance of velocity grows, (m/s)² in a second.

    acceleration: (n,) vertical, m/s²; step_s: (n,) time between the samples around each point, s.
    """
    if not step_s.any():
        return np.zeros(acceleration.size)
    change = maximum_filter1d(np.abs(np.gradient(acceleration, 1.0 / GRID_HZ)), int(NEARBY_S * GRID_HZ))
    return np.asarray((SHARE * change) ** 2 * np.minimum(step_s, LONGEST_S) ** 3)
