"""Velocity falls as reps run out, in every family of curves, and never below the slowest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.lifter import (
    CURVES,
    SLOWEST_MPS,
    Curve,
    draw_lifter,
    lifter_of,
    rep_velocities,
)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("bend", [0.0, 1.0])
def test_more_in_reserve_is_faster_and_never_steeper(curve: Curve, bend: float) -> None:
    lifter = replace(
        draw_lifter(BAR_EXERCISES["back_squat"], np.random.default_rng(4)), curve=curve, bend=bend
    )
    speeds = np.array([lifter.velocity_mps(rir) for rir in range(25)])
    gains = np.diff(speeds)
    assert (gains > 0).all()
    assert (np.diff(gains) < 1e-9).all(), "the drop steepens towards failure"


def test_failure_velocities_follow_the_published_spread() -> None:
    rng = np.random.default_rng(0)
    exercise = BAR_EXERCISES["back_squat"]
    speeds = [draw_lifter(exercise, rng).fail_mps for _ in range(400)]
    assert np.mean(speeds) == pytest.approx(0.28, abs=0.01)
    assert np.std(speeds) == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("exercise", sorted(BAR_EXERCISES))
def test_no_completed_rep_is_slower_than_possible(exercise: str) -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        speeds = rep_velocities(draw_lifter(BAR_EXERCISES[exercise], rng), 12, 0, rng)
        assert len(speeds) == 12
        assert min(speeds) >= SLOWEST_MPS


def test_a_person_stays_the_same_from_day_to_day() -> None:
    exercise, rng = BAR_EXERCISES["deadlift"], np.random.default_rng(1)
    monday, thursday = lifter_of(7, exercise, rng), lifter_of(7, exercise, rng)
    assert monday.day_mps != thursday.day_mps
    assert replace(monday, day_mps=0.0) == replace(thursday, day_mps=0.0)
    assert lifter_of(8, exercise, rng).fail_mps != monday.fail_mps
