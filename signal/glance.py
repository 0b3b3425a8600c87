"""A quick look at the last seconds of a running set: has a repetition just ended?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hardset.signal.bar import find_on_bar
from hardset.signal.chains import ChainRules
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.limb import find_on_limb, limits_of, towards_contraction
from hardset.signal.measure import bar_repetitions, limb_repetitions
from hardset.signal.motion import Anchors, Motion, solve
from hardset.signal.newest import Expected, newest_stroke, steady
from hardset.signal.orientation import vertical_motion
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import BoolArray, SampleBatch
from hardset.signal.stillness import still_anchors
from hardset.signal.stretch import Stretch
from hardset.signal.strokes import HEIGHT_LIMITS, Strokes
from hardset.signal.timebase import GRID_HZ, EvenSamples, to_even_grid
from hardset.signal.walking import walking

LEVEL_SD_M = 0.05
ALIKE = 0.3
"""Reps whose ranges differ by more than this share lend no level: one of them may be none."""
ENOUGH_S = 1.5
APART_S = 0.15
"""A new stroke ends at least this long after the last one told."""
TURN_SD_MPS = 0.02
"""At its two ends a stroke stands still; the velocity of the newest moments is only known to 0.2 m/s."""
NO_CRUISE_MPS = 0.6
"""Nothing moves at an even speed above this: it stands, and velocity has drifted off."""
MEASURES = 2
"""A new stroke is measured again with its own ends pinned; its ends move by less the second time."""
ENOUGH_LEVELS = 2
"""From so many alike reps on the levels say more than standstill."""
FIRST_RISE_M = 0.12
FIRST_RISE_RAD = 0.35
WAITING_RADPS = 0.1
"""A limb that turns slower than this waits."""
LEAST_MEAN_MPS = 0.06
LEAST_MEAN_RADPS = 0.2


def reads_angle(placement: Placement, exercise: Exercise | None) -> bool:
    """Whether repetitions are read from the angle of a limb rather than from height."""
    return placement.rotates and not (exercise is not None and exercise.by_height)


def glance_at(
    recent: SampleBatch,
    placement: Placement,
    exercise: Exercise | None,
    told: Sequence[Repetition],
    sure: Sequence[Repetition],
) -> Repetition | None:
    """The repetition that has just ended in the last seconds, or None.

    told: the reps of this set so far; they level the height. sure: those of them that the set as a whole
    has confirmed; they say what a rep looks like.
    """
    if len(recent) < 8 or recent.time_s[-1] - recent.time_s[0] < ENOUGH_S:
        return None
    even = to_even_grid(recent)
    stretch = Stretch.cut(even, vertical_motion(even), 0, len(even))
    after = _index(even, told[-1].concentric_end_s + APART_S) if told else 0
    if reads_angle(placement, exercise):
        return _on_limb(stretch, even, exercise, sure, after)
    return _on_bar(stretch, even, exercise, told, sure, after)


def reps_so_far(
    samples: SampleBatch, placement: Placement, exercise: Exercise | None
) -> tuple[Repetition, ...]:
    """The reps of the running set as all of these samples show them; none where there is no chain yet."""
    if len(samples) < 8 or samples.time_s[-1] - samples.time_s[0] < ENOUGH_S:
        return ()
    even = to_even_grid(samples)
    stretch = Stretch.cut(even, vertical_motion(even), 0, len(even))
    if reads_angle(placement, exercise):
        turned = find_on_limb(stretch, 0, exercise, ChainRules(), False)
        return () if turned is None else turned.reps
    lifted = find_on_bar(stretch, 0, exercise, ChainRules(), False)
    return () if lifted is None else lifted.measure().reps


def _on_limb(
    stretch: Stretch, even: EvenSamples, exercise: Exercise | None, sure: Sequence[Repetition], after: int
) -> Repetition | None:
    walks = walking(stretch.up, stretch.vertical)
    if walks[-1]:
        return None
    rotation = _concentric_up(segment_rotation(stretch.up, ~walks), stretch, even, exercise, sure, walks)
    limits = limits_of(exercise)
    usual_range = None if exercise is None else exercise.rom_deg
    expected = Expected.of(
        [np.radians(rep.rom_deg) for rep in sure if rep.rom_deg is not None],
        None if usual_range is None else (np.radians(usual_range[0]), np.radians(usual_range[1])),
        FIRST_RISE_RAD,
        limits,
        LEAST_MEAN_RADPS,
    )
    found = newest_stroke(rotation.angle_rad, rotation.velocity_radps, after, expected, limits)
    if found.fits is None or walks[found.fits.bottom[0]]:
        return None
    return limb_repetitions(rotation, found.fits, even.time_s, (None,))[0]


def _concentric_up(
    rotation: SegmentRotation,
    stretch: Stretch,
    even: EvenSamples,
    exercise: Exercise | None,
    sure: Sequence[Repetition],
    walks: BoolArray,
) -> SegmentRotation:
    """The angle with its sign such that it rises in the concentric phase: as in the reps that are sure.

    Before there are any: the lifter waits where the set begins, at the top if it begins downwards.
    """
    inside = [rep for rep in sure if rep.concentric_start_s > even.time_s[0]]
    if inside:
        rises = [
            rotation.angle_rad[_index(even, rep.concentric_end_s)]
            - rotation.angle_rad[_index(even, rep.concentric_start_s)]
            for rep in inside
        ]
        return rotation if float(np.median(rises)) > 0 else rotation.flipped()
    if exercise is None or exercise.first_phase is None:
        return towards_contraction(rotation, stretch, exercise)
    waits = (np.abs(rotation.velocity_radps) < WAITING_RADPS) & ~walks
    low, high = np.quantile(rotation.angle_rad[~walks], [0.03, 0.97])
    if not waits.any() or high - low < FIRST_RISE_RAD:
        return towards_contraction(rotation, stretch, exercise)
    at_top = float(np.mean(rotation.angle_rad[waits] > 0.5 * (low + high))) > 0.5
    return rotation if at_top == (exercise.first_phase == "eccentric") else rotation.flipped()


def _on_bar(
    stretch: Stretch,
    even: EvenSamples,
    exercise: Exercise | None,
    told: Sequence[Repetition],
    sure: Sequence[Repetition],
    after: int,
) -> Repetition | None:
    expected = Expected.of(
        [rep.rom_m for rep in sure if rep.rom_m is not None],
        None if exercise is None else exercise.rom_m,
        FIRST_RISE_M,
        HEIGHT_LIMITS,
        LEAST_MEAN_MPS,
    )
    motion, anchors = _levelled(stretch, even, told)
    if steady(motion.velocity_mps) and abs(float(motion.velocity_mps[-1])) > NO_CRUISE_MPS:
        anchors = anchors + _standing(np.array([len(even) - 5]))
        motion = solve(stretch.vertical, stretch.hole_s, anchors)
    found = newest_stroke(motion.height_m, motion.velocity_mps, after, expected, HEIGHT_LIMITS)
    if found.fits is None:
        if found.doubtful is None:
            return None
        # Velocity is off by the same amount before, during and after: say that its end stands still.
        anchors = anchors + _standing(found.doubtful.top)
        motion = solve(stretch.vertical, stretch.hole_s, anchors)
        found = newest_stroke(motion.height_m, motion.velocity_mps, after, expected, HEIGHT_LIMITS)
        if found.fits is None:
            return None
    stroke = found.fits
    for _ in range(MEASURES):
        motion = solve(stretch.vertical, stretch.hole_s, anchors + _ends(stroke, told))
        again = newest_stroke(motion.height_m, motion.velocity_mps, after, expected, HEIGHT_LIMITS)
        if again.fits is None:
            break
        stroke = again.fits
    return bar_repetitions(motion, stroke, even.time_s, (None,))[0]


def _ends(stroke: Strokes, told: Sequence[Repetition]) -> Anchors:
    """What is known of both ends of a new stroke: the levels of the reps before, or that it stands still."""
    if len(_alike(told)) < ENOUGH_LEVELS:
        return _standing(np.concatenate([stroke.bottom, stroke.top]))
    bottom = Anchors.same_height(stroke.bottom, LEVEL_SD_M, 0)
    return bottom + Anchors.same_height(stroke.top, LEVEL_SD_M, 1)


def _standing(index: NDArray[np.int64]) -> Anchors:
    return Anchors.standstill(index, np.full(index.size, TURN_SD_MPS))


def _levelled(stretch: Stretch, even: EvenSamples, told: Sequence[Repetition]) -> tuple[Motion, Anchors]:
    """Motion of the last seconds, its earlier reps pinned to the levels that they had, and what pins it."""
    quiet = stretch.quiet
    zero = np.zeros(stretch.vertical.size)
    anchors = still_anchors(quiet, zero, 0.04, only_dead=True)
    inside = _alike([rep for rep in told if rep.concentric_start_s > even.time_s[0] + 0.1])
    levels = Anchors.none()
    if inside:
        bottoms = np.array([_index(even, rep.concentric_start_s) for rep in inside], dtype=np.int64)
        tops = np.array([_index(even, rep.concentric_end_s) for rep in inside], dtype=np.int64)
        levels = Anchors.same_height(bottoms, LEVEL_SD_M, 0) + Anchors.same_height(tops, LEVEL_SD_M, 1)
    motion = solve(stretch.vertical, stretch.hole_s, anchors + levels)
    both = levels + anchors + still_anchors(quiet, motion.velocity_mps, 0.06)
    return solve(stretch.vertical, stretch.hole_s, both), both


def _alike(reps: Sequence[Repetition]) -> list[Repetition]:
    """Those whose range is like the median's."""
    ranges = np.array([rep.rom_m if rep.rom_m is not None else np.nan for rep in reps])
    if ranges.size == 0:
        return []
    middle = float(np.nanmedian(ranges))
    return [rep for rep, rom in zip(reps, ranges, strict=True) if abs(rom - middle) < ALIKE * middle]


def _index(even: EvenSamples, time_s: float) -> int:
    return int(np.clip(round((time_s - even.time_s[0]) * GRID_HZ), 0, len(even) - 1))
