"""Upward strokes of a track (height or segment angle): the raw material of repetitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.edges import SLOW_MPS, trim
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

MAX_DIPS = 2
"""A grinder may sink a little on its way up: so many dips may lie inside one stroke."""
MAX_DIP_SHARE = 0.25
"""... and together they may sink by this share of its rise."""

HOLD_S = 0.3


@dataclass(frozen=True, slots=True)
class StrokeLimits:
    """What a stroke must be like to be considered at all, in the track's unit (m or rad)."""

    min_turn: float
    """Smaller reversals are no turning points."""
    min_rise: float
    max_rise: float
    min_s: float = 0.2
    max_s: float = 8.0
    slow: float = SLOW_MPS
    """Under this speed nothing moves."""
    lull: float = 0.0
    """A rise may end or begin where speed falls under this share of what it reaches on either side."""


HEIGHT_LIMITS = StrokeLimits(min_turn=0.025, min_rise=0.045, max_rise=1.4)
ANGLE_LIMITS = StrokeLimits(min_turn=0.05, min_rise=0.10, max_rise=3.0, slow=0.06)


@dataclass(frozen=True, slots=True)
class Strokes:
    """k candidate strokes, sorted by their top."""

    bottom: NDArray[np.int64]
    top: NDArray[np.int64]
    rise: FloatArray
    duration_s: FloatArray
    dip: FloatArray
    """How far the track sank on the way up."""

    def __len__(self) -> int:
        return int(self.bottom.size)

    def take(self, which: NDArray[np.int64] | list[int]) -> Strokes:
        """Some of them."""
        return Strokes(
            self.bottom[which], self.top[which], self.rise[which], self.duration_s[which], self.dip[which]
        )


def turning_points(track: FloatArray, min_turn: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Grid indices of alternating extremes at least min_turn apart, and their kind (+1 top, -1 bottom)."""
    slope = np.sign(np.diff(track))
    slope[slope == 0] = 1
    corners = np.concatenate([[0], np.flatnonzero(slope[1:] != slope[:-1]) + 1, [track.size - 1]])
    values = track[corners]
    index: list[int] = []
    kind: list[int] = []
    trend, highest, lowest = 0, 0, 0
    for i, value in enumerate(values):
        if trend >= 0 and value > values[highest]:
            highest = i
        if trend <= 0 and value < values[lowest]:
            lowest = i
        if trend >= 0 and values[highest] - value > min_turn:
            index.append(highest)
            kind.append(1)
            trend, lowest = -1, i
        elif trend <= 0 and value - values[lowest] > min_turn:
            index.append(lowest)
            kind.append(-1)
            trend, highest = 1, i
    if trend != 0:
        index.append(highest if trend > 0 else lowest)
        kind.append(trend)
    return corners[np.array(index, dtype=np.int64)], np.array(kind, dtype=np.int64)


def candidate_strokes(
    track: FloatArray, velocity: FloatArray, limits: StrokeLimits
) -> tuple[Strokes, NDArray[np.int64]]:
    """Every upward stroke of a track (n,) within the limits, trimmed to its movement, and the turning points.

    A stroke runs from one turning point to another, or from or to a hold on the way: a bar picked up
    from the floor to the hang and rowed from there rises twice, with a rest between.
    """
    points, kind = turning_points(track, limits.min_turn)
    holds = _holds(velocity, limits.slow)
    spans: set[tuple[int, int]] = set()
    for start in np.flatnonzero(kind == -1):
        bottom = int(points[start])
        if start + 1 < points.size:
            inside = holds[(holds > bottom) & (holds < points[start + 1])]
            if limits.lull > 0:
                inside = np.union1d(inside, lulls(velocity, bottom, int(points[start + 1]), limits.lull))
            stops = [bottom, *(int(h) for h in inside), int(points[start + 1])]
            spans.update((a, b) for i, a in enumerate(stops) for b in stops[i + 1 : i + 5])
        spans.update(
            (bottom, int(points[end]))
            for end in range(start + 3, start + 2 * MAX_DIPS + 2, 2)
            if end < points.size
        )
    order = [(a, b) for a, b in sorted(spans) if np.ptp(track[a : b + 1]) >= limits.min_rise]
    first = np.array([a for a, _ in order], dtype=np.int64)
    last = np.array([b for _, b in order], dtype=np.int64)
    begin, end = trim(velocity, first, last, limits.slow)
    bottom_at, top_at = np.round(begin).astype(np.int64), np.round(end).astype(np.int64)
    table = np.unique(np.column_stack([top_at, bottom_at]), axis=0)
    top_at, bottom_at = table[:, 0], table[:, 1]
    rise = track[top_at] - track[bottom_at]
    dip = np.array([_dip(track[b : t + 1]) for b, t in zip(bottom_at, top_at, strict=True)])
    duration = (top_at - bottom_at) / GRID_HZ
    fits = (
        (rise >= limits.min_rise)
        & (rise <= limits.max_rise)
        & (duration >= limits.min_s)
        & (duration <= limits.max_s)
        & (dip <= MAX_DIP_SHARE * rise)
    )
    return Strokes(bottom_at, top_at, rise, duration, dip).take(np.flatnonzero(fits)), points


def _holds(velocity: FloatArray, slow: float) -> NDArray[np.int64]:
    """Middle of each stretch of at least `HOLD_S` in which nothing moves."""
    still = np.abs(velocity) < slow
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(np.int8), [0]]))).reshape(-1, 2)
    long = edges[:, 1] - edges[:, 0] >= HOLD_S * GRID_HZ
    return np.asarray(edges[long].mean(axis=1).astype(np.int64)) if long.any() else np.zeros(0, np.int64)


def lulls(velocity: FloatArray, bottom: int, top: int, share: float) -> NDArray[np.int64]:
    """Grid indices between two turning points where speed is least, under a share of both sides' highest."""
    inside = velocity[bottom : top + 1]
    least = 1 + np.flatnonzero((inside[1:-1] <= inside[:-2]) & (inside[1:-1] < inside[2:]))
    before, after = np.maximum.accumulate(inside), np.maximum.accumulate(inside[::-1])[::-1]
    deep = inside[least] < share * np.minimum(before[least], after[least])
    return np.asarray(bottom + least[deep], dtype=np.int64)


def _dip(rise: FloatArray) -> float:
    """The furthest that a rising track falls back below its own highest point so far."""
    return float(np.max(np.maximum.accumulate(rise) - rise)) if rise.size else 0.0
