"""What the screens' demonstration shows: one simulated lifter, three sets with short rests, one sensor.

The sensor is a virtual device: its bytes go through the same link and decoder as those of a real one,
over a radio that loses packets and, in the second set, breaks off for a moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial.transform import Rotation

from hardset.signal.exercise import Placement
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.tracker.demonstration import draw_set
from hardset.tracker.sensors.virtual_link import VirtualLink
from hardset.tracker.sensors.virtual_radio import Outage, RadioBehaviour
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tracker.simulation.imu import ImuPlan, sample
from hardset.tracker.simulation.known import simulated_placement
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import RATE_HZ
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import move
from hardset.tracker.simulation.trajectory import IdealSignals, ideal_signals

PERSON = 5
"""The demonstration's lifter, whatever the seed: the same velocities at failure from set to set."""
SETS = ((0, 1), (4, 1), (5, 0))
"""What is added to the seed, and how many reps are left at the end: days like the lifter's usual ones."""
REST_S = 40.0
"""Shorter than any lifter should rest, as a demonstration has to get on; a set is over 30 s after its last
rep, and its verdict should be up for a while."""
LINK_HZ = 100.0
SENSOR = ImuPlan(rate_hz=200.0)
LOSS = 0.004
OUTAGE_S = 2.5
LOAD_KG = 100.0


@dataclass(frozen=True, slots=True)
class DemoWorkout:
    """The movement, and where the sensor sits."""

    samples: SampleBatch
    placement: Placement
    second_set_s: float
    """When the second set begins, s since the first sample."""


def demo_workout(exercise_id: str, seed: int) -> DemoWorkout:
    """Three sets of one lifter, felt by one sensor that stays where it is.

    Raises NotSimulated for an exercise that the simulator can't do.
    """
    forces: list[FloatArray] = []
    turns: list[FloatArray] = []
    lever: FloatArray | None = None
    second_s = 0.0
    for number, (shift, left) in enumerate(SETS):
        motion = move(demo_set(exercise_id, seed + shift, left), np.random.default_rng(seed + shift))
        lever = motion.lever_m if lever is None else lever
        felt = ideal_signals(motion.path, lever)
        if forces:
            rest = _resting(forces[-1][-1], felt.specific_force_mps2[0], lever)
            forces.append(rest.specific_force_mps2)
            turns.append(rest.angular_velocity_radps)
        if number == 1:
            second_s = sum(map(len, forces)) / RATE_HZ
        forces.append(felt.specific_force_mps2)
        turns.append(felt.angular_velocity_radps)
    rest = _resting(forces[-1][-1], forces[-1][-1], lever)
    forces.append(rest.specific_force_mps2)
    turns.append(rest.angular_velocity_radps)
    whole = IdealSignals(np.concatenate(forces), np.concatenate(turns))
    length_s = (len(whole.specific_force_mps2) - 1) / RATE_HZ
    samples = sample(whole, 0.0, length_s, SENSOR, np.random.default_rng(seed)).batch
    return DemoWorkout(samples, Placement(simulated_placement(exercise_id)), second_s)


def demo_set(exercise_id: str, seed: int, left: int) -> SetPlan:
    """One set of the demonstration's lifter that ends with so many reps left."""
    plan = draw_set(exercise_id, seed)
    return replace(
        plan,
        rir_at_end=left,
        reps=max(6, plan.reps),
        lifter=PERSON,
        radio=RadioPlan("even"),
        imu=SENSOR,
    )


def demo_link(workout: DemoWorkout, seed: int) -> VirtualLink:
    """A virtual WitMotion sensor on the lifter."""
    radio = RadioBehaviour(
        interval_s=0.03, loss=LOSS, outages=(Outage(workout.second_set_s + 18.0, OUTAGE_S, "hang_up"),)
    )
    return VirtualLink(virtual_device("witmotion", workout.samples, radio, seed), LINK_HZ)


def _resting(begin: FloatArray, end: FloatArray, lever_m: FloatArray | None) -> IdealSignals:
    """The load at rest between two sets: in the middle of it, it turns to how it lies before the next set."""
    share = np.linspace(0.0, 1.0, int(REST_S * RATE_HZ))
    turning = np.clip((share - 0.45) / 0.1, 0.0, 1.0)
    turned = turning**3 * (10 - 15 * turning + 6 * turning**2)  # minimum jerk
    first, last = begin / np.linalg.norm(begin), end / np.linalg.norm(end)
    axis = np.cross(first, last)
    sine = float(np.linalg.norm(axis))
    angle = float(np.arctan2(sine, first @ last))
    along = axis / sine if sine > 0 else axis
    up = Rotation.from_rotvec(np.outer(turned * angle, along)).apply(first)
    omega = -np.outer(np.gradient(turned * angle, 1 / RATE_HZ), along)
    alpha = np.gradient(omega, 1 / RATE_HZ, axis=0)
    lever = np.zeros(3) if lever_m is None else lever_m
    force = STANDARD_GRAVITY_MPS2 * up + np.cross(alpha, lever) + np.cross(omega, np.cross(omega, lever))
    return IdealSignals(force, omega)
