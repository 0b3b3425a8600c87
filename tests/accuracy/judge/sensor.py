"""A cheap MEMS sensor fixed to the bar: errors, filter, sampling, word length.

Sizes after the data sheets of consumer parts (MPU-6050, BMI160/270, LSM6DS3, ICM-20948).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from body import Motion
from numpy.random import Generator
from scipy.signal import butter, sosfilt
from scipy.spatial.transform import Rotation
from track import GRAVITY_MPS2, RATE_HZ, FloatArray


@dataclass(frozen=True, slots=True)
class SensorPlan:
    """Errors of one specimen."""

    bandwidth_hz: float
    acc_range_g: float
    acc_bias_mps2: float
    acc_scale: float
    acc_noise_mps2_rthz: float
    gyro_bias_dps: float
    gyro_scale: float
    gyro_noise_dps_rthz: float


def draw_sensor(rng: Generator, rate_hz: float) -> SensorPlan:
    """A specimen: most are fair, a few poor."""
    poor = 2.0 if rng.random() < 0.2 else 1.0
    return SensorPlan(
        bandwidth_hz=float(np.clip(rate_hz * rng.uniform(0.35, 1.2), 10, 250)),
        acc_range_g=float(rng.choice([4, 8, 16, 16])),
        acc_bias_mps2=0.15 * poor,
        acc_scale=0.006 * poor,
        acc_noise_mps2_rthz=float(rng.uniform(0.8e-3, 3e-3)),
        gyro_bias_dps=1.5 * poor,
        gyro_scale=0.008 * poor,
        gyro_noise_dps_rthz=float(rng.uniform(0.005, 0.03)),
    )


@dataclass(frozen=True, slots=True)
class Ideal:
    """What the sensor's filter passes on, at RATE_HZ, before errors of sampling."""

    specific_force_mps2: FloatArray
    angular_velocity_dps: FloatArray


def feel(motion: Motion, sensor: SensorPlan, rng: Generator) -> Ideal:
    """Specific force and angular velocity in the sensor frame with this specimen's errors."""
    mounting = Rotation.random(random_state=int(rng.integers(2**31)))
    force = motion.acceleration_mps2 + np.array([0.0, 0.0, GRAVITY_MPS2])
    force = mounting.apply(motion.attitude.inv().apply(force))
    turn = (motion.attitude[:-1].inv() * motion.attitude[1:]).as_rotvec() * RATE_HZ
    turn = mounting.apply(np.degrees(np.vstack([turn, turn[-1:]])))
    sos = butter(2, sensor.bandwidth_hz, fs=RATE_HZ, output="sos")
    force = sosfilt(sos, force - force[0], axis=0) + force[0]
    turn = sosfilt(sos, turn, axis=0)
    minutes = np.arange(force.shape[0])[:, None] / RATE_HZ / 60
    warming = [minutes * rng.normal(0, size, 3) for size in (0.01, 0.05)]
    force = force @ _crosstalk(sensor.acc_scale, rng) + rng.normal(0, sensor.acc_bias_mps2, 3) + warming[0]
    leak = rng.normal(0, 0.05, (3, 3))  # g-sensitivity, deg/s per g
    turn = turn @ _crosstalk(sensor.gyro_scale, rng) + rng.normal(0, sensor.gyro_bias_dps, 3)
    return Ideal(force, turn + warming[1] + force / GRAVITY_MPS2 @ leak)


def _crosstalk(scale: float, rng: Generator) -> FloatArray:
    return np.eye(3) + np.diag(rng.normal(0, scale, 3)) + rng.normal(0, 0.004, (3, 3))


def sample(
    ideal: Ideal, time_s: FloatArray, rate_hz: float, sensor: SensorPlan, rng: Generator
) -> FloatArray:
    """(n, 6) m/s^2 and rad/s at the given true times: noise, clipping, 16-bit words."""
    grid = np.arange(ideal.specific_force_mps2.shape[0]) / RATE_HZ
    width = np.sqrt(min(sensor.bandwidth_hz, 0.5 * rate_hz))
    force = np.column_stack([np.interp(time_s, grid, column) for column in ideal.specific_force_mps2.T])
    turn = np.column_stack([np.interp(time_s, grid, column) for column in ideal.angular_velocity_dps.T])
    force += rng.normal(0, sensor.acc_noise_mps2_rthz * width, force.shape)
    turn += rng.normal(0, sensor.gyro_noise_dps_rthz * width, turn.shape)
    full = sensor.acc_range_g * GRAVITY_MPS2
    force = np.clip(np.round(force / full * 32768) * full / 32768, -full, full)
    turn = np.clip(np.round(turn / 2000 * 32768) * 2000 / 32768, -2000, 2000)
    return np.column_stack([force, np.radians(turn)])
