"""A plan and a seed in, a recording with its truth out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation.barmotion import bar_motion
from hardset.tracker.simulation.imu import sample
from hardset.tracker.simulation.limbmotion import limb_motion
from hardset.tracker.simulation.motion import Motion
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import transmit
from hardset.tracker.simulation.trajectory import ideal_signals
from hardset.tracker.simulation.truth import TrueEvent, Truth


@dataclass(frozen=True, slots=True)
class SimulatedRecording:
    """Samples as a program would receive them, and what really happened."""

    samples: SampleBatch
    truth: Truth
    exercise: str
    placement: str


def simulate(plan: SetPlan, seed: int) -> SimulatedRecording:
    """One recording; the same plan and seed give the same samples."""
    rng = np.random.default_rng(seed)
    motion = move(plan, rng)
    start_s, end_s = _window(plan, motion, rng)
    return record(plan, motion, start_s, end_s, rng)


def move(plan: SetPlan, rng: np.random.Generator) -> Motion:
    """The movement of a plan at 1 kHz, with its truth."""
    return bar_motion(plan, rng) if plan.placement == "bar" else limb_motion(plan, rng)


def record(
    plan: SetPlan, motion: Motion, start_s: float, end_s: float, rng: np.random.Generator
) -> SimulatedRecording:
    """A stretch of a movement through sensor and radio, its truth on the recording's clock."""
    ideal = ideal_signals(motion.path, motion.lever_m)
    sampled = sample(ideal, start_s, end_s, plan.imu, rng)
    samples = transmit(sampled.batch, sampled.true_time_s, plan.radio, rng)
    speed = 1.0 + plan.imu.clock_skew_ppm * 1e-6 if plan.radio.kind == "even" else 1.0
    truth = _seen(motion.truth, start_s, end_s).on_clock(float(sampled.true_time_s[0]), speed)
    return SimulatedRecording(samples, truth, plan.exercise, plan.placement)


def _window(plan: SetPlan, motion: Motion, rng: np.random.Generator) -> tuple[float, float]:
    """The stretch of the movement that is recorded, s."""
    reps = motion.truth.reps
    start, end = 0.0, float(motion.path.time_s[-1])
    if plan.start_in_motion:
        first = reps[0]
        begin = first.eccentric_start_s
        if begin is not None:
            start = begin + rng.uniform(0.1, 0.6) * (first.concentric_start_s - begin)
        else:
            start = max(first.concentric_start_s - rng.uniform(0.05, 0.5), 0.0)
    if plan.end_in_mid_rep:
        last = reps[-1]
        end = last.concentric_start_s + rng.uniform(0.2, 0.7) * (
            last.concentric_end_s - last.concentric_start_s
        )
    return start, end


def _seen(truth: Truth, start_s: float, end_s: float) -> Truth:
    """The truth of what was recorded: reps whose concentric phase lies in it whole."""
    reps = [r for r in truth.reps if r.concentric_start_s >= start_s and r.concentric_end_s <= end_s]
    cut = [r for r in truth.reps if r not in reps]
    events = [e for e in truth.events if e.end_s > start_s and e.start_s < end_s]
    events += [TrueEvent("cut_rep", r.eccentric_start_s or r.concentric_start_s, end_s) for r in cut]
    return Truth(truth.exercise, truth.fs, tuple(reps), truth.failed_last, tuple(events))
