"""A plan and a seed in, a recording with its truth out."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    first, last = reps[0], reps[-1]
    start, end = 0.0, float(motion.path.time_s[-1])
    if plan.trimmed:
        begin = first.concentric_start_s if first.eccentric_start_s is None else first.eccentric_start_s
        start = max(begin - rng.uniform(0.3, 2.0), start)
        if not plan.failed_last:
            end = min(last.concentric_end_s + rng.uniform(0.5, 2.5), end)
    if plan.start_in_motion:
        start = _start_in_motion(motion, rng)
    if plan.end_in_mid_rep:
        length = last.concentric_end_s - last.concentric_start_s
        end = last.concentric_start_s + rng.uniform(0.2, 0.7) * length
    return start, end


def _start_in_motion(motion: Motion, rng: np.random.Generator) -> float:
    """A time at which the load moves and no concentric phase has begun that would have to count."""
    reps, share = motion.truth.reps, rng.uniform(0.2, 0.6)
    first = reps[0]
    if first.eccentric_start_s is not None:
        return first.eccentric_start_s + share * (first.concentric_start_s - first.eccentric_start_s)
    if len(reps) >= 4:
        return first.concentric_end_s + share * (reps[1].concentric_start_s - first.concentric_end_s)
    before = [event for event in motion.truth.events if event.end_s < first.concentric_start_s]
    if not before:
        return max(first.concentric_start_s - 0.2, 0.0)
    return before[-1].start_s + share * (before[-1].end_s - before[-1].start_s)


def _seen(truth: Truth, start_s: float, end_s: float) -> Truth:
    """The truth of what was recorded: reps whose concentric phase lies in it whole."""
    reps = [r for r in truth.reps if r.concentric_start_s >= start_s and r.concentric_end_s <= end_s]
    cut = [r for r in truth.reps if r not in reps]
    events = [e for e in truth.events if e.end_s > start_s and e.start_s < end_s]
    events += [TrueEvent("cut_rep", r.eccentric_start_s or r.concentric_start_s, end_s) for r in cut]
    numbered = tuple(replace(rep, number=number) for number, rep in enumerate(reps, start=1))
    return replace(truth, reps=numbered, events=tuple(events))
