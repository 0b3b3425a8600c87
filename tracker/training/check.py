"""One thing that may hold muscle growth back: what is so, what is wanted, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.sessions import Days, last_days
from hardset.tracker.training.settings import CALVES, Settings
from hardset.tracker.training.shown import count_words
from hardset.tracker.training.targeting import movement_sets
from hardset.tracker.training.volume import Volume, volume

Area = Literal["gym", "kitchen", "recovery"]
Status = Literal["ok", "short", "unknown"]

STATUS_WORDS: dict[Status, str] = {"ok": "✓ ok", "short": "✗ short", "unknown": "? unknown"}

WINDOW_DAYS = 28
UNLIKELY = 0.1
"""What is less probable than this is not expected."""
SHORTEST_DAYS = 14
"""Less than this says nothing of a week: one day of 14 sets is no habit of 14 sets a week."""
MAIN_MUSCLES = ("quadriceps", "hamstrings", "glutes")
LEGS = frozenset(("quadriceps", "hamstrings", "glutes", "adductors", "abductors", *CALVES))


@dataclass(frozen=True, slots=True)
class Check:
    """What was found about one possible cause."""

    cause: str
    area: Area
    status: Status
    value: float | None
    """The figure that was looked at, in the unit of `want`; None where there is none."""
    want: str
    evidence: str
    action: str
    weight: float = 0.0
    """How much it is likely to cost, 0 to 1: the share of the stimulus or supply that is lacking.
    Ranks what is short; an opinion, not a measurement."""
    differs: str | None = None
    """Where the evidence does not quite say what is usually told."""


@dataclass(frozen=True)
class Case:
    """A lifter's history with everything that several checks look at."""

    history: TrainingHistory
    exercises: Mapping[str, CatalogueEntry]
    settings: Settings
    end: date
    """The last day that is looked at."""

    @cached_property
    def days(self) -> Days:
        """The last four weeks, or as much of them as was trained."""
        window = last_days(self.end, WINDOW_DAYS)
        first = min((one.at.date() for one in self.history.sets), default=self.end)
        return Days(max(window.first, min(first, self.end)), self.end)

    @property
    def weeks(self) -> float:
        """Length of `days`."""
        return self.days.count / 7.0

    @property
    def too_early(self) -> bool:
        """True where so few days are logged that nothing can be said of a usual week."""
        return self.days.count < SHORTEST_DAYS

    @cached_property
    def volume(self) -> Volume:
        """Hard sets of the main muscles over `days`."""
        return volume(self.history, self.days, self.exercises, self.settings, muscles=MAIN_MUSCLES)

    @cached_property
    def leg_sets(self) -> tuple[LoggedSet, ...]:
        """Work sets of exercises that train a leg muscle directly, oldest first, of any time."""
        return tuple(
            one
            for one in self.history.sets
            if not one.warmup and one.exercise in self.exercises and self._trains_legs(one.exercise)
        )

    @cached_property
    def recent_leg_sets(self) -> tuple[LoggedSet, ...]:
        """Those within `days`."""
        return tuple(self.days.of(self.leg_sets))

    @cached_property
    def movements(self) -> dict[str, int]:
        """Work sets of each leg movement within `days`."""
        return movement_sets(self.recent_leg_sets, self.exercises)

    def is_missing(self, movement: str) -> bool:
        """True for a movement trained in less than every other week."""
        return self.movements[movement] < max(1.0, 0.5 * self.weeks)

    def _trains_legs(self, exercise: str) -> bool:
        entry = self.exercises[exercise]
        return not entry.ballistic and bool(LEGS & set(entry.direct))


def too_early(case: Case, cause: str, area: Area, want: str, so_far: str) -> Check:
    """A check of what is done in a week, before there are weeks. so_far: what was done until now."""
    known = f"{so_far} in {count_words(case.days.count, 'day')}" if case.history.sets else "No set is logged"
    evidence = f"{known}: two weeks are needed to judge it."
    return Check(cause, area, "unknown", None, want, evidence, "Go on logging every set.")


def words(name: str) -> str:
    """An id for people: straight_knee_calf -> straight knee calf."""
    return name.replace("_", " ")
