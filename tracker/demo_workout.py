"""What the screens' demonstration shows: one simulated lifter, three sets with short rests, one sensor.

The sensor is a virtual device: its bytes go through the same link and decoder as those of a real one,
over a radio that loses packets and, in the second set, breaks off for a moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.demonstration import draw_set
from hardset.tracker.sensors.virtual_link import VirtualLink
from hardset.tracker.sensors.virtual_radio import Outage, RadioBehaviour
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.known import simulated_placement
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import simulate

PERSON = 5
"""The demonstration's lifter, whatever the seed: the same velocities at failure from set to set."""
SETS = ((0, 1), (4, 1), (5, 0))
"""What is added to the seed, and how many reps are left at the end: days like the lifter's usual ones."""
REST_S = 25.0
"""Shorter than any lifter should rest: a demonstration has to get on."""
RATE_HZ = 100.0
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
    """Three sets of one lifter. Raises NotSimulated for an exercise that the simulator can't do."""
    parts: list[SampleBatch] = []
    end_s, second_s = 0.0, 0.0
    for number, (shift, left) in enumerate(SETS):
        samples = simulate(demo_set(exercise_id, seed + shift, left), seed + shift).samples
        if number == 1:
            second_s = end_s
        parts += [_moved(samples, end_s), *_resting(samples, end_s)]
        end_s = float(parts[-1].time_s[-1]) + 1.0 / ImuPlan().rate_hz
    return DemoWorkout(joined(parts), Placement(simulated_placement(exercise_id)), second_s)


def demo_set(exercise_id: str, seed: int, left: int) -> SetPlan:
    """One set of the demonstration's lifter that ends with so many reps left."""
    plan = draw_set(exercise_id, seed)
    return replace(
        plan,
        rir_at_end=left,
        reps=max(6, plan.reps),
        lifter=PERSON,
        radio=RadioPlan("even"),
        imu=ImuPlan(rate_hz=200.0),
    )


def demo_link(workout: DemoWorkout, seed: int) -> VirtualLink:
    """A virtual WitMotion sensor on the lifter."""
    radio = RadioBehaviour(
        interval_s=0.03, loss=LOSS, outages=(Outage(workout.second_set_s + 18.0, OUTAGE_S, "hang_up"),)
    )
    return VirtualLink(virtual_device("witmotion", workout.samples, radio, seed), RATE_HZ)


def _moved(samples: SampleBatch, to_s: float) -> SampleBatch:
    return SampleBatch(
        samples.time_s - samples.time_s[0] + to_s, samples.acceleration_mps2, samples.angular_velocity_radps
    )


def _resting(samples: SampleBatch, begin_s: float) -> list[SampleBatch]:
    """The bar in the rack after a set: the last moment goes on, with a sensor's noise."""
    n = int(REST_S * 50)
    start_s = begin_s + float(samples.time_s[-1] - samples.time_s[0])
    rng = np.random.default_rng(n)
    still = samples.acceleration_mps2[-5:].mean(axis=0)
    acceleration = still * (9.81 / float(np.linalg.norm(still))) + rng.normal(0, 0.02, (n, 3))
    gyro = None if samples.angular_velocity_radps is None else rng.normal(0, 0.003, (n, 3))
    return [SampleBatch(start_s + (1 + np.arange(n)) / 50, acceleration, gyro)]
