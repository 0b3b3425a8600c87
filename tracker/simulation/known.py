"""Which exercises the simulator can do, and where its sensor sits in each."""

from __future__ import annotations

from hardset.tracker.errors import NotSimulated
from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES


def simulated_placement(exercise_id: str) -> str:
    """Where the sensor sits: bar, thigh or shank. Raises NotSimulated."""
    if exercise_id in BAR_EXERCISES:
        return "bar"
    if exercise_id in LIMB_EXERCISES:
        return LIMB_EXERCISES[exercise_id].placement
    raise NotSimulated(exercise_id, tuple(sorted({*BAR_EXERCISES, *LIMB_EXERCISES})))
