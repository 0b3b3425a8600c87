"""Body weight, food and rest: trends with honest intervals, and days that were not logged."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.nutrition import (
    ASSUMED_MAINTENANCE_KCAL,
    body_weight_kg,
    dry_mornings,
    intake,
    weight_trend,
)
from hardset.tracker.training.records import LoggedSet, Meal, Night, TrainingHistory, Weighing
from hardset.tracker.training.recovery import mean_sleep_h, rest_of
from hardset.tracker.training.sessions import Days

FIRST = date(2026, 10, 12)
SIX_WEEKS = Days(FIRST, FIRST + timedelta(days=41))


def at(day: int, hour: int = 7) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(hour), UTC)


def weighed(*weights: float, every: int = 1, meals: tuple[Meal, ...] = ()) -> TrainingHistory:
    weighings = tuple(Weighing(at(every * day), weight) for day, weight in enumerate(weights))
    return TrainingHistory("", (), weighings, meals, ())


def meal(day: int, protein: float | None = None, *, kcal: float | None = None, hour: int = 12) -> Meal:
    return Meal(at(day, hour), protein, kcal, None, None)


@given(start=st.floats(50, 120), per_week=st.floats(-1, 1))
def test_a_straight_line_is_found_and_its_interval_holds_it(start: float, per_week: float) -> None:
    trend = weight_trend(weighed(*(start + per_week * day / 7 for day in range(42))), SIX_WEEKS)
    assert trend is not None
    assert trend.kg_per_week == pytest.approx(per_week, abs=1e-6)
    low, high = trend.surplus80_pct
    assert low < trend.surplus_pct < high
    assert trend.surplus_pct == pytest.approx(100 * per_week * 7700 / 7 / ASSUMED_MAINTENANCE_KCAL, abs=1e-4)
    assert not trend.maintenance_known


@pytest.mark.parametrize("alike", [0.0, 0.5])
def test_the_interval_holds_the_truth_in_about_80_of_100(alike: float) -> None:
    rng, held = np.random.default_rng(3), 0
    for _ in range(200):
        noise = rng.normal(0, 0.5, 42)
        for day in range(1, 42):
            noise[day] = alike * noise[day - 1] + np.sqrt(1 - alike**2) * noise[day]
        trend = weight_trend(weighed(*(80 + 0.2 * np.arange(42) / 7 + noise)), SIX_WEEKS)
        assert trend is not None
        held += abs(trend.kg_per_week - 0.2) < 1.2816 * trend.se_kg_per_week
    assert 140 <= held <= 188


def test_one_mistyped_weight_moves_little() -> None:
    weights = [80 + 0.03 * day for day in range(42)]
    weights[38] = 130.0
    trend = weight_trend(weighed(*weights), SIX_WEEKS)
    assert trend is not None
    assert trend.kg_per_week == pytest.approx(0.21, abs=0.05)


def test_maintenance_is_what_was_eaten_less_what_was_stored() -> None:
    meals = tuple(meal(day, kcal=3000.0) for day in range(42))
    trend = weight_trend(weighed(*(80 + 0.2 * day / 7 for day in range(42)), meals=meals), SIX_WEEKS)
    assert trend is not None
    assert trend.maintenance_known
    assert trend.maintenance_kcal == pytest.approx(3000 - 220)
    assert trend.surplus_pct == pytest.approx(100 * 220 / 2780)


def test_two_weeks_cannot_tell_five_percent_from_none_and_six_can_do_better() -> None:
    rng = np.random.default_rng(1)
    weights = 80 + rng.normal(0, 0.6, 42)
    short = weight_trend(weighed(*weights[:14]), SIX_WEEKS)
    long = weight_trend(weighed(*weights), SIX_WEEKS)
    assert short is not None
    assert long is not None
    assert short.surplus_se_pct > 5.0 > 3.0 * long.surplus_se_pct / 2.0


def test_two_weighings_are_no_trend() -> None:
    assert weight_trend(weighed(80, 81), SIX_WEEKS) is None
    assert body_weight_kg(weighed(80, 81), None, 70.0) == 81
    assert body_weight_kg(weighed(), None, 70.0) == 70.0


def test_days_that_were_not_logged_are_not_zero() -> None:
    meals = [meal(day, 40.0, hour=hour) for day in (0, 3) for hour in (8, 12, 16, 20)]
    eaten = intake(TrainingHistory("", (), (), tuple(meals), ()), SIX_WEEKS, 80.0)
    assert eaten.protein_g_per_kg is not None
    assert (eaten.protein_g_per_kg.mean, eaten.protein_g_per_kg.days) == (2.0, 2)
    assert eaten.protein_meals is not None
    assert eaten.protein_meals.mean == 4
    assert eaten.carbohydrate_g_per_kg is None
    assert eaten.water_l is None


def test_a_days_sum_is_no_meal() -> None:
    sums = tuple(meal(day, 150.0) for day in range(10))
    eaten = intake(TrainingHistory("", (), (), sums, ()), SIX_WEEKS, 80.0)
    assert eaten.protein_meals is None
    assert eaten.protein_g_per_kg is not None


def test_dry_mornings_need_weights_and_stand_out() -> None:
    weights = [80.0] * 20
    assert dry_mornings(weighed(*weights), SIX_WEEKS) == 0
    weights[3] = weights[9] = 77.9
    assert dry_mornings(weighed(*weights), SIX_WEEKS) == 2
    assert dry_mornings(weighed(80, 80), SIX_WEEKS) is None


def test_rest_is_from_end_to_end_of_hard_sessions() -> None:
    hours = (0, 24, 25, 96)
    sets = tuple(
        LoggedSet(
            4 * number + k, at(0) + timedelta(hours=hour, minutes=k), str(hour), "leg_extension",
            50.0, 10, False, True, None, (), None, None, None, False,
        )
        for number, hour in enumerate(hours)
        for k in range(2 if hour == 25 else 4)
    )  # fmt: skip
    rest = rest_of("quadriceps", sets, catalogue(), 3)
    assert rest is not None
    assert rest.gaps_h == (24.0, 72.0)
    assert rest.short_share == 0.5
    assert rest_of("hamstrings", sets, catalogue(), 3) is None


def test_sleep_is_the_mean_of_the_nights_that_were_told() -> None:
    nights = (Night(FIRST, 7.0), Night(FIRST + timedelta(days=2), 8.0), Night(FIRST - timedelta(days=9), 3.0))
    assert mean_sleep_h(nights, SIX_WEEKS) == (7.5, 2)
    assert mean_sleep_h((), SIX_WEEKS) is None
