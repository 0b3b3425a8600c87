"""A chain of alike strokes -> the repetitions of a set, and what was rejected and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.attitude import Attitude
from hardset.signal.chains import Chain
from hardset.signal.end_view import EndView
from hardset.signal.exercise import Exercise
from hardset.signal.first_stroke import FirstStroke
from hardset.signal.last_stroke import FEW, USUAL_WORTH, LastStroke, falls_back
from hardset.signal.profiles import likeness, likeness_at_end, likeness_of
from hardset.signal.repetition import Rejected
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turned import turn_against

MIN_ALIKE = 3
"""Fewer alike strokes are a set only when somebody says that one is on."""
MIN_SCORE_A_REP = 1.8
"""Idle hands reached 1.6 in 15 recordings, real sets never fell under 2.1."""
MIN_SCORE_SMALL = 2.1
MANY, MIN_SCORE_MANY = 6, 1.5
"""So many alike strokes are no chance even where a cluster set breaks the rhythm: idle hands made no six of
them that rose by more than 11 cm."""
MIN_LIKENESS = 0.6
MIN_VELOCITY_LIKENESS = 0.85
"""Median correlation of the strokes' profiles with their median profile. Velocity: real sets 0.98-1.0,
simulated grinders 0.93. Smoothed acceleration: real sets 0.97-1.0, with a fifth of the samples lost 0.89,
slow simulated presses, whose tremor outweighs their acceleration, 0.6-0.8."""
STEP_S = 0.4
STEP_PERIOD_S = 0.7
STRIDE_PERIOD_S = 1.4
"""A whole stride, when nobody said that small rises are wanted (calf raises)."""
ATTEMPT_SHARE = 0.7
"""A last stroke that rose less than this share of the others did not reach the top."""
FADED_SHARE = 0.5
"""... but calf raises lose height with every rep near failure, and count."""
TOO_HIGH_FOR_ATTEMPT = 1.0
PARTIAL_SHARE = 0.75
TOO_HIGH_SHARE = 1.4
LEAST_WORTH_HIDDEN = 1.5
"""... or than this when only a rep that nobody saw joins it to the others."""
FOOTHILL_SHARE = 0.1
LEAST_LIKENESS = 0.6
"""Of an end stroke's velocity profile: on simulated sets the ends that were reps correlated by 0.82 (first)
and 0.73 (last) or more, drift that passed for a first stroke by 0.3 at most."""
DESCENT_SHARE = 0.45
DESCENT_WITHIN_S = 9.0
DESCENT_NEEDS_S = 4.0
"""With less recording than this before the first stroke its descent may have been cut off."""
PAUSE_BLUR_S = 0.3
MUCH_LOST_S = 0.12
LEAST_WORTH = 0.6
"""A stroke at either end of a chain that adds less than this to its score is handling, not a rep."""
STARTED_IN_MOTION_S = 1.0
CUT_OFF_S = 0.1
CUT_OFF_SHARE = 0.5
"""Of its highest speed: with less of it a stroke has nine tenths of its rise behind it."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The strokes that are reps, their doubts, and what was dropped."""

    strokes: Strokes
    doubts: tuple[str | None, ...]
    hidden_after: tuple[int, ...]
    rejected: tuple[Rejected, ...]


def is_a_set(
    chain: Chain,
    velocity: FloatArray,
    set_on: bool,
    acceleration: FloatArray | None = None,
    small_rise: float = 0.0,
) -> bool:
    """Whether a chain is regular enough to be a set rather than somebody handling a bar.

    velocity, acceleration: (n,) of the track, whose profiles during the strokes are compared.
    small_rise: strokes no higher than this must be more regular, for idle hands make many of them.
    """
    if set_on:
        return len(chain) > 0
    if len(chain) < MIN_ALIKE or _are_steps(chain.strokes, small_rise):
        return False
    each = chain.score / len(chain)
    if len(chain) > MIN_ALIKE:  # a stroke at the end may be a failed one, or one that the recording cuts off
        each = max(each, (chain.score - min(chain.first_worth, chain.last_worth)) / (len(chain) - 1))
    enough = MIN_SCORE_SMALL
    if chain.template.rise > small_rise:
        enough = MIN_SCORE_MANY if len(chain) >= MANY else MIN_SCORE_A_REP
    if each < enough or likeness(chain.strokes, velocity) < MIN_VELOCITY_LIKENESS:
        return False
    return acceleration is None or likeness(chain.strokes, acceleration) >= MIN_LIKENESS


def _are_steps(strokes: Strokes, small_rise: float) -> bool:
    """Whether the strokes are somebody walking: the body rises by 4-6 cm in 0.3 s, once or twice a second."""
    period_s = float(np.median(np.diff(strokes.top))) / GRID_HZ
    longest_s = STRIDE_PERIOD_S if float(np.median(strokes.rise)) < small_rise else STEP_PERIOD_S
    return float(np.median(strokes.duration_s)) < STEP_S and period_s < longest_s


def _tightened_ends(strokes: Strokes, track: FloatArray, velocity: FloatArray) -> Strokes:
    """The ends of a chain without a slow drift beside them, where they lack the others' shape."""
    if len(strokes) <= MIN_ALIKE:
        return strokes
    bottom, top = strokes.bottom.copy(), strokes.top.copy()
    for position in (0, len(strokes) - 1):
        if not _unlike(strokes, velocity, position):
            continue
        inside = velocity[bottom[position] : top[position] + 1]
        peak = int(inside.argmax())
        slow = np.flatnonzero(inside < FOOTHILL_SHARE * inside[peak])
        before, after = slow[slow < peak], slow[slow > peak]
        if before.size:
            bottom[position] += int(before[-1])
        if after.size:
            top[position] -= inside.size - 1 - int(after[0])
    rise = np.maximum(track[top] - track[bottom], 1e-6)
    return Strokes(bottom, top, rise, (top - bottom) / GRID_HZ, strokes.dip)


def _unlike(strokes: Strokes, velocity: FloatArray, position: int) -> bool:
    """Whether a stroke at an end has nothing of the others' shape: a drift that passed for a movement."""
    return likeness_of(strokes, velocity, position) < LEAST_LIKENESS


@dataclass(frozen=True, slots=True)
class _Ends:
    """What is known about a chain when it is asked whether its ends are reps (see `segment`)."""

    chain: Chain
    strokes: Strokes
    track: FloatArray
    velocity: FloatArray
    exercise: Exercise | None
    rise_sd: FloatArray
    lost_s: FloatArray
    lain: BoolArray | None
    begins: bool
    end_view: Callable[[int], EndView] | None
    turned: FloatArray | None
    keep: BoolArray
    """(k,) which strokes are left; changes while strokes are dropped."""

    def odds_against_first(self, first: int, kept: NDArray[np.int64], usual: float) -> float:
        """Natural logarithm of the odds that the first stroke of those kept is no rep."""
        strokes, lost_s = self.strokes, float(self.lost_s[first])
        others = np.isin(np.arange(len(strokes)), kept[1:])
        stroke = FirstStroke(
            None if self.exercise is None else self.exercise.first_phase,
            _descent(self.track, strokes, first) / usual,
            1.0 if first in self.chain.hidden_after else _pause_ratio(strokes, kept),
            None if self.turned is None else turn_against(self.turned, first, others, lost_s),
            likeness_of(strokes.take(kept), self.velocity, 0),
            self.chain.first_worth if first == 0 else USUAL_WORTH,
            self.lain is not None and bool(self.lain[first]),
            self.begins and bool(strokes.bottom[first] < DESCENT_NEEDS_S * GRID_HZ),
        )
        return stroke.odds_against()

    def odds_against_last(self, last: int, usual: float) -> float:
        """Natural logarithm of the odds that the last stroke of those kept is no rep."""
        strokes = self.strokes
        worth = self.chain.last_worth if last == len(strokes) - 1 else USUAL_WORTH
        if self.end_view is None:
            rise, sd = float(strokes.rise[last]), float(self.rise_sd[last])
            view = EndView(self.track, self.velocity, self.velocity, rise, sd)
        else:
            view = self.end_view(last)
        like = likeness_at_end(strokes, view.closed_velocity, last) if len(strokes) >= FEW else None
        falls = falls_back(view.track, view.velocity, strokes, last, usual)
        turn = None
        if self.turned is not None and len(strokes) >= FEW:
            before = self.keep & (np.arange(len(strokes)) < last)
            turn = turn_against(self.turned, last, before, float(self.lost_s[last]))
        fades = self.exercise is not None and self.exercise.fails_by_rom
        stroke = LastStroke(view.rise / usual, view.rise_sd / usual, like, falls, worth, turn)
        return stroke.odds_against(FADED_SHARE if fades else ATTEMPT_SHARE)


def segment(
    chain: Chain,
    track: FloatArray,
    velocity: FloatArray,
    time_s: FloatArray,
    exercise: Exercise | None,
    rise_sd: FloatArray,
    lost_s: FloatArray,
    lain: BoolArray | None = None,
    begins: bool = True,
    end_view: Callable[[int], EndView] | None = None,
    turned: FloatArray | None = None,
    speed: FloatArray | None = None,
    attitude: Attitude | None = None,
) -> Segmentation:
    """Drop the ends of a chain that are no repetitions and mark doubtful ones.

    track: (n,) height or angle; velocity: (n,) its derivative; time_s: (n,) its grid; rise_sd: (k,)
    uncertainty of each stroke's rise; lost_s: (k,) time without samples in and around each stroke; lain: (k,)
    whether no hand held the bar just before each stroke, None where nobody can tell. begins: nothing was
    recorded before the track, so that it may begin in mid-movement. end_view: the movement
    as it is best seen when the stroke of that number is the last; None takes the track as it is.
    turned: (k, 3) change of 'up' in the sensor's frame during each stroke; None where nobody knows.
    speed: (n,) the track's derivative, where velocity is something else whose shape is compared.
    attitude: how the bar was held at the ends of each stroke.
    """
    strokes = _tightened_ends(chain.strokes, track, velocity)
    keep = np.ones(len(strokes), dtype=np.bool_)
    rejected: list[Rejected] = []

    def drop(position: int, reason: str) -> None:
        keep[position] = False
        rejected.append(
            Rejected(float(time_s[strokes.bottom[position]]), float(time_s[strokes.top[position]]), reason)
        )

    many = len(strokes) > MIN_ALIKE
    end = len(strokes) - 1
    if end > 0 and _cut_off(strokes, velocity if speed is None else speed):
        drop(end, "cut off")
    if many and (chain.first_worth < _least_worth(chain, 0) or _unlike(strokes, velocity, 0)):
        drop(0, "irregular")
    if many and keep[end] and end_view is None and chain.last_worth < _least_worth(chain, end - 1):
        low = strokes.rise[end] < ATTEMPT_SHARE * float(np.median(strokes.rise))
        drop(end, "attempt" if low else "irregular")
    if attitude is not None:
        _drop_held_otherwise(attitude, keep, drop)
    leeway = np.where(lost_s > MUCH_LOST_S, 2.0 * rise_sd, 0.0)

    seen = _Ends(
        chain, strokes, track, velocity, exercise, rise_sd, lost_s, lain, begins, end_view, turned, keep
    )
    _drop_the_start(strokes, track, exercise, leeway, begins, seen.odds_against_first, keep, drop)
    _drop_the_end(strokes, rise_sd, seen.odds_against_last, keep, drop)
    kept = np.flatnonzero(keep)
    usual = float(np.median(strokes.rise[kept])) if kept.size else 0.0
    doubts = tuple(_doubt(strokes.rise[i] / usual, leeway[i] / usual) for i in kept)
    place = {int(old): new for new, old in enumerate(kept)}
    hidden = tuple(place[i] for i in chain.hidden_after if i in place and i + 1 in place)
    return Segmentation(strokes.take(kept), doubts, hidden, tuple(rejected))


def _drop_held_otherwise(attitude: Attitude, keep: BoolArray, drop: Callable[[int, str], None]) -> None:
    """What is done with the bar before or after the set with another grip on it."""
    for end, reason in ((0, "pick-up"), (-1, "rerack")):
        while np.count_nonzero(keep) > MIN_ALIKE:
            kept = np.flatnonzero(keep)
            if not attitude.is_odd(int(kept[end]), np.delete(kept, end)):
                break
            drop(int(kept[end]), reason)


def _cut_off(strokes: Strokes, velocity: FloatArray) -> bool:
    """Whether the recording ends while the last stroke is still rising fast: nobody knows where to."""
    bottom, top = int(strokes.bottom[-1]), int(strokes.top[-1])
    if top < velocity.size - CUT_OFF_S * GRID_HZ:
        return False
    return float(velocity[top]) > CUT_OFF_SHARE * float(velocity[bottom : top + 1].max())


def _least_worth(chain: Chain, step: int) -> float:
    """What an end must add to its chain that this step joins to the others."""
    return LEAST_WORTH_HIDDEN if step in chain.hidden_after else LEAST_WORTH


def _drop_the_start(
    strokes: Strokes,
    track: FloatArray,
    exercise: Exercise | None,
    leeway: FloatArray,
    begins: bool,
    odds_against: Callable[[int, NDArray[np.int64], float], float],
    keep: BoolArray,
    drop: Callable[[int, str], None],
) -> None:
    """What comes before the first rep: a bar picked up or walked out, taken for a stroke."""
    while np.count_nonzero(keep) > 1:
        kept = np.flatnonzero(keep)
        first, others = int(kept[0]), kept[1:]
        usual = float(np.median(strokes.rise[others]))
        share, blur = strokes.rise[first] / usual, leeway[first] / usual
        in_motion = begins and strokes.bottom[first] < STARTED_IN_MOTION_S * GRID_HZ
        if share > TOO_HIGH_SHARE + blur:
            drop(first, "pick-up")
        elif share < ATTEMPT_SHARE - blur and not in_motion:
            drop(first, "unrack")
        elif kept.size < MIN_ALIKE:
            if not _lacks_descent(strokes, first, track, exercise, usual, begins):
                return
            drop(first, "pick-up")
        elif odds_against(first, kept, usual) > 0:
            drop(first, "pick-up")
        else:
            return


def _descent(track: FloatArray, strokes: Strokes, first: int) -> float:
    """How far the track came down before a stroke, in its unit."""
    bottom = int(strokes.bottom[first])
    before = track[max(bottom - int(DESCENT_WITHIN_S * GRID_HZ), 0) : bottom + 1]
    return float(before.max()) - float(track[bottom])


def _pause_ratio(strokes: Strokes, kept: NDArray[np.int64]) -> float:
    """The pause after the first of some strokes over the usual one between them."""
    pauses = (strokes.bottom[kept[1:]] - strokes.top[kept[:-1]]) / GRID_HZ + PAUSE_BLUR_S
    return float(pauses[0] / np.median(pauses[1:]))


def _lacks_descent(
    strokes: Strokes, first: int, track: FloatArray, exercise: Exercise | None, usual: float, begins: bool
) -> bool:
    """Whether the first of two strokes is a pick-up, for nothing came down before it and it should have."""
    early = begins and strokes.bottom[first] < DESCENT_NEEDS_S * GRID_HZ
    eccentric = exercise is not None and exercise.first_phase == "eccentric"
    return eccentric and not early and _descent(track, strokes, first) < DESCENT_SHARE * usual


def _drop_the_end(
    strokes: Strokes,
    rise_sd: FloatArray,
    odds_against: Callable[[int, float], float],
    keep: BoolArray,
    drop: Callable[[int, str], None],
) -> None:
    """What comes after the last rep: a failed attempt, or the way back into the rack."""
    while np.count_nonzero(keep) > 1:
        kept = np.flatnonzero(keep)
        last, others = int(kept[-1]), kept[:-1]
        usual = float(np.median(strokes.rise[others]))
        share = strokes.rise[last] / usual
        if odds_against(last, usual) > 0:
            drop(last, "attempt" if share < TOO_HIGH_FOR_ATTEMPT else "irregular")
        elif share > TOO_HIGH_SHARE + 2.0 * rise_sd[last] / usual:  # its top is free to float
            drop(last, "rerack")
        else:
            return


def _doubt(share: float, leeway: float) -> str | None:
    if share < PARTIAL_SHARE:
        return f"partial: {100 * share:.0f} % of the usual range"
    if leeway > 0.35:
        return "range uncertain: samples were lost here"
    return None
