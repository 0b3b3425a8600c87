"""Which way of a limb's angle is the concentric one.

A segment that swings to and fro looks the same in both directions, and the sensor may be mounted either
way round. What tells them apart is first of all height: in nearly every exercise the concentric phase
lifts the sensor, or lowers it as the exercise says. Where that says nothing four things are left, none of
them always: which phase came first, where the long rests are, that fatigue stretches the concentric phase
alone, and that a fresh lifter lowers no faster than he lifts. Each gives log-odds; their sum decides.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from hardset.signal.chains import Chain
from hardset.signal.exercise import Exercise
from hardset.signal.lift import lift_odds
from hardset.signal.limb_ends import LIKE_THE_OTHERS, likeness_to
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

FATIGUE_WEIGHT = 4.0
"""For a concentric phase that doubled while the other one did not."""
FATIGUE_MOST = 4.0
FATIGUE_FROM = 4
FATIGUE_FULL = 8
"""With fewer reps chance stretches either phase: a trend over them counts for less."""
HASTE_WEIGHT, HASTE_MOST = 2.0, 3.0
"""For each natural logarithm by which one phase is quicker than the other in the first half of a set: nobody
lowers a load much faster than he lifts it when fresh (so in 82 % of 877 sets of two simulators)."""
LONG_REST_S = 5.0
REST_WEIGHT = 3.0
ORDER_MOST = 8.0
EXTRA_COST = 2.2
"""A half like the others that belongs to no rep: getting into a seat, getting out of it."""
MISSING_COST = 4.0
"""A rep without one of its halves, though the recording was running."""
CUT_COST = 0.5
"""The same where the recording begins or ends there."""
FAILED_COST = 2.0
"""An eccentric phase at the end after which nothing came up again: a failed attempt."""
CUT_WITHIN_S = 0.15
HEARD_S = 1.0
"""With less of a recording than this next to a set, nobody knows what was there ..."""
REST_SHARE, REST_COST_A_S = 0.12, 2.0
"""... unless the leg rests there: within this share of the range, at this cost for each second."""
EDGE_S, EDGE_SHARE_A_S = 0.2, 0.15
"""A recording begins or ends in motion where the angle changes by this share of a rise a second."""
NEAR_S = 8.0
RISE_SPREAD, DURATION_SPREAD = 0.06, 0.25
"""Of logarithms: how alike the halves of a set are at least."""
UNLIKE_MOST = 12.0
UNLIKE_PUSH_COST = 3.0
"""For a half during which the body is pushed otherwise: one that lifts it out of a seat, say."""


def contraction_odds(
    chain: Chain,
    opposite: Strokes,
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    exercise: Exercise | None,
    begins: bool = True,
) -> float:
    """Log-odds that the strokes of a chain are concentric phases, rather than the movements between them.

    opposite: candidate strokes of the angle with its sign turned; angle_rad (n,) rises in the chain's
    strokes; vertical_mps2 (n,); begins: the recording itself begins where these do, and may have cut
    off a half; False: something else went before (walking, another set).
    """
    strokes = chain.strokes
    back = _ways_back(strokes, opposite)
    odds = _fatigue(strokes, back) + _haste(strokes, back)
    odds += lift_odds(angle_rad, vertical_mps2, strokes.bottom, strokes.top, exercise)
    if exercise is None or exercise.first_phase is None:
        return odds
    first_lifts = exercise.first_phase == "concentric"
    order = _order(strokes, opposite, back, angle_rad, vertical_mps2, begins, first_lifts)
    comes_first = 1.0 if first_lifts else -1.0
    return odds + comes_first * (order + _rests(strokes, back))


def _ways_back(strokes: Strokes, opposite: Strokes) -> Strokes:
    """The opposite strokes that lead from one stroke to the next, where there are any."""
    found: list[int] = []
    for top, bottom in zip(strokes.top[:-1], strokes.bottom[1:], strict=True):
        inside = np.flatnonzero((opposite.bottom >= top - 10) & (opposite.top <= bottom + 10))
        if inside.size:
            found.append(int(inside[np.argmax(opposite.rise[inside])]))
    return opposite.take(found)


def _order(
    strokes: Strokes,
    opposite: Strokes,
    back: Strokes,
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    begins: bool,
    first_lifts: bool,
) -> float:
    """Positive where the chain's strokes are the first half of each rep, negative where the second.

    first_lifts: the first half is the concentric one. All halves in a row, with one way back before and after
    where there is one: the least unlikely way to pair them, with up to two halves at either end that belong
    to no rep, is sought for both answers.
    """
    if len(back) == 0:
        return 0.0
    halves = _in_a_row(strokes, opposite, back, vertical_mps2, begins)
    kinds = [own for own, _, _ in halves]
    last_slow = _oddity(halves[-1][1], strokes if kinds[-1] else back, vertical_mps2, begins, may_slow=True)
    costs = {True: np.inf, False: np.inf}
    lost_before = MISSING_COST
    if begins:
        lost_before = cost_of_cut(angle_rad, int(halves[0][1].bottom[0]), -1, halves[0][1].rise[0])
    lost_after = cost_of_cut(angle_rad, int(halves[-1][1].top[0]), 1, halves[-1][1].rise[0])
    for skip, leave, own_first in itertools.product((0, 1, 2), (0, 1, 2), (True, False)):
        kept = kinds[skip : len(kinds) - leave]
        if len(kept) < 3:
            continue
        cost = EXTRA_COST * (skip + leave)
        grinder = leave == 0 and (kinds[-1] == own_first) == first_lifts
        cost += halves[skip][2] + (last_slow if grinder else halves[-1 - leave][2])
        if kept[0] != own_first:
            cost += MISSING_COST if skip else lost_before
        if kept[-1] == own_first:
            cost += FAILED_COST if leave else min(lost_after, FAILED_COST)
        costs[own_first] = min(costs[own_first], cost)
    return float(np.clip(costs[False] - costs[True], -ORDER_MOST, ORDER_MOST))


def cost_of_cut(angle_rad: FloatArray, at: int, way: int, rise: float) -> float:
    """Cost of a half that the recording did not catch before (way -1) or after (+1) a grid index.

    Cheap where the recording begins or ends in motion; the longer the leg rests there, the less likely.
    """
    beside = angle_rad[at::way]
    moved = np.flatnonzero(np.abs(beside - beside[0]) > REST_SHARE * rise)
    rest_s = float(moved[0] if moved.size else beside.size) / GRID_HZ
    if beside.size > HEARD_S * GRID_HZ and moved.size and not _cut_in_motion(beside, rise):
        return MISSING_COST
    return min(CUT_COST + REST_COST_A_S * rest_s, MISSING_COST)


def _cut_in_motion(beside: FloatArray, rise: float) -> bool:
    """Whether the one movement next to a set was under way where the recording begins or ends.

    beside: (n,) angle from the set outward.
    """
    strayed = np.abs(beside - beside[0])
    back = float((np.maximum.accumulate(strayed) - strayed).max())
    under_way = strayed[-1] - strayed[-min(int(EDGE_S * GRID_HZ), strayed.size)]
    return back < REST_SHARE * rise and float(under_way) > EDGE_SHARE_A_S * EDGE_S * rise


def _in_a_row(
    strokes: Strokes, opposite: Strokes, back: Strokes, vertical_mps2: FloatArray, begins: bool
) -> list[tuple[bool, Strokes, float]]:
    """All halves in order of time: whether of the chain, the half, and how unlike its kind (0-12)."""
    row = [(True, strokes.take([i])) for i in range(len(strokes))]
    row += [(False, back.take([i])) for i in range(len(back))]
    row.sort(key=lambda half: int(half[1].bottom[0]))
    first, last = int(strokes.bottom[0]), int(strokes.top[-1])
    before = np.flatnonzero((opposite.top <= first + 10) & (opposite.top > first - NEAR_S * GRID_HZ))
    after = np.flatnonzero((opposite.bottom >= last - 10) & (opposite.bottom < last + NEAR_S * GRID_HZ))
    if before.size:
        row.insert(0, (False, opposite.take([_likest(opposite, before, back)])))
    if after.size:
        row.append((False, opposite.take([_likest(opposite, after, back)])))
    return [(own, half, _oddity(half, strokes if own else back, vertical_mps2, begins)) for own, half in row]


def _likest(opposite: Strokes, which: NDArray[np.int64], usual: Strokes) -> int:
    return int(min(which, key=lambda j: _unlike(opposite.take([int(j)]), usual)))


def _oddity(
    half: Strokes, usual: Strokes, vertical_mps2: FloatArray, begins: bool, may_slow: bool = False
) -> float:
    """How unlike a half is to the others of its kind, in movement and push; a half cut short is excused.

    may_slow: the last concentric phase of a set, which may be a grinder.
    """
    size = vertical_mps2.size
    cut = (begins and half.bottom[0] < CUT_WITHIN_S * GRID_HZ) or half.top[0] > size - CUT_WITHIN_S * GRID_HZ
    if cut:
        return CUT_COST
    unlike_push = likeness_to(usual, half, vertical_mps2) < LIKE_THE_OTHERS
    return _unlike(half, usual, may_slow) + (UNLIKE_PUSH_COST if unlike_push and not may_slow else 0.0)


def _unlike(half: Strokes, usual: Strokes, may_slow: bool = False) -> float:
    """How unlike a half is to the others of its kind, as a negative log-likelihood (0-12)."""
    rise = _off(half.rise[0], usual.rise, RISE_SPREAD)
    seconds = _off(half.duration_s[0], usual.duration_s, DURATION_SPREAD)
    if may_slow:
        seconds = min(seconds, 0.0)
    return min(0.5 * (rise**2 + seconds**2), UNLIKE_MOST)


def _off(value: float, others: FloatArray, least: float) -> float:
    """Standard deviations between the logarithms of a value and of the others' median."""
    logs = np.log(others)
    middle = float(np.median(logs))
    spread = max(1.5 * float(np.median(np.abs(logs - middle))), least)
    return (float(np.log(value)) - middle) / spread


def _rests(strokes: Strokes, back: Strokes) -> float:
    """Positive where long rests (of a cluster set) come before the chain's strokes, negative where after.

    A lifter rests in the pose that the set begins in.
    """
    total = 0.0
    for start, end in zip(back.bottom, back.top, strict=True):
        before = strokes.bottom[strokes.bottom >= end - 10]
        after = strokes.top[strokes.top <= start + 10]
        if before.size and after.size:
            rest_before, rest_after = (before[0] - end) / GRID_HZ, (start - after[-1]) / GRID_HZ
            total += REST_WEIGHT * (float(rest_before > LONG_REST_S) - float(rest_after > LONG_REST_S))
    return float(np.clip(total, -2 * REST_WEIGHT, 2 * REST_WEIGHT))


def _fatigue(strokes: Strokes, back: Strokes) -> float:
    """Positive where the chain's strokes slow down in the course of the set more than the ways back."""
    if len(strokes) < FATIGUE_FROM or len(back) < FATIGUE_FROM - 1:
        return 0.0
    slowing = (_slowing(strokes) - _slowing(back)) * min(len(strokes) / FATIGUE_FULL, 1.0)
    return float(np.clip(FATIGUE_WEIGHT * slowing / np.log(2.0), -FATIGUE_MOST, FATIGUE_MOST))


def _haste(strokes: Strokes, back: Strokes) -> float:
    """Positive where the chain's strokes are quicker than the ways back while the lifter is fresh."""
    if len(back) == 0:
        return 0.0
    pace = [_pace(half.take(list(range((len(half) + 1) // 2)))) for half in (strokes, back)]
    return float(np.clip(HASTE_WEIGHT * (np.median(pace[1]) - np.median(pace[0])), -HASTE_MOST, HASTE_MOST))


def _pace(strokes: Strokes) -> FloatArray:
    """(k,) log of the seconds that strokes take for each unit of rise."""
    return np.asarray(np.log(strokes.duration_s / strokes.rise))


def _slowing(strokes: Strokes) -> float:
    """Log of how many times longer strokes take at the end of a set than at its beginning (robust line)."""
    pace = _pace(strokes)
    i, j = np.triu_indices(len(strokes), k=1)
    slope = float(np.median((pace[j] - pace[i]) / (j - i)))
    return slope * (len(strokes) - 1)
