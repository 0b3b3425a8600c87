"""How far a sensor rises with the angle of its limb, on arcs whose height is known exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.lift import MOST, MOST_ALONE, lift_m, lift_odds
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ
from hardset.tracker.training.catalogue import exercise

REACH_M = 0.25
REST_S, STROKE_S = 0.8, 1.2


@dataclass(frozen=True, slots=True)
class Swing:
    """A segment over a fixed joint that goes from the upright by some angle and back, again and again."""

    angle: FloatArray
    vertical: FloatArray
    bottom: NDArray[np.int64]
    top: NDArray[np.int64]
    gain_m: float


def swing(
    degrees: float, reps: int = 6, flesh_deg: float = 0.0, tilt_error: float = 0.0, seed: int = 0
) -> Swing:
    """The angle as it is read rises from -degrees to 0 (upright) in each stroke."""
    rng = np.random.default_rng(seed)
    rest, move = np.zeros(int(REST_S * GRID_HZ)), np.linspace(0, np.pi, int(STROKE_S * GRID_HZ))
    down, up = -0.5 * (1 - np.cos(move)), -0.5 * (1 + np.cos(move))
    share = np.concatenate([np.concatenate([rest, down, rest - 1.0, up, rest]) for _ in range(reps)])
    bone = np.radians(degrees) * share
    height = REACH_M * np.cos(bone)
    vertical = np.gradient(np.gradient(height)) * GRID_HZ**2
    seconds = np.arange(bone.size) / GRID_HZ
    wobble = np.radians(flesh_deg) * np.sin(2 * np.pi * 4.5 * seconds + rng.uniform(0, 6))
    moving = np.abs(np.gradient(share)) > 1e-4
    cycle = bone.size // reps
    start = 2 * rest.size + move.size
    bottom = np.arange(reps) * cycle + start
    felt = vertical + tilt_error * np.sin(bone) + rng.normal(0, 0.1, bone.size)
    gain = REACH_M * (1 - float(np.cos(np.radians(degrees))))
    return Swing(bone + wobble * moving, felt, bottom, bottom + move.size - 1, gain)


@pytest.mark.parametrize("degrees", [25.0, 60.0, 95.0])
@pytest.mark.parametrize("flesh_deg", [0.0, 2.0])
def test_height_comes_out_of_the_arc_without_drift(degrees: float, flesh_deg: float) -> None:
    one = swing(degrees, flesh_deg=flesh_deg, tilt_error=0.2)
    gain, sd = lift_m(one.angle, one.vertical, one.bottom, one.top, np.ones(one.angle.size, dtype=np.bool_))
    assert gain == pytest.approx(one.gain_m, abs=0.012)
    assert sd < 0.02


def test_the_sign_turns_with_the_strokes() -> None:
    one = swing(80.0, flesh_deg=2.0)
    everywhere = np.ones(one.angle.size, dtype=np.bool_)
    gain, _ = lift_m(one.angle, one.vertical, one.bottom, one.top, everywhere)
    down, _ = lift_m(one.angle, one.vertical, one.top, one.bottom, everywhere)
    assert down == pytest.approx(-gain)
    mirrored, _ = lift_m(-one.angle, one.vertical, one.bottom, one.top, everywhere)
    assert mirrored == pytest.approx(gain)


def test_what_the_exercise_says_of_height_decides() -> None:
    one = swing(80.0, flesh_deg=2.0)

    def odds(name: str, placement: Placement) -> float:
        return lift_odds(one.angle, one.vertical, one.bottom, one.top, exercise(name).signal_at(placement))

    assert odds("back_squat", Placement.THIGH) == MOST
    assert odds("seated_leg_curl", Placement.SHANK) == -MOST
    for name in ("leg_press", "romanian_deadlift"):
        assert odds(name, Placement.THIGH) == 0.0
    assert lift_odds(one.angle, one.vertical, one.bottom, one.top, None) == MOST_ALONE


def test_a_sensor_that_hardly_rises_proves_little() -> None:
    one = swing(12.0)
    squat = Exercise("squat", first_phase="eccentric")
    odds = lift_odds(one.angle, one.vertical, one.bottom, one.top, squat)
    assert 0.0 < odds < 0.5 * MOST
