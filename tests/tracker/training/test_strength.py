"""What the History screen says of one exercise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hardset.signal.load_velocity import Grade
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.strength import PROFILE_DAYS, strength

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SQUAT = exercise("back_squat")


def logged(day: int, load_kg: float, fastest: float | None, *, placement: str = "bar") -> LoggedSet:
    """Five reps of which the second is the fastest; without a sensor where no velocity is given."""
    speeds = () if fastest is None else tuple(fastest - step for step in (0.02, 0.0, 0.03, 0.06, 0.09))
    at = NOON + timedelta(days=day)
    where = None if fastest is None else placement
    sds = (0.02,) * 5 if speeds else None
    return LoggedSet(
        *(day * 1000 + round(load_kg), at, f"{at:%Y-%m-%d %H:%M}", "back_squat", load_kg, 5),
        *(False, False, 2.0, speeds, sds, where, None, False),
    )


def velocity_at(load_kg: float) -> float:
    """A lifter whose line meets the class's failure velocity at 150 kg."""
    assert SQUAT.failure_velocity is not None
    return SQUAT.failure_velocity.mean_mps + 0.006 * (150.0 - load_kg)


def test_the_profile_gives_back_the_line_it_was_made_from() -> None:
    sets = [logged(day, load, velocity_at(load)) for day in (0, 7, 14) for load in (70.0, 95.0, 120.0)]
    known = strength("back_squat", sets, SQUAT)
    assert known.profile is not None
    assert len(known.profile.points) == 9
    line = known.profile.line
    assert line is not None
    assert line.grade is Grade.GOOD
    assert line.e1rm_kg == pytest.approx(150.0, abs=1.0)
    assert {load: len(days) for load, days in known.by_load.items()} == {120.0: 3, 95.0: 3, 70.0: 3}
    assert next(iter(known.by_load)) == 120.0  # as often as the others, and heavier
    assert known.by_load[95.0][NOON.date()] == pytest.approx(velocity_at(95.0))


def test_the_profile_forgets_what_is_long_ago() -> None:
    old = [logged(0, load, velocity_at(load) - 0.2) for load in (70.0, 120.0)]
    new = [logged(PROFILE_DAYS + 5, load, velocity_at(load)) for load in (70.0, 95.0, 120.0)]
    known = strength("back_squat", [*old, *new], SQUAT)
    assert known.profile is not None
    assert len(known.profile.points) == 3
    assert len(known.sessions) == 2
    assert len(known.by_load[70.0]) == 2  # over time nothing is left out


def test_without_a_sensor_on_the_bar_there_is_no_profile() -> None:
    by_hand = [logged(day, 100.0, None) for day in (0, 3)]
    on_thigh = [logged(5, 100.0, 60.0, placement="thigh")]
    known = strength("back_squat", [*by_hand, *on_thigh], SQUAT)
    assert known.profile is None
    assert known.by_load == {}
    assert len(known.sessions) == 3
    assert known.records[0].kind == "heaviest"
    assert strength("nobody_knows", by_hand, None).profile is None


def test_one_load_makes_points_but_no_line() -> None:
    known = strength("back_squat", [logged(day, 100.0, 0.6) for day in (0, 3)], SQUAT)
    assert known.profile is not None
    assert known.profile.line is None
