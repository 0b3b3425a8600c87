"""Why don't the legs grow? Every possible cause is looked at; one is named.

What is short is ranked by how much of the stimulus or of the supply is lacking: sets that were too
easy, sets that were not done, sets at the end of an endless session, a movement that is missing, food
that is missing. Strength that does not rise is an outcome as much as a cause, so it is named only
where nothing of that size stands before it. The weights of this ranking are an opinion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.check import SHORTEST_DAYS, Case, Check, words
from hardset.tracker.training.gym_checks import calves, gym_checks
from hardset.tracker.training.kitchen_checks import kitchen_checks
from hardset.tracker.training.movement_checks import movement_checks
from hardset.tracker.training.overload_check import overload
from hardset.tracker.training.records import TrainingHistory
from hardset.tracker.training.recovery_checks import recovery_checks
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import count_words

WORTH_NAMING = 0.15
"""A lack that weighs less is told among the checks and never called the limiting one."""

FIXED = (
    "What no training changes: how long your limbs are, where muscles attach and how long their bellies are, "
    "and the share of fast fibres. They set the pace and the look, not whether you grow.",
    "Long legs need more muscle to look big; a short calf belly stays short and grows all the same.",
    "What to expect: growth shows on a tape after months, not weeks. Optional: measure thigh and calf every "
    "four weeks at the same place, in the morning.",
)
"""What cannot be changed, and what follows."""


@dataclass(frozen=True, slots=True)
class Limiting:
    """The one thing to change, or why none is named."""

    area: Literal["gym", "kitchen", "recovery", "none", "too_early"]
    cause: str
    """Name of the check; the area where none is named."""
    evidence: str
    action: str

    @property
    def headline(self) -> str:
        """What is said first: 'What holds you back: knee flexion (gym)'."""
        titles = {"none": "Nothing stands out", "too_early": "Too early to tell"}
        return titles.get(self.area, f"What holds you back: {words(self.cause)} ({self.area})")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All checks and the limiting one."""

    lifter: str
    end: date
    """The last day that was looked at."""
    limiting: Limiting
    checks: tuple[Check, ...]

    def check(self, cause: str) -> Check:
        """One check by its name."""
        return next(one for one in self.checks if one.cause == cause)


def diagnose(
    history: TrainingHistory,
    exercises: Mapping[str, CatalogueEntry],
    settings: Settings,
    today: date | None = None,
) -> Diagnosis:
    """Look at the four weeks before `today`; None: before the last set that was logged."""
    trained = [one.at.date() for one in history.sets]
    end = today or max(trained, default=None) or date.today()
    case = Case(history, exercises, settings, end)
    checks = (
        *gym_checks(case),
        overload(case),
        *movement_checks(case),
        calves(case),
        *kitchen_checks(case),
        *recovery_checks(case),
    )
    so_far = [day for day in trained if day <= end]
    span = (end - min(so_far)).days + 1 if so_far else 0
    limiting = _too_early(span, len(so_far)) if span < SHORTEST_DAYS else _limiting(checks)
    return Diagnosis(history.lifter, end, limiting, checks)


def _too_early(span: int, sets: int) -> Limiting:
    verb = "is" if sets == 1 else "are"
    known = (
        f"{count_words(sets, 'set')} in {count_words(span, 'day')} {verb} logged"
        if sets
        else "No set is logged"
    )
    return Limiting(
        "too_early",
        "too_early",
        f"{known}: two weeks are needed to judge training, three with four sessions of an exercise to see "
        "whether strength rises, and four weeks of body weight to tell a surplus from none.",
        "Log every set with what was left, weigh yourself in the morning, log your protein; then ask again.",
    )


def _limiting(checks: tuple[Check, ...]) -> Limiting:
    short = [one for one in checks if one.status == "short" and one.weight >= WORTH_NAMING]
    if not short:
        return _nothing(checks)
    # Ties go to what is looked at first: effort, volume, spread, overload, movements, kitchen, rest.
    worst = max(short, key=lambda one: one.weight)
    evidence, action = worst.evidence, worst.action
    others = [one for one in short if one is not worst and one.area == worst.area and one.weight >= 0.3]
    if others:
        evidence += " Next in line: " + ", ".join(words(one.cause) for one in others) + "."
        if worst.area == "kitchen" or worst.cause in ("knee_flexion", "hip_hinge", "straight_knee_calf"):
            action = " ".join((action, *(one.action for one in others)))
    return Limiting(worst.area, worst.cause, evidence, action)


def _nothing(checks: tuple[Check, ...]) -> Limiting:
    effort = next(one for one in checks if one.cause == "intensity")
    unknown = [words(one.cause) for one in checks if one.status == "unknown"]
    minor = [words(one.cause) for one in checks if one.status == "short"]
    evidence = "Nothing that you can change stands out."
    if minor:
        evidence += f" Small matters: {', '.join(minor)}."
    if unknown:
        evidence += f" Not known: {', '.join(unknown)}."
    action = (
        "Patience: go on as you are and compare in three months. Pace and shape are also a matter of "
        "genetics (limb lengths, insertions, fibres), which set the ceiling and cannot be trained."
    )
    if effort.status == "unknown":
        evidence, action = f"{evidence} {effort.evidence}", f"{effort.action} If they were hard: {action}"
    return Limiting("none", "none", evidence, action)
