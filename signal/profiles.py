"""The shape of a stroke: its signal from bottom to top and a little beyond, brought to one length.

Reps of one set are alike in shape; drift, handling and attempts are not.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

PROFILE_POINTS = 40
PROFILE_SMOOTH_S = 0.1
REACH_SHARE = 0.3


def likeness(strokes: Strokes, signal: FloatArray) -> float:
    """Median correlation of each stroke's profile with the median profile."""
    profiles = _profiles(strokes, signal)
    typical = np.median(profiles, axis=0)
    return float(np.median([np.corrcoef(profile, typical)[0, 1] for profile in profiles]))


def likeness_of(strokes: Strokes, velocity: FloatArray, position: int) -> float:
    """Correlation of one stroke's velocity profile with the median profile."""
    profiles = _profiles_as_seen(strokes, velocity, position)
    return float(np.corrcoef(profiles[position], np.median(profiles, axis=0))[0, 1])


def likeness_at_end(strokes: Strokes, velocity: FloatArray, last: int) -> float:
    """Correlation of a last stroke's velocity profile with what came before it, whichever is most alike.

    A tired lifter's reps change their shape: the last one may look like the one before and no more like
    the first.
    """
    profiles = _profiles_as_seen(strokes, velocity, last)
    before = profiles[:last]
    kinds = (np.median(before, axis=0), before[-1], before[-2:].mean(axis=0))
    return max(float(np.corrcoef(profiles[last], kind)[0, 1]) for kind in kinds)


def _profiles(strokes: Strokes, signal: FloatArray, after_share: float = REACH_SHARE) -> FloatArray:
    """(k, PROFILE_POINTS) signal during each stroke and a share of its length either side, of one length."""
    length = strokes.top - strokes.bottom
    share = np.linspace(0.0, 1.0, PROFILE_POINTS)[None, :]
    start = (strokes.bottom - REACH_SHARE * length)[:, None]
    end = (strokes.top + after_share * length)[:, None]
    smooth = gaussian_filter1d(signal, PROFILE_SMOOTH_S * GRID_HZ)
    return np.asarray(np.interp(start + share * (end - start), np.arange(signal.size), smooth))


def _profiles_as_seen(strokes: Strokes, velocity: FloatArray, position: int) -> FloatArray:
    """Profiles of strokes (k,) with as much after them as was recorded after this one."""
    length = strokes.top[position] - strokes.bottom[position]
    recorded = float(velocity.size - 1 - strokes.top[position]) / float(length)
    return _profiles(strokes, velocity, min(REACH_SHARE, recorded))
