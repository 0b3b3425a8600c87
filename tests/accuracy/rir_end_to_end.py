"""From simulated IMU recordings to reps in reserve: what measuring costs against knowing the velocities.

    python tests/accuracy/rir_end_to_end.py [--lifters 60] [--seed 3] [--radio even]

Each lifter does one set to failure and two sets of true RIR 0-8 on other days; recordings come from
the simulator with its sensors and radios. The same estimator gets the measured and the true velocities.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
from rir_scores import score

from hardset.signal.analysis import analyse
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.rir import SetEvidence, estimate_last, learn
from hardset.signal.sets import MeasuredSet
from hardset.tracker.simulation import SetPlan, draw_plan, simulate
from hardset.tracker.training.catalogue import exercise as look_up

EXERCISES = ("back_squat", "bench_press", "deadlift", "front_squat", "overhead_press", "hip_thrust")
TRUE_SD_MPS = 0.003


def plan_of(number: int, lifter: int, exercise: str, rir: int, radio: str | None) -> SetPlan:
    """A drawn plan with sensor and radio, of this lifter, ending at this RIR."""
    drawn = draw_plan(number, radio=radio)  # type: ignore[arg-type]
    return replace(
        drawn,
        exercise=exercise,
        lifter=lifter,
        reps=3 + number % 10,
        rir_at_end=rir,
        failed_last=False,
        end_in_mid_rep=False,
        start_in_motion=False,
        setup=None,
        tempo=drawn.tempo if drawn.tempo != "cluster" else "normal",
    )


def measured_and_true(plan: SetPlan, seed: int, exercise: Exercise) -> tuple[SetEvidence | None, SetEvidence]:
    """The set as the pipeline sees it (None where it saw none) and as it was."""
    recording = simulate(plan, seed)
    speeds = tuple(float(rep.mean_velocity_mps or 0.0) for rep in recording.truth.reps)
    true = SetEvidence(speeds, velocity_sds=(TRUE_SD_MPS,) * len(speeds))
    found = analyse(recording.samples, exercise=exercise, placement=Placement.BAR).sets
    if not found:
        return None, true
    return as_evidence(max(found, key=lambda one: len(one.reps))), true


def as_evidence(one: MeasuredSet) -> SetEvidence:
    """Velocities and their sds; the failed attempt is left out, so that both sides know the same."""
    sds = tuple(rep.mean_velocity_sd_mps or 0.03 for rep in one.reps)
    return SetEvidence(tuple(max(rep.speed, 0.001) for rep in one.reps), velocity_sds=sds)


def main() -> None:
    """Print both scores, cold and after a set to failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--radio", choices=["even", "jitter", "burst"])
    args = parser.parse_args()
    rows: dict[str, list[tuple[np.ndarray, float, tuple[float, float]]]] = {}
    missed = 0
    for lifter in range(args.lifters):
        rng = np.random.default_rng([args.seed, lifter])
        name = EXERCISES[lifter % len(EXERCISES)]
        exercise = look_up(name).signal
        number = 1000 * args.seed + 3 * lifter
        failure = measured_and_true(plan_of(number, lifter, name, 0, args.radio), number, exercise)
        for extra in (1, 2):
            rir = int(rng.integers(0, 9))
            plan = plan_of(number + extra, lifter, name, rir, args.radio)
            test = measured_and_true(plan, number + extra, exercise)
            if test[0] is None:
                missed += 1
                continue
            for side, past, now in zip(("measured", "true"), failure, test, strict=True):
                assert now is not None
                state = None if past is None else learn(None, replace(past, rir_at_end=0), exercise)
                for label, prior in (("cold", None), ("1 failure set", state)):
                    answer = estimate_last(now, exercise, prior)
                    row = (np.array(answer.pmf), float(rir), (answer.low80, answer.high80))
                    rows.setdefault(f"{label:14} {side}", []).append(row)
    print(f"sets that the pipeline did not find: {missed}")
    for label in sorted(rows):
        pmfs, truth, intervals = (np.array(x) for x in zip(*rows[label], strict=True))
        s = score(pmfs, truth, intervals)
        figures = f"MAE {s.mae:.2f} bias {s.bias:+.2f} cover {100 * s.coverage:.0f}% Brier {s.brier:.3f}"
        print(f"{label:24} n {truth.size} {figures}")


if __name__ == "__main__":
    main()
