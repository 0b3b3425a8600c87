"""The ends of a set on a limb: getting out of a seat, or a recording that stops in mid-rep, are no reps."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from hardset.signal.exercise import Exercise
from hardset.signal.repetition import Rejected
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.segmentation import MIN_ALIKE, Segmentation
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

BACK_WITHIN_S = 9.0
BACK_SHARE = 0.6
"""A way back at least this long (share of a stroke) after the last stroke makes it a rep."""
LIKE_THE_OTHERS = 0.4
"""Correlation of its vertical acceleration with the others': getting out of a seat lifts the whole body.
On simulated leg curls it never reached 0.38 where last reps never fell under 0.42 (median 0.95)."""
HANGS_SHARE = 0.8
"""Where the concentric phase ends as a leg hangs, leaving the seat makes one more. It is none when the leg is
not back after this share of the usual time between two reps (none of 47 simulated last reps was lost)."""
STILL_MOVING = 0.3
"""A last stroke that the recording cuts off while it is this fast (share of its peak) is not over."""
CUT_WITHIN_S = 0.15
AROUND_SHARE = 0.3
PROFILE_POINTS = 40
SMOOTH_S = 0.1


def trim_ends(
    parts: Segmentation,
    rotation: SegmentRotation,
    vertical_mps2: FloatArray,
    walks: BoolArray,
    time_s: FloatArray,
    exercise: Exercise | None,
) -> Segmentation:
    """Drop a last stroke that is not a rep; walks (n,) marks walking, vertical_mps2 and time_s are (n,)."""
    if len(parts.strokes) < MIN_ALIKE:
        return parts
    if _cut_off(parts, rotation.velocity_radps):
        return _without_last(parts, time_s, "cut off")
    count = len(parts.strokes)
    others, last = parts.strokes.take(list(range(count - 1))), parts.strokes.take([count - 1])
    if exercise is None or exercise.first_phase != "concentric":
        return parts
    after = _after(parts, rotation.angle_rad, walks)
    usual = float(np.median(parts.strokes.rise))
    if float(after[0] - after.min()) >= BACK_SHARE * usual:
        return parts
    between = float(np.median(others.bottom[1:] - others.top[:-1]))
    hangs = exercise.concentric_down and after.size > HANGS_SHARE * between
    if hangs or likeness_to(others, last, vertical_mps2) < LIKE_THE_OTHERS:
        return _without_last(parts, time_s, "getting out")
    return parts


def likeness_to(usual: Strokes, one: Strokes, signal: FloatArray) -> float:
    """Correlation of a signal (n,) during one stroke with its median over others."""
    typical = np.median(_profiles(usual, signal), axis=0)
    return float(np.corrcoef(_profiles(one, signal)[0], typical)[0, 1])


def _profiles(strokes: Strokes, signal: FloatArray) -> FloatArray:
    """(k, PROFILE_POINTS) a signal in and around each stroke, of one length."""
    share = np.linspace(-AROUND_SHARE, 1.0 + AROUND_SHARE, PROFILE_POINTS)[None, :]
    at = strokes.bottom[:, None] + share * (strokes.top - strokes.bottom)[:, None]
    return np.asarray(np.interp(at, np.arange(signal.size), gaussian_filter1d(signal, SMOOTH_S * GRID_HZ)))


def _cut_off(parts: Segmentation, velocity: FloatArray) -> bool:
    bottom, top = int(parts.strokes.bottom[-1]), int(parts.strokes.top[-1])
    at_the_end = velocity.size - 1 - top <= CUT_WITHIN_S * GRID_HZ
    peak = float(velocity[bottom : top + 1].max())
    return at_the_end and float(velocity[-5:].mean()) > STILL_MOVING * peak


def _after(parts: Segmentation, angle: FloatArray, walks: BoolArray) -> FloatArray:
    """The angle after the last stroke until somebody walks; it sinks where a set begins at the bottom."""
    top = int(parts.strokes.top[-1])
    stop = min(top + int(BACK_WITHIN_S * GRID_HZ), angle.size)
    steps = np.flatnonzero(walks[top:stop])
    return angle[top : max(top + int(steps[0]), top + 1) if steps.size else stop]


def _without_last(parts: Segmentation, time_s: FloatArray, reason: str) -> Segmentation:
    strokes = parts.strokes
    kept = len(strokes) - 1
    gone = Rejected(float(time_s[strokes.bottom[-1]]), float(time_s[strokes.top[-1]]), reason)
    return Segmentation(
        strokes=strokes.take(list(range(kept))),
        doubts=parts.doubts[:kept],
        hidden_after=tuple(i for i in parts.hidden_after if i + 1 < kept),
        rejected=(*parts.rejected, gone),
    )
