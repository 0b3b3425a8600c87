"""Two textbook rep counters, to know what the effort of this project is worth.

(a) low-pass the magnitude of acceleration at 0.4 Hz and count its maxima, as most tutorials do;
(b) attitude filter, vertical acceleration integrated under a 0.12 Hz high-pass, strokes over 0.18 m
    counted: the usual way to get a velocity as well.
"""

from __future__ import annotations

import itertools

import numpy as np
from scipy.signal import butter, find_peaks, sosfiltfilt
from vqf import offlineVQF

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.tracker.benchmark.counters import FoundRep
from hardset.tracker.labels import LabelledRecording

RATE_HZ = 50.0
LOW_PASS_HZ = 0.4
HIGH_PASS_HZ = 0.12
MIN_STROKE_M = 0.18
MIN_MAXIMUM_MPS2 = 0.15
"""Smaller maxima of the low-passed magnitude are breathing and noise."""


def count_maxima(samples: SampleBatch, _label: LabelledRecording) -> tuple[FoundRep, ...]:
    """Peer (a): maxima of the low-passed |acceleration|. It measures no velocity."""
    time_s, acceleration, _ = _even(samples)
    if len(time_s) < 3 * RATE_HZ:
        return ()
    magnitude = np.linalg.norm(acceleration, axis=1)
    smooth = sosfiltfilt(butter(4, LOW_PASS_HZ, fs=RATE_HZ, output="sos"), magnitude - magnitude.mean())
    peaks, _ = find_peaks(smooth, prominence=MIN_MAXIMUM_MPS2)
    half_s = 0.25 / LOW_PASS_HZ
    return tuple(FoundRep(float(time_s[i]) - half_s, float(time_s[i]) + half_s) for i in peaks)


def integrate_strokes(samples: SampleBatch, _label: LabelledRecording) -> tuple[FoundRep, ...]:
    """Peer (b): upward strokes of the integrated vertical acceleration."""
    time_s, acceleration, gyro = _even(samples)
    if len(time_s) < 3 * RATE_HZ:
        return ()
    vertical = _vertical(acceleration, gyro)
    high_pass = butter(1, HIGH_PASS_HZ, btype="highpass", fs=RATE_HZ, output="sos")
    velocity = sosfiltfilt(high_pass, np.cumsum(vertical - vertical.mean()) / RATE_HZ)
    height = np.cumsum(velocity) / RATE_HZ
    up = velocity > 0
    edges = np.flatnonzero(np.diff(up.astype(np.int8)))
    found = []
    for start, end in itertools.pairwise(edges):
        rise_m = float(height[end] - height[start])
        if rise_m < MIN_STROKE_M:
            continue
        begin_s, end_s = float(time_s[start + 1]), float(time_s[end])
        peak = float(velocity[start : end + 1].max())
        found.append(FoundRep(begin_s, end_s, rise_m / max(end_s - begin_s, 0.02), None, peak, rise_m))
    return tuple(found)


def _vertical(acceleration: FloatArray, gyro: FloatArray | None) -> FloatArray:
    """Vertical acceleration without gravity, m/s²; |a| - g where there is no gyroscope."""
    if gyro is None:
        return np.asarray(np.linalg.norm(acceleration, axis=1) - STANDARD_GRAVITY_MPS2)
    attitude = offlineVQF(
        np.ascontiguousarray(gyro), np.ascontiguousarray(acceleration), None, 1.0 / RATE_HZ
    )["quat6D"]
    w, x, y, z = attitude.T
    ax, ay, az = acceleration.T
    up = 2 * (x * z - w * y) * ax + 2 * (y * z + w * x) * ay + (1 - 2 * (x * x + y * y)) * az
    return np.asarray(up - STANDARD_GRAVITY_MPS2)


def _even(samples: SampleBatch) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    """Linear interpolation to 50 Hz; of samples with one stamp the first counts."""
    stamps, first = np.unique(samples.time_s, return_index=True)
    time_s = np.arange(stamps[0], stamps[-1], 1.0 / RATE_HZ)

    def at(values: FloatArray) -> FloatArray:
        return np.column_stack([np.interp(time_s, stamps, values[first, axis]) for axis in range(3)])

    gyro = samples.angular_velocity_radps
    return time_s, at(samples.acceleration_mps2), None if gyro is None else at(gyro)


PEERS = {"maxima of |acc|": count_maxima, "vqf + integration": integrate_strokes}
"""Name in the table and counter."""
