"""Evaluation of reps in reserve on simulated lifters: every family, sensor and number of failure sets.

    python tests/accuracy/rir_evaluate.py [--held-out | --awkward | --family lab]
        [--lifters 240] [--seed 1] [--cache DIR]

`--cache` keeps the brute-force references, which take most of the time.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rir_awkward import AWKWARD
from rir_generators import (
    FAMILIES,
    HELD_OUT,
    Family,
    Feel,
    Floats,
    SimulatedLifter,
    SimulatedSet,
    draw_lifters,
)
from rir_peers import GeneralCurve, LossTable, OwnLine, constant, training_sets
from rir_reference import reference_pmfs
from rir_scores import Scores, score

from hardset.signal.exercise import Exercise, FailureVelocityPrior
from hardset.signal.rir import LifterState, SetEvidence, estimate_last, learn

SQUAT = Exercise(
    "back_squat",
    failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True),
)
KNOWN = (0, 1, 3, 6)
EVERY = (*FAMILIES, *HELD_OUT, *AWKWARD)
NO_DAY = Exercise(
    "back_squat",
    failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.001, published=True),
)
SENSOR_SDS = (0.02, 0.05)
FAMILYS = "family's curve"
"""Knows the mean curve of exactly this family: shown, but no peer that anybody could use."""


@dataclass(frozen=True)
class Cell:
    """One family and sensor: lifters, the truth (n,), the reference's pmfs (n, len(KNOWN), 9)."""

    family: Family
    sensor_sd: float
    lifters: list[SimulatedLifter]
    training: list[SimulatedSet]
    everybody: list[SimulatedSet]
    truth: Floats
    reference: Floats


def make_cell(family: Family, sensor_sd: float, lifters: int, seed: int, cache: Path | None) -> Cell:
    """Draw the sets and work out (or read) the reference."""
    drawn = draw_lifters(family, sensor_sd, seed, lifters)
    file = None if cache is None else cache / f"{family.name}_{sensor_sd}_{lifters}_{seed}.npy"
    if file is not None and file.exists():
        pmfs = np.load(file)
    else:
        pmfs = reference_pmfs(family, drawn, sensor_sd, KNOWN)
        if file is not None:
            np.save(file, pmfs)
    truth = np.array([s.rir for one in drawn for s in one.tests], dtype=float)
    others = {
        f.name: training_sets(draw_lifters(f, sensor_sd, seed + 1000, lifters)) for f in (*FAMILIES, family)
    }
    everybody = [one for f in FAMILIES for one in others[f.name]]
    return Cell(
        family,
        sensor_sd,
        drawn,
        others[family.name],
        everybody,
        truth,
        pmfs.reshape(-1, len(KNOWN), pmfs.shape[-1]),
    )


def evidence(one: SimulatedSet, sensor_sd: float | None, *, known: bool = False) -> SetEvidence:
    """The set as hardset is given it."""
    v = tuple(one.velocities.tolist())
    sds = None if sensor_sd is None else (sensor_sd,) * len(v)
    return SetEvidence(v, velocity_sds=sds, rir_at_end=0 if known else None)


def hardset_answers(
    cell: Cell,
    known: int,
    exercise: Exercise | None = SQUAT,
    *,
    felt: bool = False,
    sds: bool = True,
) -> tuple[Floats, Floats]:
    """(n, 11) pmfs and (n, 2) intervals of every test set after `known` sets to failure.

    felt: with the lifter's own guess of the test set. sds: tell the sensor's noise.
    """
    pmfs, intervals = [], []
    rng = np.random.default_rng(7)
    for lifter in cell.lifters:
        state: LifterState | None = None
        feel = Feel(rng)
        for one in lifter.failures[:known]:
            state = learn(
                state,
                evidence(one, cell.sensor_sd if sds else None, known=True),
                exercise,
            )
        for test in lifter.tests:
            now = evidence(test, cell.sensor_sd if sds else None)
            now = replace(now, felt_rir=feel(test.rir)) if felt else now
            answer = estimate_last(now, exercise, state)
            pmfs.append(answer.pmf)
            intervals.append((answer.low80, answer.high80))
    return np.array(pmfs), np.array(intervals)


def peer_scores(cell: Cell, known: int) -> dict[str, Scores]:
    """The peers' scores on the same sets."""
    table, curve = LossTable(cell.training), GeneralCurve(cell.everybody)
    familys = GeneralCurve(cell.training)
    sets = [(one, test) for one in cell.lifters for test in one.tests]
    answers = {
        "constant": [constant() for _ in sets],
        "loss table": [table(test) for _, test in sets],
        "general curve": [curve(test) for _, test in sets],
        FAMILYS: [familys(test) for _, test in sets],
    }
    if known:
        own = {id(one): OwnLine(one.failures[:known]) for one in cell.lifters}
        answers["own line"] = [own[id(one)](test) for one, test in sets]
    return {name: score(np.array(p), cell.truth) for name, p in answers.items()}


COLUMNS = ("MAE", "bias", "cover", "width", "CRPS", "Brier")
HEADER = f"{'family':6} {'sensor':6} {'known':5} {'who':18}" + "".join(f"{name:>7}" for name in COLUMNS)


def line(cell: Cell, known: int, who: str, s: Scores, note: str = "") -> str:
    """One row of the table."""
    return (
        f"{cell.family.name:6} {cell.sensor_sd:<6} {known:<5} {who:18} {s.mae:6.2f} {s.bias:+6.2f} "
        f"{100 * s.coverage:5.1f}% {s.width:6.2f} {s.crps:6.3f} {s.brier:6.3f}  {note}"
    )


def verdict(known: int, own: Scores, ref: Scores, peers: dict[str, Scores]) -> str:
    """Ratios to the reference and what misses its limit."""
    allowed = 1.20 if known <= 1 else 1.15
    missed = []
    if own.mae > allowed * ref.mae:
        missed.append("MAE")
    if own.brier > (1.25 if known == 0 else allowed) * ref.brier:
        missed.append("Brier")
    if not 0.75 <= own.coverage <= 0.92:
        missed.append("coverage")
    if own.width > 1.4 * ref.width:
        missed.append("width")
    for name, peer in peers.items():
        if name != FAMILYS and min(peer.mae - own.mae, peer.crps - own.crps, peer.brier - own.brier) <= 0:
            missed.append(f"not better than {name}")
    pairs = ("MAE", own.mae / ref.mae), ("Brier", own.brier / ref.brier), ("width", own.width / ref.width)
    ratios = " ".join(f"{name} x{ratio:.2f}" for name, ratio in pairs)
    return ratios + ("  MISSED: " + ", ".join(missed) if missed else "  ok")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=[f.name for f in EVERY])
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="two further families, not used in building",
    )
    parser.add_argument("--awkward", action="store_true", help="four families made to be awkward")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--brief", action="store_true", help="only hardset's rows")
    args = parser.parse_args()
    print(HEADER)
    families = AWKWARD if args.awkward else HELD_OUT if args.held_out else FAMILIES
    families = families if args.family is None else EVERY
    for family in families:
        if args.family not in (None, family.name):
            continue
        for sensor_sd in SENSOR_SDS:
            cell = make_cell(family, sensor_sd, args.lifters, args.seed, args.cache)
            for k, known in enumerate(KNOWN):
                print_block(cell, k, known, brief=args.brief)


def print_block(cell: Cell, k: int, known: int, *, brief: bool) -> None:
    """Peers, reference, hardset and its ablations after `known` sets to failure."""

    def own(count: int, exercise: Exercise = SQUAT, *, felt: bool = False, sds: bool = True) -> Scores:
        pmfs, intervals = hardset_answers(cell, count, exercise, felt=felt, sds=sds)
        return score(pmfs, cell.truth, intervals)

    reference = score(cell.reference[:, k], cell.truth)
    peers, whole = peer_scores(cell, known), own(known)
    if not brief:
        for name, peer in peers.items():
            print(line(cell, known, name, peer))
        print(line(cell, known, "reference", reference))
    print(
        line(cell, known, "hardset", whole, verdict(known, whole, reference, peers)),
        flush=True,
    )
    if not brief:
        print(line(cell, known, "- sensor sd untold", own(known, sds=False)))
        print(line(cell, known, "- no day effect", own(known, NO_DAY)))
        if known:
            print(line(cell, known, "- no learning", own(0)))
        print(line(cell, known, "+ felt RIR", own(known, felt=True)), flush=True)


if __name__ == "__main__":
    main()
