"""Does the programme hold each movement that the legs need?"""

from __future__ import annotations

from dataclasses import dataclass

from hardset.tracker.training.check import Case, Check, too_early, words
from hardset.tracker.training.shown import count_words


@dataclass(frozen=True, slots=True)
class _Movement:
    name: str
    weight: float
    """What its absence is likely to cost: opinion."""
    why: str
    action: str
    differs: str | None = None


_MOVEMENTS = (
    _Movement(
        "knee_extension",
        0.25,
        "Squats leave the rectus femoris as it is (Kubo 2019).",
        "Add leg extensions, two or three sets twice a week.",
    ),
    _Movement(
        "hip_hinge",
        0.35,
        "Hip-dominant work grows parts of the hamstrings that curls do not (Morin 2025).",
        "Add Romanian deadlifts or another hip hinge, three sets twice a week.",
    ),
    _Movement(
        "knee_flexion",
        0.36,
        "Squats grow no hamstrings at all (Kubo 2019), and hinges only part of them (Maeo 2021, Morin 2025).",
        "Add leg curls, seated if you can, three sets twice a week.",
    ),
    _Movement(
        "straight_knee_calf",
        0.35,
        "With the knee bent the gastrocnemius hardly grows: 1-2 % against 9-12 % standing (Kinoshita 2023).",
        "Add standing calf raises, three or four sets twice a week.",
    ),
    _Movement(
        "bent_knee_calf",
        0.16,
        "Seated raises are the usual way to the soleus.",
        "Add seated calf raises, or stay with standing ones.",
        "Seated raises are said to be better for the soleus; it grew equally in both (Kinoshita 2023). If "
        "you do only one kind, do them standing.",
    ),
)


def movement_checks(case: Case) -> tuple[Check, ...]:
    """One check for each movement class: sets a week, hard or not."""
    return tuple(_check(case, movement) for movement in _MOVEMENTS)


def _check(case: Case, movement: _Movement) -> Check:
    sets, want = case.movements[movement.name], "at least one set a week"
    done = f"{count_words(sets, 'set')} of {words(movement.name)}"
    if case.too_early:
        return too_early(case, movement.name, "gym", want, done)
    missing = case.is_missing(movement.name)
    why = f" {movement.why}" if missing else ""
    weight = movement.weight
    if movement.name == "bent_knee_calf" and not case.is_missing("straight_knee_calf"):
        weight = 0.1
    return Check(
        movement.name,
        "gym",
        "short" if missing else "ok",
        round(sets / case.weeks, 2),
        want,
        f"{done} in {case.days.count} days.{why}",
        movement.action if missing else "Keep it.",
        weight=weight if missing else 0.0,
        differs=movement.differs,
    )
