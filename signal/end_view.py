"""The end of a set seen twice: with the last stroke's top free, and as if it had reached the others'.

How far the last stroke rose hangs on drift alone until something after it says where the bar is. Whether it
is a repetition or not, the bar comes to rest afterwards; so the rests after it, which nothing in the set
could confirm, are anchors here. With the top closed the stroke's velocity can be compared with the others'
without the drift in between, which bends a slow one beyond recognition.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardset.signal.hypotheses import LEVEL_SD_M, SET_PULL_M, Finding, level_anchors
from hardset.signal.measure import DRIFT_SHARE
from hardset.signal.motion import Anchors, Felt, Motion
from hardset.signal.samples import FloatArray
from hardset.signal.stillness import anchors_of, dead_anchors, stand_together
from hardset.signal.stretch import Stretch
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

CLOSED_SD_M = 0.04
AFTER_SD_MPS = 0.1
"""Velocity after the last stroke drifts: quiet with up to twice this may be rest."""
STOPS_S = 0.1
"""A rest may begin so long before what was taken for the top."""
TOP_WITHIN_S = 0.5


@dataclass(frozen=True, slots=True)
class EndView:
    """What is known of the last stroke of a set; arrays (n,) on the grid."""

    track: FloatArray
    """Height (or angle) with the stroke's top free, held by what follows it ..."""
    velocity: FloatArray
    closed_velocity: FloatArray
    """... and the velocity as if its top were where the others' are."""
    rise: float
    """How far it rose while free, in the track's unit ..."""
    rise_sd: float
    """... and one standard deviation of that."""


def end_view(stretch: Stretch, felt: Felt, finding: Finding, last: int) -> EndView:
    """The motion under the strokes of a chain up to number `last`."""
    chain = finding.chain
    strokes = chain.strokes.take(list(range(last + 1)))
    quiet = stretch.quiet
    dead = dead_anchors(quiet)
    after = quiet.take(quiet.start >= strokes.top[-1] - int(STOPS_S * GRID_HZ))
    stills = anchors_of(stand_together(after, finding.motion.velocity_mps, AFTER_SD_MPS))
    known = level_anchors(strokes, LEVEL_SD_M[-1]) + dead + stills
    free = felt.motion(known, SET_PULL_M)
    top = Anchors.same_height(strokes.top[-1:], CLOSED_SD_M, 1)
    closed = felt.motion(known + top, SET_PULL_M)
    rise, sd = _rise(free, strokes)
    sd *= DRIFT_SHARE if stretch.has_gyroscope else 1.0
    return EndView(free.height_m, free.velocity_mps, closed.velocity_mps, rise, sd)


def _rise(motion: Motion, strokes: Strokes) -> tuple[float, float]:
    bottom, top = strokes.bottom[-1:], strokes.top[-1:]
    part = motion.height_m[int(bottom[0]) : int(top[0]) + int(TOP_WITHIN_S * GRID_HZ)]
    return float(part.max() - part[0]), float(motion.height_gain_sd(bottom, top)[0])
