"""How far a session's 1RM is off on simulated lifters: straight, back-off, light among heavy.

    python tests/accuracy/session_e1rm.py [--lifters 1000] [--seed 5]

A lifter who can do k·(1RM/load - 1) reps, k differing by 20 % between people (Epley 1985 says 30), and
whose strength differs by 1.2 % from day to day. What was felt errs by 0.7 reps near failure and more
further away. The error is relative to the 1RM of that day, so k's share of it is in every figure.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

import numpy as np

from hardset.tracker.simulation.example_history import DAY_SD, FELT_BIAS, FELT_SD
from hardset.tracker.training.exercise_history import exercise_sessions
from hardset.tracker.training.records import LoggedSet

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
REPS_SD = 0.2
"""Assumed: by so much reps at a share of the 1RM differ between people."""
FAR_SD = 0.25
"""Assumed: further error for each rep beyond 3 that was left."""
SESSIONS = {
    "4 straight sets": ((0.75, 1.5), (0.75, 1.0), (0.75, 0.5), (0.75, 0.0)),
    "top set, 2 back-offs": ((0.85, 1.0), (0.75, 2.0), (0.70, 2.0)),
    "light to heavy": ((0.50, 12.0), (0.60, 8.0), (0.70, 5.0), (0.80, 1.5)),
    "pump sets after": ((0.80, 1.0), (0.80, 1.0), (0.50, 3.0), (0.50, 3.0)),
}
"""(share of the 1RM, reps left) of each set."""


def main() -> None:
    """Print a line for each kind of session."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    print(f"{'session':22} {'feel':7} {'bias':>7} {'RMSE':>6} {'in 80 % interval':>17}")
    for name, plan in SESSIONS.items():
        for feel in ("told", "untold"):
            rng = np.random.default_rng([given.seed, *name.encode()])
            errors = (error_of(rng, plan, told=feel == "told") for _ in range(given.lifters))
            drawn = np.array([one for one in errors if one is not None])
            error, inside = drawn[:, 0], drawn[:, 1]
            rmse = float(np.sqrt((error**2).mean()))
            print(f"{name:22} {feel:7} {error.mean():+7.1%} {rmse:6.1%} {inside.mean():17.0%}")


def error_of(
    rng: np.random.Generator, plan: tuple[tuple[float, float], ...], *, told: bool
) -> tuple[float, bool] | None:
    """Relative error of one session's 1RM, and whether the 80 % interval holds it; None for sets too long."""
    usual = float(rng.uniform(60.0, 200.0))
    today = usual * (1.0 + rng.normal(0.0, DAY_SD))
    ability = 30.0 * float(np.exp(rng.normal(0.0, REPS_SD)))
    sets = []
    for number, (share, wanted) in enumerate(plan):
        load = 2.5 * round(share * usual / 2.5)
        possible = ability * (today / load - 1.0)
        reps = max(1, round(possible - wanted))
        left = max(0.0, possible - reps)
        error = rng.normal(FELT_BIAS, FELT_SD + FAR_SD * max(0.0, left - 3.0))
        felt = float(max(0, round(left + error))) if told else None
        at = NOON + timedelta(minutes=4 * number)
        sets.append(
            LoggedSet(
                number, at, "w", "back_squat", load, reps, False, False, felt, (), None, None, None, False
            )
        )
    (session,) = exercise_sessions(sets, None)
    if session.e1rm_kg is None or session.e1rm_80_kg is None:
        return None
    low, high = session.e1rm_80_kg
    return session.e1rm_kg[0] / today - 1.0, low <= today <= high


if __name__ == "__main__":
    main()
