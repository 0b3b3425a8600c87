"""Recordings without a single repetition: what happens between sets.

Standing about, walking, drinking, loading plates, handling the bar, in an order drawn anew each
time. Nothing is done three times alike in a row, as in a gym; whoever finds reps here is wrong.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation import events
from hardset.tracker.simulation.bodymotion import sway, tremor
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.limb import walking
from hardset.tracker.simulation.motion import Motion
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import RATE_HZ, TILT, TURN, YAW, Program, X, count
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import SimulatedRecording, record
from hardset.tracker.simulation.strokes import eccentric, minimum_jerk
from hardset.tracker.simulation.trajectory import RigidPath, rigid_path
from hardset.tracker.simulation.truth import TrueEvent, Truth

_DOINGS = ("stand", "stand", "walk", "walk", "drink", "load", "handle", "fidget")


def idle_recording(
    seed: int,
    seconds: float = 60.0,
    *,
    placement: str = "bar",
    imu: ImuPlan | None = None,
    radio: RadioPlan | None = None,
) -> SimulatedRecording:
    """About `seconds` of a sensor that is carried about without any exercise; truth with zero reps."""
    rng = np.random.default_rng([seed, 2])
    sensor = imu or ImuPlan()
    program = Program()
    program.held.append((0.0, 1e9))
    last = ""
    while program.now_s < seconds:
        doing = str(rng.choice([d for d in _DOINGS if d != last]))
        start = program.now_s
        _do(program, doing, rng)
        program.mark(doing, start)
        last = doing
    path = _path(program, rng)
    events_seen = tuple(TrueEvent(s.kind, s.start_s, s.end_s) for s in program.spans)
    truth = Truth("none", sensor.rate_hz, (), False, events_seen)
    plan = SetPlan("none", placement, 0, imu=sensor, radio=radio or RadioPlan())
    lever = np.array([0.03, 0.0, 0.02])
    return record(plan, Motion(path, truth, lever), 0.0, min(seconds, float(path.time_s[-1])), rng)


def _do(program: Program, doing: str, rng: np.random.Generator) -> None:
    if doing == "stand":
        program.hold(rng.uniform(2, 12))
    elif doing == "walk":
        walking(program, rng.uniform(4, 15), rng, swing_deg=rng.uniform(8, 30))
    elif doing == "drink":
        _drink(program, rng)
    elif doing == "load":
        _load_plate(program, rng)
    elif doing == "handle":
        events.handling(program, rng.uniform(2, 8), rng)
    else:
        _fidget(program, rng)


def _drink(program: Program, rng: np.random.Generator) -> None:
    """The bottle goes up, is tipped, and goes down by another way."""
    rise = rng.uniform(0.3, 0.6)
    at, seconds = program.now_s, rng.uniform(0.8, 1.6)
    program.overlay(TURN, at, events.shift(np.radians(rng.uniform(60, 120)), seconds))
    program.move(program.height + rise, minimum_jerk(count(seconds)))
    program.hold(rng.uniform(1.5, 5))
    at, seconds = program.now_s, rng.uniform(0.7, 2.2)
    program.overlay(TURN, at, events.shift(-np.radians(rng.uniform(60, 120)), seconds))
    program.move(program.height - rise, eccentric(count(seconds), 0.3, 0.3, 0.2, rng.uniform()))
    program.hold(rng.uniform(0.5, 3))


def _load_plate(program: Program, rng: np.random.Generator) -> None:
    """Bend down, lift a plate, carry it, push it on."""
    down, up = rng.uniform(0.3, 0.7), rng.uniform(0.2, 0.8)
    program.overlay(TILT, program.now_s, events.bump(np.radians(rng.uniform(-40, 40)), 3.0))
    program.move(program.height - down, minimum_jerk(count(rng.uniform(0.8, 1.8))))
    program.hold(rng.uniform(0.3, 2.0))
    program.move(program.height + up, minimum_jerk(count(rng.uniform(0.6, 1.5))))
    events.steps(program, int(rng.integers(1, 5)), rng.uniform(0.5, 2.0), rng)
    program.overlay(X, program.now_s, events.shift(rng.uniform(0.2, 0.4), 0.7))
    program.hold(rng.uniform(0.8, 1.5))
    events.clank(program, rng)
    program.move(program.height + down - up, minimum_jerk(count(rng.uniform(0.8, 2.0))))
    program.hold(rng.uniform(0.5, 2.0))


def _fidget(program: Program, rng: np.random.Generator) -> None:
    """Adjust a strap, scratch, look at the phone: small turns that come to nothing."""
    until = program.now_s + rng.uniform(2, 8)
    while program.now_s < until:
        seconds = rng.uniform(0.3, 1.5)
        for channel in (TURN, TILT, YAW):
            program.overlay(channel, program.now_s, events.bump(np.radians(rng.uniform(-25, 25)), seconds))
        program.move(program.height + rng.uniform(-0.06, 0.06), minimum_jerk(count(seconds)))
        program.hold(rng.uniform(0.0, 1.0))


def _path(program: Program, rng: np.random.Generator) -> RigidPath:
    height, extra = program.play()
    n = height.shape[0]
    position: FloatArray = np.column_stack((np.zeros((n, 2)), height)) + extra[:, :3]
    angles = extra[:, 3:6].copy()
    angles[:, 0] += extra[:, 6]
    for axis in range(3):
        position[:, axis] += sway(n, 0.006, rng) + tremor(n, rng.uniform(0.1, 0.3), rng)
        angles[:, axis] += np.radians(sway(n, rng.uniform(1, 4), rng) + tremor(n, rng.uniform(30, 120), rng))
    return rigid_path(np.arange(n) / RATE_HZ, position, angles)
