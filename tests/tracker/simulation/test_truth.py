"""The truth is a property of the movement: integrate the acceleration and it must come out again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from hardset.tracker.simulation.plans import draw_plan
from hardset.tracker.simulation.scenario import move, simulate
from hardset.tracker.simulation.truth import Truth, stroke_bounds

TIME_S = np.arange(4000) / 1000


def bell(start_s: float, end_s: float, height: float = 0.5) -> np.ndarray:
    """A speed of half a sine between two times, 0 elsewhere."""
    u = (TIME_S - start_s) / (end_s - start_s)
    return np.where((u > 0) & (u < 1), height * np.sin(np.pi * np.clip(u, 0, 1)), 0.0)


@pytest.mark.parametrize("seed", range(12))
def test_double_integration_of_the_acceleration_gives_the_true_mean_velocity(seed: int) -> None:
    motion = move(draw_plan(seed), np.random.default_rng(seed))
    path = motion.path
    speed = np.concatenate(([0.0], np.cumsum(np.diff(path.time_s) * _mid(path.acceleration_mps2[:, 2]))))
    speed += path.velocity_mps[0, 2]
    height = np.concatenate(([0.0], np.cumsum(np.diff(path.time_s) * _mid(speed))))
    for rep in motion.truth.reps:
        low, high = np.interp([rep.concentric_start_s, rep.concentric_end_s], path.time_s, height)
        mean = (high - low) / (rep.concentric_end_s - rep.concentric_start_s)
        assert rep.mean_velocity_mps == pytest.approx(mean, abs=1e-3)
        assert rep.rom_m == pytest.approx(high - low, abs=1e-3)


def _mid(values: np.ndarray) -> np.ndarray:
    return 0.5 * (values[1:] + values[:-1])


def test_a_hold_is_a_turning_point_at_its_edge() -> None:
    speed = bell(1.0, 2.0)
    stroke = stroke_bounds(TIME_S, speed, (0.5, 2.5))
    edge = np.arcsin(0.02 / 0.5) / np.pi  # where half a sine of 0.5 m/s passes 0.02 m/s
    assert stroke.start_s == pytest.approx(1.0 + edge, abs=2e-3)
    assert stroke.end_s == pytest.approx(2.0 - edge, abs=2e-3)


def test_without_a_hold_velocity_zero_is_the_turning_point() -> None:
    speed = bell(1.0, 2.0) - bell(0.0, 1.0) - bell(2.0, 3.0)
    stroke = stroke_bounds(TIME_S, speed, (1.0, 2.0))
    assert stroke.start_s == pytest.approx(1.0, abs=2e-3)
    assert stroke.end_s == pytest.approx(2.0, abs=2e-3)


def test_a_sticking_point_shorter_than_a_hold_does_not_end_the_stroke() -> None:
    almost_stopped = np.where((TIME_S > 1.46) & (TIME_S < 1.54), 0.01, bell(1.0, 2.0))
    stroke = stroke_bounds(TIME_S, almost_stopped, (1.0, 2.0))
    assert stroke.end_s - stroke.start_s > 0.9


def test_a_real_stop_in_the_middle_ends_the_stroke() -> None:
    stopped = np.where((TIME_S > 1.5) & (TIME_S < 1.7), 0.0, bell(1.0, 2.0))
    stroke = stroke_bounds(TIME_S, stopped, (1.0, 2.0))
    assert stroke.end_s - stroke.start_s < 0.55


@pytest.mark.parametrize("family", ["bar", "limb"])
def test_truth_survives_json(family: str) -> None:
    truth = simulate(draw_plan(5, family=family), 5).truth  # type: ignore[arg-type]
    again = Truth.from_json(json.loads(json.dumps(truth.to_json())))
    assert again == truth


def test_truth_reads_the_short_form_of_other_simulators() -> None:
    rep = {"number": 1, "concentric_start_s": 1.0, "concentric_end_s": 2.0, "mean_velocity_mps": 0.5,
           "peak_velocity_mps": 0.8, "rom_m": 0.5, "rir": 3}  # fmt: skip
    truth = Truth.from_json({"exercise": "squat", "fs": 100, "reps": [rep], "failed_last": False})
    assert truth.reps[0].rir == 3
    assert truth.events == ()


def test_clock_moves_times_and_nothing_else() -> None:
    truth = simulate(draw_plan(3), 3).truth
    moved = truth.on_clock(2.0, 1.0)
    assert moved.reps[0].concentric_start_s == pytest.approx(truth.reps[0].concentric_start_s - 2.0)
    assert moved.reps[0].mean_velocity_mps == truth.reps[0].mean_velocity_mps
