"""Arrival stamps or a device clock in, an even 100 Hz grid out, with every hole marked.

What real links do (measured on a barbell link, 30 recordings): an event every 30 ms with three
messages 4 ms apart, every third message repeats the sample before, and samples are *lost* in holes
of 0.1-0.8 s, not delayed. An index grid is off by 0.13-0.3 s on such a link, raw stamps by 18 ms; so
stamps are kept, repeats dropped, and the samples of one burst spread over the time since the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import median_filter

from hardset.signal.samples import BoolArray, FloatArray, SampleBatch

GRID_HZ = 100.0
HOLE_S = 0.06
"""Distinct samples further apart than this (and than 2.5 usual steps) leave a hole."""
STEADY_SPREAD = 0.2
"""Steps whose spread is under this share of the median step come from a device clock."""
BURST_GAP_SHARE = 0.5
COINCIDENT_SHARE = 0.2
"""Steps under this share of the usual one were never sampled so: the samples came together."""
COARSE_SHARE = 0.002
LATENCY_S = 1.0
LATENCY_SAMPLES = 50
"""The period is taken over so many samples: over few, the packets' delays show in it."""


@dataclass(frozen=True, slots=True)
class EvenSamples:
    """Samples on an even grid of `GRID_HZ`, sensor frame."""

    time_s: FloatArray
    """(n,) grid, on the recording's clock."""
    acceleration_mps2: FloatArray
    """(n, 3) specific force."""
    angular_velocity_radps: FloatArray | None
    """(n, 3), None without a gyroscope."""
    hole_s: FloatArray
    """(n,) length of the hole this grid point lies in, s; 0 where samples are dense."""
    step_s: FloatArray
    """(n,) time between the samples around this grid point, s; 0 where an even clock stamped them."""
    steady: bool
    """True when the stamps come from an even clock."""
    distinct_hz: float
    """Samples per second that really differ, while the link was up."""
    repeated: int
    clipped: int
    holes: tuple[tuple[float, float], ...]
    """(start, end) of holes longer than 0.2 s."""

    def __len__(self) -> int:
        return int(self.time_s.shape[0])


def to_even_grid(samples: SampleBatch) -> EvenSamples:
    """Bring samples with any stamps to an even 100 Hz grid.

    Needs at least two distinct times; raises ValueError otherwise.
    """
    order = np.argsort(samples.time_s, kind="stable")
    time = samples.time_s[order]
    acc = samples.acceleration_mps2[order]
    gyro = None if samples.angular_velocity_radps is None else samples.angular_velocity_radps[order]
    if time.size < 2 or time[-1] - time[0] <= 0:
        raise ValueError("at least two samples at different times are needed")
    everything = acc if gyro is None else np.column_stack([acc, gyro])
    fresh = _fresh(everything)
    steady = _is_steady(time)
    if steady and not _come_together(time).any():
        stamps = time
    else:
        stamps = _without_latency(_spread_bursts(time, fresh)) if fresh.all() else _spread_bursts(time, fresh)
    grid = stamps[0] + np.arange(int((stamps[-1] - stamps[0]) * GRID_HZ) + 1) / GRID_HZ
    even_acc, steps = _resample(stamps, acc, fresh, grid, steady)
    even_gyro = None if gyro is None else _resample(stamps, gyro, fresh, grid, steady)[0]
    hole, long_holes = _holes(steps, grid)
    step = np.zeros(grid.size) if steady else _step_lengths(steps, grid)
    up_s = float(time[-1] - time[0]) - sum(b - a for a, b in long_holes)
    return EvenSamples(
        time_s=grid,
        acceleration_mps2=even_acc,
        angular_velocity_radps=even_gyro,
        hole_s=hole,
        step_s=step,
        steady=steady,
        distinct_hz=float(steps.size - 1) / max(up_s, 1e-3),
        repeated=int(np.count_nonzero(~fresh)),
        clipped=_count_clipped(acc) + (0 if gyro is None else _count_clipped(gyro)),
        holes=long_holes,
    )


def _fresh(values: FloatArray) -> BoolArray:
    """(n,) False where a sample repeats the one before in every channel: a radio repeat.

    A coarse sensor at true standstill repeats too. Its single channels then often stay equal also
    between samples that differ; where they do, repeats are believed and kept.
    """
    same: BoolArray = np.asarray(np.diff(values, axis=0) == 0.0)
    repeat = np.asarray(same.all(axis=1))
    differing = same[~repeat]
    if differing.size and float(differing.mean()) > 0.2:
        return np.ones(values.shape[0], dtype=np.bool_)
    return np.concatenate([[True], ~repeat])


def _is_steady(time: FloatArray) -> bool:
    steps = np.diff(time)
    typical = float(np.median(steps))
    if typical <= 0:
        return False
    spread = float(np.median(np.abs(steps - typical)))
    regular = np.abs(steps - typical) < 0.35 * typical
    return spread < STEADY_SPREAD * typical and float(regular.mean()) > 0.9


def _come_together(time: FloatArray) -> BoolArray:
    """(n-1,) True where a sample lies beside the one before it: also a device's clock may hiccup so."""
    steps = np.diff(time)
    return np.asarray(steps < COINCIDENT_SHARE * float(np.median(steps)))


def _spread_bursts(time: FloatArray, fresh: BoolArray) -> FloatArray:
    """Stamps of arrival -> stamps of sampling: the fresh samples of one burst fill the time since the last.

    The last sample of a burst keeps its stamp; the others lie before it at even steps, as many usual
    sample periods as the burst holds, never before the previous burst's end. So a burst that was held
    up (many samples after a silence) is spread over the silence, and one after a loss is not.
    """
    steps = np.diff(time)
    period = float(np.percentile(steps, 90))
    starts = np.flatnonzero(np.concatenate([[True], steps > BURST_GAP_SHARE * period]))
    if starts.size < 3 or starts.size == time.size:
        return _strictly_rising(time)
    ends = np.concatenate([starts[1:], [time.size]]) - 1
    event_period = float(np.median(np.diff(time[ends])))
    burst = np.cumsum(np.concatenate([[0], (steps > BURST_GAP_SHARE * period).astype(np.int64)]))
    rank = np.cumsum(fresh)
    fresh_count = rank[ends] - np.concatenate([[0], rank[ends[:-1]]])
    since_last = np.concatenate([[np.inf], np.diff(time[ends])])
    usual_count = max(float(np.median(fresh_count[fresh_count > 0])), 1.0)
    width = np.minimum(since_last, fresh_count * event_period / usual_count)
    to_end = rank[ends][burst] - rank
    out = time[ends][burst] - to_end * width[burst] / np.maximum(fresh_count[burst], 1)
    return _strictly_rising(out)


def _without_latency(stamps: FloatArray) -> FloatArray:
    """Stamps of a sensor that samples evenly, without the delays of single packets on their way.

    How late a stamp is shows against the samples' count. The median over a second follows the clock's drift,
    and a loss, which sets all later samples back for good, stays the step that it is.
    """
    apart = min(LATENCY_SAMPLES, stamps.size - 1)
    period = float(np.median(stamps[apart:] - stamps[:-apart])) / apart
    if period <= 0.0:
        return stamps
    count = np.arange(stamps.size)
    late = stamps - period * count
    width = 2 * int(0.5 * LATENCY_S / period) + 1
    return _strictly_rising(period * count + median_filter(late, width, mode="nearest"))


def _strictly_rising(time: FloatArray) -> FloatArray:
    """Equal or slightly falling stamps are pushed apart by 0.1 ms."""
    nudge = 1e-4 * np.arange(time.size)
    return np.asarray(np.maximum.accumulate(time - nudge) + nudge)


def _resample(
    stamps: FloatArray, values: FloatArray, fresh: BoolArray, grid: FloatArray, steady: bool
) -> tuple[FloatArray, FloatArray]:
    """Values (n, 3) on the grid, and the stamps of the samples that carry information."""
    own = fresh & ~_on_straight_line(stamps, values, fresh)
    t, x = stamps[own], values[own]
    if t.size < 4:
        t, x = stamps, values
    t, x = _one_at_a_time(t, x)
    if steady and float(np.median(np.diff(t))) > 0.9 / GRID_HZ and t.size > 3:
        even = np.asarray(CubicSpline(t, x, axis=0)(np.clip(grid, t[0], t[-1])))
        steps = np.diff(t)
        sparse = steps > max(2.5 * float(np.median(steps)), HOLE_S)
        if sparse.any():
            inside = sparse[np.clip(np.searchsorted(t, grid, side="right") - 1, 0, steps.size - 1)]
            even[inside] = _linear(grid[inside], t, x)
        return even, t
    return _linear(grid, t, x), t


def _one_at_a_time(t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Of samples that still lie beside each other their mean: a spline through both would blow up."""
    steps = np.diff(t)
    usual = float(np.median(steps)) if steps.size else 0.0
    group = np.concatenate([[0], np.cumsum(steps >= max(COINCIDENT_SHARE * usual, 1e-9))])
    if group[-1] + 1 == t.size:
        return t, x
    size = np.bincount(group)
    means = [np.bincount(group, weights=column) / size for column in (t, *x.T)]
    return means[0], np.column_stack(means[1:])


def _linear(grid: FloatArray, t: FloatArray, x: FloatArray) -> FloatArray:
    return np.column_stack([np.interp(grid, t, x[:, i]) for i in range(x.shape[1])])


def _on_straight_line(time: FloatArray, values: FloatArray, fresh: BoolArray) -> BoolArray:
    """(n,) True where a sample was made up by linear interpolation: no second difference in any channel."""
    made_up = np.zeros(values.shape[0], dtype=np.bool_)
    index = np.flatnonzero(fresh)
    if index.size < 5:
        return made_up
    t, x = time[index], values[index]
    before, after = np.diff(t)[:-1, None], np.diff(t)[1:, None]
    expected = (x[:-2] * after + x[2:] * before) / np.maximum(before + after, 1e-9)
    scale = np.maximum(np.abs(x).max(axis=0), 1e-9)
    straight = (np.abs(x[1:-1] - expected) <= 2e-5 * scale + 1e-12).all(axis=1)
    moving: BoolArray = np.any(np.diff(x, axis=0) != 0, axis=1)
    made_up[index[1:-1]] = straight & moving[1:]
    return made_up


def _holes(stamps: FloatArray, grid: FloatArray) -> tuple[FloatArray, tuple[tuple[float, float], ...]]:
    steps = np.diff(stamps)
    usual = float(np.median(steps)) if steps.size else 0.0
    limit = max(HOLE_S, 2.5 * usual)
    length = _step_lengths(stamps, grid)
    hole = np.where(length > limit, length, 0.0)
    long = np.flatnonzero(steps > max(0.2, limit))
    return hole, tuple((float(stamps[i]), float(stamps[i + 1])) for i in long)


def _step_lengths(stamps: FloatArray, grid: FloatArray) -> FloatArray:
    """(n,) the step between two stamps in which each point of the grid lies, s."""
    steps = np.diff(stamps)
    if not steps.size:
        return np.zeros(grid.size)
    return np.asarray(steps[np.clip(np.searchsorted(stamps, grid, side="right") - 1, 0, steps.size - 1)])


def _count_clipped(values: FloatArray) -> int:
    """Samples at a channel's extreme four or more times in a row: the range was too small.

    A coarse sensor at rest stays at any of its values as long as that, not only at the extremes.
    """
    clipped = np.zeros(values.shape[0], dtype=np.bool_)
    for axis in range(values.shape[1]):
        column = values[:, axis]
        stays = np.zeros(column.size, dtype=np.bool_)
        stays[3:] = (np.diff(column)[2:] == 0) & (np.diff(column)[1:-1] == 0) & (np.diff(column)[:-2] == 0)
        at_end = (column == column.max()) | (column == column.min())
        if np.count_nonzero(stays & ~at_end) <= COARSE_SHARE * column.size:
            run = np.flatnonzero(stays & at_end)
            clipped[(run[:, None] - np.arange(4)).ravel()] = True
    return int(np.count_nonzero(clipped))
