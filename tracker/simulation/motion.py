"""A whole set as continuous movement, and its truth: common to bars and limbs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.program import RATE_HZ, Program
from hardset.tracker.simulation.trajectory import RigidPath
from hardset.tracker.simulation.truth import (
    Stroke,
    TrueEvent,
    TrueRep,
    Truth,
    stroke_bounds,
)

_REP_PARTS = ("concentric", "eccentric", "rep")


@dataclass(frozen=True, slots=True)
class Motion:
    """A set before any sensor has seen it; times from the beginning of the movement."""

    path: RigidPath
    """Of the body that carries the sensor: bar, or limb with flesh and strap."""
    truth: Truth
    lever_m: FloatArray
    """(3,) where the sensor sits on that body, body frame."""


@dataclass(frozen=True, slots=True)
class Travel:
    """The quantity that repetitions are measured in: height (m) or the bone's angle (rad)."""

    time_s: FloatArray
    value: FloatArray
    speed: FloatArray
    """Positive in the concentric direction."""
    angular: bool
    hold: float
    """Below this speed (m/s or rad/s) it stands."""


def set_truth(plan: SetPlan, program: Program, travel: Travel) -> Truth:
    """Turning points found in the movement itself; the score only says where to look."""
    spans = {kind: [s for s in program.spans if s.kind == kind] for kind in _REP_PARTS}
    reps = []
    for index, (span, rep) in enumerate(zip(spans["concentric"], spans["rep"], strict=True)):
        up = stroke_bounds(travel.time_s, travel.speed, (span.start_s, span.end_s), travel.hold)
        before = [s for s in spans["eccentric"] if rep.start_s <= s.start_s < span.start_s]
        begin = None
        if before:
            look = (before[0].start_s, before[0].end_s)
            begin = stroke_bounds(travel.time_s, -travel.speed, look, travel.hold).start_s
        rir = plan.rir_at_end + plan.reps - 1 - index
        reps.append(_true_rep(index + 1, up, begin, rir, travel))
    events = tuple(TrueEvent(s.kind, s.start_s, s.end_s) for s in program.spans if s.kind not in _REP_PARTS)
    return Truth(plan.exercise, plan.imu.rate_hz, tuple(reps), plan.failed_last, events)


def _true_rep(number: int, up: Stroke, begin_s: float | None, rir: int, travel: Travel) -> TrueRep:
    first, last = np.interp([up.start_s, up.end_s], travel.time_s, travel.value)
    distance = float(abs(last - first))
    mean = distance / (up.end_s - up.start_s)
    inside = slice(int(up.start_s * RATE_HZ), int(np.ceil(up.end_s * RATE_HZ)) + 1)
    peak = float(travel.speed[inside].max())
    linear = not travel.angular
    return TrueRep(
        number=number,
        concentric_start_s=up.start_s,
        concentric_end_s=up.end_s,
        mean_velocity_mps=mean if linear else None,
        peak_velocity_mps=peak if linear else None,
        rom_m=distance if linear else None,
        rir=rir,
        eccentric_start_s=begin_s,
        mean_angular_velocity_dps=None if linear else float(np.degrees(mean)),
        rom_deg=None if linear else float(np.degrees(distance)),
    )
