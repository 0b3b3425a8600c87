"""A set with the sensor on thigh or shank: walking up, getting in, the reps, getting out."""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation import events
from hardset.tracker.simulation.lifter import Lifter
from hardset.tracker.simulation.limbexercises import LimbExercise
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import FLESH, RATE_HZ, TURN, Program, X, Y, Z, count
from hardset.tracker.simulation.setscore import SetScore
from hardset.tracker.simulation.strokes import smooth_step


class LimbSet(SetScore):
    """A set whose sensor is strapped to a leg."""

    def __init__(
        self,
        plan: SetPlan,
        exercise: LimbExercise,
        lifter: Lifter,
        start_rad: float,
        rng: np.random.Generator,
    ) -> None:
        super().__init__(plan, exercise.load, lifter, None, rng)
        self.limb = exercise
        self.start_rad = start_rad
        """The segment's angle from the upright where the set begins."""

    def locked_out(self, top_speed_mps: float) -> None:
        """Flesh goes on a little when the bone stops."""
        self._wobble(self.program.now_s - 0.05, self.rng.uniform(0.2, 1.5) * min(top_speed_mps, 1.2))

    def caught(self) -> None:
        """Pins, stops or seat end a failed attempt."""
        events.jolt(self.program, self.program.now_s - 0.03, self.rng.uniform(1, 5), self.rng)
        self._wobble(self.program.now_s, self.rng.uniform(1, 3))

    def _wobble(self, at_s: float, degrees: float) -> None:
        turn = np.radians(degrees) * self.rng.choice([-1, 1])
        shake = events.ring(float(turn), self.rng.uniform(6, 12), self.rng.uniform(0.06, 0.14))
        self.program.overlay(FLESH, at_s, shake)

    def top_pause(self, rir: float) -> None:
        """Between two lunges of this leg the other leg takes its turn."""
        if self.limb.id != "walking_lunge":
            super().top_pause(rir)
            return
        rng, program = self.rng, self.program
        program.hold(rng.uniform(0.25, 0.6))
        start, seconds = program.now_s, rng.uniform(1.6, 2.6)
        program.overlay(TURN, start, events.bump(np.radians(rng.uniform(10, 25)), seconds))
        program.overlay(Z, start, events.bump(-rng.uniform(0.2, 0.35), seconds))
        program.overlay(X, start, events.shift(rng.uniform(0.6, 0.8), 0.4 * seconds))
        program.hold(seconds)
        events.jolt(program, start + 0.35 * seconds, rng.uniform(1, 4), rng)
        program.mark("other_leg", start)
        program.hold(rng.uniform(0.25, 0.6))

    # --- before and after --------------------------------------------------------------------

    def begin(self) -> None:
        """Walk up, get in, settle."""
        rng, program, plan = self.rng, self.program, self.plan
        program.place(self.level)
        program.held.append((0.0, 1e9))
        program.hold(rng.uniform(0.5, 2.0))
        if plan.walk_before_s > 0:
            walking(program, plan.walk_before_s, rng)
        if plan.handling_before_s > 0:
            events.handling(program, plan.handling_before_s, rng)
        if self.limb.machine:
            self._change_seat(getting_in=True)
        elif self.limb.id in ("back_squat", "front_squat", "bulgarian_split_squat"):
            start = program.now_s
            events.steps(program, int(rng.integers(2, 4)), -rng.uniform(0.3, 0.7), rng)
            program.mark("walkout", start)
        program.hold(rng.uniform(0.8, 3.0))

    def _change_seat(self, getting_in: bool) -> None:
        """From standing to the angle where the set begins, or back; the body sinks or rises by the way."""
        rng, program = self.rng, self.program
        start, seconds = program.now_s, rng.uniform(1.2, 2.5)
        sink = rng.uniform(0.25, 0.5)
        turn = smooth_step(np.arange(count(seconds)) / (seconds * RATE_HZ))
        if getting_in:
            # Before this moment the leg stands: the overlay is written from the first sample on.
            standing = np.ones(round(start * RATE_HZ))
            program.overlay(TURN, 0.0, -self.start_rad * np.concatenate((standing, 1 - turn, [0.0])))
            program.overlay(Z, 0.0, sink * np.concatenate((standing, 1 - turn, [0.0])))
        else:
            now = self.angle_now()
            program.overlay(TURN, start, -now * np.concatenate((turn, [1.0])))
            program.overlay(Z, start, sink * np.concatenate((turn, [1.0])))
        program.hold(seconds)
        for at in start + seconds * rng.uniform(0.4, 1.0, 3):
            events.jolt(program, float(at), rng.uniform(1, 5), rng)
            self._wobble(float(at), rng.uniform(0.5, 2))
        program.mark("getting_in" if getting_in else "getting_out", start)

    def angle_now(self) -> float:
        """The segment's angle at this place of the score, rad."""
        travelled = (self.program.height - self.level) * self.radians_per_metre
        return float(self.start_rad + self.limb.direction * travelled)

    radians_per_metre = 1.0
    """Set by whoever knows the range of motion in degrees."""

    def finish(self) -> None:
        """Stay a moment, get out, walk away; the strap has slipped a little with each rep."""
        rng, program, plan = self.rng, self.program, self.plan
        program.hold(rng.uniform(0.4, 2.0))
        if plan.strap_slip_deg:
            slips = [s.end_s for s in program.spans if s.kind == "rep"]
            for at in slips:
                program.overlay(FLESH, at, events.shift(np.radians(plan.strap_slip_deg / len(slips)), 0.3))
        if self.limb.machine:
            self._change_seat(getting_in=False)
        elif self.limb.id in ("back_squat", "front_squat") and not plan.failed_last:
            start = program.now_s
            events.steps(program, int(rng.integers(1, 4)), rng.uniform(0.3, 0.7), rng)
            program.mark("walkin", start)
        program.hold(rng.uniform(0.4, 1.5))
        if plan.handling_after_s > 0:
            events.handling(program, plan.handling_after_s, rng)
        if plan.walk_after_s > 0:
            walking(program, plan.walk_after_s, rng)


def walking(
    program: Program, seconds: float, rng: np.random.Generator, swing_deg: float | None = None
) -> None:
    """Walk: the thigh swings ±20-30° at 0.9-1 Hz, the body bobs twice as often, heels strike."""
    start, n = program.now_s, count(seconds)
    t = np.arange(n) / RATE_HZ
    pace_hz = rng.uniform(0.85, 1.05)
    swing = np.radians(swing_deg or rng.uniform(20, 30))
    envelope = smooth_step(t / 0.8) * smooth_step((t[-1] - t) / 0.8)
    # The phase wanders by a tenth of a cycle: nobody walks like a pendulum clock.
    phase = 2 * np.pi * pace_hz * t + 0.6 * np.sin(2 * np.pi * 0.13 * t + rng.uniform(0, 6))
    program.overlay(TURN, start, -swing * envelope * (np.sin(phase) + 0.25 * np.sin(2 * phase + 0.8)))
    program.overlay(Z, start, rng.uniform(0.012, 0.025) * envelope * np.cos(2 * phase))
    program.overlay(Y, start, rng.uniform(0.01, 0.03) * envelope * np.sin(phase + 1.0))
    program.overlay(X, start, _walked(envelope, rng.uniform(0.9, 1.4)))
    program.hold(seconds)
    for at in np.arange(start + 0.9, start + seconds - 0.6, 0.5 / pace_hz):
        events.jolt(program, float(at + rng.normal(0, 0.02)), rng.uniform(1.0, 6.0), rng)
        shake = events.ring(np.radians(rng.uniform(-1.5, 1.5)), rng.uniform(6, 12), 0.08)
        program.overlay(FLESH, float(at), shake)
    program.mark("walking", start)


def _walked(envelope: FloatArray, speed_mps: float) -> FloatArray:
    return np.asarray(np.cumsum(envelope) * speed_mps / RATE_HZ, dtype=np.float64)
