"""The repetitions of a set, written as a score: tempo, pauses, sticking region, a failed last attempt.

Heights are metres above the lower end of a typical rep; where the sensor sits on a limb they are
the metres that the load would travel, and are turned into an angle afterwards.
"""

from __future__ import annotations

import numpy as np

from hardset.tracker.simulation.exercises import BarExercise, Setup
from hardset.tracker.simulation.lifter import Lifter, rep_velocities
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import Program, count
from hardset.tracker.simulation.strokes import attempt, concentric_of, eccentric

_STICK_AT = {"bench_press": 0.38, "deadlift": 0.55, "overhead_press": 0.45, "barbell_curl": 0.5}
_NO_STICKING = {"barbell_row", "hip_thrust", "standing_calf_raise", "seated_calf_raise", "romanian_deadlift"}
"""Hardest at the end of the stroke or nowhere: they fade instead of sticking half-way."""


class SetScore:
    """Writes the repetitions of one set; what surrounds them is written by `BarSet` and `LimbSet`."""

    def __init__(
        self,
        plan: SetPlan,
        exercise: BarExercise,
        lifter: Lifter,
        setup: Setup | None,
        rng: np.random.Generator,
    ) -> None:
        self.plan, self.exercise, self.lifter, self.setup, self.rng = plan, exercise, lifter, setup, rng
        self.program = Program()
        self.on_floor = setup == "floor"
        """The plates touch the floor at the lower end of each rep."""
        dead = rng.uniform() < 0.5 if plan.tempo == "normal" else plan.tempo == "paused"
        self.dead_stop = self.on_floor and dead
        self.level = 0.0 if exercise.first_phase == "concentric" else lifter.rom_m
        # Plates on a floor stop hard; everything else stops in flesh.
        self.softness_s = rng.uniform(0.015, 0.022) if self.dead_stop else rng.uniform(0.030, 0.050)
        self.level_sd = rng.uniform(0.002, 0.006)

    def write(self) -> None:
        """The whole set, from the first sample to the last."""
        plan, lifter = self.plan, self.lifter
        rirs = [plan.rir_at_end + plan.reps - 1 - k for k in range(plan.reps)]
        velocities = list(rep_velocities(lifter, plan.reps, plan.rir_at_end, self.rng))
        if plan.end_in_mid_rep:  # one more, which the recording will cut
            rirs.append(max(plan.rir_at_end - 1, 0))
            velocities.append(lifter.velocity_mps(rirs[-1]))
        self.begin()
        self.repetitions(tuple(velocities), tuple(rirs))
        if plan.failed_last and not plan.end_in_mid_rep:
            self.fail()
        self.finish()

    def begin(self) -> None:
        """From the first sample to the moment before the first rep."""
        raise NotImplementedError

    def finish(self) -> None:
        """From the last rep to the last sample."""
        raise NotImplementedError

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
        if self.dead_stop:  # played with hard edges: a late peak would stop at 2 g
            peak_at = min(peak_at, 0.64)
        depth = (0.75 * (1 - spare) ** 1.5 + 0.15 * np.exp(-rir / 1.5)) * rng.uniform(0.7, 1.1)
        if self.exercise.id in _NO_STICKING:
            depth *= 0.35
        stick_at = _STICK_AT.get(self.exercise.id, 0.42) + rng.uniform(-0.06, 0.06)
        shape = concentric_of(count(seconds), velocity_mps, peak_at, stick_at, float(np.clip(depth, 0, 0.85)))
        top_speed = float(shape.max()) * velocity_mps
        self.program.move(to, shape, "concentric")
        self.locked_out(top_speed)

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
        self.landed(distance / seconds)

    def locked_out(self, top_speed_mps: float) -> None:
        """What a brisk stop at the top sets swinging."""

    def landed(self, speed_mps: float) -> None:
        """What the end of the lowering sets ringing."""

    def caught(self) -> None:
        """What the end of a failed attempt sets ringing."""

    def eccentric_seconds(self) -> float:
        """How long a lowering takes with this tempo."""
        low, high = self.exercise.eccentric_s
        base = self.pace * self.rng.uniform(0.88, 1.14)
        if self.plan.tempo == "slow":
            return float(np.clip(base * 2.0, low, 5.0))
        if self.plan.tempo in ("explosive", "touch_and_go"):
            return float(max(base * 0.75, 0.5))
        return float(np.clip(base, low * 0.8, high * 1.3))

    # --- repetitions -------------------------------------------------------------------------

    def repetitions(self, velocities: tuple[float, ...], rirs: tuple[float, ...]) -> None:
        """All reps of the set; a pace of its own is kept through it."""
        low, high = self.exercise.eccentric_s
        heavy = float(np.clip(1.0 - velocities[0] / self.lifter.fastest_mps, 0.0, 0.8))
        # Nobody drops what he can hardly lift: what goes up slowly comes down slowly.
        self.pace = self.rng.uniform(low, 0.35 * low + 0.65 * high) * (1.0 + 0.6 * heavy)
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
        self.caught()
        program.mark("attempt", start)
        program.hold(rng.uniform(0.5, 2.0))
