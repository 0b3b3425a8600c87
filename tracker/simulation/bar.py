"""A set on a barbell: from the rack or the floor to the first rep, and back after the last."""

from __future__ import annotations

import numpy as np

from hardset.tracker.simulation import events
from hardset.tracker.simulation.program import TILT, TURN, X, Y, count
from hardset.tracker.simulation.setscore import SetScore
from hardset.tracker.simulation.strokes import concentric_of, eccentric, minimum_jerk


class BarSet(SetScore):
    """A set whose load is a barbell."""

    def locked_out(self, top_speed_mps: float) -> None:
        """The loaded ends swing on."""
        strength = min(self.rng.uniform(0.8, 5.0) * top_speed_mps, 4.0)
        events.whip(self.program, self.program.now_s - 0.06, strength, self.rng)

    def landed(self, speed_mps: float) -> None:
        """Plates on a floor: all of the speed where it is dropped, a touch where it is lowered."""
        if self.on_floor:
            share = 1.0 if self.dead_stop else 0.15
            events.floor_impact(self.program, self.rng, share * speed_mps)

    def caught(self) -> None:
        """A failed attempt ends on pins or in a spotter's hands: steel on steel."""
        events.clank(self.program, self.rng, 0.6)

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
