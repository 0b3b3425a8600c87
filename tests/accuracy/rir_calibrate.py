"""Rebuild the stretch factors of the 80 % interval from sets to failure cut short.

    python tests/accuracy/rir_calibrate.py [--lifters 60] [--seed 11]
    python tests/accuracy/rir_calibrate.py --log MY_SETS.jsonl

A set to failure cut k reps before its end is a set of known RIR k. Each is estimated from a state
that has learned the lifter's other failure sets, never the set itself. With --log the same is done
on sets of one's own: a line {"exercise", "lifter"?, "velocities", "rir_at_end": 0, "session"?} each.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rir_generators import FAMILIES, Family, SimulatedLifter, draw_lifter, draw_set

from hardset.signal.exercise import Exercise, FailureVelocityPrior
from hardset.signal.rir import LifterState, SetEvidence, estimate_last, learn_history
from hardset.signal.rir_calibration import calibration_class

TARGET = 0.85
"""Aimed at: 80 % and a little for kinds of lifter that are not among the three simulated ones."""
MOST_CUT = 8
FEWEST_REPS = 3
SQUAT = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True))
UNKNOWN = Exercise("nobody_measured_this")
Sample = tuple[float, float, float, int]
"""Lower end, middle and upper end of the uncorrected interval, true RIR."""


def main() -> None:
    """Print the factors and what they give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--log", type=Path)
    args = parser.parse_args()
    samples: dict[str, list[Sample]] = defaultdict(list)
    cases = simulated(args.lifters, args.seed) if args.log is None else logged(args.log)
    for exercise, failures, learned in cases:
        for key, sample in cut_short(exercise, failures, learned):
            samples[key].append(sample)
    for key in sorted(samples):
        print(line(key, samples[key]))


def simulated(lifters: int, seed: int) -> Iterator[tuple[Exercise, list[SetEvidence], tuple[int, ...]]]:
    """Failure sets of lifters of every family and two sensors, with and without published velocity."""
    for family in FAMILIES:
        for sensor_sd in (0.02, 0.05):
            rng = np.random.default_rng([seed, int(1000 * sensor_sd), *family.name.encode()])
            for _ in range(lifters):
                sets = long_failures(rng, family, draw_lifter(rng, family), sensor_sd)
                for exercise in (SQUAT, UNKNOWN):
                    yield exercise, sets, (0, 1, 3, 5)


def long_failures(
    rng: np.random.Generator, family: Family, lifter: SimulatedLifter, sensor_sd: float
) -> list[SetEvidence]:
    """Six sets to failure on days of their own."""
    result = []
    for _ in range(6):
        v = tuple(draw_set(rng, family, lifter, 0, sensor_sd).velocities.tolist())
        result.append(SetEvidence(v, velocity_sds=(sensor_sd,) * len(v), rir_at_end=0))
    return result


def logged(path: Path) -> Iterator[tuple[Exercise, list[SetEvidence], tuple[int, ...]]]:
    """Failure sets of one's own, by lifter and exercise; each estimated from all the others."""
    from hardset.tracker.training.catalogue import exercise as look_up

    groups: dict[tuple[str, str], list[SetEvidence]] = defaultdict(list)
    for text in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(text) if text.strip() else {}
        if one.get("rir_at_end") == 0:
            evidence = SetEvidence(tuple(one["velocities"]), rir_at_end=0, session=one.get("session"))
            groups[one.get("lifter", ""), one["exercise"]].append(evidence)
    for (_, id), sets in groups.items():
        yield look_up(id).signal, sets, tuple(range(len(sets)))


def cut_short(
    exercise: Exercise, failures: list[SetEvidence], learned: tuple[int, ...]
) -> Iterator[tuple[str, Sample]]:
    """Uncorrected interval and truth of each set cut 0-8 reps early, after so many others were learned."""
    for number, whole in enumerate(failures):
        # The others of the same session would make it easier than a set of another day.
        others = [
            s
            for i, s in enumerate(failures)
            if i != number and (s.session is None or s.session != whole.session)
        ]
        for count in learned:
            if count > len(others):
                continue
            state = learn_history(others[:count], exercise)
            for cut in range(min(MOST_CUT, len(whole.velocities) - FEWEST_REPS) + 1):
                yield (
                    calibration_class(exercise.failure_velocity is not None, count),
                    one_sample(whole, cut, exercise, state),
                )


def one_sample(whole: SetEvidence, cut: int, exercise: Exercise, state: LifterState | None) -> Sample:
    """The set without its last reps."""
    keep = len(whole.velocities) - cut
    sds = whole.velocity_sds[:keep] if whole.velocity_sds is not None else None
    answer = estimate_last(SetEvidence(whole.velocities[:keep], velocity_sds=sds), exercise, state)
    pmf = np.array(answer.pmf)
    edges = [
        float(np.interp(p, np.append(0, pmf.cumsum()), np.arange(pmf.size + 1) - 0.5))
        for p in (0.1, 0.5, 0.9)
    ]
    return edges[0], edges[1], edges[2], cut


def line(key: str, samples: list[Sample]) -> str:
    """Factors of one class and the coverage without and with them."""
    low, middle, high, truth = (np.array(x, dtype=float) for x in zip(*samples, strict=True))
    # Every RIR counts alike, although few sets are long enough to be cut by eight.
    weight = 1.0 / np.bincount(truth.astype(int))[truth.astype(int)]
    below, above = (middle - truth) / (middle - low), (truth - middle) / (high - middle)
    low_factor, high_factor = (weighted_quantile(x, weight, 0.5 + TARGET / 2) for x in (below, above))
    # A lower end under 0 covers all the same: the answer is cut at 0.
    before = np.average((low <= truth) & (truth <= high), weights=weight)
    after = np.average((below <= low_factor) & (above <= high_factor), weights=weight)
    figures = f"{before:.1%} -> {after:.1%}, {truth.size} sets"
    return f'    "{key}": ({low_factor:.2f}, {high_factor:.2f}),  # {figures}'


def weighted_quantile(x: np.ndarray, weight: np.ndarray, share: float) -> float:
    """Smallest value that so much of the weight does not exceed."""
    order = np.argsort(x)
    total = np.cumsum(weight[order])
    return float(x[order][np.searchsorted(total, share * total[-1])])


if __name__ == "__main__":
    main()
