"""What a printed week holds, gathered from the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hardset.tracker.training.check import words
from hardset.tracker.training.diagnosis import Diagnosis, diagnose
from hardset.tracker.training.exercise_history import ExerciseSession
from hardset.tracker.training.hard_sum import HardSum
from hardset.tracker.training.overload import by_exercise
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.sessions import last_days, week_days, weeks_before
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.volume import Exercises, Volume, calf_volume, trend, week_volume

WEEKS, STRENGTH_DAYS = 8, 84


@dataclass(frozen=True, slots=True)
class WeekReport:
    """Everything on the page."""

    week: str
    volume: Volume
    calves: HardSum
    weeks: tuple[str, ...]
    trend: dict[str, tuple[float, ...]]
    """Expected hard sets of each muscle in each of `weeks`."""
    work: tuple[LoggedSet, ...]
    """Work sets of the week."""
    strength: tuple[tuple[str, Sequence[ExerciseSession]], ...]
    """Exercises of the week with at least two sessions that speak for a 1RM, most trained first."""
    diagnosis: Diagnosis
    exercises: Exercises
    settings: Settings

    @property
    def measured(self) -> tuple[LoggedSet, ...]:
        """The sets of the week that a sensor saw."""
        return tuple(one for one in self.work if one.velocities)

    def name_of(self, exercise: str) -> str:
        """An exercise for people."""
        entry = self.exercises.get(exercise)
        # What stands in brackets tells machines apart; a title has no room for it.
        return words(exercise) if entry is None else entry.name.partition(" (")[0]


def week_report(history: TrainingHistory, week: str, exercises: Exercises, settings: Settings) -> WeekReport:
    """Gather a week's page; what came after the week is left out. Raises EntryNotUnderstood."""
    days = week_days(week)
    end = days.last
    known = TrainingHistory(
        history.lifter,
        tuple(one for one in history.sets if one.at.date() <= end),
        tuple(one for one in history.weighings if one.at.date() <= end),
        tuple(one for one in history.meals if one.at.date() <= end),
        tuple(one for one in history.nights if one.day <= end),
    )
    weeks = weeks_before(week, WEEKS)
    work = tuple(one for one in days.of(known.sets) if not one.warmup)
    trained = [one.exercise for one in work]
    grouped = by_exercise(last_days(end, STRENGTH_DAYS).of(known.sets), exercises)
    strength = [
        (id, over_time)
        for id, over_time in grouped.items()
        if id in trained and sum(session.e1rm_kg is not None for session in over_time) >= 2
    ]
    strength.sort(key=lambda pair: (-trained.count(pair[0]), pair[0]))
    newest = max((one.at.date() for one in known.sets), default=end)
    return WeekReport(
        week=week,
        volume=week_volume(known, week, exercises, settings),
        calves=calf_volume(known, days, exercises, settings)[0],
        weeks=weeks,
        trend=trend(known, weeks, exercises, settings),
        work=work,
        strength=tuple(strength),
        diagnosis=diagnose(known, exercises, settings, end if newest < end - timedelta(days=7) else newest),
        exercises=exercises,
        settings=settings,
    )
