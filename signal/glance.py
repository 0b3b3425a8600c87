"""A quick look at the last seconds of a running set: has a repetition just ended?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hardset.signal.bar import find_on_bar
from hardset.signal.chains import ChainRules
from hardset.signal.edges import SLOW_SHARE
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.limb import find_on_limb, towards_contraction
from hardset.signal.measure import bar_repetitions, limb_repetitions
from hardset.signal.motion import Anchors, Motion, solve
from hardset.signal.orientation import vertical_motion
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import FloatArray, SampleBatch
from hardset.signal.stillness import still_anchors
from hardset.signal.stretch import Stretch
from hardset.signal.strokes import ANGLE_LIMITS, HEIGHT_LIMITS, StrokeLimits, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ, EvenSamples, to_even_grid

LEVEL_SD_M = 0.05
ENOUGH_S = 1.5
APART_S = 0.15
"""A new stroke ends at least this long after the last one told."""
LIKE_THE_OTHERS = (0.62, 1.6)
"""Rise of a new stroke against the median of the reps so far."""
FIRST_RISE_SHARE = 0.5
"""A first rep rises by at least this share of the exercise's usual range."""
FIRST_RISE_M = 0.12
FIRST_RISE_RAD = 0.35
LEAST_MEAN_MPS = 0.06
LEAST_MEAN_RADPS = 0.2


def glance_at(
    recent: SampleBatch, placement: Placement, exercise: Exercise | None, told: Sequence[Repetition]
) -> Repetition | None:
    """The repetition that has just ended in the last seconds, or None.

    told: the reps of this set so far; they level the height and say what a rep looks like.
    """
    if len(recent) < 8 or recent.time_s[-1] - recent.time_s[0] < ENOUGH_S:
        return None
    even = to_even_grid(recent)
    stretch = Stretch.cut(even, vertical_motion(even), 0, len(even))
    after = told[-1].concentric_end_s + APART_S if told else -np.inf
    if placement.rotates and not (exercise is not None and exercise.by_height):
        rotation = towards_contraction(segment_rotation(stretch.up), stretch, exercise)
        least = _least(exercise.rom_deg if exercise else None, FIRST_RISE_RAD, np.pi / 180)
        usual = [np.radians(rep.rom_deg) for rep in told if rep.rom_deg is not None]
        stroke = _just_ended(
            rotation.angle_rad,
            rotation.velocity_radps,
            even,
            after,
            usual,
            least,
            ANGLE_LIMITS,
            LEAST_MEAN_RADPS,
        )
        return None if stroke is None else _limb_rep(rotation, stroke, even)
    motion = _levelled(stretch, even, told)
    least = _least(exercise.rom_m if exercise else None, FIRST_RISE_M, 1.0)
    usual = [rep.rom_m for rep in told if rep.rom_m is not None]
    stroke = _just_ended(
        motion.height_m, motion.velocity_mps, even, after, usual, least, HEIGHT_LIMITS, LEAST_MEAN_MPS
    )
    return None if stroke is None else bar_repetitions(motion, stroke, even.time_s, (None,))[0]


def reps_so_far(
    samples: SampleBatch, placement: Placement, exercise: Exercise | None
) -> tuple[Repetition, ...] | None:
    """The reps of the running set as the whole of it shows them; None where there is no chain yet."""
    if len(samples) < 8 or samples.time_s[-1] - samples.time_s[0] < ENOUGH_S:
        return None
    even = to_even_grid(samples)
    stretch = Stretch.cut(even, vertical_motion(even), 0, len(even))
    by_angle = placement.rotates and not (exercise is not None and exercise.by_height)
    find = find_on_limb if by_angle else find_on_bar
    found = find(stretch, 0, exercise, ChainRules(), True)
    return None if found is None else found.reps


def _least(usual_range: tuple[float, float] | None, default: float, unit: float) -> float:
    return default if usual_range is None else FIRST_RISE_SHARE * usual_range[0] * unit


def _levelled(stretch: Stretch, even: EvenSamples, told: Sequence[Repetition]) -> Motion:
    """Motion of the last seconds, its earlier reps pinned to the levels that they had."""
    quiet = stretch.quiet
    zero = np.zeros(stretch.vertical.size)
    anchors = still_anchors(quiet, zero, 0.04, only_dead=True)
    inside = [rep for rep in told if rep.concentric_start_s > even.time_s[0] + 0.1]
    if inside:
        bottoms = np.array([_index(even, rep.concentric_start_s) for rep in inside], dtype=np.int64)
        tops = np.array([_index(even, rep.concentric_end_s) for rep in inside], dtype=np.int64)
        anchors = anchors + Anchors.same_height(bottoms, LEVEL_SD_M, 0)
        anchors = anchors + Anchors.same_height(tops, LEVEL_SD_M, 1)
    motion = solve(stretch.vertical, stretch.hole_s, anchors)
    stills = still_anchors(quiet, motion.velocity_mps, 0.06)
    return solve(stretch.vertical, stretch.hole_s, anchors + stills)


def _index(even: EvenSamples, time_s: float) -> int:
    return int(np.clip(round((time_s - even.time_s[0]) * GRID_HZ), 0, len(even) - 1))


def _just_ended(
    track: FloatArray,
    velocity: FloatArray,
    even: EvenSamples,
    after_s: float,
    usual: Sequence[float],
    least: float,
    limits: StrokeLimits,
    least_mean: float,
) -> Strokes | None:
    """The longest stroke that is complete, begins after the last one told, and rises like the others."""
    strokes, _ = candidate_strokes(track, velocity, limits)
    if len(strokes) == 0:
        return None
    low, high = (least, limits.max_rise)
    if usual:
        middle = float(np.median(usual))
        low, high = LIKE_THE_OTHERS[0] * middle, LIKE_THE_OTHERS[1] * middle
    over = strokes.top < track.size - 2
    fits = (
        over
        & (even.time_s[strokes.bottom] > after_s - APART_S)
        & (even.time_s[strokes.top] > after_s)
        & (strokes.rise >= low)
        & (strokes.rise <= high)
        & (strokes.rise / strokes.duration_s >= least_mean)
    )
    which = np.flatnonzero(fits)
    if which.size == 0:
        return None
    best = which[np.argmax(strokes.rise[which])]
    inside = velocity[strokes.bottom[best] : strokes.top[best] + 1]
    stopped = float(velocity[strokes.top[best] :].min()) < max(limits.slow, SLOW_SHARE * float(inside.max()))
    return strokes.take([int(best)]) if stopped else None


def _limb_rep(rotation: SegmentRotation, stroke: Strokes, even: EvenSamples) -> Repetition:
    return limb_repetitions(rotation, stroke, even.time_s, (None,))[0]
