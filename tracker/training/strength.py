"""How strong somebody is in one exercise and how that changed: what the History screen shows.

The load-velocity profile is drawn through the last weeks only: strength changes, and a line through a
year would mix several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hardset.signal.load_velocity import LoadPoint, LoadVelocityProfile, fit_profile
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.exercise_history import (
    ExerciseSession,
    Record,
    exercise_sessions,
    failure_sd_mps,
    load_point,
    records,
)
from hardset.tracker.training.overload import Trend, fastest_by_load, strength_trend
from hardset.tracker.training.records import LoggedSet

PROFILE_DAYS = 42
"""Days up to the last session whose sets the profile is drawn through."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Velocity against load over the last weeks."""

    points: tuple[LoadPoint, ...]
    line: LoadVelocityProfile | None
    """None with fewer than two loads."""
    failure_mps: float
    """Where the line is read off: the velocity of a last possible rep, a mean over lifters."""
    failure_sd_mps: float
    published: bool
    """False: nobody has measured that velocity in this exercise, it is a guess."""


@dataclass(frozen=True, slots=True)
class Strength:
    """One exercise over time."""

    exercise: str
    sessions: tuple[ExerciseSession, ...]
    """Oldest first."""
    trend: Trend | None
    records: tuple[Record, ...]
    profile: Profile | None
    """None without a sensor on the bar, or where no failure velocity is known."""
    by_load: Mapping[float, Mapping[date, float]]
    """Fastest rep of each day, m/s, by load: the load used on most days first."""


def strength(exercise: str, sets: Sequence[LoggedSet], entry: CatalogueEntry | None) -> Strength:
    """From the sets of one exercise; entry: None for one that nobody knows."""
    over_time = exercise_sessions(sets, entry)
    by_load = fastest_by_load(over_time)
    return Strength(
        exercise=exercise,
        sessions=over_time,
        trend=strength_trend([over_time]),
        records=records(over_time),
        profile=_profile(over_time, entry),
        by_load=dict(sorted(by_load.items(), key=lambda item: (-len(item[1]), -item[0]))),
    )


def _profile(over_time: Sequence[ExerciseSession], entry: CatalogueEntry | None) -> Profile | None:
    prior = None if entry is None else entry.failure_velocity
    if prior is None or not over_time:
        return None
    since = over_time[-1].at - timedelta(days=PROFILE_DAYS)
    points = tuple(
        point
        for session in over_time
        if session.at >= since
        for one in session.sets
        if (point := load_point(one, session.workout)) is not None
    )
    if not points:
        return None
    sd = failure_sd_mps(prior)
    line = fit_profile(points, prior.mean_mps, sd)
    return Profile(points, line, prior.mean_mps, sd, prior.published)
