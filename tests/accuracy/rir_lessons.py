"""What each piece of the model is worth, on simulated lifters of all three families.

    python tests/accuracy/rir_lessons.py [--lifters 120] [--seed 1]

Ablations, the lifter who always stops at 0-1 and never says so, an exercise without a published
velocity, a failure set of the same day against one of another day, labels that are not true.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from rir_generators import (
    DAY_SD,
    FAMILIES,
    Family,
    Feel,
    Floats,
    SimulatedLifter,
    SimulatedSet,
    draw_lifter,
    draw_set,
)
from rir_scores import score

from hardset.signal.exercise import Exercise, FailureVelocityPrior
from hardset.signal.rir import LifterState, SetEvidence, estimate_last, learn

SENSOR_SD = 0.02
SQUAT = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True))
NO_DAY = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.001, published=True))
UNKNOWN = Exercise("nobody_measured_this")
Draw = Callable[[np.random.Generator, Family], tuple[list[SetEvidence], SetEvidence, int]]


def told(one: SimulatedSet, **known: object) -> SetEvidence:
    """The set with what is known of it."""
    v = tuple(one.velocities.tolist())
    return SetEvidence(v, velocity_sds=(SENSOR_SD,) * len(v), **known)  # type: ignore[arg-type]


def other_days(
    rng: np.random.Generator, family: Family, one: SimulatedLifter, rirs: list[int], **known: object
) -> list[SetEvidence]:
    """Sets on days of their own."""
    return [told(draw_set(rng, family, one, rir, SENSOR_SD), **known) for rir in rirs]


def any_rir(rng: np.random.Generator) -> int:
    """True RIR 0-8."""
    return int(rng.integers(0, 9))


def answers(
    draw: Draw, family: Family, lifters: int, seed: int, exercise: Exercise | None = SQUAT
) -> tuple[Floats, Floats, Floats]:
    """Arguments of `score`, one test set a lifter, three draws each."""
    pmfs, truth, intervals = [], [], []
    for number in range(3 * lifters):
        rng = np.random.default_rng([seed, number, *family.name.encode()])
        history, test, rir = draw(rng, family)
        state: LifterState | None = None
        for past in history:
            state = learn(state, past, exercise)
        answer = estimate_last(test, exercise, state)
        pmfs.append(answer.pmf)
        intervals.append((answer.low80, answer.high80))
        truth.append(rir)
    return np.array(pmfs), np.array(truth, dtype=float), np.array(intervals)


def after_failures(count: int, *, felt: bool = False, felt_history: int = 0) -> Draw:
    """`count` sets to failure on other days; felt RIR of the test set, and of so many earlier ones."""

    def draw(rng: np.random.Generator, family: Family) -> tuple[list[SetEvidence], SetEvidence, int]:
        one, feel, rir = draw_lifter(rng, family), Feel(rng), any_rir(rng)
        history = other_days(rng, family, one, [0] * count, rir_at_end=0)
        for _ in range(felt_history):
            past = any_rir(rng)
            history += other_days(rng, family, one, [past], felt_rir=feel(past))
        test = told(draw_set(rng, family, one, rir, SENSOR_SD), felt_rir=feel(rir) if felt else None)
        return history, test, rir

    return draw


def same_day(*, failure: bool, today: bool) -> Draw:
    """One earlier set, to failure or unlabelled, today or another day."""

    def draw(rng: np.random.Generator, family: Family) -> tuple[list[SetEvidence], SetEvidence, int]:
        one, rir, day = draw_lifter(rng, family), any_rir(rng), DAY_SD * rng.standard_normal()
        past = 0 if failure else any_rir(rng)
        first = draw_set(rng, family, one, past, SENSOR_SD, day if today else None)
        known = {"rir_at_end": 0 if failure else None, "session": "today" if today else "before"}
        return (
            [told(first, **known)],
            told(draw_set(rng, family, one, rir, SENSOR_SD, day), session="today"),
            rir,
        )

    return draw


def always_stops(low: int, high: int, sets: int) -> Draw:
    """A lifter who stops every set at the same few reps and never says so; the next one is tested."""

    def draw(rng: np.random.Generator, family: Family) -> tuple[list[SetEvidence], SetEvidence, int]:
        one = draw_lifter(rng, family)
        rirs = [int(rng.integers(low, high + 1)) for _ in range(sets + 1)]
        return (
            other_days(rng, family, one, rirs[:-1]),
            told(draw_set(rng, family, one, rirs[-1], SENSOR_SD)),
            rirs[-1],
        )

    return draw


def unlabelled(sets: int) -> Draw:
    """A lifter who stops anywhere and never says where."""

    def draw(rng: np.random.Generator, family: Family) -> tuple[list[SetEvidence], SetEvidence, int]:
        one, rir = draw_lifter(rng, family), any_rir(rng)
        history = other_days(rng, family, one, [any_rir(rng) for _ in range(sets)])
        return history, told(draw_set(rng, family, one, rir, SENSOR_SD)), rir

    return draw


def false_labels(count: int, share: float) -> Draw:
    """Sets "to failure" of which a share really had 1 or 2 left."""

    def draw(rng: np.random.Generator, family: Family) -> tuple[list[SetEvidence], SetEvidence, int]:
        one, rir = draw_lifter(rng, family), any_rir(rng)
        rirs = [int(rng.integers(1, 3)) if rng.random() < share else 0 for _ in range(count)]
        history = other_days(rng, family, one, rirs, rir_at_end=0)
        return history, told(draw_set(rng, family, one, rir, SENSOR_SD)), rir

    return draw


ROWS: tuple[tuple[str, Draw, Exercise | None], ...] = (
    ("cold", after_failures(0), SQUAT),
    ("1 failure set", after_failures(1), SQUAT),
    ("3 failure sets", after_failures(3), SQUAT),
    ("3, without day effect", after_failures(3), NO_DAY),
    ("cold, felt RIR", after_failures(0, felt=True), SQUAT),
    ("cold, felt RIR, 5 felt before", after_failures(0, felt=True, felt_history=5), SQUAT),
    ("3, felt RIR", after_failures(3, felt=True), SQUAT),
    ("3, felt RIR, 5 felt before", after_failures(3, felt=True, felt_history=5), SQUAT),
    ("no published velocity, cold", after_failures(0), UNKNOWN),
    ("no published velocity, 1", after_failures(1), UNKNOWN),
    ("no published velocity, 3", after_failures(3), UNKNOWN),
    ("failure set another day", same_day(failure=True, today=False), SQUAT),
    ("failure set today", same_day(failure=True, today=True), SQUAT),
    ("unlabelled set another day", same_day(failure=False, today=False), SQUAT),
    ("unlabelled set today", same_day(failure=False, today=True), SQUAT),
    ("always stops at 0-1, cold", always_stops(0, 1, 0), SQUAT),
    ("always stops at 0-1, 10 sets", always_stops(0, 1, 10), SQUAT),
    ("always stops at 2-3, 10 sets", always_stops(2, 3, 10), SQUAT),
    ("always stops at 5-6, 10 sets", always_stops(5, 6, 10), SQUAT),
    ("stops anywhere, 10 sets", unlabelled(10), SQUAT),
    ("3 labels, 30 % false", false_labels(3, 0.3), SQUAT),
)


def main() -> None:
    """Print one row a lesson and family, and their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    args = parser.parse_args()
    print(
        f"{'what':32}"
        + "".join(f" {f.name + ' MAE':>8} {'bias':>5} {'cover':>5} {'Brier':>5}" for f in FAMILIES)
    )
    for name, draw, exercise in ROWS:
        if args.only not in name:
            continue
        cells = [score(*answers(draw, f, args.lifters, args.seed, exercise)) for f in FAMILIES]
        text = "".join(f" {s.mae:8.2f} {s.bias:+5.2f} {100 * s.coverage:4.0f}% {s.brier:5.3f}" for s in cells)
        print(f"{name:32}{text}   mean MAE {np.mean([s.mae for s in cells]):.2f}", flush=True)


if __name__ == "__main__":
    main()
