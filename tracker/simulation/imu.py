"""A cheap MEMS IMU: mounting, bias, scale, noise, range, word length, filter and clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt, sosfilt_zi

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.tracker.simulation.program import RATE_HZ
from hardset.tracker.simulation.trajectory import IdealSignals


@dataclass(frozen=True, slots=True)
class ImuPlan:
    """One sensor as it is mounted and as badly as it measures."""

    rate_hz: float = 100.0
    clock_skew_ppm: float = 60.0
    """How much faster the device's clock runs than true time."""
    acc_range_g: float = 16.0
    gyro_range_dps: float = 2000.0
    acc_noise_g: float = 0.004
    gyro_noise_dps: float = 0.1
    acc_bias_g: float = 0.02
    """Standard deviation of each axis's constant bias (drawn; ±0.05 g is two and a half of these)."""
    acc_scale_sd: float = 0.008
    gyro_bias_dps: float = 0.7
    gyro_drift_dps: float = 0.02
    """Random walk of the gyro bias per square root of a second."""
    lever_m: float = 0.03
    """Distance of the sensor from the bar's axis or the segment's middle line."""
    with_gyro: bool = True


@dataclass(frozen=True, slots=True)
class Sampled:
    """Samples with the true times at which they were taken (s), before any radio."""

    true_time_s: FloatArray
    batch: SampleBatch
    """Stamped by the device's own clock from 0."""


def random_rotation(rng: np.random.Generator) -> FloatArray:
    """(3, 3) a rotation drawn evenly from all rotations."""
    q, r = np.linalg.qr(rng.normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    if np.linalg.det(q) < 0:
        q[:, 0] = -q[:, 0]
    return np.asarray(q, dtype=np.float64)


def sample(
    ideal: IdealSignals, start_s: float, end_s: float, plan: ImuPlan, rng: np.random.Generator
) -> Sampled:
    """What the sensor reads between two true times, on its own clock and with its own errors."""
    period_s = 1.0 / (plan.rate_hz * (1.0 + plan.clock_skew_ppm * 1e-6))
    first = start_s + rng.uniform(0, period_s)
    times = np.arange(first, end_s, period_s)
    mount = random_rotation(rng)
    acc = _through_filter(ideal.specific_force_mps2, times, plan.rate_hz) @ mount
    acc = _acc_errors(acc, plan, rng)
    gyro = None
    if plan.with_gyro:
        gyro = _through_filter(ideal.angular_velocity_radps, times, plan.rate_hz) @ mount
        gyro = _gyro_errors(gyro, plan, period_s, rng)
    stamps = np.arange(times.shape[0]) / plan.rate_hz
    return Sampled(times, SampleBatch(stamps, acc, gyro))


def _through_filter(signal: FloatArray, times: FloatArray, rate_hz: float) -> FloatArray:
    """Anti-alias low-pass (causal, as in the chip: it delays by about 0.5/rate) and sampling."""
    cutoff = min(0.42 * rate_hz, 0.4 * RATE_HZ)
    sos = butter(2, cutoff, fs=RATE_HZ, output="sos")
    zi = sosfilt_zi(sos)[:, :, None] * signal[0]
    filtered, _ = sosfilt(sos, signal, axis=0, zi=zi)
    grid = times * RATE_HZ
    index = np.clip(grid.astype(int), 0, signal.shape[0] - 2)
    part = (grid - index)[:, None]
    return np.asarray(filtered[index] * (1 - part) + filtered[index + 1] * part)


def _acc_errors(acc: FloatArray, plan: ImuPlan, rng: np.random.Generator) -> FloatArray:
    g = STANDARD_GRAVITY_MPS2
    scale = np.eye(3) * (1 + rng.normal(0, plan.acc_scale_sd, 3)) + rng.normal(0, 0.003, (3, 3))
    bias = np.clip(rng.normal(0, plan.acc_bias_g, 3), -2.5 * plan.acc_bias_g, 2.5 * plan.acc_bias_g)
    read = acc @ scale / g + bias + rng.normal(0, plan.acc_noise_g, acc.shape)
    return quantise(read, plan.acc_range_g) * g


def _gyro_errors(gyro: FloatArray, plan: ImuPlan, period_s: float, rng: np.random.Generator) -> FloatArray:
    scale = np.eye(3) * (1 + rng.normal(0, 0.008, 3)) + rng.normal(0, 0.004, (3, 3))
    walk = np.cumsum(rng.normal(0, plan.gyro_drift_dps * np.sqrt(period_s), gyro.shape), axis=0)
    bias = rng.normal(0, plan.gyro_bias_dps, 3) + walk
    read = np.degrees(gyro) @ scale + bias + rng.normal(0, plan.gyro_noise_dps, gyro.shape)
    return np.radians(quantise(read, plan.gyro_range_dps))


def quantise(values: FloatArray, full_scale: float) -> FloatArray:
    """Clip to ± full scale and round to a 16-bit word."""
    step = full_scale / 32768
    return np.asarray(np.clip(np.round(values / step), -32768, 32767) * step)
