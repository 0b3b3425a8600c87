"""Progressive overload: does strength rise, or only go up and down from day to day?

The one-repetition maximum is followed over the sessions, all leg exercises together, each against its
own mean; beside it stands whether load or reps of the best sets rose at all, and velocity at a fixed
load. A 1RM repeats within 1.9 % (Ruf 2018), a velocity at one load within 0.03-0.07 m/s: smaller
changes are noise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.exercise_history import (
    Z80,
    ExerciseSession,
    exercise_sessions,
    load_point,
    performance,
)
from hardset.tracker.training.records import LoggedSet

Floats = NDArray[np.float64]

REPEATABILITY = 0.019
"""Standard deviation of a 1RM from day to day, as a share of it (Ruf 2018)."""
PSEUDO_DAYS = 4.0
"""The repeatability counts as so many days beside those that were seen."""
FEWEST_SESSIONS, SHORTEST_DAYS = 4, 21
DETECTABLE_MPS = 0.067
"""Smallest change of velocity between two days that is no noise (deadlift, 95 %)."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Change of the one-repetition maximum, percent a week, with its standard error."""

    pct_per_week: float
    se_pct_per_week: float
    days: int
    """From the first to the last session."""
    sessions: int

    @property
    def interval80(self) -> tuple[float, float]:
        """80 % interval, percent a week."""
        return (
            self.pct_per_week - Z80 * self.se_pct_per_week,
            self.pct_per_week + Z80 * self.se_pct_per_week,
        )

    def p_above(self, pct_per_week: float) -> float:
        """P(strength rises by more than this)."""
        # Not by statistics.NormalDist: that module takes 10 ms to import.
        return 0.5 * math.erfc((pct_per_week - self.pct_per_week) / (math.sqrt(2.0) * self.se_pct_per_week))


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of one exercise."""

    exercise: str
    first: ExerciseSession
    last: ExerciseSession
    rose: bool
    """The best set of the later half beats the best of the earlier half in load and reps together."""
    heavier: bool
    """More load was used in the later half."""


@dataclass(frozen=True, slots=True)
class VelocityAtLoad:
    """Fastest rep at one load, the first sessions against the last."""

    load_kg: float
    first_mps: float
    last_mps: float

    @property
    def real(self) -> bool:
        """True where the change is larger than what two days differ by anyway."""
        return abs(self.last_mps - self.first_mps) > DETECTABLE_MPS


def strength_trend(by_exercise: Sequence[Sequence[ExerciseSession]]) -> Trend | None:
    """Common slope of log 1RM over time; None before four days of training over three weeks."""
    rows = [
        (number, session.at.date(), float(np.log(session.e1rm_kg[0])))
        for number, over_time in enumerate(by_exercise)
        if len(over_time) > 1
        for session in over_time
        if session.e1rm_kg is not None
    ]
    days = sorted({day for _, day, _ in rows})
    if len(days) < FEWEST_SESSIONS or (days[-1] - days[0]).days < SHORTEST_DAYS:
        return None
    which = np.array([row[0] for row in rows])
    weeks = np.array([(row[1] - days[0]).days / 7.0 for row in rows])
    values = np.array([row[2] for row in rows])
    x, y = _within(which, weeks), _within(which, values)
    spread = float(x @ x)
    if spread < 1.0:
        return None
    slope = float(x @ y) / spread
    return Trend(
        100.0 * slope,
        100.0 * _slope_error(rows, y - slope * x, days),
        (days[-1] - days[0]).days,
        len(days),
    )


def _within(which: NDArray[np.int_], values: Floats) -> Floats:
    """Values less the mean of their exercise."""
    means = np.bincount(which, values) / np.maximum(np.bincount(which), 1)
    result: Floats = values - means[which]
    return result


def _slope_error(
    rows: Sequence[tuple[int, date, float]],
    residuals: Floats,
    days: Sequence[date],
) -> float:
    """From the scatter of days: exercises of one day share a good or a bad day."""
    place = {day: number for number, day in enumerate(days)}
    of_day = np.array([place[row[1]] for row in rows])
    by_day = np.bincount(of_day, residuals, len(days)) / np.bincount(of_day, minlength=len(days))
    freedom = len(days) - 2 + PSEUDO_DAYS
    variance = (float(by_day @ by_day) + PSEUDO_DAYS * REPEATABILITY**2) / freedom
    at = np.array([(day - days[0]).days / 7.0 for day in days])
    return float(np.sqrt(variance / ((at - at.mean()) ** 2).sum()))


def progress(exercise: str, over_time: Sequence[ExerciseSession]) -> Progress | None:
    """Whether load or reps rose; None before four sessions over three weeks."""
    if len(over_time) < FEWEST_SESSIONS:
        return None
    first, last = over_time[0], over_time[-1]
    if (last.at - first.at).days < SHORTEST_DAYS:
        return None
    half = len(over_time) // 2
    earlier = max(performance(session.top.logged) for session in over_time[:half])
    later = max(performance(session.top.logged) for session in over_time[half:])
    # Half a rep of ten: less than the smallest step anybody takes.
    loads = [session.top.logged.load_kg or 0.0 for session in over_time]
    heavier = max(loads[half:]) > max(loads[:half])
    return Progress(exercise, first, last, later > earlier * 1.005, heavier)


def velocity_at_fixed_load(over_time: Sequence[ExerciseSession]) -> VelocityAtLoad | None:
    """The load that a bar sensor saw on most days, first two days against the last two."""
    by_load = fastest_by_load(over_time)
    if not by_load:
        return None
    load, days = max(by_load.items(), key=lambda item: (len(item[1]), item[0]))
    return velocity_change(load, days)


def velocity_change(load_kg: float, days: Mapping[date, float]) -> VelocityAtLoad | None:
    """First two days against the last two; None before four days."""
    speeds = [speed for _, speed in sorted(days.items())]
    if len(speeds) < FEWEST_SESSIONS:
        return None
    return VelocityAtLoad(load_kg, sum(speeds[:2]) / 2.0, sum(speeds[-2:]) / 2.0)


def fastest_by_load(over_time: Sequence[ExerciseSession]) -> dict[float, dict[date, float]]:
    """Fastest rep, m/s, of each day at each load that a sensor on the bar saw."""
    by_load: dict[float, dict[date, float]] = {}
    for session in over_time:
        for one in session.sets:
            point = load_point(one)
            if point is not None:
                days = by_load.setdefault(point.load_kg, {})
                day = one.logged.at.date()
                days[day] = max(point.velocity_mps, days.get(day, 0.0))
    return by_load


def by_exercise(
    sets: Sequence[LoggedSet], exercises: Mapping[str, CatalogueEntry]
) -> dict[str, tuple[ExerciseSession, ...]]:
    """Sessions of each exercise of the sets."""
    grouped: dict[str, list[LoggedSet]] = {}
    for one in sets:
        grouped.setdefault(one.exercise, []).append(one)
    return {id: exercise_sessions(group, exercises.get(id)) for id, group in grouped.items()}
