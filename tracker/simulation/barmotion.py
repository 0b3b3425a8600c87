"""The movement of a barbell in a set: the score, what follows from height, and a living body under it."""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation.bar import BarSet
from hardset.tracker.simulation.bodymotion import breath, sway, tremor
from hardset.tracker.simulation.exercises import BAR_EXERCISES, BarExercise, Setup
from hardset.tracker.simulation.lifter import Lifter, lifter_of
from hardset.tracker.simulation.motion import Motion, Travel, set_truth
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import RATE_HZ
from hardset.tracker.simulation.trajectory import RigidPath, rigid_path
from hardset.tracker.simulation.truth import HOLD_MPS


def bar_motion(plan: SetPlan, rng: np.random.Generator) -> Motion:
    """A set on a barbell; the truth is that of the bar's centre."""
    exercise = BAR_EXERCISES[plan.exercise]
    lifter = lifter_of(plan.lifter, exercise, rng)
    setup: Setup = plan.setup or exercise.setups[int(rng.integers(len(exercise.setups)))]
    score = BarSet(plan, exercise, lifter, setup, rng)
    score.write()
    path = _bar_path(score, exercise, lifter, rng)
    travel = Travel(path.time_s, path.position_m[:, 2], path.velocity_mps[:, 2], False, HOLD_MPS)
    angle = rng.uniform(0, 2 * np.pi)
    across = plan.imu.lever_m
    lever = np.array([across * np.cos(angle), rng.uniform(-0.1, 0.1), across * np.sin(angle)])
    return Motion(path, set_truth(plan, score.program, travel), lever)


def _bar_path(score: BarSet, exercise: BarExercise, lifter: Lifter, rng: np.random.Generator) -> RigidPath:
    """Position and angles of the bar: the score, what depends on height, and a living body."""
    height, extra = score.program.play(score.softness_s)
    n = height.shape[0]
    time_s = np.arange(n) / RATE_HZ
    progress = _soft_clip(height / lifter.rom_m)
    held = score.program.held_mask(n)
    speed = np.gradient(height, 1.0 / RATE_HZ)
    effort = held * (1.0 + 1.5 * np.minimum(np.abs(speed), 1.0))
    low, high = exercise.bar_turn_deg
    turn_rad = np.radians(rng.uniform(low, high))
    bow, lean = exercise.sway_x_m * rng.uniform(-1, 1, 2)
    shake = rng.uniform(0.04, 0.16)
    position = np.column_stack(
        (
            bow * np.sin(np.pi * progress) + lean * progress + held * sway(n, rng.uniform(0.002, 0.008), rng),
            held * sway(n, rng.uniform(0.002, 0.008), rng),
            height
            + held * (sway(n, rng.uniform(0.0005, 0.002), rng) + breath(n, rng.uniform(0.0005, 0.0025), rng)),
        )
    )
    angles = np.column_stack(
        (
            turn_rad * progress + np.radians(held * sway(n, rng.uniform(0.3, 2.0), rng)),
            np.radians(
                rng.uniform(-3, 3) * np.sin(np.pi * progress) + held * sway(n, rng.uniform(0.1, 0.7), rng)
            ),
            np.radians(held * sway(n, rng.uniform(0.3, 1.5), rng)),
        )
    )
    for axis in range(3):
        position[:, axis] += effort * tremor(n, shake * (1.0 if axis == 2 else 1.4), rng)
        angles[:, axis] += effort * np.radians(tremor(n, rng.uniform(20, 110), rng, low_hz=1.2, high_hz=5.0))
    return rigid_path(time_s, position + extra[:, :3], angles + extra[:, 3:6])


def _soft_clip(progress: FloatArray, width: float = 0.03) -> FloatArray:
    """Progress kept between about -0.1 and 1.1 without a corner."""
    lower = -0.1 + width * np.logaddexp(0.0, (progress + 0.1) / width)
    return np.asarray(1.1 - width * np.logaddexp(0.0, (1.1 - lower) / width), dtype=np.float64)
