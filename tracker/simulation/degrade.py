"""Worse radios, other mountings, shorter recordings: made from any batch, simulated or real.

Each function takes a batch and gives a new one; stamps keep their origin, so a truth or a label
made for the batch stays valid (a cut may take repetitions away, of course).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import BoolArray, FloatArray, SampleBatch
from hardset.tracker.simulation.imu import random_rotation
from hardset.tracker.simulation.radio import RadioPlan, bursts


def keep(batch: SampleBatch, mask: BoolArray) -> SampleBatch:
    """The samples where mask (n,) is true."""
    gyro = batch.angular_velocity_radps
    return SampleBatch(
        batch.time_s[mask], batch.acceleration_mps2[mask], None if gyro is None else gyro[mask]
    )


def lose_in_holes(
    batch: SampleBatch,
    rng: np.random.Generator,
    fraction: float,
    hole_s: tuple[float, float] = (0.1, 0.8),
) -> SampleBatch:
    """Lose about `fraction` (0..0.9) of the time in holes of random length: gone, not late."""
    lost = np.zeros(len(batch), dtype=np.bool_)
    if len(batch) < 2 or fraction <= 0:
        return batch
    start, end = float(batch.time_s[0]), float(batch.time_s[-1])
    wanted = min(fraction, 0.9) * (end - start)
    taken = np.zeros(int((end - start) * 1000) + 1, dtype=np.bool_)
    while taken.sum() / 1000 < wanted:
        # Short holes are commoner than long ones: lengths even on a log scale.
        length = float(np.exp(rng.uniform(np.log(hole_s[0]), np.log(hole_s[1]))))
        begin = float(rng.uniform(start, end))
        taken[int((begin - start) * 1000) : int((begin + length - start) * 1000)] = True
        lost |= (batch.time_s >= begin) & (batch.time_s < begin + length)
    return keep(batch, ~lost)


def thin(batch: SampleBatch, distinct_hz: float) -> SampleBatch:
    """Keep about `distinct_hz` distinct samples a second: the rest never arrived."""
    if len(batch) == 0:
        return batch
    mask = np.zeros(len(batch), dtype=np.bool_)
    next_s = float(batch.time_s[0])
    for index, stamp in enumerate(batch.time_s):
        if stamp >= next_s - 1e-9:
            mask[index] = True
            next_s = max(next_s + 1.0 / distinct_hz, float(stamp) + 0.3 / distinct_hz)
    return keep(batch, mask)


def resample_rate(batch: SampleBatch, hz: float) -> SampleBatch:
    """The same signal from a sensor of another rate, on an even grid (straight lines between samples).

    Going down, each new sample is the mean over its own period first, so that nothing aliases.
    """
    stamps, acc, gyro = _distinct_stamps(batch)
    if stamps.shape[0] < 2:
        return batch
    grid = np.arange(stamps[0], stamps[-1], 1.0 / hz)
    old_hz = (stamps.shape[0] - 1) / (stamps[-1] - stamps[0])

    def onto(values: FloatArray) -> FloatArray:
        width = 1.0 / hz if hz < old_hz else 0.0
        if width == 0.0:
            return np.column_stack([np.interp(grid, stamps, column) for column in values.T])
        area = np.vstack(
            (np.zeros(3), np.cumsum(np.diff(stamps)[:, None] * 0.5 * (values[1:] + values[:-1]), axis=0))
        )
        begin = np.clip(grid - width / 2, stamps[0], stamps[-1])
        stop = np.clip(grid + width / 2, stamps[0], stamps[-1])
        columns = [
            (np.interp(stop, stamps, c) - np.interp(begin, stamps, c)) / (stop - begin) for c in area.T
        ]
        return np.column_stack(columns)

    return SampleBatch(grid, onto(acc), None if gyro is None else onto(gyro))


def _distinct_stamps(batch: SampleBatch) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    first = np.diff(batch.time_s, prepend=-np.inf) > 0
    kept = keep(batch, first)
    return kept.time_s, kept.acceleration_mps2, kept.angular_velocity_radps


def jitter_bursts(batch: SampleBatch, rng: np.random.Generator, plan: RadioPlan | None = None) -> SampleBatch:
    """Send the batch over the burst radio: three messages every 30 ms, repeats, holes."""
    return bursts(batch, plan or RadioPlan("burst"), rng)


def hide_holes(batch: SampleBatch, hz: float) -> SampleBatch:
    """What some loggers write: an even grid with straight lines where samples are missing."""
    stamps, acc, gyro = _distinct_stamps(batch)
    if stamps.shape[0] < 2:
        return batch
    grid = np.arange(stamps[0], stamps[-1], 1.0 / hz)

    def onto(values: FloatArray) -> FloatArray:
        return np.column_stack([np.interp(grid, stamps, column) for column in values.T])

    return SampleBatch(grid, onto(acc), None if gyro is None else onto(gyro))


def remount(batch: SampleBatch, rng: np.random.Generator) -> SampleBatch:
    """The same sensor strapped on another way round."""
    turn = random_rotation(rng)
    gyro = batch.angular_velocity_radps
    return SampleBatch(batch.time_s, batch.acceleration_mps2 @ turn, None if gyro is None else gyro @ turn)


def scale_accelerometer(batch: SampleBatch, factor: float) -> SampleBatch:
    """A sensor whose g is `factor` g."""
    return SampleBatch(batch.time_s, batch.acceleration_mps2 * factor, batch.angular_velocity_radps)


def cut_start(batch: SampleBatch, seconds: float) -> SampleBatch:
    """Without its first seconds; the stamps of the rest stay as they are."""
    if len(batch) == 0:
        return batch
    return keep(batch, batch.time_s >= batch.time_s[0] + seconds)


def cut_end_in_mid_rep(
    batch: SampleBatch, concentric_start_s: float, concentric_end_s: float, share: float = 0.5
) -> SampleBatch:
    """Ends at `share` of a concentric phase (from the truth, on the batch's clock): that rep is gone."""
    return keep(batch, batch.time_s <= concentric_start_s + share * (concentric_end_s - concentric_start_s))


def without_gyro(batch: SampleBatch) -> SampleBatch:
    """An accelerometer only."""
    return SampleBatch(batch.time_s, batch.acceleration_mps2, None)
