"""Which set is held beside today's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hardset.tracker.training.last_time import last_time
from hardset.tracker.training.records import LoggedSet, TrainingHistory

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def logged(id: int, days_ago: float, load_kg: float, *, workout: str, warmup: bool = False) -> LoggedSet:
    return LoggedSet(
        id=id,
        at=NOW - timedelta(days=days_ago),
        workout=workout,
        exercise="back_squat",
        load_kg=load_kg,
        reps=8,
        warmup=warmup,
        failed=False,
        felt_rir=None,
        velocities=(),
        velocity_sds=None,
        placement=None,
        rir_pmf=None,
        calibrated=False,
    )


def chosen(*sets: LoggedSet, load_kg: float | None = 100.0) -> int | None:
    found = last_time(TrainingHistory("", sets, (), (), ()), "back_squat", load_kg, NOW)
    return None if found is None else found.id


def test_the_nearest_load_of_the_last_workout_counts_and_a_warm_up_does_not() -> None:
    assert (
        chosen(
            logged(1, 7.00, 100, workout="a"),
            logged(2, 3.03, 60, workout="b", warmup=True),
            logged(3, 3.02, 90, workout="b"),
            logged(4, 3.01, 95, workout="b"),
            logged(5, 3.00, 95, workout="b"),
        )
        == 4
    )


def test_the_workout_that_is_going_on_is_not_last_time() -> None:
    today = [logged(8, 0.2, 100, workout="now"), logged(9, 0.01, 100, workout="now")]
    assert chosen(*today) is None
    assert chosen(logged(1, 7, 80, workout="a"), *today) == 1


def test_without_a_load_it_is_the_first_work_set() -> None:
    assert chosen(logged(1, 7.1, 80, workout="a"), logged(2, 7.0, 120, workout="a"), load_kg=None) == 1
