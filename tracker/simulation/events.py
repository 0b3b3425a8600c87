"""Movements around a set that are no repetitions, as overlays and short scores.

Everything that rings here rings about zero: a ring whose push did not sum to zero would leave a
false velocity behind (0.2-0.4 m/s in earlier simulators).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation.program import RATE_HZ, TILT, TURN, YAW, Program, X, Y, Z, count
from hardset.tracker.simulation.strokes import minimum_jerk, smooth_step, unit_time


def ring(amplitude: float, frequency_hz: float, decay_s: float) -> FloatArray:
    """A damped oscillation of displacement that starts softly and ends at zero: no net push."""
    n = count(7 * decay_s)
    t = np.arange(n) / RATE_HZ
    onset = smooth_step(t * frequency_hz)  # one period to build up, or the onset would hiss far above it
    fade = smooth_step((t[-1] - t) / (2 * decay_s))
    wave = np.exp(-t / decay_s) * np.sin(2 * np.pi * frequency_hz * t)
    return np.asarray(amplitude * onset * fade * wave, dtype=np.float64)


def shift(distance: float, seconds: float) -> FloatArray:
    """A soft change from 0 to `distance` that stays."""
    return distance * smooth_step(unit_time(count(seconds)))


def bump(height: float, seconds: float) -> FloatArray:
    """Up and down again, smoothly."""
    u = unit_time(count(seconds))
    return np.asarray(height * (16 * u * u * (1 - u) * (1 - u)) ** 1.5, dtype=np.float64)


def jolt(program: Program, at_s: float, strength_mps2: float, rng: np.random.Generator) -> None:
    """A knock of about `strength_mps2` in all directions, with a small twist."""
    frequency = rng.uniform(6, 14)
    amplitude = strength_mps2 / (2 * np.pi * frequency) ** 2
    decay = rng.uniform(0.05, 0.12)
    for channel, share in ((X, 0.6), (Y, 0.4), (Z, 1.0)):
        program.overlay(channel, at_s, ring(amplitude * share * rng.uniform(-1, 1), frequency, decay))
    for channel in (TURN, TILT):
        twist = np.radians(rng.uniform(-0.6, 0.6)) * min(strength_mps2 / 3, 3)
        program.overlay(channel, at_s, ring(float(twist), rng.uniform(3, 7), decay * 1.5))


def steps(
    program: Program, number: int, along_m: float, rng: np.random.Generator, pace_s: float | None = None
) -> None:
    """Carry the load `number` steps, `along_m` metres in all: rise and dip, lateral sway, heel strikes."""
    start = program.now_s
    for _ in range(number):
        pace = pace_s or rng.uniform(0.5, 0.85)
        at = program.now_s
        program.overlay(X, at, shift(along_m / number, pace))
        program.overlay(Y, at, bump(rng.uniform(0.01, 0.03) * rng.choice([-1, 1]), pace))
        program.overlay(Z, at, bump(rng.uniform(0.008, 0.022), pace))
        program.overlay(TILT, at, bump(np.radians(rng.uniform(-2, 2)), pace))
        program.hold(pace)
        jolt(program, program.now_s - 0.08, rng.uniform(1.0, 3.0), rng)
    program.overlay(YAW, start, shift(np.radians(rng.uniform(-8, 8)), max(program.now_s - start, 0.3)))


def unrack(program: Program, lift_m: float, rng: np.random.Generator) -> None:
    """Push the bar off its hooks."""
    at = program.now_s
    jolt(program, at + 0.05, rng.uniform(0.5, 2.0), rng)
    program.move(program.height + lift_m, minimum_jerk(count(rng.uniform(0.45, 0.9))))
    program.hold(rng.uniform(0.3, 1.2))


def clank(program: Program, rng: np.random.Generator, strength: float = 1.0) -> None:
    """Steel on steel: short, high, and gone."""
    at = program.now_s - 0.02
    frequency = rng.uniform(18, 35)
    amplitude = strength * rng.uniform(6, 18) / (2 * np.pi * frequency) ** 2
    for channel in (X, Y, Z):
        program.overlay(
            channel, at, ring(amplitude * rng.uniform(0.3, 1), frequency, rng.uniform(0.03, 0.07))
        )
    program.overlay(TURN, at, ring(np.radians(rng.uniform(-1.5, 1.5)), rng.uniform(4, 9), 0.12))


def rerack(program: Program, lift_m: float, rng: np.random.Generator) -> None:
    """Set the bar down on its hooks, with a clank and the jolts of letting go."""
    at = program.now_s
    program.move(program.height - lift_m, minimum_jerk(count(rng.uniform(0.35, 0.8))))
    clank(program, rng)
    program.mark("rerack", at)


def floor_impact(program: Program, rng: np.random.Generator, speed_mps: float) -> None:
    """Plates meet the floor: the stop itself is in the score; this is only its ring, net push zero."""
    at = program.now_s - 0.015
    frequency = rng.uniform(11, 24)
    amplitude = rng.uniform(12, 30) * min(speed_mps, 1.2) / (2 * np.pi * frequency) ** 2
    decay = rng.uniform(0.04, 0.09)
    program.overlay(Z, at, ring(amplitude, frequency, decay))
    program.overlay(X, at, ring(0.4 * amplitude * rng.uniform(-1, 1), frequency * 1.1, decay))
    program.overlay(TILT, at, ring(np.radians(rng.uniform(-1, 1)), frequency / 2, decay * 1.5))
    program.overlay(TURN, at + 0.05, ring(np.radians(rng.uniform(-3, 3)), rng.uniform(2, 4), 0.2))


def whip(program: Program, at_s: float, strength_mps2: float, rng: np.random.Generator) -> None:
    """The loaded ends swing on after the lifter has stopped."""
    frequency = rng.uniform(3, 8)
    amplitude = strength_mps2 / (2 * np.pi * frequency) ** 2
    program.overlay(Z, at_s, ring(amplitude, frequency, rng.uniform(0.10, 0.22)))
    program.overlay(TILT, at_s, ring(np.radians(rng.uniform(-0.5, 0.5)), rng.uniform(3, 7), 0.2))
    # Real bars turn back and forth at 4-6 Hz for half a second after a brisk stop, up to 60 °/s.
    twist = rng.uniform(-2.5, 2.5) * min(strength_mps2 / 3, 1.2)
    if rng.uniform() < 0.12:  # now and then the hands slip: 100 °/s and more
        twist *= 2.2
    program.overlay(TURN, at_s, ring(np.radians(twist), rng.uniform(3.5, 6), rng.uniform(0.15, 0.35)))


def handling(program: Program, seconds: float, rng: np.random.Generator) -> None:
    """Plates go on or off, the bar is rolled and knocked: jolts and twists, nothing that rises."""
    start = program.now_s
    program.hold(seconds)
    at = start
    while at < start + seconds - 0.5:
        jolt(program, at, rng.uniform(1.5, 9.0), rng)
        if rng.uniform() < 0.5:
            length = rng.uniform(0.4, 1.2)
            program.overlay(TURN, at, shift(np.radians(rng.uniform(-25, 25)), length))
            program.overlay(X, at, shift(rng.uniform(-0.08, 0.08), length))
        if rng.uniform() < 0.25:
            program.overlay(Z, at, bump(rng.uniform(0.01, 0.05), rng.uniform(0.5, 1.0)))
        at += rng.uniform(0.3, 1.8)
    program.mark("handling", start)
