"""The bar in space: path, rotation, tremor, whip and rattle at the place of the sensor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from plan import SetPlan
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq
from scipy.ndimage import gaussian_filter1d
from scipy.signal import bilinear, lfilter
from scipy.spatial.transform import Rotation
from track import RATE_HZ, FloatArray, Grip, Stroke, Track

HOLD_MPS = 0.02
HOLD_S = 0.1


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A concentric as it happened."""

    start_s: float
    end_s: float
    mean_velocity_mps: float
    rom_m: float
    sensor_velocity_mps: float
    """Mean velocity of the sensor itself between the same edges: differs where the bar rolls under it."""


@dataclass(frozen=True, slots=True)
class Station:
    """Where the sensor sits on the bar, m: along it from the centre, and off its axis."""

    along_m: float
    off_axis_m: float
    around_rad: float


@dataclass(frozen=True, slots=True)
class Motion:
    """What an ideal sensor on the bar feels, at RATE_HZ."""

    acceleration_mps2: FloatArray
    """(n, 3) of the sensor's place in the world frame (z up), without gravity."""
    attitude: Rotation
    """n rotations bar to world."""
    velocity_mps: FloatArray
    """(n,) vertical velocity of the bar at the station: the truth."""
    reps: tuple[TrueRep, ...]


def move(track: Track, plan: SetPlan, station: Station, rng: Generator) -> Motion:
    """Put the vertical track, the gestures and a human's noise together."""
    velocity = track.velocity(rng.uniform(0.015, 0.04), rng.uniform(0.005, 0.014))
    held = _held(track.grips, track.lying, velocity.size)
    effort = _effort(track.grips, velocity.size)
    deliberate = velocity
    velocity = velocity + held * _band_noise(0.3, 2.5, velocity.size, rng) * rng.uniform(0.002, 0.008)
    coordinates = _coordinates(track, plan, velocity, held, rng)
    angles = np.column_stack([coordinates["yaw"], coordinates["tilt"], coordinates["roll"]])
    attitude = Rotation.from_euler("ZXY", angles)
    along = np.array([0.0, station.along_m, 0.0])
    truth = velocity + np.gradient(attitude.apply(along)[:, 2], 1 / RATE_HZ)
    off = station.off_axis_m * np.array([np.cos(station.around_rad), 0.0, np.sin(station.around_rad)])
    place = attitude.apply(along + off)
    place[:, 0] += coordinates["x"]
    place[:, 1] += coordinates["y"]
    place[:, 2] += np.cumsum(velocity) / RATE_HZ
    height = place[:, 2].copy()
    acceleration = np.gradient(np.gradient(place, 1 / RATE_HZ, axis=0), 1 / RATE_HZ, axis=0)
    acceleration += _tremor(held, effort, rng)
    acceleration[:, 2] += _whip(acceleration[:, 2], station, rng)
    acceleration += _rattle(track, acceleration[:, 2], rng)
    reps = tuple(true_rep(deliberate, truth, height, stroke) for stroke in track.strokes)
    return Motion(acceleration, attitude, truth, reps)


def true_rep(
    deliberate_mps: FloatArray, velocity_mps: FloatArray, sensor_height_m: FloatArray, stroke: Stroke
) -> TrueRep:
    """Edges of a concentric: where the deliberate velocity is zero, or the near edge of a hold beside it.

    A hold is |v| under 0.02 m/s for over 0.1 s. Sway and tremor move the bar, and so the ROM, but
    not the edges: nobody would call the end of a rep by them.
    """
    inside = deliberate_mps[stroke.start : stroke.stop]
    third = inside.size // 3 + 1
    rise = stroke.start + int(np.argmax(inside[:third]))
    fall = stroke.stop - 1 - int(np.argmax(inside[::-1][:third]))
    end = fall + _edge(deliberate_mps[fall:])
    start = rise - _edge(deliberate_mps[rise::-1])
    rom = float(velocity_mps[start:end].sum()) / RATE_HZ
    duration = (end - start) / RATE_HZ
    rise_m = float(sensor_height_m[end] - sensor_height_m[start])
    return TrueRep(start / RATE_HZ, end / RATE_HZ, rom / duration, rom, rise_m / duration)


def _edge(velocity: FloatArray) -> int:
    """Samples until velocity reaches zero or a hold begins."""
    below = velocity <= 0
    zero = int(np.argmax(below)) if below.any() else velocity.size - 1
    span = round(HOLD_S * RATE_HZ)
    quiet = np.concatenate([[0], np.cumsum(np.abs(velocity[: zero + span + 1]) < HOLD_MPS)])
    run = quiet[span:] - quiet[:-span] == span
    hold = int(np.argmax(run)) if run.any() else zero
    return min(zero, hold)


def _held(grips: list[Grip], lying: list[tuple[int, int]], size: int) -> FloatArray:
    """1 where somebody carries the bar, 0.5 where it is only touched, next to nothing where it lies."""
    held = np.zeros(size)
    for grip in grips:
        level = 1.0 if grip.standing else 0.5
        held[grip.start : grip.stop] = np.maximum(held[grip.start : grip.stop], level)
    for start, stop in lying:
        held[start:stop] *= 0.05
    return gaussian_filter1d(held, 0.08 * RATE_HZ)


def _effort(grips: list[Grip], size: int) -> FloatArray:
    effort = np.zeros(size)
    for grip in grips:
        effort[grip.start : grip.stop] = np.maximum(effort[grip.start : grip.stop], grip.effort)
    return gaussian_filter1d(effort, 0.15 * RATE_HZ)


def _band_noise(low_hz: float, high_hz: float, size: int, rng: Generator) -> FloatArray:
    """Gaussian noise of one frequency band, rms 1.

    The skirts are Gaussian: those of a low-order filter would, as a position twice differentiated,
    hiss at 100 Hz as no hand does.
    """
    padded = next_fast_len(size, real=True)
    frequency = rfftfreq(padded, 1 / RATE_HZ)
    gain = np.exp(-0.35 * (frequency / high_hz) ** 2) * (1 - np.exp(-1.2 * (frequency / low_hz) ** 2))
    noise = irfft(gain * rfft(rng.normal(0, 1, padded)), padded)[:size]
    return np.asarray(noise / noise.std())


def _coordinates(
    track: Track, plan: SetPlan, velocity: FloatArray, held: FloatArray, rng: Generator
) -> dict[str, FloatArray]:
    """Horizontal path, m, and angles, rad: tied to the height in the set, free outside, never quite still."""
    size = velocity.size
    lift = plan.lift
    phase = _phase(track, velocity)
    bow = 4 * phase * (1 - phase)
    path = rng.uniform(*lift.path_m)
    roll = np.radians(rng.uniform(*lift.roll_deg))
    sway = rng.uniform(0.002, 0.008)
    wobble = rng.uniform(5, 16)

    def noise(low_hz: float, high_hz: float) -> FloatArray:
        return held * _band_noise(low_hz, high_hz, size, rng)

    turning = noise(0.3, 2.0) * wobble * 0.6 + noise(1.5, 5.0) * wobble + noise(5, 12) * wobble * 0.25
    out = {
        "x": path * (bow * rng.uniform(0.3, 1) + (phase - 0.5) * rng.uniform(-0.6, 0.6))
        + noise(0.15, 1.0) * sway,
        "y": noise(0.15, 1.0) * sway,
        "roll": roll * (phase + 0.15 * rng.normal() * bow) * (1 + 0.08 * noise(0.1, 0.4))
        + np.radians(np.cumsum(turning) / RATE_HZ)
        + np.radians(rng.uniform(1, 6)) * noise(0.02, 0.15),
        "tilt": np.radians(rng.normal(0, 0.8)) * bow + np.radians(rng.uniform(0.05, 0.3)) * noise(0.15, 0.9),
        "yaw": np.radians(rng.normal(0, 1.0)) * bow + np.radians(rng.uniform(0.3, 1.5)) * noise(0.15, 1.2),
    }
    for gesture in track.gestures:
        u = np.clip((np.arange(size) - gesture.start) / gesture.length, 0, 1)
        out[gesture.coordinate] += gesture.change * (10 * u**3 - 15 * u**4 + 6 * u**5)
    return out


def _phase(track: Track, velocity: FloatArray) -> FloatArray:
    """0 at the bottom ... 1 at the top of the strokes; held outside the set."""
    height = np.cumsum(velocity) / RATE_HZ
    begin, end = track.in_set[0][0], track.in_set[-1][1]
    inside = height[begin:end]
    low, high = np.percentile(inside, [2, 98])
    phase = np.empty(height.size)
    phase[begin:end] = np.clip((inside - low) / max(high - low, 0.02), -0.4, 1.4)
    phase[:begin] = phase[begin]
    phase[end:] = phase[end - 1]
    return gaussian_filter1d(phase, 0.03 * RATE_HZ)


def _tremor(held: FloatArray, effort: FloatArray, rng: Generator) -> FloatArray:
    """Physiological tremor (8-12 Hz, Deuschl 1998) and muscle noise; more with effort."""
    size = held.size
    level = rng.uniform(0.5, 1.3) * held * (0.6 + 1.2 * effort)
    bands = ((2.0, 5.0, 0.12, 0.10), (5.0, 12.0, 0.10, 0.12), (12.0, 30.0, 0.035, 0.05))
    out = np.zeros((size, 3))
    for low, high, sideways, upwards in bands:
        for axis in range(3):
            out[:, axis] += level * (upwards if axis == 2 else sideways) * _band_noise(low, high, size, rng)
    return out


def _whip(vertical_mps2: FloatArray, station: Station, rng: Generator) -> FloatArray:
    """Acceleration the first bending mode adds; ends lag and overshoot, the centre a little."""
    frequency = 2 * np.pi * rng.uniform(4.0, 9.0)
    damping = rng.uniform(0.04, 0.12)
    share = rng.uniform(0.2, 1.0) * (0.8 if abs(station.along_m) > 0.6 else 0.15)
    b, a = bilinear([-1.0, 0.0, 0.0], [1.0, 2 * damping * frequency, frequency**2], RATE_HZ)
    # relative displacement w'' + 2 d f w' + f^2 w = -a, so w'' = -s^2 / (s^2 + 2 d f s + f^2) a
    return np.asarray(share * lfilter(b, a, vertical_mps2))


def _rattle(track: Track, vertical_mps2: FloatArray, rng: Generator) -> FloatArray:
    """Plates and sleeves ring after knocks and when the bar is braked close to free fall.

    A ring is the second derivative of a decaying displacement: it carries no net push.
    """
    size = vertical_mps2.size
    out = np.zeros((size, 3))
    loose = rng.uniform(0.1, 1.0)
    knocks = [(knock.at, knock.speed_mps) for knock in track.knocks]
    floating = np.flatnonzero(np.diff((vertical_mps2 < -6.5).astype(int)) == -1)
    knocks += [(int(at), 0.06 * loose) for at in floating]
    time = np.arange(600) / RATE_HZ
    for at, speed in knocks:
        for _ in range(3):
            frequency = 2 * np.pi * rng.uniform(20, 160)
            amplitude = speed * rng.uniform(10, 90) * loose / frequency**2
            ring = amplitude * (1 - np.exp(-time / 0.003)) ** 2 * np.exp(-time / rng.uniform(0.015, 0.08))
            ring *= np.sin(frequency * time)
            burst = np.gradient(np.gradient(ring, 1 / RATE_HZ), 1 / RATE_HZ)
            end = min(size, at + burst.size)
            if at < end:
                out[at:end] += burst[: end - at, None] * rng.normal(0, [0.5, 0.3, 0.8])
    return out
