"""What the screens' demonstration feeds: one sensor through three sets, read by a real session."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.tracker.delivery import notifications
from hardset.tracker.demo_workout import REST_S, demo_workout
from hardset.tracker.facts import RepTold, SetOver
from hardset.tracker.session import Session
from hardset.tracker.training.catalogue import exercise

SEED = 7


def test_three_sets_are_told_from_their_first_rep_on() -> None:
    workout = demo_workout("back_squat", SEED)
    session = Session(exercise("back_squat"), workout.placement)
    session.connected(0.0, "sensor", "recording", None)
    first: list[list[float]] = [[]]
    counts: list[int] = []
    for batch in notifications(workout.samples):
        for fact in session.feed(batch, float(batch.time_s[-1])):
            if isinstance(fact, SetOver):
                counts.append(len(fact.scored.measured.reps))
                first.append([])
            elif isinstance(fact, RepTold) and fact.number > sum(counts) and len(first[-1]) < 2:
                first[-1].append(fact.rep.speed)
    assert counts == [9, 6, 8]
    for one, second in first[:3]:
        assert one == pytest.approx(second, rel=0.15)  # no rep of racking or of the sensor before it


@pytest.mark.parametrize("exercise_id", ["back_squat", "leg_extension"])
def test_the_sensor_stays_where_it_is(exercise_id: str) -> None:
    """Between two sets gravity turns only as far as the gyroscope says."""
    workout = demo_workout(exercise_id, SEED)
    begin, end = np.searchsorted(
        workout.samples.time_s, [workout.second_set_s - REST_S + 1.0, workout.second_set_s + 1.0]
    )
    rest = workout.samples.slice(int(begin), int(end))
    gyro = rest.angular_velocity_radps
    assert gyro is not None
    up = rest.acceleration_mps2[::20]  # ten a second
    up = up / np.linalg.norm(up, axis=1, keepdims=True)
    turned = np.arccos(np.clip((up[1:] * up[:-1]).sum(axis=1), -1.0, 1.0))
    told = np.linalg.norm(gyro, axis=1)[: 20 * len(turned)].reshape(-1, 20).mean(axis=1)
    assert np.degrees(turned - 0.1 * told).max() < 3.0
