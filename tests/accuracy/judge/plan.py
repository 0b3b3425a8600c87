"""What one lifter does in one set, drawn before anything moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from lifts import LIFTS, Bottom, Lift, SetUp
from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class RepPlan:
    """One intended repetition."""

    mean_velocity_mps: float
    rom_m: float
    eccentric_s: float
    bottom_pause_s: float
    top_pause_s: float
    effort: float
    """0 fresh ... 1 at failure: depth of the sticking region, tremor."""
    rest_before_s: float = 0.0
    """Cluster rest taken before this rep, s."""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """One set of one lift."""

    lift: Lift
    set_up: SetUp
    bottom: Bottom
    load: float
    """Share of the 1RM."""
    repetitions_in_reserve: int
    reps: tuple[RepPlan, ...]
    failed_attempt: float | None
    """Share of the ROM reached by a failed last attempt; None without one."""
    before_s: float
    after_s: float
    handling: float
    """How much the bar is touched before and after, 0 ... 1."""


def draw_set(rng: Generator) -> SetPlan:
    """A lift, a load, a tempo and how close to failure the set goes."""
    shares = np.array([lift.share for lift in LIFTS])
    lift = LIFTS[rng.choice(len(LIFTS), p=shares / shares.sum())]
    bottoms = [bottom for bottom, _ in lift.bottoms]
    bottom = bottoms[rng.choice(len(bottoms), p=[share for _, share in lift.bottoms])]
    load = float(rng.uniform(0.55, 0.90) if rng.random() < 0.8 else rng.uniform(0.35, 0.55))
    possible = max(3, round(30 * (1 / load - 1) * rng.lognormal(0, 0.2)))  # Epley 1985, people differ
    reserve = int(rng.choice([0, 0, 0, 1, 1, 2, 2, 3, 4, 6]))
    count = int(np.clip(possible - reserve, 3, 18))
    reps = _draw_reps(lift, bottom, load, count, possible - count, rng)
    failed = reserve == 0 and count == possible and rng.random() < 0.55
    return SetPlan(
        lift,
        lift.set_ups[rng.integers(len(lift.set_ups))],
        bottom,
        load,
        possible - count,
        reps,
        float(rng.uniform(0.12, 0.62)) if failed else None,
        float(rng.uniform(5, 40)),
        float(rng.uniform(5, 40)),
        float(rng.beta(1, 2)),
    )


def _draw_reps(
    lift: Lift, bottom: Bottom, load: float, count: int, reserve: int, rng: Generator
) -> tuple[RepPlan, ...]:
    """Velocities fall from the fresh one towards the failure velocity, faster near the end."""
    failure = max(0.08, rng.normal(lift.failure_mps, lift.failure_sd_mps)) * (
        0.9 if lift.rom_m[1] < 0.2 else 1
    )
    fresh = lift.velocity_at_80_mps + lift.velocity_slope_mps * (0.8 - load)
    intent = 1.0 if rng.random() < 0.5 else float(rng.uniform(0.7, 0.95))
    fresh = max(fresh * intent * rng.normal(1, 0.06), failure * 1.08)
    power = rng.uniform(0.65, 1.0)
    rom = rng.uniform(*lift.rom_m)
    rom_spread = rng.uniform(0.008, 0.04)
    slow_tempo = rng.random() < 0.15
    eccentric = rng.uniform(2.5, 5.0) if slow_tempo else rng.lognormal(np.log(1.35), 0.3)
    eccentric *= lift.tempo * (0.8 + 0.4 * (rom - lift.rom_m[0]) / (lift.rom_m[1] - lift.rom_m[0]))
    top = _skewed(lift.top_pause_s, rng)
    bottom_pause = _skewed(lift.bottom_pause_s, rng)
    block = int(rng.integers(2, 5)) if lift.clusters and rng.random() < 0.15 else 0
    reps = []
    total = count + reserve
    for index in range(count):
        left = total - 1 - index
        freshness = (left / max(total - 1, 1)) ** power
        effort = (1 - freshness) * (0.5 + 0.5 * np.exp(-left / 3))
        warm_up = 0.95 if index == 0 else 1.0
        velocity = failure + (fresh * warm_up - failure) * freshness
        tired = 1 + 1.5 * effort
        reps.append(
            RepPlan(
                float(max(0.07, velocity * rng.normal(1, 0.035))),
                float(
                    rom * (1 - lift.rom_loss * effort**2 * rng.uniform(0.3, 1)) * rng.normal(1, rom_spread)
                ),
                float(eccentric * rng.lognormal(0, 0.1)),
                float(bottom_pause * rng.lognormal(0, 0.25)) if bottom is not Bottom.TURN else 0.0,
                float(top * tired * rng.lognormal(0, 0.35)),
                float(effort),
                float(rng.uniform(8, 15)) if block and index and index % block == 0 else 0.0,
            )
        )
    return tuple(reps)


def _skewed(span: tuple[float, float], rng: Generator) -> float:
    """A value of the span, short ones more often."""
    return float(span[0] + (span[1] - span[0]) * rng.beta(1.1, 2.2))
