"""Histories with one planted cause each, in variations: other exercises, loads, effort known otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hardset.tracker.simulation.example_history import ROUTINE, UPPER, Habits, Routine, Slot

BAR_LIFTS = ("back_squat", "romanian_deadlift", "hip_thrust")
OTHER_ROUTINE: Routine = (
    (
        1,
        (
            Slot("front_squat", 4, 6, 85.0),
            Slot("good_morning", 3, 10, 60.0),
            Slot("leg_extension", 3, 14, 47.5),
            Slot("lying_leg_curl", 4, 12, 32.5),
            Slot("donkey_calf_raise", 4, 15, 60.0),
            Slot("seated_calf_raise", 3, 16, 35.0),
        ),
    ),
    (
        5,
        (
            Slot("hack_squat", 4, 9, 120.0),
            Slot("bulgarian_split_squat", 3, 10, 40.0),
            Slot("stiff_legged_deadlift", 4, 9, 75.0),
            Slot("sissy_squat", 3, 10, 20.0),
            Slot("seated_leg_curl", 4, 10, 45.0),
            Slot("leg_press_calf_press", 4, 12, 140.0),
            Slot("seated_calf_raise", 3, 16, 35.0),
        ),
    ),
)
ONE_LEG_DAY: Routine = (
    (
        2,
        (
            Slot("back_squat", 6, 8, 100.0),
            Slot("leg_press", 3, 10, 160.0),
            Slot("leg_extension", 3, 12, 50.0),
            Slot("romanian_deadlift", 4, 9, 80.0),
            Slot("lying_leg_curl", 3, 10, 35.0),
            Slot("standing_calf_raise", 3, 12, 80.0),
            Slot("seated_calf_raise", 2, 14, 40.0),
        ),
    ),
    (4, UPPER),
)
SQUATS_AND_HINGES: Routine = (
    (0, (Slot("back_squat", 3, 8, 100.0),)),
    (3, (Slot("romanian_deadlift", 3, 8, 90.0),)),
)

VARIATIONS: dict[str, Callable[[Habits], Habits]] = {
    "all felt": lambda habits: habits,
    "sensor on the bar": lambda habits: replace(habits, sensor_on=BAR_LIFTS),
    "heavier and noisier": lambda habits: replace(
        habits, routine=scaled(habits.routine, 1.6), load_step_kg=2.5, rir_sd=0.8, body_weight_kg=96.0
    ),
    "eight weeks": lambda habits: replace(habits, weeks=8),
}
NO_KITCHEN = {"body_weight_kg": None, "protein_g_per_kg": None, "sleep_h": None}


def scaled(routine: Routine, factor: float) -> Routine:
    """The same exercises with other loads."""
    return tuple(
        (day, tuple(replace(slot, load_kg=factor * slot.load_kg) for slot in slots)) for day, slots in routine
    )


def sets_each(routine: Routine, sets: int) -> Routine:
    """Every exercise with so many sets."""
    return tuple((day, tuple(replace(slot, sets=sets) for slot in slots)) for day, slots in routine)


def without(routine: Routine, *exercises: str) -> Routine:
    """The routine with some exercises left out."""
    return tuple((day, tuple(s for s in slots if s.exercise not in exercises)) for day, slots in routine)


def squeezed(routine: Routine) -> Routine:
    """All leg work of the week on one day."""
    legs = [slot for day, slots in routine if slots is not UPPER for slot in slots]
    return ((0, tuple(legs)), (2, UPPER), (4, UPPER))


CURLS_AND_STANDING = ("seated_leg_curl", "lying_leg_curl", "standing_calf_raise")

HEALTHY = {
    "two leg days": Habits(),
    "other exercises": Habits(routine=OTHER_ROUTINE, load_step_kg=1.0),
    "slow but steady": Habits(progress_pct_per_week=0.7),
    "stops at two": Habits(rir=1.9),
    "kitchen unknown": Habits(**NO_KITCHEN),
}
PLANTED: dict[str, tuple[tuple[str, ...], dict[str, Habits]]] = {
    "too far from failure": (
        ("intensity",),
        {
            "stops at five": Habits(rir=5.0),
            "stops at six, other exercises": Habits(rir=6.0, routine=OTHER_ROUTINE),
            "stops at four and a half, no kitchen": Habits(rir=4.5, **NO_KITCHEN),
        },
    ),
    "six sets a week": (
        ("volume",),
        {
            "six of each muscle": Habits(
                routine=without(sets_each(ROUTINE, 2), "leg_press", "hip_thrust", "seated_calf_raise")
            ),
            "six in all": Habits(routine=SQUATS_AND_HINGES),
            "six in all, nothing else": Habits(
                routine=SQUATS_AND_HINGES, progress_pct_per_week=0.0, **NO_KITCHEN
            ),
        },
    ),
    "one leg day": (
        ("frequency",),
        {
            "24 sets": Habits(routine=ONE_LEG_DAY),
            "24 sets, no kitchen": Habits(routine=ONE_LEG_DAY, **NO_KITCHEN),
            "everything at once": Habits(routine=squeezed(OTHER_ROUTINE)),
        },
    ),
    "no knee flexion and no straight-knee calf": (
        ("knee_flexion", "straight_knee_calf"),
        {
            "left out": Habits(routine=without(ROUTINE, *CURLS_AND_STANDING)),
            "left out, no kitchen": Habits(routine=without(ROUTINE, *CURLS_AND_STANDING), **NO_KITCHEN),
        },
    ),
    "no overload": (
        ("overload",),
        {
            "same loads": Habits(progress_pct_per_week=0.0),
            "same loads, other exercises": Habits(progress_pct_per_week=0.0, routine=OTHER_ROUTINE),
            "same loads, no kitchen": Habits(progress_pct_per_week=0.0, **NO_KITCHEN),
        },
    ),
    "no surplus and 1.0 g/kg": (
        ("surplus", "protein"),
        {
            "weight steady": Habits(surplus_pct=0.0, protein_g_per_kg=1.0),
            "protein told once a day": Habits(surplus_pct=0.0, protein_g_per_kg=1.0, meals=1),
            "loses weight": Habits(surplus_pct=-6.0, protein_g_per_kg=1.0),
            "and so no progress": Habits(surplus_pct=0.0, protein_g_per_kg=1.0, progress_pct_per_week=0.0),
        },
    ),
}
"""Name of the plant to the causes that may be named, and histories that have it."""
