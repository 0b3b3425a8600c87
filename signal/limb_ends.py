"""The ends of a set on a limb: getting out of a seat, or a recording that stops in mid-rep, are no reps."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from hardset.signal.exercise import Exercise
from hardset.signal.repetition import Rejected
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.segmentation import MIN_ALIKE, Segmentation
from hardset.signal.stretch import Stretch
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
not back after this share of the usual time between two reps (none of 47 simulated last reps was lost), or
when walking follows without it."""
TURNED_RAD = float(np.radians(25.0))
"""About the vertical, beyond what the others turn by: 99.9 % of 8000 simulated reps stay under 13°, leaving
a seat turns by 44-87°."""
TRIED, AT_THE_BOTTOM = (0.2, 0.75), 0.15
"""Shares of a usual rise: how far a failed attempt comes, and from where it starts."""
STILL_MOVING = 0.3
"""A last stroke that the recording cuts off while it is this fast (share of its peak) is not over."""
CUT_WITHIN_S = 0.15
AROUND_SHARE = 0.3
PROFILE_POINTS = 40
SMOOTH_S = 0.1


def trim_ends(
    parts: Segmentation,
    rotation: SegmentRotation,
    stretch: Stretch,
    walks: BoolArray,
    exercise: Exercise | None,
) -> Segmentation:
    """Drop strokes at the ends that are no reps; walks (n,) marks walking on the grid of the stretch."""
    if len(parts.strokes) < MIN_ALIKE:
        return parts
    if _cut_off(parts, rotation.velocity_radps):
        return _without(parts, len(parts.strokes) - 1, stretch.time_s, "cut off")
    parts = _without_turned(_without_tried(parts, rotation.angle_rad, stretch.time_s), stretch)
    if len(parts.strokes) < MIN_ALIKE:
        return parts
    count = len(parts.strokes)
    others, last = parts.strokes.take(list(range(count - 1))), parts.strokes.take([count - 1])
    if exercise is None or exercise.first_phase != "concentric":
        return parts
    after = _after(parts, rotation.angle_rad, walks)
    usual = float(np.median(parts.strokes.rise))
    if float(after[0] - after.min()) >= BACK_SHARE * usual:
        return parts
    between = float(np.median(others.bottom[1:] - others.top[:-1]))
    waited = after.size > HANGS_SHARE * between or not stretch.ends
    hangs = exercise.concentric_down and waited
    if hangs or likeness_to(others, last, stretch.vertical) < LIKE_THE_OTHERS:
        return _without(parts, count - 1, stretch.time_s, "getting out")
    return parts


def _without_tried(parts: Segmentation, angle: FloatArray, time_s: FloatArray) -> Segmentation:
    """Without a last stroke that follows a failed attempt: nobody who failed does one more, but stands up.

    An attempt comes from the bottom, goes part of the way, and ends at the bottom again.
    """
    strokes = parts.strokes
    usual = float(np.median(strokes.rise))
    whole = np.flatnonzero(strokes.rise[:-1] >= TRIED[1] * usual)
    if whole.size == 0:
        return parts
    bottom = int(strokes.bottom[-1])
    above = (angle[int(strokes.top[whole[-1]]) : bottom + 1] - angle[bottom]) / usual
    down = np.flatnonzero(above < AT_THE_BOTTOM)
    if down.size == 0 or not TRIED[0] < float(above[down[0] :].max()) < TRIED[1]:
        return parts
    for end in range(len(strokes) - 1, int(whole[-1]), -1):
        reason = "standing up" if strokes.rise[end] >= TRIED[1] * usual else "attempt"
        parts = _without(parts, end, time_s, reason)
    return parts


def _without_turned(parts: Segmentation, stretch: Stretch) -> Segmentation:
    """Without strokes at the ends during which the body turned sideways: into a seat, or out of it."""
    if stretch.angular_velocity is None:
        return parts
    heading = np.cumsum(np.sum(stretch.angular_velocity * stretch.up, axis=1)) / GRID_HZ
    while len(parts.strokes) >= MIN_ALIKE:
        turned = heading[parts.strokes.top] - heading[parts.strokes.bottom]
        off = np.abs(turned - np.median(turned)) > TURNED_RAD
        if off[-1]:
            parts = _without(parts, len(parts.strokes) - 1, stretch.time_s, "getting out")
        elif off[0]:
            parts = _without(parts, 0, stretch.time_s, "getting in")
        else:
            break
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


def _without(parts: Segmentation, end: int, time_s: FloatArray, reason: str) -> Segmentation:
    """Without the first stroke (0) or the last."""
    strokes = parts.strokes
    gone = Rejected(float(time_s[strokes.bottom[end]]), float(time_s[strokes.top[end]]), reason)
    kept = slice(1, None) if end == 0 else slice(0, end)
    hidden = [i - kept.start for i in parts.hidden_after if i >= kept.start and (end == 0 or i + 1 < end)]
    return Segmentation(
        strokes=strokes.take(list(range(len(strokes)))[kept]),
        doubts=parts.doubts[kept],
        hidden_after=tuple(hidden),
        rejected=(*parts.rejected, gone),
    )
