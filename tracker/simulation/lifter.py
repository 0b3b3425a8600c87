"""The lifter: how fast each rep goes, given how many are left.

Mean velocity of a rep = failure velocity of this lifter on this day + slope · g(RIR) + rep noise,
with g concave (the drop steepens near failure). Three families of g are drawn from, because no
single curve fits all lifters: a test set made of one family would flatter a model of that family.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from hardset.tracker.simulation.exercises import BarExercise

Curve = Literal["exponential", "lev", "drop"]
CURVES: tuple[Curve, ...] = ("exponential", "lev", "drop")
SLOWEST_MPS = 0.06
"""No completed rep is slower: even a powerlifter's last deadlift takes under ten seconds."""

BRAKING_MPS2 = 2.2
"""Largest v²/h of a stroke: keeps the braking near the 8 m/s² that real light bars show."""


@dataclass(frozen=True, slots=True)
class Lifter:
    """One lifter in one exercise on one day. Velocities in m/s."""

    fail_mps: float
    day_mps: float
    slope_mps: float
    curve: Curve
    bend: float
    """0..1: how much of the curve is bent; 0 is a straight line."""
    fastest_mps: float
    rep_sd_mps: float
    rom_m: float
    rom_cv: float
    """Standard deviation of the range of motion from rep to rep, as a fraction."""

    def velocity_mps(self, rir: float) -> float:
        """Expected mean velocity of the rep that leaves `rir` in reserve."""
        gain = self.slope_mps * _gained_reps(self.curve, self.bend, max(rir, 0.0))
        room = max(self.fastest_mps - self.fail_mps, 0.1)
        # Soft ceiling: the gain bends towards the room that is left, so that rep 25 of 30 is not 1.2 m/s.
        gain = room * (1.0 - np.exp(-gain / room))
        return max(self.fail_mps + self.day_mps + float(gain), SLOWEST_MPS)


def _gained_reps(curve: Curve, bend: float, rir: float) -> float:
    if curve == "exponential":
        scale = 24.0 - 16.0 * bend
        return scale * (1.0 - float(np.exp(-1.35 * rir / scale)))
    if curve == "lev":
        # Load over a ceiling that falls by a fixed amount per rep: a hyperbola in reps done.
        k = 0.01 + 0.03 * bend
        return 1.4 * rir / (1.0 + k * rir)
    # Straight, with an extra loss in the last two reps (the deadlift data: 0.044 against 0.029).
    return rir + 0.9 * bend * min(rir, 2.0)


def lifter_of(person: int | None, exercise: BarExercise, rng: np.random.Generator) -> Lifter:
    """The lifter of this number on a new day; None stands for somebody new each time."""
    if person is None:
        return draw_lifter(exercise, rng)
    own = np.random.default_rng([person, *exercise.id.encode()])
    day_mps = float(rng.normal(0.0, exercise.fail_mps[2]))
    return replace(draw_lifter(exercise, own), day_mps=day_mps)


def draw_lifter(exercise: BarExercise, rng: np.random.Generator) -> Lifter:
    """A lifter with his own failure velocity, slope, curve and range of motion."""
    mean, between, daily = exercise.fail_mps
    slope_mean, slope_sd = exercise.slope_mps
    rom_m = float(rng.uniform(*exercise.rom_m))
    # A stroke of height h and mean velocity v is braked at about 5 v²/h: a light bar is let go,
    # not pulled down.
    fastest_mps = min(exercise.fastest_mps * rng.uniform(0.9, 1.4), float(np.sqrt(BRAKING_MPS2 * rom_m)))
    return Lifter(
        fail_mps=float(max(rng.normal(mean, between), 0.4 * mean)),
        day_mps=float(rng.normal(0.0, daily)),
        slope_mps=float(np.clip(rng.normal(slope_mean, slope_sd), 0.3 * slope_mean, 2.0 * slope_mean)),
        curve=CURVES[int(rng.integers(len(CURVES)))],
        bend=float(rng.uniform()),
        fastest_mps=fastest_mps,
        rep_sd_mps=float(exercise.fastest_mps * rng.uniform(0.012, 0.04)),
        rom_m=rom_m,
        rom_cv=float(rng.uniform(0.01, 0.035)),
    )


def rep_velocities(lifter: Lifter, reps: int, rir_at_end: int, rng: np.random.Generator) -> tuple[float, ...]:
    """Mean velocity wanted for reps 1..n, m/s; rep n leaves `rir_at_end` in reserve."""
    noise = lifter.rep_sd_mps * rng.standard_t(6, size=reps) / np.sqrt(6 / 4)
    velocities = []
    for index in range(reps):
        rir = rir_at_end + reps - 1 - index
        wanted = lifter.velocity_mps(rir)
        if index == 0 and reps > 2 and rng.uniform() < 0.5:
            wanted *= rng.uniform(0.90, 1.0)  # the first rep is often not the fastest
        # Noise never takes more than a third: a slow rep is still a rep of this set.
        wanted += float(np.clip(noise[index], -0.3 * wanted, 0.3 * wanted))
        velocities.append(max(wanted, SLOWEST_MPS))
    return tuple(velocities)
