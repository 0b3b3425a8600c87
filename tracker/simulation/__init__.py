"""Simulated sets with exact truth: nobody has measured velocity or RIR beside a cheap sensor.

    SetPlan ── lifter (how fast each rep goes) ── setscore + bar | limb (a score of strokes and events)
            ── program (played at 1 kHz) ── barmotion | limbmotion (sway, tremor, geometry)
            ── trajectory (exact derivatives) ── truth (turning points found in the movement)
            ── imu (mounting, bias, noise, filter, clock) ── radio (stamps, repeats, holes)

`draw_plan(seed)` draws a varied plan, `simulate(plan, seed)` makes the recording, `degrade` spoils
any batch, `idle` does everything but repetitions, `fixtures` names the recordings of the test set.

What it leaves out, and so what a good score here does not prove: other people's bars were never
compared for velocity, only for how their acceleration, turn rate and stamps look; the light, fast
bars of those recordings are rarer here; every lifter tries his best in every rep; one set per
recording; no wrist; bands, chains and machine stacks are missing; the curve of velocity over RIR
comes from three families, as does every lifter that is measured against it.

Heavy imports wait until something is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hardset.tracker.simulation.idle import idle_recording
    from hardset.tracker.simulation.imu import ImuPlan
    from hardset.tracker.simulation.plan import SetPlan
    from hardset.tracker.simulation.plans import draw_plan
    from hardset.tracker.simulation.radio import RadioPlan
    from hardset.tracker.simulation.scenario import SimulatedRecording, simulate
    from hardset.tracker.simulation.truth import TrueEvent, TrueRep, Truth

__all__ = [
    "ImuPlan",
    "RadioPlan",
    "SetPlan",
    "SimulatedRecording",
    "TrueEvent",
    "TrueRep",
    "Truth",
    "draw_plan",
    "idle_recording",
    "simulate",
]

_HOMES = {
    "ImuPlan": "imu",
    "RadioPlan": "radio",
    "SetPlan": "plan",
    "SimulatedRecording": "scenario",
    "TrueEvent": "truth",
    "TrueRep": "truth",
    "Truth": "truth",
    "draw_plan": "plans",
    "idle_recording": "idle",
    "simulate": "scenario",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
