"""The one thing to change: planted causes are found, a healthy history names none, five days are too few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from built_log import answer, build
from planted import HEALTHY, NO_KITCHEN, PLANTED, VARIATIONS

from hardset.tracker.simulation.example_history import Habits, example_history
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.diagnosis import Diagnosis, diagnose
from hardset.tracker.training.records import TrainingHistory
from hardset.tracker.training.settings import Settings

CAUSES = (
    *("intensity", "volume", "frequency", "overload", "knee_extension", "hip_hinge", "knee_flexion"),
    *("straight_knee_calf", "bent_knee_calf", "calf_volume", "surplus", "protein", "protein_spread"),
    *("carbohydrate", "hydration", "recovery", "sleep"),
)
AREAS = {"surplus": "kitchen", "protein": "kitchen"}
SEEDS = (1, 2)


def by_command(habits: Habits, folder: Path) -> dict[str, Any]:
    db = folder / "log.db"
    build(db, folder, example_history(habits, 4), recorded=())
    answered: dict[str, Any] = answer(db, "legs")
    return answered


def seen(history: TrainingHistory, today: date | None = None) -> Diagnosis:
    return diagnose(history, catalogue(), Settings(), today)


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize(
    ("plant", "kind"), [(plant, kind) for plant, (_, kinds) in PLANTED.items() for kind in kinds]
)
def test_each_planted_cause_is_named(plant: str, kind: str, variation: str) -> None:
    causes, kinds = PLANTED[plant]
    for seed in SEEDS:
        limiting = seen(example_history(VARIATIONS[variation](kinds[kind]), seed)).limiting
        assert limiting.cause in causes, (seed, limiting)
        assert limiting.area == AREAS.get(limiting.cause, "gym")
        assert limiting.evidence
        assert limiting.action


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize("kind", HEALTHY)
def test_a_healthy_history_names_none_and_points_to_patience_and_genetics(kind: str, variation: str) -> None:
    for seed in SEEDS:
        limiting = seen(example_history(VARIATIONS[variation](HEALTHY[kind]), seed)).limiting
        assert limiting.area == "none", (seed, limiting)
        assert "Patience" in limiting.action
        assert "genetics" in limiting.action


@pytest.mark.parametrize("habits", [Habits(weeks=1), Habits(weeks=1, rir=6.0), Habits(weeks=1, **NO_KITCHEN)])
def test_five_days_are_too_early_whatever_they_look_like(habits: Habits) -> None:
    week = example_history(habits, 1)
    first = habits.first_day
    five = replace(week, sets=tuple(s for s in week.sets if s.at.date() < first + timedelta(days=5)))
    limiting = seen(five).limiting
    assert limiting.area == "too_early"
    assert "two weeks" in limiting.evidence


def test_an_empty_log_is_too_early_too() -> None:
    diagnosis = seen(TrainingHistory("", (), (), (), ()))
    assert diagnosis.limiting.area == "too_early"
    assert tuple(one.cause for one in diagnosis.checks) == CAUSES


def test_all_checks_stand_there_with_what_is_wanted() -> None:
    diagnosis = seen(example_history(Habits(), 1))
    assert tuple(one.cause for one in diagnosis.checks) == CAUSES
    assert all(one.want and one.evidence and one.action for one in diagnosis.checks)
    assert {one.status for one in diagnosis.checks} <= {"ok", "short", "unknown"}


def test_nine_days_of_weight_say_how_many_are_needed() -> None:
    whole = example_history(Habits(), 1)
    nine = seen(replace(whole, weighings=whole.weighings[-9:])).check("surplus")
    assert nine.status == "unknown"
    assert "for 7 days" in nine.evidence or "for 9 days" in nine.evidence
    assert "four weeks are needed" in nine.evidence


def test_effort_that_nobody_told_is_unknown_and_comes_before_patience() -> None:
    diagnosis = seen(example_history(Habits(feels=False), 1))
    assert diagnosis.check("intensity").status == "unknown"
    assert diagnosis.limiting.area == "none"
    assert "--rir" in diagnosis.limiting.action


def test_food_that_was_not_logged_is_unknown_never_short() -> None:
    diagnosis = seen(example_history(Habits(**NO_KITCHEN), 1))
    for cause in ("surplus", "protein", "protein_spread", "carbohydrate", "hydration", "sleep"):
        assert diagnosis.check(cause).status == "unknown"


def test_where_science_and_common_advice_differ_it_says_so() -> None:
    diagnosis = seen(example_history(Habits(), 1))
    for cause in ("intensity", "frequency", "bent_knee_calf", "calf_volume", "surplus", "protein"):
        assert diagnosis.check(cause).differs


def test_today_moves_the_window() -> None:
    history = example_history(Habits(), 1)
    later = seen(history, Habits().last_day + timedelta(days=60))
    assert later.check("volume").value == 0
    earlier = seen(history, Habits().first_day + timedelta(days=6))
    assert earlier.limiting.area == "too_early"


def test_short_sleep_and_daily_legs_are_seen() -> None:
    squats = Habits().routine[0][1][:1]
    daily = Habits(routine=tuple((day, squats) for day in range(5)), sleep_h=5.5)
    diagnosis = seen(example_history(daily, 1))
    assert diagnosis.check("recovery").status == "short"
    assert diagnosis.check("sleep").status == "short"


@pytest.mark.parametrize("plant", PLANTED)
def test_the_command_names_each_planted_cause(plant: str, tmp_path: Path) -> None:
    causes, kinds = PLANTED[plant]
    answered = by_command(next(iter(kinds.values())), tmp_path)
    assert answered["limiting"]["cause"] in causes
    check = next(one for one in answered["checks"] if one["cause"] == answered["limiting"]["cause"])
    assert check["status"] == "short"
    assert {"value", "want", "evidence", "action", "area"} <= set(check)


def test_the_command_finds_none_in_a_healthy_log_and_waits_in_a_young_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "young").mkdir()
    healthy = by_command(Habits(), tmp_path / "old")
    assert healthy["limiting"]["area"] == healthy["limiting"]["cause"] == "none"
    assert any("limbs" in line for line in healthy["fixed"])
    young = by_command(Habits(weeks=1, last_day=date(2026, 11, 15)), tmp_path / "young")
    assert young["limiting"]["area"] == "too_early"


def test_one_day_is_no_habit() -> None:
    """Fourteen sets of one day are not fourteen sets a week, and nothing is short before two weeks."""
    history = example_history(Habits(rir=6.0), 1)
    first = history.sets[0].at.date()
    one_day = replace(history, sets=tuple(s for s in history.sets if s.at.date() == first))
    found = seen(one_day)
    in_the_gym = [one for one in found.checks if one.area != "kitchen"]
    assert not [one.cause for one in in_the_gym if one.status == "short"]
    volume = found.check("volume")
    assert (volume.status, volume.value) == ("unknown", None)
    assert "in 1 day:" in volume.evidence
    assert "sets in 1 day are logged" in found.limiting.evidence


def test_nothing_logged_is_said_as_such() -> None:
    found = seen(TrainingHistory("", (), (), (), ()))
    assert {one.status for one in found.checks} == {"unknown"}
    assert found.check("volume").evidence.startswith("No set is logged")
