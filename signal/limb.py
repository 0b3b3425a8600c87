"""The most regular set of a thigh or shank, by the angle of the segment.

Walking is left out first. A set is looked for in both directions of the angle, in the plane that the
whole stretch turns in, and once more in the plane of the set itself; then it is decided which of the two
directions is the concentric one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hardset.signal.chains import Chain, ChainRules, best_chain, surroundings
from hardset.signal.contraction import contraction_odds
from hardset.signal.exercise import Exercise
from hardset.signal.limb_ends import trim_ends
from hardset.signal.measure import limb_repetitions, with_hidden
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.segmentation import is_a_set, segment
from hardset.signal.stretch import FoundSet, Stretch, Track, found_set
from hardset.signal.strokes import ANGLE_LIMITS, StrokeLimits, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turning import LULL_SHARE, hold_speed, trimmed
from hardset.signal.walking import walking

ANGLE_SD_RAD = 0.03
MOVEMENT_COST = 0.7
"""For each rise's worth of movement between two reps: in lunges the other leg takes its turn."""
LEAST_SHARE, MOST_SHARE = 0.6, 1.45
"""Of the exercise's usual range: what a stroke may rise by."""
TURN_SHARE = 0.25
"""Of the least range of the exercise: smaller reversals are no turning points."""
AROUND_S = 2.0
"""The plane of a set is that of its strokes and this much around them."""


def find_on_limb(
    stretch: Stretch, offset: int, exercise: Exercise | None, rules: ChainRules, set_on: bool
) -> FoundSet | None:
    """The best set of a thigh or shank by its angle; None where it must be read by height."""
    if exercise is not None and exercise.by_height:
        return None
    rules = replace(rules, movement_cost=MOVEMENT_COST)
    walks = walking(stretch.up, stretch.vertical)
    if walks.all():
        return None
    rotation = segment_rotation(stretch.up, ~walks)
    chain = _either_way(rotation, stretch, rules, exercise, walks)
    if chain is None:
        return None
    reach = int(AROUND_S * GRID_HZ)
    near = np.zeros(walks.size, dtype=np.bool_)
    near[max(int(chain.strokes.bottom[0]) - reach, 0) : int(chain.strokes.top[-1]) + reach] = True
    rotation = segment_rotation(stretch.up, near)
    rotation, strokes = _concentric(rotation, stretch, exercise, rules, walks, begins=offset == 0)
    if strokes is None or not is_a_set(strokes, rotation.velocity_radps, set_on):
        return None
    return _reps_of(rotation, strokes, stretch, exercise, walks, offset)


def limits_of(exercise: Exercise | None) -> StrokeLimits:
    """What a stroke of this exercise may be like."""
    if exercise is None or exercise.rom_deg is None:
        return ANGLE_LIMITS
    low, high = np.radians(exercise.rom_deg[0]), np.radians(exercise.rom_deg[1])
    least = LEAST_SHARE * float(low)
    slow = min(hold_speed(float(0.5 * (low + high)), exercise), ANGLE_LIMITS.slow)
    return replace(
        ANGLE_LIMITS,
        min_rise=least,
        max_rise=MOST_SHARE * float(high),
        slow=slow,
        min_turn=max(TURN_SHARE * least, 0.03),
    )


def angle_chain(rotation: SegmentRotation, hole_s: FloatArray, rules: ChainRules) -> Chain | None:
    """The best chain of strokes of an angle."""
    nobody_walks = np.zeros(hole_s.size, dtype=np.bool_)
    return _chain(rotation, hole_s, rules, None, nobody_walks, limits_of(None))[0]


def _chain(
    rotation: SegmentRotation,
    hole_s: FloatArray,
    rules: ChainRules,
    exercise: Exercise | None,
    walks: BoolArray,
    limits: StrokeLimits | None = None,
) -> tuple[Chain | None, Strokes]:
    """The best chain of upward strokes outside of walks, and all such strokes."""
    if limits is None:
        limits = replace(limits_of(exercise), lull=LULL_SHARE)
    strokes, points = candidate_strokes(rotation.angle_rad, rotation.velocity_radps, limits)
    if len(strokes):
        strokes = strokes.take(np.flatnonzero(~walks[strokes.bottom] & ~walks[strokes.top]))
        strokes = trimmed(strokes, rotation, exercise, limits.min_rise)
    if len(strokes) == 0:
        return None, strokes
    sd = np.full(len(strokes), ANGLE_SD_RAD)
    around = surroundings(rotation.angle_rad, points, hole_s)
    return best_chain(strokes, around, sd, rules), strokes


def _either_way(
    rotation: SegmentRotation,
    stretch: Stretch,
    rules: ChainRules,
    exercise: Exercise | None,
    walks: BoolArray,
) -> Chain | None:
    """The better of the chains of both directions."""
    up, _ = _chain(rotation, stretch.hole_s, rules, exercise, walks)
    down, _ = _chain(rotation.flipped(), stretch.hole_s, rules, exercise, walks)
    if up is None or down is None:
        return up or down
    return up if up.score >= down.score else down


def _concentric(
    rotation: SegmentRotation,
    stretch: Stretch,
    exercise: Exercise | None,
    rules: ChainRules,
    walks: BoolArray,
    begins: bool,
) -> tuple[SegmentRotation, Chain | None]:
    """The angle that rises in the concentric phase, and its best chain."""
    other = rotation.flipped()
    up, ups = _chain(rotation, stretch.hole_s, rules, exercise, walks)
    down, downs = _chain(other, stretch.hole_s, rules, exercise, walks)
    if up is None or down is None:
        return (rotation, up) if down is None else (other, down)
    if up.score >= down.score:
        odds = contraction_odds(up, downs, rotation.angle_rad, stretch.vertical, exercise, begins)
        right = odds > 0
    else:
        odds = contraction_odds(down, ups, other.angle_rad, stretch.vertical, exercise, begins)
        right = odds <= 0
    return (rotation, up) if right else (other, down)


def _reps_of(
    rotation: SegmentRotation,
    chain: Chain,
    stretch: Stretch,
    exercise: Exercise | None,
    walks: BoolArray,
    offset: int,
) -> FoundSet:
    parts = segment(
        chain,
        rotation.angle_rad,
        rotation.angle_rad,  # not its velocity: a grinder's may look like no other's, and nothing drifts
        stretch.time_s,
        exercise,
        np.full(len(chain), ANGLE_SD_RAD),
        stretch.lost_s(chain.strokes),
        speed=rotation.velocity_radps,
    )
    parts = trim_ends(parts, rotation, stretch, walks, exercise)
    reps = limb_repetitions(
        rotation, parts.strokes, stretch.time_s, parts.doubts, exercise, stretch.lost_s(parts.strokes)
    )
    reps = with_hidden(reps, parts.hidden_after)
    track = Track(
        stretch.time_s, np.degrees(rotation.angle_rad), np.degrees(rotation.velocity_radps), by_angle=True
    )
    return found_set(reps, parts.rejected, parts.strokes, offset, len(parts.hidden_after), True, chain, track)
