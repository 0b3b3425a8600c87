"""Height of a bar that turns with the forearm: held by the angle, which does not drift.

While the elbow stays where it is, height is a function of the angle: whatever angle a rep passes, on its
way up or down, it is as high there as in every other rep, and a bar that does not turn does not rise. So
the heights at some angles are shared unknowns, like those at the ends. But elbows move: on six recorded
sets of three lifters the bar passes one angle within 2-3 cm at most, on its way up higher than on its way
down.
Held closer than that it is the range of motion that gives way, since a bar that did not move at all would
pass every angle at one height (with 2 cm for all, the range of motion of five of the six came out 2-7 cm
shorter, of one 2 cm longer). So a loose look at the set says how still its own elbows are.

Quiet in the acceleration says nothing here: a bias turns with the bar, and half a curl may look as still as
a pause.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.ndimage import uniform_filter1d

from hardset.signal.chains import Chain
from hardset.signal.hypotheses import SET_PULL_M, level_anchors
from hardset.signal.motion import Anchors, Motion, solve
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.signal.stretch import Stretch
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

TURNING_BIAS_MPS2 = 0.25
"""Zero-g offset as it shows on a sensor that turns with the rep: nothing else cancels it there."""
SCALE_SD = 0.01
"""Of each axis: gravity itself is read differently while the sensor turns (range of motion of simulated
curls, even clock: error 0.020 instead of 0.027 m)."""
SHARES = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Of the range of the angle: where heights are compared ..."""
ELBOW_SD_M = 0.05
"""How far a height is from what its angle says, before the set was looked at ..."""
STILL_ELBOW_M = 0.008
"""... and at the least."""
PASSES = 2 * len(SHARES)
"""Heights of one rep that are off together, up and down: one piece of evidence, not twelve."""
ELBOW_RADPS = 2 * np.pi
"""An elbow that moves to and fro once a second carries the bar along at so much a metre."""
END_SD_M = (0.06, 0.03)
FIRST_END_SD_M = 0.1
SEEN_HOLE_S = 0.1
HELD_RADPS = 0.05
"""A forearm that turns by 2 rad in a rep of 0.5 m moves the bar at 0.01 m/s then."""
HELD_POINTS = int(0.2 * GRID_HZ)
SMOOTH_POINTS = int(0.25 * GRID_HZ)
ANCHOR_STEP = int(0.1 * GRID_HZ)


def height_by_angle(stretch: Stretch, rotation: SegmentRotation, by_angle: Chain) -> Motion:
    """Height of a bar whose strokes (`by_angle`) were found by its angle."""
    held = _held(rotation, stretch.hole_s)
    levels = _levels(rotation, by_angle, stretch.hole_s)
    up = stretch.turning_up
    errors = np.column_stack([up, up**2 * (SCALE_SD * STANDARD_GRAVITY_MPS2 / TURNING_BIAS_MPS2)])
    first_ends = level_anchors(by_angle.strokes, FIRST_END_SD_M)
    motion = solve(stretch.turning_vertical, stretch.hole_s, first_ends, wander=stretch.wander)
    elbow_sd = ELBOW_SD_M
    for sd in END_SD_M:
        ends = replace(by_angle, strokes=on_height(motion, by_angle.strokes))
        motion = solve(
            stretch.turning_vertical,
            stretch.hole_s,
            level_anchors(ends.strokes, sd)
            + levels.within(elbow_sd * PASSES**0.5)
            + held.within(elbow_sd * ELBOW_RADPS),
            SET_PULL_M,
            errors,
            TURNING_BIAS_MPS2,
            stretch.wander,
        )
        elbow_sd = max(_spread(motion, levels), STILL_ELBOW_M)
    return motion


def _spread(motion: Motion, levels: Anchors) -> float:
    """How far apart a set's heights at one angle lie, m (standard deviation)."""
    if levels.index.size == 0:
        return ELBOW_SD_M
    height = motion.height_m[levels.index]
    count = np.maximum(np.bincount(levels.level), 1)
    apart = height - (np.bincount(levels.level, height) / count)[levels.level]
    free = max(int(np.sum(count - 1)), 1)
    return float(np.sqrt(np.sum(apart**2) / free))


def _levels(rotation: SegmentRotation, by_angle: Chain, hole_s: FloatArray) -> Anchors:
    """One unknown height for each of some angles, wherever the set passes through it (levels 2, 3, ...)."""
    strokes, angle = by_angle.strokes, rotation.angle_rad
    low, high = float(np.median(angle[strokes.bottom])), float(np.median(angle[strokes.top]))
    first, last = int(strokes.bottom[0]), int(strokes.top[-1])
    anchors = Anchors.none()
    for level, share in enumerate(SHARES, start=2):
        above = angle[first : last + 1] > low + share * (high - low)
        passed = first + np.flatnonzero(above[1:] != above[:-1])
        anchors = anchors + Anchors.same_height(passed[hole_s[passed] < SEEN_HOLE_S], ELBOW_SD_M, level)
    return anchors


def _held(rotation: SegmentRotation, hole_s: FloatArray) -> Anchors:
    """Zero velocity wherever the bar does not turn for a while."""
    turning = uniform_filter1d(rotation.velocity_radps, SMOOTH_POINTS, mode="nearest")
    held = (np.abs(turning) < HELD_RADPS) & (hole_s < SEEN_HOLE_S)
    bounds = np.flatnonzero(np.diff(held.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    pieces = [np.arange(a + ANCHOR_STEP // 2, b, ANCHOR_STEP) for a, b in bounds if b - a >= HELD_POINTS]
    index = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
    return Anchors.standstill(index, np.full(index.size, ELBOW_SD_M * ELBOW_RADPS))


def on_height(motion: Motion, strokes: Strokes) -> Strokes:
    """Strokes found by angle, moved to the lowest and highest point of the bar next to them."""
    reach = int(0.25 * GRID_HZ)
    size = motion.height_m.size
    bottom = np.array(
        [_extreme(-motion.height_m, int(b), reach, size) for b in strokes.bottom], dtype=np.int64
    )
    top = np.array([_extreme(motion.height_m, int(t), reach, size) for t in strokes.top], dtype=np.int64)
    top = np.maximum(top, bottom + 2)
    top = np.minimum(top, size - 1)
    rise = np.maximum(motion.height_m[top] - motion.height_m[bottom], 1e-3)
    return Strokes(bottom, top, rise, (top - bottom) / GRID_HZ, strokes.dip)


def _extreme(track: FloatArray, at: int, reach: int, size: int) -> int:
    start = max(at - reach, 0)
    return start + int(np.argmax(track[start : min(at + reach + 1, size)]))
