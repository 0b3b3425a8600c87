"""The kitchen: body weight's trend and what it says of energy; protein, carbohydrate, water.

What was not logged is unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hardset.tracker.training.exercise_history import Z80
from hardset.tracker.training.records import Meal, TrainingHistory, Weighing
from hardset.tracker.training.sessions import Days

Floats = NDArray[np.float64]

KCAL_PER_KG = 7700.0
"""Energy of a kilogram of body weight; true of fat, too much for lean tissue, so a surplus is a range."""
ASSUMED_MAINTENANCE_KCAL = 2800.0
"""Where no energy was logged. An assumption, and said to be one."""
DAYS_NEEDED = 28
"""Two weeks cannot tell a surplus of 5 % from none or from 15 %."""
FEWEST_WEIGHINGS = 10
PSEUDO_DAYS, USUAL_CORRELATION = 10.0, 0.5
"""Weights of neighbouring days are alike; so many days' worth of belief in this correlation."""
HUBER = 1.5
MEAL_G_PER_KG = 0.3
"""Protein of a meal that counts: 0.3-0.4 g/kg (Schoenfeld & Aragon 2018: 0.4; Iraki 2019: 0.40-0.55)."""
WHOLE_DAY_G_PER_KG = 0.9
"""One single entry of a day with more protein than this is the day's sum, not a meal."""


@dataclass(frozen=True, slots=True)
class WeightTrend:
    """Robust straight line through daily body weights."""

    weight_kg: float
    """On the last day, by the line."""
    kg_per_week: float
    se_kg_per_week: float
    days: int
    """From the first to the last weighing."""
    weighings: int
    """Days with a weighing."""
    maintenance_kcal: float
    """Energy that keeps the weight: what was eaten less what was stored, or the assumption."""
    maintenance_known: bool

    @property
    def surplus_pct(self) -> float:
        """Energy above maintenance, percent of it."""
        return self._pct(self.kg_per_week)

    @property
    def surplus_se_pct(self) -> float:
        """Its standard error, from the weight alone."""
        return self._pct(self.se_kg_per_week)

    @property
    def surplus80_pct(self) -> tuple[float, float]:
        """80 % interval."""
        half = Z80 * self.surplus_se_pct
        return self.surplus_pct - half, self.surplus_pct + half

    @property
    def weight_pct_per_week(self) -> float:
        """Gain as percent of body weight a week (Iraki 2019: 0.25-0.5)."""
        return 100.0 * self.kg_per_week / self.weight_kg

    def p_surplus_above(self, pct: float) -> float:
        """P(the surplus exceeds so many percent)."""
        return NormalDist().cdf((self.surplus_pct - pct) / self.surplus_se_pct)

    def _pct(self, kg_per_week: float) -> float:
        return 100.0 * kg_per_week * KCAL_PER_KG / 7.0 / self.maintenance_kcal


@dataclass(frozen=True, slots=True)
class DailyMean:
    """Mean over the days on which something was told."""

    mean: float
    se: float
    days: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What was eaten and drunk, per day; None where it was never told."""

    protein_g_per_kg: DailyMean | None
    carbohydrate_g_per_kg: DailyMean | None
    water_l: DailyMean | None
    protein_meals: DailyMean | None
    """Meals of at least 0.3 g/kg protein; only days that were told meal by meal."""


def weight_trend(history: TrainingHistory, days: Days) -> WeightTrend | None:
    """Trend of body weight; None with fewer than three days of weighing."""
    by_day = _daily_weights(history.weighings, days)
    if len(by_day) < 3:
        return None
    first, last = min(by_day), max(by_day)
    weeks = np.array([(day - first).days / 7.0 for day in sorted(by_day)])
    weights = np.array([by_day[day] for day in sorted(by_day)])
    level, slope, se = _robust_line(weeks, weights)
    now_kg = level + slope * float(weeks[-1])
    eaten = _mean_energy_kcal(history.meals, Days(first, last))
    stored = slope * KCAL_PER_KG / 7.0
    known = eaten is not None and eaten - stored > 800.0
    maintenance = eaten - stored if eaten is not None and known else ASSUMED_MAINTENANCE_KCAL
    return WeightTrend(now_kg, slope, se, (last - first).days + 1, len(by_day), maintenance, known)


def intake(history: TrainingHistory, days: Days, weight_kg: float | None) -> Intake:
    """Daily means per kg of body weight; without a body weight only water is known."""
    by_day: dict[date, list[Meal]] = {}
    for meal in history.meals:
        if days.holds(meal.at.date()):
            by_day.setdefault(meal.at.date(), []).append(meal)
    water = _mean(_sums(by_day, "water_l"))
    if weight_kg is None:
        return Intake(None, None, water, None)
    protein = [grams / weight_kg for grams in _sums(by_day, "protein_g")]
    carbohydrate = [grams / weight_kg for grams in _sums(by_day, "carbohydrate_g")]
    spread = [
        float(sum(grams >= MEAL_G_PER_KG * weight_kg for grams in told))
        for meals in by_day.values()
        if (told := [meal.protein_g for meal in meals if meal.protein_g is not None])
        and not (len(told) == 1 and told[0] > WHOLE_DAY_G_PER_KG * weight_kg)
    ]
    return Intake(_mean(protein), _mean(carbohydrate), water, _mean(spread))


def body_weight_kg(
    history: TrainingHistory, trend: WeightTrend | None, told_kg: float | None
) -> float | None:
    """The best that is known of the body weight: the trend's, the last weighing, the setting."""
    if trend is not None:
        return trend.weight_kg
    if history.weighings:
        return max(history.weighings, key=lambda one: one.at).weight_kg
    return told_kg


def dry_mornings(history: TrainingHistory, days: Days) -> int | None:
    """Days that weigh 2 % less than the trend: a hint of too little water (Judelson 2007), no diagnosis."""
    by_day = _daily_weights(history.weighings, days)
    if len(by_day) < FEWEST_WEIGHINGS:
        return None
    ordered = sorted(by_day)
    weeks = np.array([(day - ordered[0]).days / 7.0 for day in ordered])
    weights = np.array([by_day[day] for day in ordered])
    level, slope, _ = _robust_line(weeks, weights)
    return int((weights < 0.98 * (level + slope * weeks)).sum())


def _daily_weights(weighings: Sequence[Weighing], days: Days) -> dict[date, float]:
    by_day: dict[date, list[float]] = {}
    for one in weighings:
        if days.holds(one.at.date()):
            by_day.setdefault(one.at.date(), []).append(one.weight_kg)
    return {day: sum(values) / len(values) for day, values in by_day.items()}


def _robust_line(weeks: Floats, weights: Floats) -> tuple[float, float, float]:
    """Level at 0, slope and its standard error; days far off the line count less (Huber)."""
    x = np.column_stack([np.ones(weeks.size), weeks])
    importance = np.ones(weeks.size)
    for _ in range(20):
        scaled = x * importance[:, None]
        level, slope = np.linalg.solve(x.T @ scaled, scaled.T @ weights)
        residuals = weights - level - slope * weeks
        scale = max(1.4826 * float(np.median(np.abs(residuals))), 0.05)
        importance = np.minimum(1.0, HUBER / np.maximum(np.abs(residuals) / scale, 1e-9))
    clipped = np.clip(residuals, -2.5 * scale, 2.5 * scale)
    # Two pseudo-days at 0.5 kg: three weights on a line are no proof of a steady scale.
    variance = (float(clipped @ clipped) + 2.0 * 0.5**2) / weeks.size
    alike = float(clipped[1:] @ clipped[:-1]) / max(float(clipped @ clipped), 1e-9)
    n = float(weeks.size)
    rho = min(max((n * alike + PSEUDO_DAYS * USUAL_CORRELATION) / (n + PSEUDO_DAYS), 0.0), 0.8)
    spread = float(((weeks - weeks.mean()) ** 2).sum())
    se = np.sqrt(variance / spread * (1.0 + rho) / (1.0 - rho))
    return float(level), float(slope), float(se)


def _mean_energy_kcal(meals: Sequence[Meal], days: Days) -> float | None:
    by_day: dict[date, float] = {}
    for meal in meals:
        if meal.energy_kcal is not None and days.holds(meal.at.date()):
            by_day[meal.at.date()] = by_day.get(meal.at.date(), 0.0) + meal.energy_kcal
    return sum(by_day.values()) / len(by_day) if len(by_day) >= 7 else None


def _sums(by_day: dict[date, list[Meal]], field: str) -> list[float]:
    sums = []
    for meals in by_day.values():
        told = [value for meal in meals if (value := getattr(meal, field)) is not None]
        if told:
            sums.append(float(sum(told)))
    return sums


def _mean(values: Sequence[float]) -> DailyMean | None:
    if not values:
        return None
    mean = sum(values) / len(values)
    if len(values) == 1:
        return DailyMean(mean, mean, 1)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return DailyMean(mean, (variance / len(values)) ** 0.5, len(values))
