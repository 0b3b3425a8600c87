"""The set to hold today's against: the one of the last workout in which the exercise was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from hardset.tracker.training.records import LoggedSet, TrainingHistory

SAME_WORKOUT_H = 4.0


def last_time(
    history: TrainingHistory, exercise: str, load_kg: float | None, now: datetime
) -> LoggedSet | None:
    """The work set of the last earlier workout whose load is nearest; the first of several alike.

    now: aware. Sets of the workout that is going on are not an earlier time. None where there is none.
    """
    before = [
        one
        for one in history.sets
        if one.exercise == exercise
        and not one.warmup
        and now - one.at > timedelta(hours=SAME_WORKOUT_H)
        and one.workout not in _workouts_now(history, now)
    ]
    if not before:
        return None
    newest = max(before, key=lambda one: one.at).workout
    of_that_day = sorted((one for one in before if one.workout == newest), key=lambda one: one.at)
    if load_kg is None:
        return of_that_day[0]
    return min(of_that_day, key=lambda one: abs((one.load_kg or 0.0) - load_kg))


def _workouts_now(history: TrainingHistory, now: datetime) -> set[str]:
    return {one.workout for one in history.sets if now - one.at <= timedelta(hours=SAME_WORKOUT_H)}
