"""The movement of a thigh or shank in a set, and of the sensor on it.

Bone and sensor are two things: the truth is the bone's angle, the sensor also feels flesh that
swings after jolts and a strap that slips.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation.bodymotion import sway, tremor
from hardset.tracker.simulation.lifter import lifter_of
from hardset.tracker.simulation.limb import LimbSet
from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES, LimbExercise
from hardset.tracker.simulation.motion import Motion, Travel, set_truth
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import FLESH, RATE_HZ, TILT, TURN, YAW
from hardset.tracker.simulation.trajectory import derivatives, rigid_path
from hardset.tracker.simulation.truth import HOLD_LEAST_RADPS, HOLD_MPS

_SHANK_PER_THIGH = 0.35
"""In a squat the shank leans forward by about this share of the thigh's angle."""
_THIGH_LENGTH, _SHANK_LENGTH = 0.245, 0.246
"""Of the body's height."""


def limb_motion(plan: SetPlan, rng: np.random.Generator) -> Motion:
    """A set felt on the leg; the truth is the bone's angle (a standing calf raise: the height)."""
    exercise = LIMB_EXERCISES[plan.exercise]
    lifter = lifter_of(plan.lifter, exercise.load, rng)
    rom_rad = np.radians(rng.uniform(*exercise.rom_deg))
    top_rad = np.radians(rng.uniform(*exercise.top_deg))
    bottom_rad = top_rad - exercise.direction * rom_rad
    start_rad = bottom_rad if exercise.load.first_phase == "concentric" else top_rad
    score = LimbSet(plan, exercise, lifter, float(start_rad), rng)
    score.radians_per_metre = float(rom_rad / lifter.rom_m)
    score.write()
    metres, extra = score.program.play(score.softness_s)
    n = metres.shape[0]
    time_s = np.arange(n) / RATE_HZ
    held = score.program.held_mask(n)
    bone = bottom_rad + exercise.direction * metres * score.radians_per_metre + extra[:, TURN]
    # Small movements (calf, hip hinge) are made by a leg that is held more quietly.
    calm = min(1.0, float(np.degrees(rom_rad)) / 40.0)
    bone += (
        held * calm * np.radians(sway(n, rng.uniform(0.05, 0.4), rng) + tremor(n, rng.uniform(4, 16), rng))
    )
    position = _sensor_position(exercise, bone, metres, rng) + extra[:, :3]
    for axis in range(3):
        position[:, axis] += held * (sway(n, 0.003, rng) + tremor(n, rng.uniform(0.04, 0.15), rng))
    side = [held * np.radians(sway(n, rng.uniform(0.3, 1.5), rng)) + extra[:, c] for c in (TILT, YAW)]
    # Knees travel in or out by up to 8° over a deep bend. With the foot planted that goes with the bend: a
    # heel that rises under a seated thigh turns it by 11°; 8° to the side besides would be another movement.
    lean = calm * np.radians(rng.uniform(-8, 8)) * (metres / lifter.rom_m)
    # While the leg moves, flesh trembles in all three directions (real thighs: ±20-80 °/s off axis).
    moving = gaussian_filter1d(np.minimum(np.abs(np.gradient(bone, 1.0 / RATE_HZ)), 2.0), 0.05 * RATE_HZ)
    flesh = [
        np.radians(moving * tremor(n, rng.uniform(100, 500), rng, low_hz=1.5, high_hz=7.0)) for _ in range(3)
    ]
    angles = np.column_stack(
        (bone + extra[:, FLESH] + flesh[0], side[0] + lean + flesh[1], side[1] + flesh[2])
    )
    path = rigid_path(time_s, position, angles)
    travel = _travel(exercise, time_s, bone, path.position_m[:, 2], score.radians_per_metre)
    lever = np.array([rng.uniform(0.05, 0.09), rng.uniform(-0.04, 0.04), 0.0])  # on the skin, not in the bone
    return Motion(path, set_truth(plan, score.program, travel), lever)


def _travel(
    exercise: LimbExercise, time_s: FloatArray, bone: FloatArray, height: FloatArray, radians_per_metre: float
) -> Travel:
    if exercise.geometry == "vertical":
        return Travel(time_s, height, derivatives(time_s, height)[0], False, HOLD_MPS)
    speed, _ = derivatives(time_s, exercise.direction * bone)
    return Travel(time_s, bone, speed, True, max(HOLD_MPS * radians_per_metre, HOLD_LEAST_RADPS))


def _sensor_position(
    exercise: LimbExercise, bone: FloatArray, metres: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """(n, 3) the bone's point under the sensor, m; the fixed joint (or the ankle) is the origin."""
    body_m = rng.uniform(1.58, 1.95)
    length = body_m * (_THIGH_LENGTH if exercise.placement == "thigh" else _SHANK_LENGTH)
    reach = length * rng.uniform(*exercise.sensor_at)
    along = reach * np.column_stack((np.sin(bone), np.zeros_like(bone), np.cos(bone)))
    if exercise.geometry == "far_end_moves":
        return -along
    if exercise.geometry == "near_end_moves":
        return along
    if exercise.geometry == "vertical":
        along[:, 2] += metres
        return along
    shank = -_SHANK_PER_THIGH * rng.uniform(0.7, 1.3) * bone
    knee = body_m * _SHANK_LENGTH * np.column_stack((np.sin(shank), np.zeros_like(shank), np.cos(shank)))
    return np.asarray(along + knee)
