"""The vertical velocity of a bar as a string of pieces, and what happens along it.

Every piece starts and ends where people let it: strokes begin and end at zero velocity, landings
do not. The joints are rounded afterwards: softly where muscles turn the bar, hard where a floor does.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

FloatArray = NDArray[np.float64]

RATE_HZ = 1000
GRAVITY_MPS2 = 9.80665
BRAKING_MPS2 = 8.5


@dataclass(frozen=True, slots=True)
class Gesture:
    """A smooth step of one coordinate (minimum jerk): "x" or "y" in m, "roll", "tilt" or "yaw" in rad."""

    start: int
    length: int
    coordinate: str
    change: float


@dataclass(frozen=True, slots=True)
class Knock:
    """Metal meets something: rings and rattles without a net push."""

    at: int
    speed_mps: float


@dataclass(frozen=True, slots=True)
class Grip:
    """Hands on the bar from start to stop: they tremble (0 ... 1) and sway with it."""

    start: int
    stop: int
    effort: float
    standing: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """Samples between which a true concentric lies."""

    start: int
    stop: int


@dataclass(slots=True)
class Track:
    """Collects pieces; lengths in seconds, heights in metres."""

    rng: Generator
    pieces: list[FloatArray] = field(default_factory=list)
    length: int = 0
    height: float = 0.0
    gestures: list[Gesture] = field(default_factory=list)
    knocks: list[Knock] = field(default_factory=list)
    grips: list[Grip] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    in_set: list[tuple[int, int]] = field(default_factory=list)
    lying: list[tuple[int, int]] = field(default_factory=list)

    def add(self, velocity: FloatArray) -> None:
        """Append a piece of velocity, m/s at RATE_HZ."""
        self.pieces.append(velocity)
        self.length += velocity.size
        self.height += float(velocity.sum()) / RATE_HZ

    def rest(self, duration_s: float) -> None:
        """Nothing moves."""
        self.add(np.zeros(max(0, round(duration_s * RATE_HZ))))

    def lie(self, duration_s: float) -> None:
        """The same on floor, pins or hooks: hands may touch the bar but cannot sway it."""
        start = self.length
        self.rest(duration_s)
        self.lying.append((start, self.length))

    def move(self, change_m: float, duration_s: float) -> None:
        """A plain handling movement with a minimum-jerk profile (Flash & Hogan 1985)."""
        u = _unit(duration_s)
        self.add(_scaled(u**2 * (1 - u) ** 2, change_m))

    def gesture(self, coordinate: str, change: float, duration_s: float, delay_s: float = 0.0) -> None:
        """A step of another coordinate that starts now (or later) while pieces go on."""
        start = self.length + round(delay_s * RATE_HZ)
        self.gestures.append(Gesture(start, max(20, round(duration_s * RATE_HZ)), coordinate, change))

    def knock(self, speed_mps: float) -> None:
        """Metal meets something here."""
        self.knocks.append(Knock(self.length, abs(speed_mps)))

    def velocity(self, softness_s: float, hardness_s: float) -> FloatArray:
        """The whole velocity, joints rounded: by softness, near knocks by hardness (both sd, s)."""
        raw = np.concatenate(self.pieces)
        soft = gaussian_filter1d(raw, softness_s * RATE_HZ, mode="nearest")
        hard = gaussian_filter1d(raw, hardness_s * RATE_HZ, mode="nearest")
        mask = np.zeros(raw.size)
        for knock in self.knocks:
            mask[max(0, knock.at - 60) : knock.at + 120] = 1.0
        mask = gaussian_filter1d(mask, 0.03 * RATE_HZ, mode="nearest")
        return np.asarray((1 - mask) * soft + mask * hard)


def _unit(duration_s: float) -> FloatArray:
    """Sample midpoints of a piece in 0 ... 1."""
    count = max(4, round(duration_s * RATE_HZ))
    return (np.arange(count) + 0.5) / count


def _scaled(shape: FloatArray, change_m: float) -> FloatArray:
    return np.asarray(shape * (change_m * RATE_HZ / shape.sum()))


def _ripple(u: FloatArray, duration_s: float, size: float, rng: Generator) -> FloatArray:
    """Slow unevenness of a voluntary movement: sub-movements at 1-3.5 Hz."""
    wave = np.zeros(u.size)
    for frequency in rng.uniform(1.0, 3.5, 3):
        wave += np.sin(2 * np.pi * (frequency * duration_s * u + rng.random()))
    return np.asarray(np.clip(1 + size * wave / np.sqrt(1.5), 0.3, None))


@dataclass(frozen=True, slots=True)
class ConcentricShape:
    """Velocity profile against time of one stroke up."""

    onset: float
    """Power of time at the start: 1 turned with full force, 2 force built up from a stop."""
    finish: float
    """The same towards the top: 1 braked sharply, 2 eased."""
    sticking_at: float
    sticking_width: float
    sticking_depth: float


def concentric(
    track: Track, shape: ConcentricShape, rom_m: float, mean_velocity_mps: float, ripple: float
) -> None:
    """A stroke up with a sticking region; counts as a true one."""
    duration = rom_m / mean_velocity_mps
    u = _unit(duration)
    dip = shape.sticking_depth * np.exp(-0.5 * ((u - shape.sticking_at) / shape.sticking_width) ** 2)
    # the ripple stays small against the dip: a stroke never stops half-way, that would be two of them
    profile = u**shape.onset * (1 - u) ** shape.finish * (1 - dip) * _ripple(u, duration, ripple, track.rng)
    stroke = _scaled(profile, rom_m)
    braking = -float(np.diff(stroke).min()) * RATE_HZ
    if braking > BRAKING_MPS2:  # hands and shoulders do not pull a bar down much harder than gravity
        stretch = np.sqrt(braking / BRAKING_MPS2)
        count = round(stroke.size * stretch)
        stroke = _scaled(np.interp(_unit(count / RATE_HZ), u, profile), rom_m)
    start = track.length
    track.add(stroke)
    track.strokes.append(Stroke(start, track.length))


def eccentric(track: Track, drop_m: float, duration_s: float, landing_mps: float = 0.0) -> None:
    """A controlled way down; with a landing velocity it ends in motion on something hard."""
    rng = track.rng
    u = _unit(duration_s)
    onset = u ** rng.uniform(0.8, 1.6)
    braking = (1 - u) ** rng.uniform(0.7, 1.4)
    ripple = _ripple(u, duration_s, rng.uniform(0.03, 0.16) * min(1.0, duration_s / 2), rng)
    velocity = _scaled(onset * braking * ripple, -drop_m)
    low, high = 0.0, 1.0
    while landing_mps > 0 and high - low > 1e-3:  # how much of the brake is left out to land that fast
        share = (low + high) / 2
        velocity = _scaled(onset * ((1 - share) * braking + share) * ripple, -drop_m)
        low, high = (share, high) if -velocity[-1] < landing_mps else (low, share)
    track.add(velocity)


def land(track: Track, speed_mps: float, restitution: float) -> None:
    """Plates meet the floor and hop while the rebound is worth it."""
    track.knock(speed_mps)
    up = speed_mps * restitution
    while up > 0.05:
        flight = 2 * up / GRAVITY_MPS2
        track.add(up - GRAVITY_MPS2 * (np.arange(round(flight * RATE_HZ)) + 0.5) / RATE_HZ)
        track.knock(up)
        up *= restitution


def settle(track: Track, depth_m: float, time_constant_s: float) -> None:
    """The bar sinks back a little after a brisk finish (heels, shoulders, soft tissue)."""
    u = np.arange(round(6 * time_constant_s * RATE_HZ)) / (time_constant_s * RATE_HZ)
    track.add(_scaled(u * np.exp(-u), -depth_m))


def breathe(track: Track, duration_s: float, size_m: float) -> None:
    """Hold the bar for a while, chest and back moving with the breath."""
    if duration_s < 1.2:
        track.rest(duration_s)
        return
    u = _unit(duration_s)
    breaths = max(1, round(duration_s / track.rng.uniform(1.6, 3.2)))
    envelope = np.sin(np.pi * u) ** 0.5
    velocity = size_m * np.pi * breaths / duration_s * envelope * np.sin(2 * np.pi * breaths * u)
    track.add(velocity - velocity.mean())


def walk(track: Track, steps: int, direction: float, length_m: float) -> None:
    """Steps under the bar: it bobs, leans and travels (vertical excursion: Inman 1966)."""
    rng = track.rng
    for step in range(steps):
        duration = rng.uniform(0.45, 0.9)
        side = 1 if step % 2 else -1
        u = _unit(duration)
        bob = rng.uniform(0.01, 0.035)
        track.gesture("x", direction * length_m / steps, duration)
        track.gesture("tilt", side * rng.uniform(0.01, 0.04), 0.5 * duration)
        track.gesture("tilt", -side * rng.uniform(0.01, 0.04), 0.5 * duration, 0.5 * duration)
        track.gesture("y", side * rng.uniform(0.01, 0.04), duration)
        wave = np.sin(2 * np.pi * u) * np.sin(np.pi * u)
        track.add(bob * np.pi / duration * (wave - wave.mean()))
        track.knocks.append(Knock(track.length, rng.uniform(0.02, 0.08)))
        track.rest(rng.uniform(0.0, 0.3))
