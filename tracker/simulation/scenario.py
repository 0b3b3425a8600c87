"""A plan and a seed in, a recording with its truth out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.simulation.bar import BarSet
from hardset.tracker.simulation.bodymotion import breath, sway, tremor
from hardset.tracker.simulation.exercises import BAR_EXERCISES, BarExercise, Setup
from hardset.tracker.simulation.imu import sample
from hardset.tracker.simulation.lifter import Lifter, draw_lifter, rep_velocities
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import RATE_HZ, Program
from hardset.tracker.simulation.radio import transmit
from hardset.tracker.simulation.trajectory import IdealSignals, RigidPath, ideal_signals, rigid_path
from hardset.tracker.simulation.truth import TrueEvent, TrueRep, Truth, stroke_bounds


@dataclass(frozen=True, slots=True)
class SimulatedRecording:
    """Samples as a program would receive them, and what really happened."""

    samples: SampleBatch
    truth: Truth
    exercise: str
    placement: str


@dataclass(frozen=True, slots=True)
class Motion:
    """A whole set as continuous movement, before any sensor: for tests and plots."""

    path: RigidPath
    truth: Truth
    """On the movement's own clock."""
    lever_m: FloatArray
    program: Program


def simulate(plan: SetPlan, seed: int) -> SimulatedRecording:
    """One recording; the same plan and seed give the same samples."""
    rng = np.random.default_rng(seed)
    motion = move(plan, rng)
    ideal: IdealSignals = ideal_signals(motion.path, motion.lever_m)
    start_s, end_s = _window(plan, motion, rng)
    sampled = sample(ideal, start_s, end_s, plan.imu, rng)
    samples = transmit(sampled.batch, sampled.true_time_s, plan.radio, rng)
    speed = 1.0 + plan.imu.clock_skew_ppm * 1e-6 if plan.radio.kind == "even" else 1.0
    truth = _seen(motion.truth, start_s, end_s).on_clock(float(sampled.true_time_s[0]), speed)
    return SimulatedRecording(samples, truth, plan.exercise, plan.placement)


def move(plan: SetPlan, rng: np.random.Generator) -> Motion:
    """The movement of a plan at 1 kHz, with its truth."""
    return bar_motion(plan, rng)


def bar_motion(plan: SetPlan, rng: np.random.Generator) -> Motion:
    """A set on a barbell."""
    exercise = BAR_EXERCISES[plan.exercise]
    lifter = draw_lifter(exercise, rng)
    setup: Setup = plan.setup or exercise.setups[int(rng.integers(len(exercise.setups)))]  # type: ignore[assignment]
    rirs = [plan.rir_at_end + plan.reps - 1 - k for k in range(plan.reps)]
    velocities = list(rep_velocities(lifter, plan.reps, plan.rir_at_end, rng))
    if plan.end_in_mid_rep:
        rirs.append(max(plan.rir_at_end - 1, 0))
        velocities.append(lifter.velocity_mps(rirs[-1]))
    score = BarSet(plan, exercise, lifter, setup, rng)
    score.begin()
    score.repetitions(tuple(velocities), tuple(rirs))
    if plan.failed_last and not plan.end_in_mid_rep:
        score.fail()
    score.finish()
    path = _bar_path(score, exercise, lifter, rng)
    truth = _bar_truth(plan, score.program, path)
    angle = rng.uniform(0, 2 * np.pi)
    lever = plan.imu.lever_m * np.array([np.cos(angle), 0.0, np.sin(angle)]) + np.array(
        [0.0, rng.uniform(-0.1, 0.1), 0.0]
    )
    return Motion(path, truth, lever, score.program)


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
    return rigid_path(time_s, position + extra[:, :3], angles + extra[:, 3:])


def _soft_clip(progress: FloatArray, width: float = 0.03) -> FloatArray:
    """Progress kept between about -0.1 and 1.1 without a corner."""
    lower = -0.1 + width * np.logaddexp(0.0, (progress + 0.1) / width)
    return np.asarray(1.1 - width * np.logaddexp(0.0, (1.1 - lower) / width), dtype=np.float64)


def _bar_truth(plan: SetPlan, program: Program, path: RigidPath) -> Truth:
    time_s, height, speed = path.time_s, path.position_m[:, 2], path.velocity_mps[:, 2]
    spans = {
        kind: [s for s in program.spans if s.kind == kind] for kind in ("concentric", "eccentric", "rep")
    }
    reps = []
    for index, (span, rep) in enumerate(zip(spans["concentric"], spans["rep"], strict=True)):
        up = stroke_bounds(time_s, speed, (span.start_s, span.end_s))
        low, high = np.interp([up.start_s, up.end_s], time_s, height)
        inside = slice(int(up.start_s * RATE_HZ), int(np.ceil(up.end_s * RATE_HZ)) + 1)
        before = [s for s in spans["eccentric"] if rep.start_s <= s.start_s < span.start_s]
        down = stroke_bounds(time_s, -speed, (before[0].start_s, before[0].end_s)) if before else None
        reps.append(
            TrueRep(
                number=index + 1,
                concentric_start_s=up.start_s,
                concentric_end_s=up.end_s,
                mean_velocity_mps=float((high - low) / (up.end_s - up.start_s)),
                peak_velocity_mps=float(speed[inside].max()),
                rom_m=float(high - low),
                rir=plan.rir_at_end + plan.reps - 1 - index,
                eccentric_start_s=None if down is None else down.start_s,
            )
        )
    moves = ("concentric", "eccentric", "rep")
    events = tuple(TrueEvent(s.kind, s.start_s, s.end_s) for s in program.spans if s.kind not in moves)
    return Truth(plan.exercise, plan.imu.rate_hz, tuple(reps), plan.failed_last, events)


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
