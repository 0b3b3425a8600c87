"""Which way of a limb's angle is the concentric one.

A segment that swings to and fro looks the same in both directions, and the sensor may be mounted either
way round. Four things tell them apart, none of them always: which phase came first, where the long rests
are, that fatigue stretches the concentric phase alone, and that a body mostly pushes itself or a load
upwards. Each gives a log-odds; their sum decides.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.chains import Chain
from hardset.signal.exercise import Exercise
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

ORDER_WEIGHT = 1.0
"""For each unit of log-likeness (at most `SURE`) of the half before or after the chain."""
SURE = 3.0
UPWARD_WEIGHT = 1.5
"""Of vertical acceleration against angle where the exercise is known, for a correlation of 1 ..."""
UPWARD_WEIGHT_ALONE = 4.0
"""... and where nothing else is."""
FATIGUE_WEIGHT = 3.0
"""For a concentric phase that doubled while the other one did not."""
FATIGUE_FROM = 4
LONG_REST_S = 5.0
REST_WEIGHT = 3.0
NEAR_S = 8.0
"""A half further than this from the chain is not its first or last."""
HEARD_S = 0.5
"""With less of a recording than this next to the chain nobody knows what was there."""


def is_concentric(
    chain: Chain,
    opposite: Strokes,
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    exercise: Exercise | None,
) -> bool:
    """Whether the strokes of a chain are concentric phases, rather than the movements between them.

    opposite: candidate strokes of the angle with its sign turned; angle_rad (n,) rises in the chain's
    strokes; vertical_mps2 (n,).
    """
    return contraction_odds(chain, opposite, angle_rad, vertical_mps2, exercise) > 0


def contraction_odds(
    chain: Chain,
    opposite: Strokes,
    angle_rad: FloatArray,
    vertical_mps2: FloatArray,
    exercise: Exercise | None,
) -> float:
    """Log-odds that the strokes of a chain are concentric phases; arguments as for `is_concentric`."""
    strokes = chain.strokes
    back = _between(strokes, opposite)
    usual = opposite.take([i for i in back if i is not None])
    odds = _fatigue(strokes, usual)
    upward = _upward(strokes, angle_rad, vertical_mps2)
    if exercise is None or exercise.first_phase is None:
        return odds + UPWARD_WEIGHT_ALONE * upward
    if not exercise.concentric_down:
        odds += UPWARD_WEIGHT * upward
    sign = 1.0 if exercise.first_phase == "concentric" else -1.0
    if len(usual):
        odds += sign * _order(strokes, back, opposite, angle_rad.size)
    return odds + sign * _rests(strokes, back, opposite)


def _between(strokes: Strokes, opposite: Strokes) -> list[int | None]:
    """(k - 1) index of the opposite stroke that leads from each stroke to the next, None where none does."""
    found: list[int | None] = []
    for i in range(len(strokes) - 1):
        inside = np.flatnonzero(
            (opposite.bottom >= strokes.top[i] - 10) & (opposite.top <= strokes.bottom[i + 1] + 10)
        )
        found.append(int(inside[np.argmax(opposite.rise[inside])]) if inside.size else None)
    return found


def _order(strokes: Strokes, back: list[int | None], opposite: Strokes, size: int) -> float:
    """Positive where the chain's strokes come first: nothing like a way back before them, but one after."""
    usual = opposite.take([i for i in back if i is not None])
    heard = HEARD_S * GRID_HZ
    first, last = int(strokes.bottom[0]), int(strokes.top[-1])
    before = np.flatnonzero((opposite.top <= first + 10) & (opposite.top > first - NEAR_S * GRID_HZ))
    after = np.flatnonzero((opposite.bottom >= last - 10) & (opposite.bottom < last + NEAR_S * GRID_HZ))
    gaps_before = [
        (strokes.bottom[i + 1] - opposite.top[j]) / GRID_HZ for i, j in enumerate(back) if j is not None
    ]
    gaps_after = [
        (opposite.bottom[j] - strokes.top[i]) / GRID_HZ for i, j in enumerate(back) if j is not None
    ]
    led_in = 0.0
    if first > heard:
        led_in = max(
            (
                _alike(opposite, int(j), usual, (first - opposite.top[j]) / GRID_HZ, gaps_before)
                for j in before
            ),
            default=-SURE,
        )
        if any(opposite.bottom[j] < heard for j in before):
            led_in = max(led_in, 0.0)  # its beginning may be cut off
    led_out = 0.0
    if size - last > heard:
        led_out = max(
            (
                _alike(opposite, int(j), usual, (opposite.bottom[j] - last) / GRID_HZ, gaps_after)
                for j in after
            ),
            default=-SURE if size - last > 3 * GRID_HZ else 0.0,
        )
        if any(opposite.top[j] > size - heard for j in after):
            led_out = max(led_out, 0.0)
    return ORDER_WEIGHT * (led_out - led_in)


def _alike(opposite: Strokes, j: int, usual: Strokes, gap_s: float, gaps_s: list[float]) -> float:
    """Log-likeness (-SURE..SURE) of one way back with the usual ones: range, duration, pause."""
    rise = np.log(opposite.rise[j] / np.median(usual.rise)) / 0.12
    slow = np.log(opposite.duration_s[j] / np.median(usual.duration_s)) / 0.35
    pause = np.log((max(gap_s, 0.0) + 0.4) / (max(float(np.median(gaps_s)), 0.0) + 0.4)) / 0.8
    return float(np.clip(SURE - 0.5 * (rise**2 + slow**2 + pause**2), -SURE, SURE))


def _rests(strokes: Strokes, back: list[int | None], opposite: Strokes) -> float:
    """Positive where long rests (of a cluster set) come before the chain's strokes, negative where after.

    A lifter rests in the pose that the set begins in.
    """
    total = 0.0
    for i, j in enumerate(back):
        if j is not None:
            before = (strokes.bottom[i + 1] - opposite.top[j]) / GRID_HZ
            after = (opposite.bottom[j] - strokes.top[i]) / GRID_HZ
            total += REST_WEIGHT * (float(before > LONG_REST_S) - float(after > LONG_REST_S))
    return float(np.clip(total, -2 * REST_WEIGHT, 2 * REST_WEIGHT))


def _fatigue(strokes: Strokes, usual: Strokes) -> float:
    """Positive where the chain's strokes slow down in the course of the set more than the ways back."""
    if len(strokes) < FATIGUE_FROM or len(usual) < FATIGUE_FROM - 1:
        return 0.0
    slowing = _slowing(strokes) - _slowing(usual)
    return float(np.clip(FATIGUE_WEIGHT * slowing / np.log(2.0), -SURE, SURE))


def _slowing(strokes: Strokes) -> float:
    """Log of how many times longer strokes take at the end of a set than at its beginning (robust line)."""
    pace = np.log(strokes.duration_s / strokes.rise)
    i, j = np.triu_indices(len(strokes), k=1)
    slope = float(np.median((pace[j] - pace[i]) / (j - i)))
    return slope * (len(strokes) - 1)


def _upward(strokes: Strokes, angle_rad: FloatArray, vertical_mps2: FloatArray) -> float:
    """1 where the sensor is pushed upwards while the angle is low, -1 where it is pushed down there."""
    total = 0.0
    for bottom, top in zip(strokes.bottom, strokes.top, strict=True):
        reach = int(0.3 * (top - bottom))
        part = slice(max(int(bottom) - reach, 0), int(top) + reach)
        angle, push = angle_rad[part], vertical_mps2[part]
        if angle.size > 3 and float(np.std(push)) > 0:
            total -= float(np.corrcoef(angle, push)[0, 1])
    return total / max(len(strokes), 1)
