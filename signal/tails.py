"""Turning points that slid along a rest are drawn back to where the set's other reps have theirs.

After samples that were lost or lie far apart velocity is off by a few hundredths or tenths. Where the bar
then rests the estimate creeps on, and the end of the movement slides along by half a second and more. From
the moment a rep passes 30 % of its greatest speed to its turning point it takes about as long in every rep
of a set; so a longer tail that the uncertainty of velocity can explain is taken for drift.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hardset.signal.motion import Motion
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

FEW = 4
"""With fewer reps nobody knows what is usual."""
INNER_SHARE = 0.3
TIMES, MORE = 1.3, 0.06 * GRID_HZ
"""A tail of 1.3 times the usual and 0.06 s more is long."""
EXPLAINED_SD = 3.0
"""What moves faster than this many standard deviations of its velocity does move."""


def without_slides(strokes: Strokes, motion: Motion) -> Strokes:
    """The strokes of a set, each end where those of the others are if it slid away from there."""
    if len(strokes) < FEW:
        return strokes
    own = np.column_stack([strokes.bottom, strokes.top])
    inner = _inner(strokes, motion.velocity_mps)
    tail = np.abs(own - inner)
    usual = np.median(tail, axis=0)
    drawn = np.round(inner + np.array([-1, 1]) * usual).astype(np.int64)
    for rep, side in np.argwhere(tail > TIMES * usual + MORE):
        if _is_drift(motion, int(own[rep, side]), int(drawn[rep, side])):
            own[rep, side] = drawn[rep, side]
    bottom, top = own.T
    return Strokes(bottom, top, strokes.rise, (top - bottom) / GRID_HZ, strokes.dip)


def _inner(strokes: Strokes, velocity: FloatArray) -> NDArray[np.int64]:
    """(k, 2) first and last moment of each stroke at `INNER_SHARE` of its greatest speed."""
    moments = []
    for bottom, top in zip(strokes.bottom.tolist(), strokes.top.tolist(), strict=True):
        speed = velocity[bottom : top + 1]
        fast = np.flatnonzero(speed >= INNER_SHARE * speed.max())
        moments.append((bottom + fast[0], bottom + fast[-1]))
    return np.array(moments, dtype=np.int64)


def _is_drift(motion: Motion, one: int, other: int) -> bool:
    """Whether the mean velocity between two grid indices may be zero."""
    first, last = min(one, other), max(one, other)
    mean = float(motion.velocity_mps[first : last + 1].mean())
    return mean < EXPLAINED_SD * float(motion.velocity_sd(np.array([(first + last) // 2]))[0])
