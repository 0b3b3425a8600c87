"""The set that `hardset demo` shows, and how close the pipeline came to its truth."""

from __future__ import annotations

import numpy as np

from hardset.signal.live import Event, RepFinished, RepWithdrawn
from hardset.signal.repetition import Repetition
from hardset.tracker.benchmark.counters import found_rep
from hardset.tracker.benchmark.matching import match_reps
from hardset.tracker.benchmark.scores import score_errors
from hardset.tracker.errors import NotSimulated
from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.truth import Truth


def draw_set(exercise_id: str, seed: int) -> SetPlan:
    """A set of 6-9 reps that ends 0-2 short of failure, over a burst radio.

    Raises NotSimulated for an exercise that the simulator can't do.
    """
    if exercise_id in BAR_EXERCISES:
        placement = "bar"
    elif exercise_id in LIMB_EXERCISES:
        placement = LIMB_EXERCISES[exercise_id].placement
    else:
        raise NotSimulated(exercise_id, tuple(sorted({*BAR_EXERCISES, *LIMB_EXERCISES})))
    rng = np.random.default_rng(seed)
    return SetPlan(
        exercise=exercise_id,
        placement=placement,
        reps=int(rng.integers(6, 10)),
        rir_at_end=int(rng.integers(0, 3)),
        radio=RadioPlan("burst"),
    )


class Verdict:
    """Collects what was said live, and compares it with what really happened."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._reps: dict[int, Repetition] = {}

    def take(self, event: Event) -> None:
        """Remember a rep, or forget one that was withdrawn."""
        if isinstance(event, RepFinished):
            self._reps[event.rep.number] = event.rep
        elif isinstance(event, RepWithdrawn):
            self._reps.pop(event.number, None)

    def lines(self) -> list[str]:
        """Count, velocity and reserve beside their truth."""
        true = self._truth.reps
        found = [found_rep(self._reps[number]) for number in sorted(self._reps)]
        lines = [f"the truth: {len(true)} reps, {true[-1].rir if true else 0:g} left at the end"]
        errors = score_errors(match.mean_velocity_error_mps for match in match_reps(true, found))
        if errors is not None:
            lines.append(
                f"velocities were off by {errors.rmse:.3f} m/s (root mean square of {errors.reps} reps)"
            )
        lines.append("A simulated lifter proves that the sums are right, not that they hold for you.")
        return lines
