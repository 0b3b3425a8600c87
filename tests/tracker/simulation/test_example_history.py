"""The made-up weeks: the same seed the same history, in the words of the commands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hardset.tracker.simulation.example_history import Habits, example_history
from hardset.tracker.simulation.example_lines import eat_lines, log_lines, sleep_lines, weigh_lines


def test_the_same_seed_gives_the_same_weeks_and_another_one_others() -> None:
    habits = Habits(weeks=2, sensor_on=("back_squat",))
    assert example_history(habits, 1) == example_history(habits, 1)
    assert example_history(habits, 1) != example_history(habits, 2)


@pytest.mark.parametrize("rir", [0.5, 2.0, 5.0])
def test_the_lifter_stops_where_he_means_to_and_feels_it_about_right(rir: float) -> None:
    history = example_history(Habits(weeks=4, rir=rir), 1)
    felt = [one.felt_rir for one in history.sets if one.felt_rir is not None]
    assert np.mean(felt) == pytest.approx(rir, abs=0.8)


def test_days_and_ids_are_in_order_and_end_when_they_should() -> None:
    habits = Habits(weeks=3)
    history = example_history(habits, 1)
    assert [one.id for one in history.sets] == list(range(1, len(history.sets) + 1))
    assert all(a.at <= b.at for a, b in zip(history.sets, history.sets[1:], strict=False))
    assert history.weighings[-1].at.date() == habits.last_day
    assert len(history.nights) == 21


def test_a_sensor_sees_what_it_is_on_and_says_what_was_left() -> None:
    history = example_history(Habits(weeks=1, sensor_on=("back_squat",), feels=False), 1)
    seen = [one for one in history.sets if one.velocities]
    assert {one.exercise for one in seen} == {"back_squat"}
    for one in seen:
        assert len(one.velocities) == one.reps
        assert one.rir_pmf is not None
        assert sum(one.rir_pmf) == pytest.approx(1.0)


def test_lines_leave_out_what_a_recording_would_bring() -> None:
    history = example_history(Habits(weeks=1, sensor_on=("back_squat",)), 1)
    assert len(log_lines(history)) == sum(not one.velocities for one in history.sets)
    assert set(log_lines(history)[0]) == {"exercise", "load", "reps", "rir", "at", "warmup", "failed"}
    assert len(weigh_lines(history)) == len(sleep_lines(history)) == 7
    assert len(eat_lines(history)) == 28
    quiet = example_history(replace(Habits(), body_weight_kg=None, protein_g_per_kg=None, sleep_h=None), 1)
    assert not weigh_lines(quiet) + eat_lines(quiet) + sleep_lines(quiet)
