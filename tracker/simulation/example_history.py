"""A lifter's weeks in the gym and the kitchen, made up and seeded: for demonstrations and tests.

    Routine (which exercise on which weekday) + Habits (effort, progress, food, sleep) + seed
            ── lifter: strength grows, days differ, reps follow from load and what shall be left
            ── TrainingHistory, as if it had been logged by hand and by a sensor on the bar

The strength of a day obeys Epley's formula and what was felt errs as people err, so a history proves
that the sums are right, not that they hold for a real lifter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.rir import SetEvidence, estimate_last
from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.lifter import Lifter, draw_lifter, rep_velocities
from hardset.tracker.training.catalogue import exercise as look_up
from hardset.tracker.training.records import LoggedSet, Meal, Night, TrainingHistory, Weighing

DAY_SD = 0.012
"""Strength differs by this share from day to day (a 1RM repeats within 1.9 %: Ruf 2018)."""
FELT_BIAS, FELT_SD = -0.3, 0.7
"""What people feel against what was left, reps, near failure (Refalo 2023)."""
KCAL_PER_KG = 7700.0
SENSOR_SD_MPS = 0.03


@dataclass(frozen=True, slots=True)
class Slot:
    """One exercise of a day."""

    exercise: str
    sets: int
    reps: int
    load_kg: float


Routine = tuple[tuple[int, tuple[Slot, ...]], ...]
"""(weekday, Monday 0; its exercises)."""

UPPER = (Slot("bench_press", 4, 8, 80.0), Slot("barbell_row", 4, 9, 70.0), Slot("barbell_curl", 3, 10, 30.0))
ROUTINE: Routine = (
    (
        0,
        (
            Slot("back_squat", 4, 8, 110.0),
            Slot("romanian_deadlift", 3, 9, 90.0),
            Slot("leg_extension", 4, 12, 55.0),
            Slot("seated_leg_curl", 4, 11, 45.0),
            Slot("standing_calf_raise", 4, 12, 90.0),
            Slot("seated_calf_raise", 4, 14, 40.0),
        ),
    ),
    (1, UPPER),
    (
        3,
        (
            Slot("leg_press", 4, 10, 180.0),
            Slot("hip_thrust", 3, 9, 120.0),
            Slot("romanian_deadlift", 3, 9, 90.0),
            Slot("leg_extension", 3, 12, 55.0),
            Slot("lying_leg_curl", 4, 10, 40.0),
            Slot("standing_calf_raise", 4, 12, 90.0),
            Slot("seated_calf_raise", 4, 14, 40.0),
        ),
    ),
    (4, UPPER),
)
"""Two leg days with everything that legs need, two days for the rest."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody trains, eats and sleeps."""

    routine: Routine = ROUTINE
    weeks: int = 6
    last_day: date = date(2026, 11, 22)
    rir: float = 1.3
    """Reps left at the end of a set, on average."""
    rir_sd: float = 0.5
    progress_pct_per_week: float = 1.2
    load_step_kg: float = 1.25
    feels: bool = True
    """Says what was left after sets without a sensor."""
    sensor_on: tuple[str, ...] = ()
    """Exercises whose sets a sensor on the bar measures."""
    body_weight_kg: float | None = 80.0
    """None: never weighs himself."""
    weight_sd_kg: float = 0.4
    surplus_pct: float = 8.0
    maintenance_kcal: float = 2800.0
    protein_g_per_kg: float | None = 1.9
    """None: logs no food."""
    meals: int = 4
    sleep_h: float | None = 7.6

    @property
    def first_day(self) -> date:
        """Day on which the history begins."""
        return self.last_day - timedelta(days=7 * self.weeks - 1)


def example_history(habits: Habits, seed: int, lifter: str = "") -> TrainingHistory:
    """The weeks of one simulated lifter; the same habits and seed give the same history."""
    rng = np.random.default_rng(seed)
    sets = _sets(habits, rng)
    numbered = tuple(replace(one, id=number) for number, one in enumerate(sets, start=1))
    return TrainingHistory(
        lifter, numbered, _weighings(habits, rng), _meals(habits, rng), _nights(habits, rng)
    )


def _sets(habits: Habits, rng: np.random.Generator) -> list[LoggedSet]:
    gym = _Gym(habits, rng)
    by_weekday = dict(habits.routine)
    sets: list[LoggedSet] = []
    for number in range(7 * habits.weeks):
        day = habits.first_day + timedelta(days=number)
        sets += gym.train(day, number / 7.0, by_weekday.get(day.weekday(), ()))
    return sets


class _Gym:
    """Trains a lifter day by day."""

    def __init__(self, habits: Habits, rng: np.random.Generator) -> None:
        self._habits = habits
        self._rng = rng
        self._lifters: dict[str, Lifter] = {}

    def train(self, day: date, weeks: float, slots: tuple[Slot, ...]) -> list[LoggedSet]:
        """The sets of one day, warm-ups of the first exercise included."""
        at = datetime.combine(day, time(18, int(self._rng.integers(0, 30))), UTC)
        workout = f"{at:%Y-%m-%d %H:%M}"
        strength = 1.0 + self._rng.normal(0.0, DAY_SD)
        sets: list[LoggedSet] = []
        for place, slot in enumerate(slots):
            load = self._load(slot, weeks)
            if place == 0:
                at += timedelta(minutes=3)
                sets.append(self._logged(slot.exercise, at, workout, round(0.5 * load), 8, None, warmup=True))
            for tired in range(slot.sets):
                at += timedelta(minutes=3)
                reps, left = self._reps(slot, weeks, strength * (1.0 - 0.006 * tired), load)
                sets.append(self._logged(slot.exercise, at, workout, load, reps, left))
        return sets

    def _load(self, slot: Slot, weeks: float) -> float:
        grown = slot.load_kg * (1.0 + self._habits.progress_pct_per_week / 100.0 * weeks)
        step = self._habits.load_step_kg
        return float(max(step, step * np.floor(grown / step + 1e-9)))

    def _reps(self, slot: Slot, weeks: float, strength: float, load: float) -> tuple[int, float]:
        """Reps done and truly left."""
        habits = self._habits
        able = slot.load_kg * (1.0 + (slot.reps + habits.rir) / 30.0)
        able *= strength * (1.0 + habits.progress_pct_per_week / 100.0 * weeks)
        possible = max(5.0, 30.0 * (able / load - 1.0))
        wanted = possible - max(0.0, self._rng.normal(habits.rir, habits.rir_sd))
        reps = int(np.clip(round(wanted), 5, np.floor(possible)))
        return reps, possible - reps

    def _logged(
        self,
        exercise: str,
        at: datetime,
        workout: str,
        load: float,
        reps: int,
        left: float | None,
        *,
        warmup: bool = False,
    ) -> LoggedSet:
        felt = None
        if left is not None and self._habits.feels:
            felt = float(max(0, round(left + self._rng.normal(FELT_BIAS, FELT_SD))))
        plain = LoggedSet(
            0, at, workout, exercise, float(load), reps, warmup, False, felt, (), None, None, None, False
        )
        if exercise not in self._habits.sensor_on or left is None:
            return plain
        return self._measured(plain, round(left))

    def _measured(self, plain: LoggedSet, left: int) -> LoggedSet:
        """The same set as a bar sensor saw it: velocities with its noise, and what they say."""
        known = BAR_EXERCISES[plain.exercise]
        if plain.exercise not in self._lifters:
            self._lifters[plain.exercise] = draw_lifter(known, self._rng)
        true = np.array(rep_velocities(self._lifters[plain.exercise], plain.reps, left, self._rng))
        seen = tuple(np.maximum(true + self._rng.normal(0.0, SENSOR_SD_MPS, true.size), 0.05).tolist())
        sds = (SENSOR_SD_MPS,) * plain.reps
        evidence = SetEvidence(seen, sds, felt_rir=plain.felt_rir, placement=Placement.BAR)
        answer = estimate_last(evidence, look_up(plain.exercise).signal_at(Placement.BAR))
        return replace(
            plain,
            velocities=seen,
            velocity_sds=sds,
            placement="bar",
            rir_pmf=answer.pmf,
            rir_interval=(answer.low80, answer.high80),
        )


def _weighings(habits: Habits, rng: np.random.Generator) -> tuple[Weighing, ...]:
    if habits.body_weight_kg is None:
        return ()
    gained_per_day = habits.surplus_pct / 100.0 * habits.maintenance_kcal / KCAL_PER_KG
    return tuple(
        Weighing(
            datetime.combine(habits.first_day + timedelta(days=day), time(7), UTC),
            round(habits.body_weight_kg + gained_per_day * day + rng.normal(0.0, habits.weight_sd_kg), 1),
        )
        for day in range(7 * habits.weeks)
    )


def _meals(habits: Habits, rng: np.random.Generator) -> tuple[Meal, ...]:
    if habits.protein_g_per_kg is None or habits.meals < 1:
        return ()
    weight = habits.body_weight_kg or 80.0
    energy = habits.maintenance_kcal * (1.0 + habits.surplus_pct / 100.0) / habits.meals
    meals = []
    for day in range(7 * habits.weeks):
        for number in range(habits.meals):
            hour = 8 + round(12 * number / max(1, habits.meals - 1))
            protein = habits.protein_g_per_kg * weight / habits.meals * rng.uniform(0.85, 1.15)
            meals.append(
                Meal(
                    datetime.combine(habits.first_day + timedelta(days=day), time(hour), UTC),
                    float(round(protein)),
                    float(round(energy * rng.uniform(0.9, 1.1))),
                    float(round(4.5 * weight / habits.meals * rng.uniform(0.9, 1.1))),
                    0.6,
                )
            )
    return tuple(meals)


def _nights(habits: Habits, rng: np.random.Generator) -> tuple[Night, ...]:
    if habits.sleep_h is None:
        return ()
    return tuple(
        Night(habits.first_day + timedelta(days=day), round(float(rng.normal(habits.sleep_h, 0.6)), 1))
        for day in range(7 * habits.weeks)
    )
