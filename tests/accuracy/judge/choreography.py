"""From the plan of a set to everything the bar does in the recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from lifts import Bottom, SetUp
from numpy.random import Generator
from plan import RepPlan, SetPlan
from track import (
    GRAVITY_MPS2,
    ConcentricShape,
    Grip,
    Track,
    breathe,
    concentric,
    eccentric,
    land,
    settle,
    walk,
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Habits one lifter keeps through a set."""

    onset: float
    finish: float
    sticking_at: float
    sticking_width: float
    ripple: float
    rebound: float
    landing: float
    """Speed of setting down as a share of the mean lowering speed."""
    restitution: float
    top_spread_m: float


class Performer:
    """Plays one set into a track, from the first idle second to the last."""

    def __init__(self, plan: SetPlan, rng: Generator) -> None:
        self.plan = plan
        self.rng = rng
        self.track = Track(rng)
        self.dropped = plan.bottom is Bottom.DEAD_STOP and "deadlift" in plan.lift.name and rng.random() < 0.2
        self.undo: Callable[[], None] = lambda: None
        stopped = plan.bottom in (Bottom.PAUSE, Bottom.DEAD_STOP)
        self.manner = Manner(
            rng.uniform(1.3, 2.0) if stopped else rng.uniform(1.0, 1.4),
            rng.uniform(1.0, 1.8),
            rng.uniform(*plan.lift.sticking_at),
            rng.uniform(0.10, 0.18),
            rng.uniform(0.01, 0.06),
            rng.uniform(0.0, 0.02),
            rng.uniform(0.3, 1.6),
            rng.uniform(0.0, 0.3),
            rng.uniform(0.002, 0.012),
        )

    def play(self) -> Track:
        """Idle, set up, repetitions, set down, idle."""
        self._idle(self.plan.before_s, first=True)
        start = self.track.length
        self.undo = self._set_up()
        self._repetitions()
        failed_on_pins = self._fail() if self.plan.failed_attempt is not None else False
        if not failed_on_pins:
            self.undo()
        self.track.grips.append(
            Grip(start, self.track.length, 0.2, self.plan.set_up not in (SetUp.RACK_BENCH, SetUp.HIPS))
        )
        self._idle(self.plan.after_s, first=False)
        return self.track

    # ---------------------------------------------------------------- around the set

    def _idle(self, duration_s: float, *, first: bool) -> None:
        """The bar waits in its place; now and then somebody touches it or slides a plate."""
        track, rng = self.track, self.rng
        end = track.length + round(duration_s * 1000)
        quiet_end = rng.uniform(0.5, 2.0)
        while end - track.length > 3500:
            track.rest(min(rng.exponential(6 / (0.15 + self.plan.handling)), (end - track.length) / 1000 - 3))
            if end - track.length < 3000 or rng.random() > 0.35 + self.plan.handling:
                continue
            self._touch()
        if first and rng.random() < 0.7:  # hands find their place
            track.gesture("roll", rng.normal(0, 0.25), rng.uniform(0.4, 1.2))
            track.knock(rng.uniform(0.01, 0.05))
        track.rest(max(quiet_end, (end - track.length) / 1000))

    def _touch(self) -> None:
        """A plate slides on or off, or the bar is turned, pulled or leaned upon."""
        track, rng = self.track, self.rng
        start = track.length
        kind = rng.random()
        if kind < 0.4:
            for _ in range(rng.integers(1, 4)):
                track.knock(rng.uniform(0.02, 0.25))
                track.gesture("y", rng.normal(0, 0.008), 0.15)
                track.rest(rng.uniform(0.15, 0.6))
        elif kind < 0.75:
            track.gesture("roll", rng.normal(0, 0.5), rng.uniform(0.3, 1.2))
            track.rest(rng.uniform(0.5, 1.5))
        else:
            lift = rng.uniform(0.005, 0.04)
            track.gesture("tilt", lift, 0.6)
            track.gesture("tilt", -lift, 0.5, 0.6 + rng.uniform(0.2, 1.5))
            track.rest(2.2)
            track.knock(rng.uniform(0.05, 0.3))
            track.rest(0.3)
        track.grips.append(Grip(start, track.length, 0.05, False))

    def _set_up(self) -> Callable[[], None]:
        """Bring the bar to where the first rep starts; returns what brings it back."""
        return {
            SetUp.RACK_WALKOUT: self._walk_out,
            SetUp.RACK_BENCH: self._lift_out,
            SetUp.RACK_SHORT: self._lift_out,
            SetUp.FLOOR: self._stand_to_bar,
            SetUp.FLOOR_PICKUP: self._pick_up,
            SetUp.HIPS: self._roll_to_hips,
        }[self.plan.set_up]()

    def _walk_out(self) -> Callable[[], None]:
        track, rng = self.track, self.rng
        rise, way, steps = rng.uniform(0.03, 0.10), rng.uniform(0.3, 0.8), int(rng.integers(2, 5))
        track.move(rise, rng.uniform(0.5, 1.1))
        breathe(track, rng.uniform(0.3, 1.5), 0.003)
        walk(track, steps, -1, way)
        breathe(track, rng.uniform(0.8, 4.0), rng.uniform(0.001, 0.006))

        def rerack() -> None:
            breathe(track, rng.uniform(0.3, 2.0), 0.004)
            walk(track, steps, 1, way)
            track.knock(rng.uniform(0.1, 0.4))
            track.rest(rng.uniform(0.05, 0.5))
            drop = track.height
            eccentric(track, max(drop, 0.02), rng.uniform(0.3, 0.9), rng.uniform(0.1, 0.4))
            land(track, rng.uniform(0.1, 0.4), 0.1)
            track.rest(0.3)

        return rerack

    def _lift_out(self) -> Callable[[], None]:
        track, rng = self.track, self.rng
        rise, way = rng.uniform(0.03, 0.09), rng.uniform(0.12, 0.3)
        track.move(rise, rng.uniform(0.4, 0.9))
        track.gesture("x", way, rng.uniform(0.6, 1.2))
        track.rest(rng.uniform(0.2, 0.6))
        track.move(-rng.uniform(0.0, 0.02), rng.uniform(0.4, 0.8))
        breathe(track, rng.uniform(0.4, 2.5), rng.uniform(0.001, 0.003))

        def rerack() -> None:
            track.gesture("x", -way, rng.uniform(0.6, 1.1))
            breathe(track, rng.uniform(0.5, 1.0), 0.002)
            track.knock(rng.uniform(0.1, 0.3))
            track.move(rng.uniform(0.0, 0.03), rng.uniform(0.3, 0.6))
            eccentric(track, max(track.height, 0.01), rng.uniform(0.2, 0.5), 0.15)
            land(track, rng.uniform(0.05, 0.3), 0.1)
            track.rest(0.2)

        return rerack

    def _stand_to_bar(self) -> Callable[[], None]:
        track, rng = self.track, self.rng
        if rng.random() < 0.5:  # the bar rolls to the shins
            way = rng.normal(0, 0.06)
            track.gesture("x", way, 0.8)
            track.gesture("roll", way / 0.225, 0.8)
            track.lie(rng.uniform(0.8, 2.0))
        track.lie(rng.uniform(0.2, 1.5))
        return lambda: self._lower_to_floor(rng.uniform(0.6, 1.8))

    def _pick_up(self) -> Callable[[], None]:
        """A deadlift first; then hinged, hung or cleaned to where the reps start."""
        track, rng, lift = self.track, self.rng, self.plan.lift
        name = lift.name
        if name == "barbell_row" and self.plan.bottom is Bottom.DEAD_STOP:
            return self._stand_to_bar()
        stand = rng.uniform(0.48, 0.62)
        if name == "barbell_row":
            stand = rng.uniform(0.2, 0.35) if rng.random() < 0.4 else stand
        track.knock(rng.uniform(0.02, 0.1))
        if name == "overhead_press" and rng.random() < 0.6:
            return self._clean()
        track.move(stand, stand / rng.uniform(0.35, 0.7))
        breathe(track, rng.uniform(0.4, 2.0), 0.003)
        if name == "barbell_row" and stand > 0.4:
            track.move(-rng.uniform(0.15, 0.3), rng.uniform(0.8, 1.8))
            breathe(track, rng.uniform(0.3, 1.5), 0.002)
        if name == "overhead_press":
            return self._clean()
        return lambda: self._lower_to_floor(rng.uniform(0.7, 1.8))

    def _clean(self) -> Callable[[], None]:
        track, rng = self.track, self.rng
        hanging = track.height > 0.1
        rise, turn, wrists = rng.uniform(0.45, 0.6), rng.uniform(1.5, 2.8), rng.uniform(0.35, 0.9)
        if hanging:
            track.move(-rng.uniform(0.08, 0.2), rng.uniform(0.4, 0.7))
        else:
            rise += 0.5
        duration = rng.uniform(0.65, 0.9) + (0.0 if hanging else 0.4)
        track.gesture("roll", turn, wrists, max(0.0, duration - 0.8 * wrists))
        track.move(rise + 0.15, duration)
        settle(track, rng.uniform(0.04, 0.1), 0.07)
        track.knock(0.2)
        breathe(track, rng.uniform(0.8, 3.0), 0.004)

        def down() -> None:
            breathe(track, rng.uniform(0.2, 1.5), 0.004)
            track.gesture("roll", -turn, 0.5, 0.1)
            eccentric(track, min(rise, 0.6), rng.uniform(0.6, 1.0))
            track.rest(rng.uniform(0.1, 1.0))
            self._lower_to_floor(rng.uniform(0.6, 1.4))

        return down

    def _roll_to_hips(self) -> Callable[[], None]:
        """The bar rolls over the legs; the hips then lift it off the floor."""
        track, rng = self.track, self.rng
        way = rng.uniform(0.3, 0.6)
        track.gesture("x", -way, 2.0)
        track.gesture("roll", -way / 0.225, 2.0)
        track.lie(2.0 + rng.uniform(0.5, 4.0))

        def away() -> None:
            track.rest(rng.uniform(0.3, 1.5))
            if track.height > 0.03:
                self._lower_to_floor(rng.uniform(0.4, 0.9))
            track.gesture("x", way, 1.8)
            track.gesture("roll", way / 0.225, 1.8)
            track.lie(2.2)

        return away

    def _lower_to_floor(self, duration_s: float) -> None:
        """Whatever height is left is set down; a dropped bar hops."""
        height = self.track.height
        if height < 0.02:
            return
        speed = self.manner.landing * self.rng.uniform(0.8, 1.3) * height / duration_s
        eccentric(self.track, height, duration_s, speed)
        land(self.track, speed, self.manner.restitution)
        self.track.lie(0.4)

    # ---------------------------------------------------------------- the set itself

    def _repetitions(self) -> None:
        track, plan = self.track, self.plan
        begin = track.length
        base = track.height
        for rep in plan.reps:
            if rep.rest_before_s:
                base = self._cluster_rest(rep.rest_before_s, base)
            start = track.length
            if plan.lift.concentric_first:
                self._up_then_down(rep, base)
            else:
                self._down_then_up(rep, base)
            track.grips.append(Grip(start, track.length, 0.2 + 0.8 * rep.effort, True))
        track.in_set.append((begin, track.length))

    def _cluster_rest(self, duration_s: float, base_m: float) -> float:
        """Ten seconds or so between blocks with the bar put back; returns the height to start from."""
        track = self.track
        if self.plan.set_up in (SetUp.FLOOR, SetUp.HIPS):
            self._lower_to_floor(0.6)
            track.lie(duration_s)
            return base_m
        self.undo()
        track.lie(max(1.0, duration_s - 6))
        self.undo = self._set_up()
        return track.height

    def _down_then_up(self, rep: RepPlan, top_m: float) -> None:
        track, rng = self.track, self.rng
        target = top_m + rng.normal(0, self.manner.top_spread_m)
        eccentric(track, track.height - (top_m - rep.rom_m), rep.eccentric_s)
        track.rest(rep.bottom_pause_s)
        self._stroke(rep, max(target - track.height, 0.6 * rep.rom_m))
        breathe(track, rep.top_pause_s, rng.uniform(0.001, 0.005))

    def _up_then_down(self, rep: RepPlan, base_m: float) -> None:
        track, rng, manner = self.track, self.rng, self.manner
        self._stroke(rep, rep.rom_m)
        pause = rep.top_pause_s
        breathe(track, pause, 0.001)
        floor = self.plan.bottom in (Bottom.DEAD_STOP, Bottom.TOUCH_AND_GO)
        if not floor:
            target = base_m + rng.normal(0, manner.top_spread_m)
            if self.plan.set_up in (SetUp.FLOOR, SetUp.HIPS):  # turned just above the floor
                target = base_m + abs(rng.normal(0.02, 0.012))
            eccentric(track, track.height - target, rep.eccentric_s)
            breathe(track, rep.bottom_pause_s, rng.uniform(0.001, 0.004))
            return
        drop, duration = max(track.height - base_m, 0.02), rep.eccentric_s
        if self.dropped:
            duration = 1.25 * np.sqrt(2 * drop / GRAVITY_MPS2)
        speed = manner.landing * rng.uniform(0.7, 1.3) * drop / duration
        eccentric(track, drop, duration, speed)
        if self.plan.bottom is Bottom.TOUCH_AND_GO:
            track.knock(speed)
            return
        land(track, speed, manner.restitution)
        if rng.random() < 0.4:  # the grip is set again
            track.gesture("roll", rng.normal(0, 0.12), 0.5, 0.2)
        track.lie(max(0.1, rep.bottom_pause_s))

    def _stroke(self, rep: RepPlan, rom_m: float) -> None:
        """Up, with the dip of fatigue, and the little sink after a brisk finish."""
        track, rng, lift, manner = self.track, self.rng, self.plan.lift, self.manner
        depth = lift.sticking_depth * (0.15 + 0.85 * rep.effort) * rng.uniform(0.7, 1.1)
        shape = ConcentricShape(
            manner.onset,
            manner.finish + 0.3 * rep.effort,
            float(np.clip(manner.sticking_at + rng.normal(0, 0.03), 0.1, 0.85)),
            manner.sticking_width,
            float(np.clip(depth, 0, 0.88)),
        )
        concentric(track, shape, rom_m, rep.mean_velocity_mps, manner.ripple)
        sink = manner.rebound * rng.uniform(0.4, 1.2) * min(1.0, rep.mean_velocity_mps / 0.6)
        if sink > 0.001 and lift.rom_m[1] > 0.2:
            settle(track, sink, rng.uniform(0.04, 0.09))

    def _fail(self) -> bool:
        """A last attempt that stalls and comes back; True if the bar stays where it fell (pins)."""
        track, rng, plan = self.track, self.rng, self.plan
        assert plan.failed_attempt is not None
        last = plan.reps[-1]
        rom = last.rom_m
        start = track.length
        if not plan.lift.concentric_first:
            eccentric(track, rom, last.eccentric_s)
            track.rest(last.bottom_pause_s)
        rise = rom * plan.failed_attempt
        concentric(
            track,
            ConcentricShape(self.manner.onset, 2.2, 0.6, 0.15, 0.5),
            rise,
            last.mean_velocity_mps * 0.7,
            0.05,
        )
        track.strokes.pop()  # it moved, but it is no rep
        track.rest(rng.uniform(0.2, 1.5))
        pins = plan.set_up in (SetUp.RACK_BENCH, SetUp.RACK_WALKOUT) and not plan.lift.concentric_first
        down = rise + (rng.uniform(0.02, 0.10) if pins else 0.0)
        hard = pins or plan.bottom is Bottom.DEAD_STOP
        speed = rng.uniform(0.1, 0.6) if hard else 0.0
        eccentric(track, down, max(0.4, down / rng.uniform(0.2, 0.6)), min(speed, 3 * down))
        if hard:
            land(track, min(speed, 3 * down), 0.15)
        track.grips.append(Grip(start, track.length, 1.0, True))
        track.in_set[-1] = (track.in_set[-1][0], track.length)
        (track.lie if hard else track.rest)(rng.uniform(0.5, 2.0))
        return pins
