"""A quick look at the last seconds of a running set: has a repetition just ended?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hardset.signal.analysis import find_sets
from hardset.signal.bar import TURNS_RAD
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.lift import lift_odds, lifts
from hardset.signal.limb import limits_of
from hardset.signal.measure import bar_repetitions, limb_repetitions
from hardset.signal.motion import Anchors, Felt, Motion
from hardset.signal.newest import ENOUGH_REPS, Expected, Newest, newest_stroke, steady
from hardset.signal.newest_turn import LEAST_MEAN_RADPS, newest_turn, turn_of_reps
from hardset.signal.orientation import vertical_motion
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import BoolArray, FloatArray, SampleBatch
from hardset.signal.stillness import dead_anchors, still_anchors
from hardset.signal.stretch import Stretch
from hardset.signal.strokes import HEIGHT_LIMITS, Strokes
from hardset.signal.timebase import GRID_HZ, EvenSamples, to_even_grid
from hardset.signal.walking import walking

LEVEL_SD_M = 0.05
ALIKE = 0.3
"""Reps whose ranges differ by more than this share lend no level: one of them may be none."""
ENOUGH_S = 1.0
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
WAITING_WEIGHT = 1.0
"""Log-odds of where a lifter waits for which way of the angle is the concentric one."""
PUSH_WEIGHT, ARC_MOST = 3.0, 1.0
"""Log-odds for a correlation of 1 between vertical acceleration and angle in the newest stroke, and for the
height that the sensor gains in all that was seen: in a walking lunge the other leg's turn is among that."""
PUSH_WITHIN_S = 3.0
"""The newest stroke lies in these last seconds."""
LEAST_MEAN_MPS = 0.06
FIRST_SHARE_A_S = 0.4
"""No set begins with a grinder: what rises by less than this share of the exercise's least usual range a
second is drift of a walk-out (or a first rep that the look back will find)."""
LEAST_UP = float(np.cos(np.radians(60.0)))
"""From the bottom of a rep to its top a bar or a wrist turns by at most 52° (hip thrusts), in 1000 simulated
and 430 recorded reps of exercises of known range; idle hands turn by 60-140° in most strokes."""
LEAST_SHARE_A_S = 0.5
"""... or, where that is less, this share of the exercise's least usual range a second."""


def reads_angle(placement: Placement, exercise: Exercise | None) -> bool:
    """Whether repetitions are read from the angle of a limb rather than from height."""
    return placement.rotates and not (exercise is not None and exercise.by_height)


def glance_at(
    recent: SampleBatch,
    placement: Placement,
    exercise: Exercise | None,
    told: Sequence[Repetition],
    sure: Sequence[Repetition],
    *,
    after_s: float = -np.inf,
    goes_on: bool = False,
    turning: FloatArray | None = None,
) -> Repetition | None:
    """The repetition that has just ended in the last seconds, or None.

    told: the reps of this set so far; they level the height. sure: those of them that the set as a whole
    has confirmed; they say what a rep looks like. after_s: strokes until then were judged. goes_on: a rep is
    due by the rhythm of the set. turning: (3,) what a limb turned about in their concentric phases, see
    `concentric_turning`.
    """
    if len(recent) < 8 or recent.time_s[-1] - recent.time_s[0] < ENOUGH_S:
        return None
    even = to_even_grid(recent)
    stretch = Stretch.cut(even, vertical_motion(even), 0, len(even))
    after = _index(even, after_s + APART_S) if after_s > even.time_s[0] else 0
    walks = walking(stretch.up, stretch.vertical) if placement.rotates else None
    if walks is not None and walks[-1]:
        return None
    if walks is not None and reads_angle(placement, exercise):
        return _on_limb(stretch, even, exercise, sure, turning, walks, after)
    rep = _on_bar(stretch, even, exercise, told, sure, after, goes_on)
    if rep is not None and walks is not None and walks[_index(even, rep.concentric_start_s)]:
        return None
    return rep


def reps_so_far(
    samples: SampleBatch, placement: Placement, exercise: Exercise | None
) -> tuple[Repetition, ...]:
    """The reps of the running set as the batch analysis of these samples sees them."""
    if len(samples) < 8 or samples.time_s[-1] - samples.time_s[0] < ENOUGH_S:
        return ()
    even = to_even_grid(samples)
    found = find_sets(even, vertical_motion(even), placement, exercise, False)
    return tuple(rep for one in found for rep in one.reps)


def concentric_turning(samples: SampleBatch, reps: Sequence[Repetition]) -> FloatArray | None:
    """(3,) angle vector, rad in the sensor frame, of a limb's turn in the concentric phases of these reps."""
    gyro = samples.angular_velocity_radps
    if gyro is None:
        return None
    total = np.zeros(3)
    for rep in reps:
        inside = (samples.time_s >= rep.concentric_start_s) & (samples.time_s <= rep.concentric_end_s)
        if inside.any():
            total += gyro[inside].mean(axis=0) * rep.concentric_s
    return total if float(np.linalg.norm(total)) > 0 else None


def _on_limb(
    stretch: Stretch,
    even: EvenSamples,
    exercise: Exercise | None,
    sure: Sequence[Repetition],
    turning: FloatArray | None,
    walks: BoolArray,
    after: int,
) -> Repetition | None:
    rotation = segment_rotation(stretch.up, ~walks)
    rotation = _concentric_up(rotation, stretch, exercise, turning, walks)
    limits = limits_of(exercise)
    usual_range = None if exercise is None else exercise.rom_deg
    least_mean = LEAST_MEAN_RADPS
    if usual_range is not None:
        least_mean = min(least_mean, LEAST_SHARE_A_S * float(np.radians(usual_range[0])))
    expected = Expected.of(
        [np.radians(rep.rom_deg) for rep in sure if rep.rom_deg is not None],
        None if usual_range is None else (np.radians(usual_range[0]), np.radians(usual_range[1])),
        FIRST_RISE_RAD,
        limits,
        least_mean,
    )
    found = newest_stroke(rotation.angle_rad, rotation.velocity_radps, after, expected, limits)
    if found.fits is None or walks[found.fits.bottom[0]]:
        return None
    return limb_repetitions(rotation, found.fits, even.time_s, (None,))[0]


def _concentric_up(
    rotation: SegmentRotation,
    stretch: Stretch,
    exercise: Exercise | None,
    turning: FloatArray | None,
    walks: BoolArray,
) -> SegmentRotation:
    """The angle with its sign such that it rises in the concentric phase: as in the reps that are sure.

    Before there are any, three things speak: the body is pushed upwards while the angle is lowest, the sensor
    gains height on the way, and the lifter waits where the set begins, at the top if it begins downwards. Of
    388 simulated second eccentric phases 5 passed for a rep when nothing else was known.
    """
    if turning is not None and stretch.angular_velocity is not None:
        along = stretch.angular_velocity @ turning
        return rotation if float(along @ rotation.velocity_radps) > 0 else rotation.flipped()
    free = np.flatnonzero(~walks)
    late = free[free >= walks.size - int(PUSH_WITHIN_S * GRID_HZ)]
    odds = 0.0
    if late.size > GRID_HZ:
        angle = rotation.angle_rad[late]
        lowest, highest = late[[int(angle.argmin())]], late[[int(angle.argmax())]]
        push = stretch.vertical[late]
        if float(np.std(angle) * np.std(push)) > 0:
            odds -= PUSH_WEIGHT * lifts(exercise) * float(np.corrcoef(angle, push)[0, 1])
        arc = lift_odds(rotation.angle_rad, stretch.vertical, lowest, highest, exercise, ~walks)
        odds += float(np.clip(arc, -ARC_MOST, ARC_MOST))
    if exercise is not None and exercise.first_phase is not None:
        waits = (np.abs(rotation.velocity_radps) < WAITING_RADPS) & ~walks
        low, high = np.quantile(rotation.angle_rad[free], [0.03, 0.97])
        if waits.any() and high - low >= FIRST_RISE_RAD:
            at_top = 2.0 * float(np.mean(rotation.angle_rad[waits] > 0.5 * (low + high))) - 1.0
            odds += WAITING_WEIGHT * (at_top if exercise.first_phase == "eccentric" else -at_top)
    return rotation if odds >= 0 else rotation.flipped()


def _on_bar(
    stretch: Stretch,
    even: EvenSamples,
    exercise: Exercise | None,
    told: Sequence[Repetition],
    sure: Sequence[Repetition],
    after: int,
    goes_on: bool,
) -> Repetition | None:
    usual_range = None if exercise is None else exercise.rom_m
    least_mean = LEAST_MEAN_MPS
    if usual_range is not None and not sure:
        least_mean = max(least_mean, FIRST_SHARE_A_S * usual_range[0])
    expected = Expected.of(
        [rep.rom_m for rep in sure if rep.rom_m is not None],
        usual_range,
        FIRST_RISE_M,
        HEIGHT_LIMITS,
        least_mean,
    )
    felt = stretch.felt()
    levels, still = _levelled(stretch, felt, even, told)
    if len(sure) >= ENOUGH_REPS and turn_of_reps(stretch.turning_up, even.time_s, sure) > TURNS_RAD:
        turn = newest_turn(stretch.turning_up, even.time_s, sure, after, goes_on=goes_on)
        if turn is None:
            return None
        motion = felt.motion(levels + _ends(turn, told))
        return bar_repetitions(motion, turn, even.time_s, (None,))[0]
    stroke = _newest(stretch, felt, levels + still, told, expected, after, goes_on)
    if stroke is None and goes_on and len(still.index) and len(sure) >= ENOUGH_REPS:
        # Quiet is no acceleration, not no velocity: a slow grind looks like a wait.
        stroke = _newest(stretch, felt, levels, told, expected.plainly(), after, goes_on)
    if stroke is None:
        return None
    motion, strokes = stroke
    if len(sure) < ENOUGH_REPS and not _plausible(stretch, motion, strokes, usual_range, expected):
        return None
    return bar_repetitions(motion, strokes, even.time_s, (None,))[0]


def _plausible(
    stretch: Stretch,
    motion: Motion,
    strokes: Strokes,
    usual_range: tuple[float, float] | None,
    expected: Expected,
) -> bool:
    """Whether a stroke may be one of the first reps: it still rises enough with its own ends pinned, and the
    sensor does not turn as a hand does that moves things about."""
    bottom, top = int(strokes.bottom[0]), int(strokes.top[0])
    if float(motion.height_m[top] - motion.height_m[bottom]) < expected.low:
        return False
    return usual_range is None or float(stretch.up[bottom] @ stretch.up[top]) > LEAST_UP


def _newest(
    stretch: Stretch,
    felt: Felt,
    anchors: Anchors,
    told: Sequence[Repetition],
    expected: Expected,
    after: int,
    goes_on: bool,
) -> tuple[Motion, Strokes] | None:
    """The newest stroke that is over and fits, as one belief about the drift sees it, and its motion."""

    def look(pinned: Anchors) -> tuple[Motion, Newest]:
        motion = felt.motion(pinned)
        height, velocity = motion.height_m, motion.velocity_mps
        return motion, newest_stroke(height, velocity, after, expected, HEIGHT_LIMITS, goes_on=goes_on)

    motion, found = look(anchors)
    if steady(motion.velocity_mps) and abs(float(motion.velocity_mps[-1])) > NO_CRUISE_MPS:
        anchors = anchors + _standing(np.array([stretch.vertical.size - 5]))
        motion, found = look(anchors)
    if found.fits is None and found.doubtful is not None:
        # Velocity is off by the same amount before, during and after: say that its end stands still, and
        # where a rep is due its beginning too. Of a bar on its way to the rack that would make a rep.
        bottom, top = found.doubtful.bottom, found.doubtful.top
        anchors = anchors + _standing(np.concatenate([bottom, top]) if goes_on else top)
        motion, found = look(anchors)
    stroke = found.fits
    if stroke is None:
        return None
    for _ in range(MEASURES):
        motion, again = look(anchors + _ends(stroke, told))
        if again.fits is None:
            break
        stroke = again.fits
    return motion, stroke


def _ends(stroke: Strokes, told: Sequence[Repetition]) -> Anchors:
    """What is known of both ends of a new stroke: the levels of the reps before, or that it stands still."""
    if len(_alike(told)) < ENOUGH_LEVELS:
        return _standing(np.concatenate([stroke.bottom, stroke.top]))
    bottom = Anchors.same_height(stroke.bottom, LEVEL_SD_M, 0)
    return bottom + Anchors.same_height(stroke.top, LEVEL_SD_M, 1)


def _standing(index: NDArray[np.int64]) -> Anchors:
    return Anchors.standstill(index, np.full(index.size, TURN_SD_MPS))


def _levelled(
    stretch: Stretch, felt: Felt, even: EvenSamples, told: Sequence[Repetition]
) -> tuple[Anchors, Anchors]:
    """What pins the last seconds: levels of earlier reps and where the bar lay dead; likely standstill."""
    quiet = stretch.quiet
    anchors = dead_anchors(quiet)
    inside = _alike([rep for rep in told if rep.concentric_start_s > even.time_s[0] + 0.1])
    levels = Anchors.none()
    if inside:
        bottoms = np.array([_index(even, rep.concentric_start_s) for rep in inside], dtype=np.int64)
        tops = np.array([_index(even, rep.concentric_end_s) for rep in inside], dtype=np.int64)
        levels = Anchors.same_height(bottoms, LEVEL_SD_M, 0) + Anchors.same_height(tops, LEVEL_SD_M, 1)
    motion = felt.motion(anchors + levels)
    return levels + anchors, still_anchors(quiet, motion.velocity_mps, 0.06)


def _alike(reps: Sequence[Repetition]) -> list[Repetition]:
    """Those whose range is like the median's."""
    ranges = np.array([rep.rom_m if rep.rom_m is not None else np.nan for rep in reps])
    if ranges.size == 0:
        return []
    middle = float(np.nanmedian(ranges))
    return [rep for rep, rom in zip(reps, ranges, strict=True) if abs(rom - middle) < ALIKE * middle]


def _index(even: EvenSamples, time_s: float) -> int:
    return int(np.clip(round((time_s - even.time_s[0]) * GRID_HZ), 0, len(even) - 1))
