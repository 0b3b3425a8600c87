"""A calf raise felt on the thigh: the leg hardly turns, the whole body rises by 5-12 cm.

The feet stay where they are, so height never strays from a narrow band. That is worth more than any
standstill: with a pull to it, and then the heels' and the toes' levels known to be the same in all reps,
height is good to a centimetre, where a bar's freedom would let it drift by half a metre.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hardset.signal.chains import Chain, ChainRules, best_chain, surroundings
from hardset.signal.exercise import Exercise
from hardset.signal.measure import bar_repetitions, with_hidden
from hardset.signal.motion import Anchors, Motion, solve
from hardset.signal.segmentation import is_a_set, segment
from hardset.signal.stretch import FoundSet, Stretch, Track, found_set
from hardset.signal.strokes import StrokeLimits, candidate_strokes

HEEL_LIMITS = StrokeLimits(min_turn=0.015, min_rise=0.03, max_rise=0.20)
BAND_SD_M = 0.04
"""Height strays from its mean by half a calf raise, more or less."""
LEVEL_SDS_M = ((0.04, 0.04), (0.015, 0.03))
"""Of bottoms and of tops: loosely at first; then the floor is the floor, while tops sink with fatigue."""


def find_on_heel(
    stretch: Stretch, offset: int, exercise: Exercise | None, rules: ChainRules, set_on: bool
) -> FoundSet | None:
    """The best set of calf raises in a stretch that begins at grid index offset, by height."""
    motion = solve(stretch.vertical, stretch.hole_s, Anchors.none(), BAND_SD_M, stretch.up)
    chain = _chain(motion, stretch, rules)
    for floor_sd, top_sd in LEVEL_SDS_M:
        if chain is None:
            return None
        levels = Anchors.same_height(chain.strokes.bottom, floor_sd, 0)
        levels += Anchors.same_height(chain.strokes.top, top_sd, 1)
        motion = solve(stretch.vertical, stretch.hole_s, levels, 2 * BAND_SD_M, stretch.up)
        chain = _chain(motion, stretch, rules)
    if chain is None or not is_a_set(chain, motion.velocity_mps, set_on, stretch.vertical):
        return None
    rise_sd = motion.height_gain_sd(chain.strokes.bottom, chain.strokes.top)
    lost_s = stretch.lost_s(chain.strokes)
    parts = segment(chain, motion.height_m, motion.velocity_mps, stretch.time_s, exercise, rise_sd, lost_s)
    reps = bar_repetitions(motion, parts.strokes, stretch.time_s, parts.doubts)
    reps = with_hidden(reps, parts.hidden_after)
    track = Track(stretch.time_s, motion.height_m, motion.velocity_mps, by_angle=False)
    return found_set(
        reps, parts.rejected, parts.strokes, offset, len(parts.hidden_after), False, chain, track
    )


def _chain(motion: Motion, stretch: Stretch, rules: ChainRules) -> Chain | None:
    strokes, points = candidate_strokes(motion.height_m, motion.velocity_mps, HEEL_LIMITS)
    if len(strokes) == 0:
        return None
    sd = motion.height_gain_sd(strokes.bottom, strokes.top)
    around = surroundings(motion.height_m, points, stretch.hole_s)
    return best_chain(strokes, around, np.asarray(sd), replace(rules, movement_cost=0.5, return_spread=0.4))
