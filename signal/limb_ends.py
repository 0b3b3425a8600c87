"""The ends of a set on a limb: getting out of a seat, or a recording that stops in mid-rep, are no reps."""

from __future__ import annotations

import numpy as np

from hardset.signal.exercise import Exercise
from hardset.signal.repetition import Rejected
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.segmentation import Segmentation
from hardset.signal.timebase import GRID_HZ

BACK_WITHIN_S = 9.0
BACK_NEEDS_S = 3.0
"""With less of the recording than this after the last stroke its way back may have been cut off."""
BACK_SHARE = 0.6
STILL_MOVING = 0.3
"""A last stroke that the recording cuts off while it is this fast (share of its peak) is not over."""
CUT_WITHIN_S = 0.15


def trim_ends(
    parts: Segmentation,
    rotation: SegmentRotation,
    walks: BoolArray,
    time_s: FloatArray,
    exercise: Exercise | None,
) -> Segmentation:
    """Drop a last stroke that is not a rep; walks (n,) marks walking, time_s (n,) is the grid."""
    if len(parts.strokes) < 2:
        return parts
    if _cut_off(parts, rotation.velocity_radps):
        return _without_last(parts, time_s, "cut off")
    first_phase = None if exercise is None else exercise.first_phase
    if first_phase == "concentric" and not _comes_back(parts, rotation.angle_rad, walks):
        return _without_last(parts, time_s, "getting out")
    return parts


def _cut_off(parts: Segmentation, velocity: FloatArray) -> bool:
    bottom, top = int(parts.strokes.bottom[-1]), int(parts.strokes.top[-1])
    at_the_end = velocity.size - 1 - top <= CUT_WITHIN_S * GRID_HZ
    peak = float(velocity[bottom : top + 1].max())
    return at_the_end and float(velocity[-5:].mean()) > STILL_MOVING * peak


def _comes_back(parts: Segmentation, angle: FloatArray, walks: BoolArray) -> bool:
    """Whether the angle sinks back after the last stroke, as it must where a set begins at the bottom."""
    top = int(parts.strokes.top[-1])
    stop = min(top + int(BACK_WITHIN_S * GRID_HZ), angle.size)
    steps = np.flatnonzero(walks[top:stop])
    if steps.size:
        stop = top + int(steps[0])
    elif stop - top < BACK_NEEDS_S * GRID_HZ:
        return True
    usual = float(np.median(parts.strokes.rise))
    return float(angle[top]) - float(angle[top:stop].min(initial=float(angle[top]))) >= BACK_SHARE * usual


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
