"""A set on a barbell, written as a score: setting up, repetitions, a failed last attempt, putting away."""

from __future__ import annotations

import numpy as np

from hardset.tracker.simulation import events
from hardset.tracker.simulation.exercises import BarExercise, Setup
from hardset.tracker.simulation.lifter import Lifter
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import TILT, TURN, Program, X, Y, count
from hardset.tracker.simulation.strokes import attempt, concentric_of, eccentric, minimum_jerk

_STICK_AT = {"bench_press": 0.38, "deadlift": 0.55, "overhead_press": 0.45, "barbell_curl": 0.5}


class BarSet:
    """Writes one set. Heights are metres above the lower end of a typical rep."""

    def __init__(
        self, plan: SetPlan, exercise: BarExercise, lifter: Lifter, setup: Setup, rng: np.random.Generator
    ) -> None:
        self.plan, self.exercise, self.lifter, self.setup, self.rng = plan, exercise, lifter, setup, rng
        self.program = Program()
        self.on_floor = setup == "floor"
        """The plates touch the floor at the lower end of each rep."""
        dead = rng.uniform() < 0.5 if plan.tempo == "normal" else plan.tempo == "paused"
        self.dead_stop = self.on_floor and dead
        self.level = 0.0 if exercise.first_phase == "concentric" else lifter.rom_m
        # Plates on a floor stop hard; everything else stops in flesh.
        self.softness_s = rng.uniform(0.015, 0.022) if self.dead_stop else rng.uniform(0.025, 0.048)
        self.level_sd = rng.uniform(0.002, 0.006)

    # --- strokes -----------------------------------------------------------------------------

    def lift(self, velocity_mps: float, rir: float, to: float) -> None:
        """The concentric phase, with a sticking region that deepens as reps run out."""
        rng = self.rng
        spare = (velocity_mps - self.lifter.fail_mps) / max(
            self.lifter.fastest_mps - self.lifter.fail_mps, 0.1
        )
        spare = float(np.clip(spare, 0.0, 1.0))
        seconds = (to - self.program.height) / velocity_mps
        peak_at = 0.50 + 0.27 * spare + rng.uniform(-0.06, 0.04)
        if self.plan.tempo == "explosive":
            peak_at = min(peak_at + 0.05, 0.78)
        depth = (0.75 * (1 - spare) ** 1.5 + 0.15 * np.exp(-rir / 1.5)) * rng.uniform(0.7, 1.1)
        stick_at = _STICK_AT.get(self.exercise.id, 0.42) + rng.uniform(-0.06, 0.06)
        shape = concentric_of(count(seconds), velocity_mps, peak_at, stick_at, float(np.clip(depth, 0, 0.85)))
        top_speed = float(shape.max()) * velocity_mps
        self.program.move(to, shape, "concentric")
        events.whip(self.program, self.program.now_s - 0.06, rng.uniform(0.8, 5.0) * top_speed, rng)

    def lower(self, to: float, seconds: float) -> None:
        """The eccentric phase; a deadlift may be dropped the last centimetres onto the floor."""
        rng = self.rng
        ramp_out = rng.uniform(0.18, 0.4)
        if self.dead_stop:
            ramp_out = rng.uniform(0.03, 0.10)
        shape = eccentric(
            count(seconds), rng.uniform(0.2, 0.45), ramp_out, rng.uniform(0, 0.25), rng.uniform()
        )
        distance = self.program.height - to
        self.program.move(to, shape, "eccentric")
        if self.on_floor:
            speed = distance / seconds if self.dead_stop else 0.15 * distance / seconds
            events.floor_impact(self.program, rng, speed)

    def eccentric_seconds(self) -> float:
        """How long a lowering takes with this tempo."""
        low, high = self.exercise.eccentric_s
        base = self.pace * self.rng.uniform(0.88, 1.14)
        if self.plan.tempo == "slow":
            return float(np.clip(base * 2.0, low, 5.0))
        if self.plan.tempo in ("explosive", "touch_and_go"):
            return float(max(base * 0.75, 0.5))
        return float(np.clip(base, low * 0.8, high * 1.2))

    # --- repetitions -------------------------------------------------------------------------

    def repetitions(self, velocities: tuple[float, ...], rirs: tuple[float, ...]) -> None:
        """All reps of the set; a pace of its own is kept through it."""
        low, high = self.exercise.eccentric_s
        self.pace = self.rng.uniform(low, 0.35 * low + 0.65 * high)
        for number, (velocity, rir) in enumerate(zip(velocities, rirs, strict=True)):
            rom = self._rom(rir)
            if self.exercise.first_phase == "eccentric":
                self._eccentric_first(velocity, rir, rom, last=number == len(rirs) - 1)
            else:
                self._concentric_first(velocity, rir, rom, last=number == len(rirs) - 1)

    def _rom(self, rir: float) -> float:
        rom = self.lifter.rom_m * (1 + float(np.clip(self.rng.normal(0, self.lifter.rom_cv), -0.07, 0.07)))
        if self.exercise.fails_by_rom:
            rom *= 1 - 0.25 * float(np.exp(-rir / 1.5))  # calf raises lose height, not speed
        return rom

    def _eccentric_first(self, velocity: float, rir: float, rom: float, last: bool) -> None:
        start = self.program.now_s
        self.lower(self.program.height - rom, self.eccentric_seconds())
        self.bottom_pause()
        top = self.level + self.rng.normal(0, self.level_sd)
        self.lift(velocity, rir, max(top, self.program.height + 0.6 * rom))
        self.program.mark("rep", start)
        if not last:
            self.top_pause(rir)

    def _concentric_first(self, velocity: float, rir: float, rom: float, last: bool) -> None:
        start = self.program.now_s
        self.lift(velocity, rir, self.program.height + rom)
        self.program.mark("rep", start)
        self.top_pause(rir if self.plan.tempo != "cluster" else 9)
        floor = 0.0 if self.on_floor else self.level + self.rng.normal(0, self.level_sd)
        self.lower(floor, self.eccentric_seconds())
        if not last:
            self.bottom_pause(between=True)

    def bottom_pause(self, between: bool = False) -> None:
        """None for touch-and-go, a beat for others, one to three seconds for paused reps."""
        rng, tempo = self.rng, self.plan.tempo
        if tempo == "paused":
            self.program.hold(rng.uniform(0.8, 2.5))
        elif between and tempo == "cluster":
            self.program.hold(rng.uniform(10, 15))
        elif self.dead_stop:
            self.program.hold(rng.uniform(0.6, 3.0))
        elif self.on_floor:
            self.program.hold(rng.uniform(0.05, 0.9))
        elif tempo == "normal" and rng.uniform() < 0.5:
            self.program.hold(rng.uniform(0.02, 0.5))

    def top_pause(self, rir: float) -> None:
        """Breaths between reps: more of them as the set gets hard."""
        rng, tempo = self.rng, self.plan.tempo
        if tempo == "cluster" and self.exercise.first_phase == "eccentric":
            self.program.hold(rng.uniform(10, 15))
            return
        pause = rng.uniform(0.1, 0.9) if tempo != "touch_and_go" else rng.uniform(0.02, 0.25)
        if self.exercise.first_phase == "eccentric" and tempo != "touch_and_go":
            pause += float(rng.exponential(0.5 + 1.5 * np.exp(-rir / 2)))
        self.program.hold(min(pause, 6.0))

    def fail(self) -> None:
        """One more try that rises 20-65 % of the way, stalls, and comes back down."""
        rng, program, rom = self.rng, self.program, self.lifter.rom_m
        self.top_pause(0) if self.exercise.first_phase == "eccentric" else self.bottom_pause(between=True)
        if self.exercise.first_phase == "eccentric":
            self.lower(program.height - rom, self.eccentric_seconds())
            self.bottom_pause()
        bottom, start = program.height, program.now_s
        share = rng.uniform(0.20, 0.65)
        speed = max(self.lifter.fail_mps * rng.uniform(0.6, 1.1), 0.07)
        program.move(bottom + share * rom, attempt(count(share * rom / speed)))
        program.hold(rng.uniform(0.2, 1.4))
        below = 0.0 if self.on_floor else rng.uniform(-0.01, 0.05)
        program.move(bottom - below, eccentric(count(rng.uniform(0.5, 1.4)), 0.4, 0.25, 0.1, 0.0))
        events.clank(program, rng, 0.6)
        program.mark("attempt", start)
        program.hold(rng.uniform(0.5, 2.0))

    # --- before and after --------------------------------------------------------------------

    def begin(self) -> None:
        """From the first sample to the moment before the first rep."""
        rng, program = self.rng, self.program
        if self.plan.handling_before_s > 0:
            events.handling(program, self.plan.handling_before_s, rng)
        program.hold(rng.uniform(0.5, 2.5))
        grip = program.now_s
        self._start_height()
        start = program.now_s
        if self.setup in ("rack_walkout", "rack_press"):
            events.unrack(program, self.rack_lift, rng)
            program.mark("unrack", start)
            walk = program.now_s
            number = int(rng.integers(2, 4)) if self.setup == "rack_walkout" else int(rng.integers(1, 3))
            events.steps(program, number, -rng.uniform(0.3, 0.7), rng)
            program.mark("walkout", walk)
        elif self.setup == "rack_lying":
            events.unrack(program, self.rack_lift, rng)
            program.overlay(
                X, program.now_s - 0.4, events.shift(rng.uniform(0.1, 0.25), rng.uniform(0.6, 1.2))
            )
            program.hold(rng.uniform(0.6, 1.2))
            program.mark("unrack", start)
        elif self.setup in ("floor_pickup", "floor_clean"):
            self._raise_from_floor(start)
        else:
            events.handling(program, rng.uniform(1.0, 3.0), rng)
        if self.setup != "floor":
            program.held.append((start, 1e9))
            self._settle()
        else:
            program.hold(rng.uniform(0.4, 2.0))
            program.held.append((grip, 1e9))

    def _start_height(self) -> None:
        """Where the bar lies before the set, so that the set begins at `level`."""
        lift = float(self.rng.uniform(0.025, 0.06))
        self.rack_lift = lift
        if self.setup in ("rack_walkout", "rack_lying", "rack_press"):
            self.program.place(self.level - lift)
        elif self.setup in ("floor_pickup", "floor_clean"):
            self.program.place(self.level - self.exercise.start_height_m * self.rng.uniform(0.9, 1.1))
            self.rest_height = self.program.height
        else:
            self.program.place(self.level)

    def _raise_from_floor(self, start: float) -> None:
        rng, program = self.rng, self.program
        fast = self.setup == "floor_clean"
        distance = self.level - program.height
        if distance <= 0.02:
            program.place(self.level - (1.2 if fast else 0.6))
            self.rest_height = self.program.height
            distance = self.level - program.height
        seconds = distance / (rng.uniform(0.9, 1.4) if fast else rng.uniform(0.4, 0.8))
        at = program.now_s
        program.move(self.level + (0.05 if fast else 0.0), concentric_of(count(seconds), 1.0, 0.55, 0.5, 0.0))
        if fast:
            # The wrists turn over: a burst in the gyro that no rep shows.
            program.overlay(TURN, at + 0.6 * seconds, events.shift(np.radians(rng.uniform(90, 170)), 0.35))
            events.jolt(program, program.now_s, rng.uniform(3, 8), rng)
            program.move(self.level, minimum_jerk(count(0.4)))
        program.mark("clean" if fast else "pickup", start)
        program.hold(rng.uniform(0.3, 1.0))
        if rng.uniform() < 0.6:
            walk = program.now_s
            events.steps(program, int(rng.integers(1, 4)), -rng.uniform(0.1, 0.5), rng)
            program.mark("walkout", walk)

    def _settle(self) -> None:
        rng, program = self.rng, self.program
        at = program.now_s
        seconds = rng.uniform(0.6, 3.0)
        program.overlay(X, at, events.shift(rng.uniform(-0.02, 0.02), seconds))
        program.overlay(TILT, at, events.shift(np.radians(rng.uniform(-1, 1)), seconds))
        program.hold(seconds)
        # A first breath, held: the chest lifts the bar a few millimetres.
        program.move(program.height + rng.uniform(0.0, 0.006), minimum_jerk(count(0.5)))

    def finish(self) -> None:
        """From the last rep to the last sample."""
        rng, program = self.rng, self.program
        program.hold(rng.uniform(0.3, 2.0))
        if self.plan.failed_last:
            pass  # it already lies on the pins, on the floor, or with the spotter
        elif self.setup in ("rack_walkout", "rack_press", "rack_lying"):
            self._to_rack()
        elif self.setup in ("floor_pickup", "floor_clean"):
            start = program.now_s
            target = self.rest_height
            seconds = rng.uniform(0.8, 2.0) * max(program.height - target, 0.3) / 0.6
            program.move(target, eccentric(count(seconds), 0.3, 0.12, 0.2, rng.uniform()))
            events.floor_impact(program, rng, 0.4)
            program.mark("putdown", start)
        released = program.now_s
        program.held[-1] = (program.held[-1][0], released)
        program.hold(rng.uniform(0.6, 2.5))
        if self.plan.handling_after_s > 0:
            events.handling(program, self.plan.handling_after_s, rng)

    def _to_rack(self) -> None:
        rng, program = self.rng, self.program
        if program.height < self.level - 0.1:  # a press ends at the shoulders, a calf raise at the heels
            program.move(self.level, minimum_jerk(count(rng.uniform(0.8, 1.5))))
        walk = program.now_s
        if self.setup == "rack_lying":
            program.overlay(X, walk, events.shift(-rng.uniform(0.1, 0.25), rng.uniform(0.6, 1.0)))
            program.hold(rng.uniform(0.6, 1.0))
        else:
            events.steps(program, int(rng.integers(1, 4)), rng.uniform(0.3, 0.7), rng)
            program.overlay(Y, walk, events.bump(rng.uniform(-0.02, 0.02), 0.8))
            program.mark("walkin", walk)
        events.rerack(program, self.rack_lift, rng)
