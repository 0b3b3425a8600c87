"""Simulated sets with exact truth. Heavy imports wait until something is asked for."""

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
