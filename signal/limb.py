"""The most regular set of a thigh or shank, by the angle of the segment."""

from __future__ import annotations

import numpy as np

from hardset.signal.chains import Chain, ChainRules, best_chain, surroundings
from hardset.signal.exercise import Exercise
from hardset.signal.measure import limb_repetitions, with_hidden
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.samples import FloatArray
from hardset.signal.segmentation import is_a_set, segment
from hardset.signal.stretch import FoundSet, Stretch, found_set
from hardset.signal.strokes import ANGLE_LIMITS, candidate_strokes

ANGLE_SD_RAD = 0.03


def find_on_limb(
    stretch: Stretch, offset: int, exercise: Exercise | None, rules: ChainRules, set_on: bool
) -> FoundSet | None:
    """The best set of a thigh or shank by its angle."""
    rotation = towards_contraction(segment_rotation(stretch.up), stretch, exercise)
    chain = angle_chain(rotation, stretch.hole_s, rules)
    if chain is None or not is_a_set(chain, rotation.velocity_radps, set_on):
        return None
    rise_sd = np.full(len(chain), ANGLE_SD_RAD)
    parts = segment(
        chain,
        rotation.angle_rad,
        rotation.velocity_radps,
        stretch.time_s,
        exercise,
        rise_sd,
        stretch.lost_s(chain.strokes),
    )
    reps = with_hidden(
        limb_repetitions(rotation, parts.strokes, stretch.time_s, parts.doubts), parts.hidden_after
    )
    return found_set(reps, parts.rejected, parts.strokes, offset, len(parts.hidden_after), True, chain)


def angle_chain(rotation: SegmentRotation, hole_s: FloatArray, rules: ChainRules) -> Chain | None:
    """The best chain of strokes of an angle."""
    strokes, points = candidate_strokes(rotation.angle_rad, rotation.velocity_radps, ANGLE_LIMITS)
    if len(strokes) == 0:
        return None
    sd = np.full(len(strokes), ANGLE_SD_RAD)
    return best_chain(strokes, surroundings(rotation.angle_rad, points, hole_s), sd, rules)


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
