"""The most regular set in one stretch of recording: by height on a bar, by angle on a limb.

A bar that turns with the forearm (a curl) is counted by angle, which no hole of the radio can bend,
and measured by height.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.chains import Chain, ChainRules, best_chain, surroundings
from hardset.signal.exercise import Exercise
from hardset.signal.hypotheses import Finding, level_anchors, settle
from hardset.signal.measure import bar_repetitions, limb_repetitions, with_hidden
from hardset.signal.motion import Motion, solve
from hardset.signal.orientation import VerticalMotion
from hardset.signal.repetition import Rejected, Repetition
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import FloatArray
from hardset.signal.segmentation import is_a_set, segment
from hardset.signal.stillness import Quiet, quiet_stretches, still_anchors
from hardset.signal.strokes import ANGLE_LIMITS, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ, EvenSamples

TURNS_RAD = 1.05
"""A bar whose strokes turn by over 60° is a curl: its angle is the surer counter."""
PLANAR = 0.85
LOSSY_SHARE = 0.06
"""With more of the time in holes than this, height may fail and the angle may count instead."""
ANGLE_SD_RAD = 0.03
BEFORE_S = 8.0
AFTER_S = 6.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a recording with all that is known about it; arrays share the grid."""

    time_s: FloatArray
    vertical: FloatArray
    hole_s: FloatArray
    turning_radps: FloatArray
    up: FloatArray

    @staticmethod
    def cut(even: EvenSamples, motion: VerticalMotion, start: int, end: int) -> Stretch:
        """Grid indices start..end-1 of a recording."""
        part = slice(start, end)
        return Stretch(
            even.time_s[part],
            motion.acceleration_mps2[part],
            even.hole_s[part],
            motion.rotation_radps[part],
            motion.tilt[part],
        )

    @property
    def quiet(self) -> Quiet:
        """Stretches without vertical acceleration."""
        return quiet_stretches(self.vertical, self.turning_radps, self.hole_s)


@dataclass(frozen=True, slots=True)
class FoundSet:
    """Repetitions found in a stretch; `first` and `last` are grid indices of the whole recording."""

    reps: tuple[Repetition, ...]
    rejected: tuple[Rejected, ...]
    first: int
    last: int
    hidden: int
    """Reps that must have happened in a hole of the radio and could not be measured."""
    by_angle: bool
    score: float


def find_on_bar(
    stretch: Stretch, offset: int, exercise: Exercise | None, rules: ChainRules, set_on: bool
) -> FoundSet | None:
    """The best set of a bar (or wrist, stack, pelvis) in a stretch that begins at grid index offset."""
    quiet = stretch.quiet
    finding = settle(stretch.vertical, stretch.hole_s, quiet, rules)
    finding, by_angle = _prefer_angle(stretch, finding, quiet, rules)
    if finding is None:
        return None
    profile = finding.motion.velocity_mps if by_angle else stretch.vertical
    if not is_a_set(finding.chain, profile, set_on):
        return None
    strokes, motion = finding.chain.strokes, finding.motion
    rise_sd = motion.height_gain_sd(strokes.bottom, strokes.top)
    parts = segment(finding.chain, motion.height_m, profile, stretch.time_s, exercise, rise_sd)
    reps = with_hidden(
        bar_repetitions(motion, parts.strokes, stretch.time_s, parts.doubts), parts.hidden_after
    )
    return _found(
        reps, parts.rejected, parts.strokes, offset, len(parts.hidden_after), by_angle, finding.chain
    )


def find_on_limb(
    stretch: Stretch, offset: int, exercise: Exercise | None, rules: ChainRules, set_on: bool
) -> FoundSet | None:
    """The best set of a thigh or shank by its angle."""
    rotation = towards_contraction(segment_rotation(stretch.up), stretch, exercise)
    chain = _angle_chain(rotation, stretch.hole_s, rules)
    if chain is None or not is_a_set(chain, rotation.velocity_radps, set_on):
        return None
    rise_sd = np.full(len(chain), ANGLE_SD_RAD)
    parts = segment(
        chain, rotation.angle_rad, rotation.velocity_radps, stretch.time_s, exercise, rise_sd
    )
    reps = with_hidden(
        limb_repetitions(rotation, parts.strokes, stretch.time_s, parts.doubts), parts.hidden_after
    )
    return _found(reps, parts.rejected, parts.strokes, offset, len(parts.hidden_after), True, chain)


def _found(
    reps: tuple[Repetition, ...],
    rejected: tuple[Rejected, ...],
    strokes: Strokes,
    offset: int,
    hidden: int,
    by_angle: bool,
    chain: Chain,
) -> FoundSet:
    first, last = offset + int(strokes.bottom[0]), offset + int(strokes.top[-1])
    return FoundSet(reps, rejected, first, last, hidden, by_angle, chain.score)


def _prefer_angle(
    stretch: Stretch, finding: Finding | None, quiet: Quiet, rules: ChainRules
) -> tuple[Finding | None, bool]:
    """The same set counted by angle where the bar turns enough, or where height fails in a bad radio."""
    rotation = segment_rotation(stretch.up)
    if finding is not None and _against(rotation.angle_rad, finding.motion.height_m):
        rotation = rotation.flipped()
    if rotation.planarity < PLANAR:
        return finding, False
    chain = _angle_chain(rotation, stretch.hole_s, rules)
    if chain is None or not is_a_set(chain, rotation.velocity_radps, set_on=False):
        return finding, False
    span = slice(int(chain.strokes.bottom[0]), int(chain.strokes.top[-1]))
    lossy = float(np.mean(stretch.hole_s[span] > 0)) > LOSSY_SHARE
    better = finding is None or chain.score > finding.chain.score
    if not (chain.template.rise > TURNS_RAD or (lossy and better)):
        return finding, False
    motion = _height_between(stretch, quiet, chain)
    strokes = _on_height(motion, chain.strokes)
    merit = 0.0 if finding is None else finding.merit
    return Finding(motion, replace(chain, strokes=strokes), merit), True


def _height_between(stretch: Stretch, quiet: Quiet, by_angle: Chain) -> Motion:
    """Height with the bottoms and tops that the angle names at two levels."""
    motion = solve(stretch.vertical, stretch.hole_s, level_anchors(by_angle, 0.10))
    for sd in (0.06, 0.03):
        levelled = replace(by_angle, strokes=_on_height(motion, by_angle.strokes))
        stills = still_anchors(quiet, motion.velocity_mps, 0.05)
        motion = solve(stretch.vertical, stretch.hole_s, level_anchors(levelled, sd) + stills, 1.0)
    return motion


def _on_height(motion: Motion, strokes: Strokes) -> Strokes:
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


def _angle_chain(rotation: SegmentRotation, hole_s: FloatArray, rules: ChainRules) -> Chain | None:
    strokes, points = candidate_strokes(rotation.angle_rad, rotation.velocity_radps, ANGLE_LIMITS)
    if len(strokes) == 0:
        return None
    sd = np.full(len(strokes), ANGLE_SD_RAD)
    return best_chain(strokes, surroundings(rotation.angle_rad, points, hole_s), sd, rules)


def _against(angle: FloatArray, height: FloatArray) -> bool:
    """True when the angle falls while height rises."""
    return float(np.sum(np.gradient(angle) * np.gradient(height))) < 0


def towards_contraction(
    rotation: SegmentRotation, stretch: Stretch, exercise: Exercise | None
) -> SegmentRotation:
    """The angle with its sign such that it rises while the muscle shortens.

    The lifter waits in the pose the set begins in: at the top where the eccentric phase comes first,
    at the bottom where the concentric one does. Without knowledge of the exercise the body pushes up
    while the angle is lowest.
    """
    angle = rotation.angle_rad - float(np.median(rotation.angle_rad))
    if exercise is not None and exercise.first_phase is not None:
        speed = np.abs(rotation.velocity_radps)
        low, high = np.quantile(rotation.angle_rad, [0.03, 0.97])
        middle = 0.5 * (low + high)
        waiting = speed < ANGLE_LIMITS.slow
        at_top = float(np.mean(rotation.angle_rad[waiting] > middle)) if waiting.any() else 0.5
        starts_at_top = exercise.first_phase == "eccentric"
        return rotation if (at_top > 0.5) == starts_at_top else rotation.flipped()
    return rotation.flipped() if float(np.sum(angle * stretch.vertical)) > 0 else rotation
