"""One exercise over time: its sessions, the one-repetition maximum each speaks for, and records."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hardset.signal.exercise import FailureVelocityPrior
from hardset.signal.load_velocity import Grade, LoadPoint, combine, e1rm_from_reps, fit_profile
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.proximity import Proximity, proximity
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.sessions import Session, sessions
from hardset.tracker.training.shown import velocity_loss_pct

LONGEST = 20
"""Reps done and left beyond which a set says nothing of the 1RM (load and reps part: Nuzzo 2024)."""
Z80 = 1.2815515655446004
Estimate = tuple[float, float]
"""(value, standard deviation)."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """One logged set and what follows from it."""

    logged: LoggedSet
    proximity: Proximity
    e1rm_kg: Estimate | None
    """From load, reps and what was left (Epley 1985); None for warm-ups, body weight and long sets."""

    @property
    def fastest(self) -> float | None:
        """Velocity of the fastest rep: m/s on a bar, °/s on a limb."""
        return max(self.logged.velocities, default=None)

    @property
    def velocity_loss_pct(self) -> float | None:
        """From the fastest rep of this set to its last."""
        return velocity_loss_pct(self.logged)


@dataclass(frozen=True, slots=True)
class ExerciseSession:
    """The sets of one exercise in one session."""

    at: datetime
    workout: str
    sets: tuple[SetResult, ...]
    e1rm_kg: Estimate | None

    @property
    def top(self) -> SetResult:
        """The set that shows most: the best 1RM, else most load and reps; a work set where there is one."""
        work = [one for one in self.sets if not one.logged.warmup] or list(self.sets)
        return max(work, key=lambda one: (performance(one.logged), one.logged.reps))

    @property
    def e1rm_80_kg(self) -> tuple[float, float] | None:
        """80 % interval of the 1RM."""
        if self.e1rm_kg is None:
            return None
        value, sd = self.e1rm_kg
        return value - Z80 * sd, value + Z80 * sd


@dataclass(frozen=True, slots=True)
class Record:
    """The best that was ever done, and when."""

    kind: Literal["heaviest", "e1rm", "reps"]
    value: float
    """kg; for `reps` a number of them."""
    load_kg: float | None
    """With which load; None for body weight and for an estimate."""
    at: datetime
    set_id: int | None


def exercise_sessions(sets: Sequence[LoggedSet], entry: CatalogueEntry | None) -> tuple[ExerciseSession, ...]:
    """Sessions of the sets of one exercise, oldest first; entry: None for one nobody knows."""
    return tuple(_session(session, entry) for session in sessions(sets))


def performance(one: LoggedSet) -> float:
    """Load and reps as one figure, whatever was left: load x (1 + reps/30), or reps without a load."""
    return one.load_kg * (1.0 + one.reps / 30.0) if one.load_kg else one.reps / 30.0


def records(over_time: Sequence[ExerciseSession]) -> tuple[Record, ...]:
    """Heaviest load, best 1RM, most reps at each of the three loads used last. Warm-ups do not count."""
    work = [
        (session, one)
        for session in over_time
        for one in session.sets
        if not one.logged.warmup and one.logged.reps > 0
    ]
    found: list[Record] = []
    loaded = [(session, one) for session, one in work if one.logged.load_kg]
    if loaded:
        _, one = max(loaded, key=lambda pair: pair[1].logged.load_kg or 0.0)
        load_kg = one.logged.load_kg
        found.append(Record("heaviest", load_kg or 0.0, load_kg, one.logged.at, one.logged.id))
    estimated = [session for session in over_time if session.e1rm_kg is not None]
    if estimated:
        best = max(estimated, key=lambda session: session.e1rm_kg or (0.0, 0.0))
        assert best.e1rm_kg is not None
        found.append(Record("e1rm", best.e1rm_kg[0], None, best.at, best.top.logged.id))
    newest = list(dict.fromkeys(one.logged.load_kg for _, one in reversed(work)))[:3]
    for load in newest:
        _, one = max(((s, o) for s, o in work if o.logged.load_kg == load), key=lambda p: p[1].logged.reps)
        found.append(Record("reps", one.logged.reps, load, one.logged.at, one.logged.id))
    return tuple(found)


def load_point(one: SetResult, session: str | None = None) -> LoadPoint | None:
    """The fastest rep of a set at its load; None without a sensor on the bar or without a load."""
    logged = one.logged
    if logged.placement in ("thigh", "shank", None) or not one.fastest or not logged.load_kg:
        return None
    sds = logged.velocity_sds
    sd = max(sds[logged.velocities.index(one.fastest)], 0.01) if sds else 0.03
    return LoadPoint(logged.load_kg, one.fastest, sd, session)


def failure_sd_mps(prior: FailureVelocityPrior) -> float:
    """How much the velocity of a last possible rep differs, between lifters and from set to set, m/s."""
    return math.hypot(prior.between_lifters_sd_mps, prior.per_set_sd_mps)


def _session(session: Session, entry: CatalogueEntry | None) -> ExerciseSession:
    results = tuple(
        SetResult(one, known, _e1rm(one, known)) for one in session.sets for known in [proximity(one)]
    )
    first = session.sets[0]
    return ExerciseSession(first.at, first.workout, results, _session_e1rm(results, entry))


def _e1rm(one: LoggedSet, known: Proximity) -> Estimate | None:
    if one.warmup or not one.load_kg or one.reps < 1 or one.reps + known.mean > LONGEST:
        return None
    return e1rm_from_reps(one.load_kg, one.reps, known.mean, known.sd)


def _session_e1rm(results: Sequence[SetResult], entry: CatalogueEntry | None) -> Estimate | None:
    """From reps and from the load-velocity profile, where the session has both.

    The sets share the error of the formula (people differ in reps at a load), so their mean is not
    surer than the surest of them.
    """
    by_reps = [one.e1rm_kg for one in results if one.e1rm_kg is not None]
    estimates: list[Estimate] = []
    if by_reps:
        value, _ = combine(by_reps)
        estimates.append((value, value * min(sd / one for one, sd in by_reps)))
    by_velocity = _profile_e1rm(results, entry)
    if by_velocity is not None:
        estimates.append(by_velocity)
    return combine(estimates) if estimates else None


def _profile_e1rm(results: Sequence[SetResult], entry: CatalogueEntry | None) -> Estimate | None:
    prior = None if entry is None else entry.failure_velocity
    if prior is None:
        return None
    points = [point for one in results if (point := load_point(one)) is not None]
    profile = fit_profile(points, prior.mean_mps, failure_sd_mps(prior))
    if profile is None or profile.grade is Grade.POOR or profile.e1rm_kg is None:
        return None
    return profile.e1rm_kg, profile.e1rm_sd_kg or 0.15 * profile.e1rm_kg
