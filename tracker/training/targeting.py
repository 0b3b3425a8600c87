"""Which movements of the legs were trained, and which were not.

Squats grow neither hamstrings nor rectus femoris (Kubo 2019); hip- and knee-dominant exercises grow
different parts of the hamstrings (Maeo 2021, Morin 2025); a seated calf raise does not train the
gastrocnemius, a standing one trains both (Kinoshita 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.records import LoggedSet

LEG_MOVEMENTS = {
    "knee_extension": "quadriceps",
    "hip_hinge": "hamstrings",
    "knee_flexion": "hamstrings",
    "straight_knee_calf": "gastrocnemius",
    "bent_knee_calf": "soleus",
}
"""Movement classes that a whole leg programme holds, and the muscle that each must train directly."""


def movement_of(entry: CatalogueEntry) -> str | None:
    """The leg movement that an exercise stands for.

    A rack pull is a hinge but no hamstring exercise, and a swing is over before a muscle is tired.
    """
    muscle = LEG_MOVEMENTS.get(entry.movement)
    return entry.movement if muscle in entry.direct and not entry.ballistic else None


def movement_sets(sets: Iterable[LoggedSet], exercises: Mapping[str, CatalogueEntry]) -> dict[str, int]:
    """Work sets of each leg movement, hard or not."""
    counts = dict.fromkeys(LEG_MOVEMENTS, 0)
    for one in sets:
        entry = exercises.get(one.exercise)
        movement = None if entry is None or one.warmup else movement_of(entry)
        if movement is not None:
            counts[movement] += 1
    return counts


def missing_movements(sets: Iterable[LoggedSet], exercises: Mapping[str, CatalogueEntry]) -> tuple[str, ...]:
    """Leg movements without a single work set."""
    return tuple(movement for movement, count in movement_sets(sets, exercises).items() if not count)
