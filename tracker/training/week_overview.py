"""A week with everything that is shown beside it: earlier weeks, calves, the sets themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.hard_sum import HardSum
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import TrainingHistory
from hardset.tracker.training.sessions import iso_week, week_days, weeks_before
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.targeting import LEG_MOVEMENTS, movement_of
from hardset.tracker.training.volume import (
    Exercises,
    MuscleVolume,
    Volume,
    calf_volume,
    trend,
    week_volume,
)
from hardset.tracker.training.waiting import WaitingSet, waiting_sets

WEEKS = 6


@dataclass(frozen=True, slots=True)
class WeekOverview:
    """One ISO week of one lifter."""

    week: str
    counted: Volume
    earlier: Mapping[str, tuple[float, ...]]
    """Expected hard sets of each muscle in `WEEKS` weeks, this one last."""
    calves: HardSum
    """Calf sets of either kind, each once."""
    history: TrainingHistory
    """Sets of these weeks and later ones."""
    settings: Settings
    exercises: Exercises
    waiting: tuple[WaitingSet, ...] = ()
    """Measured sets of this week that nobody has given an exercise yet."""


@dataclass(frozen=True, slots=True)
class MovementPart:
    """What one movement class gave to a muscle that it must train."""

    movement: str
    sets: int
    """Work sets, hard or not."""
    hard_sets: float


def week_overview(log: Log, week: str, *, also_from: date | None = None) -> WeekOverview:
    """Read and count a week. also_from: a day from which sets are read in any case.

    Raises EntryNotUnderstood for a name that is no ISO week.
    """
    weeks, exercises = weeks_before(week, WEEKS), catalogue()
    first = week_days(weeks[0]).first
    # Two days more than is counted: a day begins earlier in some places than in others.
    first = min(first, also_from or first) - timedelta(days=2)
    history, settings = log.history(datetime.combine(first, time(), UTC)), log.settings()
    counted = week_volume(history, week, exercises, settings)
    waiting = tuple(one for one in waiting_sets(log) if counted.days.holds(one.at.date()))
    calves, _ = calf_volume(history, counted.days, exercises, settings)
    earlier = trend(history, weeks, exercises, settings)
    return WeekOverview(week, counted, earlier, calves, history, settings, exercises, waiting)


def newest_trained_week(log: Log, today: date) -> str:
    """The newest week with a set, not later than today's; today's own where there is none."""
    days = [day for one in log.history().sets if (day := one.at.date()) <= today]
    return iso_week(max(days, default=today))


def movement_parts(one: MuscleVolume, exercises: Exercises) -> tuple[MovementPart, ...]:
    """A leg muscle in its parts: hip- and knee-dominant, straight- and bent-knee; absent ones too."""
    parts = []
    for movement, muscle in LEG_MOVEMENTS.items():
        if muscle == one.muscle:
            gave = [
                part
                for part in one.contributions
                if (entry := exercises.get(part.exercise)) is not None and movement_of(entry) == movement
            ]
            parts.append(MovementPart(movement, len(gave), sum(part.credit for part in gave)))
    return tuple(parts)
