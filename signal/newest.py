"""The newest upward stroke at the live end of a track: over, and like a repetition, or not yet?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hardset.signal.edges import SLOW_SHARE
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import StrokeLimits, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ

LIKE_THE_OTHERS = (0.62, 1.6)
"""Rise of a new stroke against the median of the reps so far."""
PLAINLY_A_REP = 0.75
"""... where drift may have lent it some: a failed attempt rises by less."""
ENOUGH_REPS = 3
"""From so many reps on the set itself says what a rep is."""
FIRST_RISE = (0.5, 1.8)
"""Before, a rep rises by at least and at most these shares of the exercise's usual range."""
DOUBTFUL_SHARE = 0.5
"""A stroke that rises by less than this share of the least has not the makings of a rep."""
LATELY_S = 1.0
"""What ended longer ago and did not fit will not do so now."""
STEADY_S = 0.15
STEADY_MPS2 = 0.5
"""Velocity that changes by less than this has settled, whatever it is."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a repetition rises by, in the track's unit, and at what mean speed at least."""

    low: float
    high: float
    least_mean: float

    @staticmethod
    def of(
        seen: Sequence[float],
        usual_range: tuple[float, float] | None,
        least: float,
        limits: StrokeLimits,
        least_mean: float,
    ) -> Expected:
        """From the ranges seen in this set, or what is known of the exercise while these are few."""
        if len(seen) >= ENOUGH_REPS:
            middle = float(np.median(seen))
            return Expected(LIKE_THE_OTHERS[0] * middle, LIKE_THE_OTHERS[1] * middle, least_mean)
        if usual_range is None:
            return Expected(least, limits.max_rise, least_mean)
        return Expected(FIRST_RISE[0] * usual_range[0], FIRST_RISE[1] * usual_range[1], least_mean)

    def plainly(self) -> Expected:
        """For a stroke that only one of several beliefs about the drift shows."""
        return replace(self, low=PLAINLY_A_REP / LIKE_THE_OTHERS[0] * self.low)


@dataclass(frozen=True, slots=True)
class Newest:
    """A stroke that is over and fits, or one that may turn out to be."""

    fits: Strokes | None
    doubtful: Strokes | None


def newest_stroke(
    track: FloatArray,
    velocity: FloatArray,
    after: int,
    expected: Expected,
    limits: StrokeLimits,
    *,
    goes_on: bool = False,
) -> Newest:
    """The longest stroke since grid index `after` that is over and fits; else one that seems to end.

    track, velocity: (n,) the last seconds, the newest moments being the least certain. goes_on: a rep is
    due; then also a slow even movement after a stroke is taken for drift.
    """
    strokes, _ = candidate_strokes(track, velocity, limits)
    new = (strokes.bottom > after - int(0.15 * GRID_HZ)) & (strokes.top > after)
    strokes = strokes.take(np.flatnonzero(new))
    if len(strokes) == 0:
        return Newest(None, None)
    over = np.array([_stopped(velocity, int(b), int(t), limits.slow) for b, t in _ends(strokes)])
    fits = (
        over
        & (strokes.rise >= expected.low)
        & (strokes.rise <= expected.high)
        & (strokes.rise / strokes.duration_s >= expected.least_mean)
    )
    if fits.any():
        return Newest(_longest(strokes, np.flatnonzero(fits)), None)
    running = strokes.top >= track.size - 3
    if goes_on:
        running |= np.array([float(velocity[top:].min()) > 0.0 for top in strokes.top])
    ending = (over | (steady(velocity) & running)) & (strokes.rise >= DOUBTFUL_SHARE * expected.low)
    ending &= strokes.top >= track.size - int(LATELY_S * GRID_HZ)
    return Newest(None, _longest(strokes, np.flatnonzero(ending)) if ending.any() else None)


def _ends(strokes: Strokes) -> list[tuple[int, int]]:
    return list(zip(strokes.bottom.tolist(), strokes.top.tolist(), strict=True))


def _longest(strokes: Strokes, which: NDArray[np.int64]) -> Strokes:
    return strokes.take([int(which[np.argmax(strokes.rise[which])])])


def _stopped(velocity: FloatArray, bottom: int, top: int, slow: float) -> bool:
    if top >= velocity.size - 2:
        return False
    fastest = float(velocity[bottom : top + 1].max())
    return float(velocity[top:].min()) < max(slow, SLOW_SHARE * fastest)


def steady(velocity: FloatArray) -> bool:
    """Whether velocity has not changed in the last moments."""
    last = velocity[-int(STEADY_S * GRID_HZ) :]
    return float(np.ptp(last)) < STEADY_MPS2 * STEADY_S
