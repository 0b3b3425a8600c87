"""Which strokes belong together as the repetitions of one set: dynamic programming over candidates.

A set is a chain of strokes that are alike in rise and duration, that come back down about as far as
they rose, at a steady rhythm. Each stroke brings a gain and pays for what it differs from the
template; each step from one to the next pays for a return that does not match, for movement that
nothing explains and for a break in rhythm. How much a difference costs depends on how certain the
rise is: in the holes of a bad radio little is known, and little is demanded. All templates are
tried at once. The prototype behind this found 28 of 30 sets with over 6 % of the time in holes, where
a smoother with thresholds found 19.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

MAX_REST_S = 30.0
"""A longer pause begins a new set."""
BRIDGED_S = 0.3
"""What the track does inside a longer hole is no observation: velocity is uncertain by 0.65 m/s there."""


@dataclass(frozen=True, slots=True)
class ChainRules:
    """How alike strokes must be. Spreads are of logarithms: 0.22 is a fifth."""

    gain: float = 3.0
    rise_spread: float = 0.22
    faster_spread: float = 0.4
    slower_spread: float = 0.8
    """Fatigue stretches the concentric phase of the last reps to two or three times the first."""
    return_spread: float = 0.25
    rhythm_spread: float = 0.8
    movement_cost: float = 1.5
    """For each rise's worth of movement that belongs to no rep."""
    break_cost: float = 5.0
    """The most that a pause may cost, whatever happens in it (cluster sets re-rack)."""
    dip_cost: float = 3.0
    hidden_cost: float = 2.0
    """A rep that must have happened inside a hole of the radio costs this much of its gain."""
    height_rise_m: tuple[float, float] = (0.0, np.inf)
    """What a rep may rise by: only where so few strokes are enough that likeness cannot tell."""


@dataclass(frozen=True, slots=True)
class Template:
    """What the reps of a set have in common: rise (track's unit), duration and pause between, s."""

    rise: float
    duration_s: float
    pause_s: float


@dataclass(frozen=True, slots=True)
class Chain:
    """The strokes of one set."""

    strokes: Strokes
    score: float
    template: Template
    hidden_after: tuple[int, ...]
    """Positions in the chain after which one more rep hides in a hole of the radio."""
    first_worth: float
    last_worth: float
    """What the score would lose without the first or the last stroke."""

    def __len__(self) -> int:
        return len(self.strokes)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies between strokes, as running sums over the grid, so that any stretch is a difference."""

    track: FloatArray
    """(n,) height or angle."""
    travel: FloatArray
    """(n,) distance covered so far, both ways, as far as it was seen."""
    hole_s: FloatArray
    """(n,) time spent in holes so far."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """All steps (s) from one stroke to another, sorted by the stroke that they lead to."""

    before: NDArray[np.int64]
    """(s,) the stroke that a step starts from."""
    first: NDArray[np.int64]
    """(k + 1,) the first step to each stroke, and where the last one's end."""
    cost: FloatArray
    """(m, s)"""
    hidden: NDArray[np.bool_]
    """(m, s) whether a rep hides in a hole between the two."""


def surroundings(track: FloatArray, points: NDArray[np.int64], hole_s: FloatArray) -> Surroundings:
    """Running sums over a track (n,), its turning points and the hole each grid point lies in (n,)."""
    way = np.zeros(track.size)
    for start, end in pairwise(points.tolist()):
        part = track[start : end + 1]
        reached = np.maximum.accumulate(part) if part[-1] > part[0] else np.minimum.accumulate(part)
        way[start + 1 : end + 1] = np.abs(np.diff(reached))
    way[hole_s > BRIDGED_S] = 0.0
    return Surroundings(track, np.cumsum(way), np.cumsum(hole_s > 0) / GRID_HZ)


def best_chain(
    strokes: Strokes,
    around: Surroundings,
    rise_sd: FloatArray,
    rules: ChainRules,
    templates: list[Template] | None = None,
) -> Chain | None:
    """The chain with the highest score over all templates; None without strokes.

    rise_sd: (k,) standard deviation of each stroke's rise from drift and holes, track's unit.
    """
    if len(strokes) == 0:
        return None
    if templates is None:
        templates = _templates(strokes)
    chain = _search(strokes, around, rise_sd, rules, templates)
    for _ in range(2):
        again = _search(strokes, around, rise_sd, rules, [_common(chain.strokes)])
        if np.array_equal(again.strokes.top, chain.strokes.top):
            return again
        chain = again
    return chain


def _templates(strokes: Strokes) -> list[Template]:
    """Distinct kinds of stroke, each with the usual pause to the next of its kind."""
    kinds: list[Template] = []
    log_rise, log_s = np.log(strokes.rise), np.log(strokes.duration_s)
    for i in range(len(strokes)):
        alike = (np.abs(log_rise - log_rise[i]) < 0.35) & (np.abs(log_s - log_s[i]) < 0.6)
        group = strokes.take(np.flatnonzero(alike))
        new = Template(strokes.rise[i], strokes.duration_s[i], _usual_pause(group))
        if not any(
            abs(np.log(new.rise / k.rise)) < 0.1
            and abs(np.log(new.duration_s / k.duration_s)) < 0.15
            and abs(np.log(new.pause_s / k.pause_s)) < 0.3
            for k in kinds
        ):
            kinds.append(new)
    return kinds


def _usual_pause(strokes: Strokes) -> float:
    pauses = (strokes.bottom[1:] - strokes.top[:-1]) / GRID_HZ
    pauses = pauses[pauses > 0.1]
    return float(np.clip(np.median(pauses), 0.3, 20.0)) if pauses.size else 1.5


def _common(strokes: Strokes) -> Template:
    return Template(
        float(np.median(strokes.rise)), float(np.median(strokes.duration_s)), _usual_pause(strokes)
    )


def _search(
    strokes: Strokes, around: Surroundings, rise_sd: FloatArray, rules: ChainRules, templates: list[Template]
) -> Chain:
    """Dynamic programming for all templates (m) at once over all strokes (k)."""
    rise = np.array([[t.rise] for t in templates])
    duration = np.array([[t.duration_s] for t in templates])
    pause = np.array([[t.pause_s] for t in templates])
    slow = _slow_cost(strokes, rules, duration)
    own = _own_score(strokes, rise_sd, rules, rise, duration) - slow
    m, k = own.shape
    steps = _steps(strokes, around, rise_sd, rules, (rise, duration, pause), slow)
    best = np.where(own > -2.0 * rules.gain, own, -np.inf)
    previous = np.full((m, k), -1, dtype=np.int64)
    hides = np.zeros((m, k), dtype=np.bool_)
    rows = np.arange(m)
    for j in range(k):
        here = slice(steps.first[j], steps.first[j + 1])
        before = steps.before[here]
        if before.size == 0:
            continue
        total = best[:, before] - steps.cost[:, here]
        choice = total.argmax(axis=1)
        score = total[rows, choice] + own[:, j]
        better = score > best[:, j]
        best[better, j] = score[better]
        previous[better, j] = before[choice[better]]
        hides[better, j] = steps.hidden[better, steps.first[j] + choice[better]]
    winner, last = np.unravel_index(int(np.argmax(best)), best.shape)
    path: list[int] = []
    at = int(last)
    while at >= 0:
        path.append(at)
        at = int(previous[winner, at])
    path.reverse()
    score = best[winner, path]
    first_worth = float(score[1] - own[winner, path[1]]) if len(path) > 1 else float(score[0])
    last_worth = float(score[-1] - score[-2]) if len(path) > 1 else float(score[0])
    return Chain(
        strokes=strokes.take(path),
        score=float(score[-1]),
        template=templates[winner],
        hidden_after=tuple(i for i, at in enumerate(path[1:]) if hides[winner, at]),
        first_worth=first_worth,
        last_worth=last_worth,
    )


def _own_score(
    strokes: Strokes, rise_sd: FloatArray, rules: ChainRules, rise: FloatArray, duration: FloatArray
) -> FloatArray:
    """(m, k) gain of each stroke under each template."""
    blur = np.hypot(rules.rise_spread, rise_sd / rise)
    unlike = 0.5 * (np.log(strokes.rise / rise) / blur) ** 2 + np.log(blur / rules.rise_spread)
    hurry = np.log(np.maximum(duration / strokes.duration_s, 1.0)) / rules.faster_spread
    return np.asarray(rules.gain - unlike - 0.5 * hurry**2 - rules.dip_cost * strokes.dip / rise)


def _slow_cost(strokes: Strokes, rules: ChainRules, duration: FloatArray) -> FloatArray:
    """(m, k) what each stroke pays for being slower than each template."""
    stretch = np.log(np.maximum(strokes.duration_s / duration, 1.0)) / rules.slower_spread
    return np.asarray(0.5 * stretch**2)


def _steps(
    strokes: Strokes,
    around: Surroundings,
    rise_sd: FloatArray,
    rules: ChainRules,
    template: tuple[FloatArray, FloatArray, FloatArray],
    slow: FloatArray,
) -> _Steps:
    """Every step that a chain may take, with its cost under each template (rise, duration, pause: (m, 1))."""
    apart = strokes.bottom - strokes.top[:, None]
    after, before = np.nonzero(((apart > 0) & (apart < MAX_REST_S * GRID_HZ)).T)
    cost, hidden = _step_cost(strokes, around, rise_sd, rules, template, before, after)
    spared = _tired(strokes, rules, template[1], slow, before, after)
    first = np.searchsorted(after, np.arange(len(strokes) + 1))
    return _Steps(before, first, cost - spared, hidden)


def _tired(
    strokes: Strokes,
    rules: ChainRules,
    duration: FloatArray,
    slow: FloatArray,
    before: NDArray[np.int64],
    after: NDArray[np.int64],
) -> FloatArray:
    """(m, s) how much of its price for being slow a stroke is spared, for the stroke before was slow as well.

    Fatigue adds up: the last reps take up to five times as long as the first, but hardly twice as
    long as the one before.
    """
    last = np.maximum(strokes.duration_s[before], duration)
    stretch = np.log(np.maximum(strokes.duration_s[after] / last, 1.0)) / rules.slower_spread
    return np.asarray(np.maximum(slow[:, after] - 0.5 * stretch**2, 0.0))


def _step_cost(
    strokes: Strokes,
    around: Surroundings,
    rise_sd: FloatArray,
    rules: ChainRules,
    template: tuple[FloatArray, FloatArray, FloatArray],
    before: NDArray[np.int64],
    after: NDArray[np.int64],
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """(m, s) cost of strokes `after` following strokes `before`, and whether a rep hides between them."""
    rise, duration, pause = template
    top, bottom = strokes.top[before], strokes.bottom[after]
    back = around.track[top] - around.track[bottom]
    blur = np.hypot(rules.return_spread, np.hypot(rise_sd[before], rise_sd[after]) / rise)
    mismatch = 0.5 * (np.log(np.maximum(back, 0.02 * rise) / rise) / blur) ** 2
    travel = around.travel[bottom] - around.travel[top]
    unexplained = rules.movement_cost * np.maximum(travel - np.abs(back), 0.0) / rise
    gap_s = (bottom - top) / GRID_HZ
    rhythm = 0.5 * (np.log(np.maximum(gap_s, 0.1) / pause) / rules.rhythm_spread) ** 2
    plain = mismatch + np.minimum(unexplained + rhythm, rules.break_cost)
    in_holes = around.hole_s[bottom] - around.hole_s[top]
    double = (
        0.5 * (np.log(np.maximum(gap_s, 0.1) / (2 * pause + duration)) / (0.25 * rules.rhythm_spread)) ** 2
    )
    # a whole concentric phase must fit into what was not seen
    lost = np.broadcast_to(in_holes >= np.maximum(0.7 * duration, 0.2 * gap_s), double.shape)
    through = np.where(lost, mismatch + double + rules.hidden_cost - rules.gain, np.inf)
    hidden = through < plain
    return np.where(hidden, through, plain), np.asarray(hidden)
