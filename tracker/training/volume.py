"""Hard sets of each muscle: how many, how sure, in how many sessions, and which sets they were.

A set counts for a muscle with its weight (direct 1, indirect 0.5: Pelland 2024) times the probability
that it ended close enough to failure. Gastrocnemius and soleus are counted each for itself; whoever
wants "calves" takes the sets once (`calf_volume`), never the sum of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hardset.tracker.training.catalogue import MUSCLES, CatalogueEntry
from hardset.tracker.training.hard_sum import Chance, HardSum, hard_sum
from hardset.tracker.training.proximity import SHARES, Source, hard_credit, proximity
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.sessions import Days, iso_week, last_days, sessions, week_days
from hardset.tracker.training.settings import CALVES, Settings
from hardset.tracker.training.targeting import missing_movements

LEG_MUSCLES = ("quadriceps", "hamstrings", "glutes", "adductors", "abductors", *CALVES)
Verdict = Literal["under", "in", "over"]
Exercises = Mapping[str, CatalogueEntry]
USUAL_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one set gave to one muscle."""

    set_id: int
    exercise: str
    weight: float
    """1 direct, 0.5 indirect."""
    p_hard: float
    source: Source

    @property
    def credit(self) -> float:
        """Expected hard sets."""
        return self.weight * self.p_hard


@dataclass(frozen=True, slots=True)
class MuscleVolume:
    """Hard sets of one muscle over some days."""

    muscle: str
    hard: HardSum
    all_sets: float
    """Work sets with their weights, hard or not."""
    sessions: int
    """Sessions with at least one direct or two indirect work sets."""
    most_in_one_session: float
    """Expected hard sets of the session that had most."""
    band: tuple[float, float]
    contributions: tuple[Contribution, ...]

    @property
    def hard_sets(self) -> float:
        """Expected number of hard sets."""
        return self.hard.mean

    @property
    def countable_sets(self) -> float:
        """Work sets that could have been hard: 5-30 reps, not ballistic; with their weights."""
        return sum(c.weight for c in self.contributions if c.p_hard > 0.0)

    @property
    def verdict(self) -> Verdict:
        """Where the expected number lies; the interval says how sure that is."""
        if self.hard_sets < self.band[0]:
            return "under"
        return "over" if self.hard_sets > self.band[1] else "in"

    @property
    def unknown_sets(self) -> int:
        """Sets whose distance from failure nobody measured or felt."""
        return sum(c.source is Source.UNKNOWN and c.p_hard > 0 for c in self.contributions)


@dataclass(frozen=True, slots=True)
class Volume:
    """All muscles over some days."""

    days: Days
    lifter: str
    muscles: tuple[MuscleVolume, ...]
    """Every muscle, in the order of the catalogue."""
    missing: tuple[str, ...]
    """Movement classes of the legs without a work set."""
    uncounted: tuple[str, ...]
    """Exercises whose muscles nobody knows."""

    def of(self, muscle: str) -> MuscleVolume:
        """One muscle."""
        return next(one for one in self.muscles if one.muscle == muscle)


def week_volume(
    history: TrainingHistory,
    week: str,
    exercises: Exercises,
    settings: Settings = USUAL_SETTINGS,
) -> Volume:
    """Hard sets of an ISO week such as 2026-W47. Raises EntryNotUnderstood."""
    return volume(history, week_days(week), exercises, settings)


def rolling_volume(
    history: TrainingHistory,
    end: date,
    exercises: Exercises,
    settings: Settings = USUAL_SETTINGS,
) -> Volume:
    """Hard sets of the seven days up to and including `end`."""
    return volume(history, last_days(end, 7), exercises, settings)


def volume(
    history: TrainingHistory,
    days: Days,
    exercises: Exercises,
    settings: Settings = USUAL_SETTINGS,
    *,
    muscles: Sequence[str] = MUSCLES,
) -> Volume:
    """Hard sets of some muscles over any days; the sum is over all of them, not by week."""
    worked = [one for one in days.of(history.sets) if not one.warmup]
    parts: dict[str, list[_Part]] = {muscle: [] for muscle in muscles}
    for session in sessions(worked):
        for one in session.sets:
            for muscle, part in _parts(one, session.number, exercises, settings):
                if muscle in parts:
                    parts[muscle].append(part)
    counted = tuple(_muscle(muscle, given, settings) for muscle, given in parts.items())
    uncounted = sorted({one.exercise for one in worked if one.exercise not in exercises})
    return Volume(days, history.lifter, counted, missing_movements(worked, exercises), tuple(uncounted))


def calf_volume(
    history: TrainingHistory, days: Days, exercises: Exercises, settings: Settings = USUAL_SETTINGS
) -> tuple[HardSum, int]:
    """Hard calf sets of either kind and work sets: one that trains gastrocnemius and soleus is one set."""
    worked = [one for one in days.of(history.sets) if not one.warmup]
    chances = []
    for session in sessions(worked):
        for one in session.sets:
            given = dict(_parts(one, session.number, exercises, settings))
            part = next((given[muscle] for muscle in CALVES if muscle in given), None)
            if part is not None and part.contribution.weight == 1.0:
                chances.append(part.chance)
    return hard_sum(chances), len(chances)


def trend(
    history: TrainingHistory, weeks: Sequence[str], exercises: Exercises, settings: Settings = USUAL_SETTINGS
) -> dict[str, tuple[float, ...]]:
    """Expected hard sets of each muscle in each of the weeks, in their order."""
    place = {week: number for number, week in enumerate(weeks)}
    totals = {muscle: [0.0] * len(weeks) for muscle in MUSCLES}
    for one in history.sets:
        number = place.get(iso_week(one.at.date()))
        entry = exercises.get(one.exercise)
        if number is None or entry is None:
            continue
        p_hard = hard_credit(one, ballistic=entry.ballistic, hard_rir=settings.hard_rir)
        for muscle, weight in weights_of(entry):
            totals[muscle][number] += weight * p_hard
    return {muscle: tuple(sums) for muscle, sums in totals.items()}


def weights_of(entry: CatalogueEntry) -> Iterable[tuple[str, float]]:
    """Muscle and weight of everything that an exercise trains."""
    yield from ((muscle, 1.0) for muscle in entry.direct)
    yield from ((muscle, 0.5) for muscle in entry.indirect)


@dataclass(frozen=True, slots=True)
class _Part:
    """A set's share in one muscle."""

    contribution: Contribution
    session: int

    @property
    def chance(self) -> Chance:
        gave = self.contribution
        return Chance(gave.p_hard, gave.weight, SHARES[gave.source], self.session)


def _parts(
    one: LoggedSet, session: int, exercises: Exercises, settings: Settings
) -> Iterable[tuple[str, _Part]]:
    entry = exercises.get(one.exercise)
    if entry is None:
        return
    p_hard = hard_credit(one, ballistic=entry.ballistic, hard_rir=settings.hard_rir)
    source = proximity(one).source
    for muscle, weight in weights_of(entry):
        yield muscle, _Part(Contribution(one.id, one.exercise, weight, p_hard, source), session)


def _muscle(muscle: str, parts: Sequence[_Part], settings: Settings) -> MuscleVolume:
    done: dict[int, float] = {}
    hard: dict[int, float] = {}
    for part in parts:
        gave = part.contribution
        done[part.session] = done.get(part.session, 0.0) + gave.weight
        hard[part.session] = hard.get(part.session, 0.0) + gave.credit
    return MuscleVolume(
        muscle=muscle,
        hard=hard_sum(part.chance for part in parts),
        all_sets=sum(done.values()),
        sessions=sum(sets >= 1.0 for sets in done.values()),
        most_in_one_session=max(hard.values(), default=0.0),
        band=settings.band(muscle),
        contributions=tuple(part.contribution for part in parts),
    )
