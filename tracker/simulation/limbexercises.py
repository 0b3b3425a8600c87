"""Exercises with the sensor on thigh or shank: which joint stands still, and how far the segment turns.

Geometry follows the thigh section of the science notes: thigh 0.245 and shank 0.246 of the body's
height; in squats the shank leans forward by about 0.35 of the thigh's angle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hardset.tracker.simulation.exercises import BAR_EXERCISES, BarExercise, Phase

Segment = Literal["thigh", "shank"]
Geometry = Literal["standing", "far_end_moves", "near_end_moves", "vertical"]
"""standing: feet fixed, knee and hip move. far_end_moves: the joint above is fixed (hip of a thigh,
knee of a shank). near_end_moves: the joint below is fixed. vertical: no rotation, the body rises."""


@dataclass(frozen=True, slots=True)
class LimbExercise:
    """One leg exercise as a sensor on the leg sees it."""

    id: str
    placement: Segment
    geometry: Geometry
    rom_deg: tuple[float, float]
    top_deg: tuple[float, float]
    """The segment's angle from the upright at the end of the concentric phase; its upper end leans
    backwards (-) or forwards (+)."""
    direction: int
    """+1 where the angle grows in the concentric phase, -1 where it falls."""
    load: BarExercise
    """Speeds, tempo and the metres that the load would travel."""
    machine: bool
    """One sits or lies down in it first."""
    sensor_at: tuple[float, float] = (0.35, 0.65)
    """Place on the segment as a fraction of its length from the fixed joint (standing: from the knee)."""


def _load(
    id: str, first: Phase, rom: tuple[float, float], fail: tuple[float, float, float],
    slope: tuple[float, float], fastest: float, eccentric: tuple[float, float], by_rom: bool = False,
) -> BarExercise:  # fmt: skip
    return BarExercise(
        id, first, ("handling",), rom, fail, slope, fastest, eccentric, (0, 0), 0.0, 0.0, by_rom
    )


def _bar(id: str) -> BarExercise:
    return replace(BAR_EXERCISES[id], setups=("handling",))


_LUNGE = replace(_bar("bulgarian_split_squat"), id="walking_lunge", eccentric_s=(0.8, 1.6))
_PRESS = _load("leg_press", "eccentric", (0.30, 0.50), (0.21, 0.06, 0.04), (0.026, 0.009), 0.80, (1.0, 3.0))
_HACK = replace(_PRESS, id="hack_squat", rom_m=(0.35, 0.55), fastest_mps=0.65)
_STAND = _load(
    "sit_to_stand", "concentric", (0.35, 0.45), (0.18, 0.05, 0.03), (0.02, 0.006), 0.60, (1.0, 2.0)
)
_EXTEND = _load(
    "leg_extension", "concentric", (0.32, 0.42), (0.18, 0.06, 0.04), (0.025, 0.01), 0.6, (0.9, 2.5)
)
_CURL = replace(_EXTEND, id="lying_leg_curl", rom_m=(0.35, 0.45))
_HEEL = _load("seated_calf_raise", "concentric", (0.06, 0.09), (0.07, 0.02, 0.015), (0.008, 0.003), 0.25,
              (0.6, 2.0), by_rom=True)  # fmt: skip

_ROWS = (
    LimbExercise("back_squat", "thigh", "standing", (75, 105), (-8, 2), 1, _bar("back_squat"), False),
    LimbExercise("front_squat", "thigh", "standing", (80, 108), (-8, 2), 1, _bar("front_squat"), False),
    LimbExercise("bulgarian_split_squat", "thigh", "standing", (65, 90), (-25, -5), 1,
                 _bar("bulgarian_split_squat"), False),
    LimbExercise("walking_lunge", "thigh", "standing", (70, 95), (-8, 5), 1, _LUNGE, False),
    LimbExercise("leg_press", "thigh", "far_end_moves", (45, 70), (-140, -115), 1, _PRESS, True),
    LimbExercise("hack_squat", "thigh", "standing", (70, 95), (-20, -8), 1, _HACK, True),
    LimbExercise("hip_thrust", "thigh", "near_end_moves", (40, 70), (-95, -82), 1, _bar("hip_thrust"), True),
    LimbExercise("sit_to_stand", "thigh", "standing", (70, 90), (-5, 3), 1, _STAND, False),
    LimbExercise("romanian_deadlift", "thigh", "near_end_moves", (14, 30), (-3, 5), 1,
                 _bar("romanian_deadlift"), False),
    LimbExercise("leg_extension", "shank", "far_end_moves", (65, 90), (-85, -70), -1, _EXTEND, True,
                 (0.4, 0.8)),
    LimbExercise("lying_leg_curl", "shank", "far_end_moves", (80, 110), (175, 200), 1, _CURL, True,
                 (0.4, 0.8)),
    LimbExercise("seated_leg_curl", "shank", "far_end_moves", (70, 100), (5, 25), 1,
                 replace(_CURL, id="seated_leg_curl"), True, (0.4, 0.8)),
    LimbExercise("seated_calf_raise", "thigh", "far_end_moves", (8, 14), (-98, -92), -1, _HEEL, True,
                 (0.6, 0.85)),
    LimbExercise("standing_calf_raise", "thigh", "vertical", (0.5, 2.0), (-3, 3), 1,
                 _bar("standing_calf_raise"), False),
)  # fmt: skip

LIMB_EXERCISES: dict[str, LimbExercise] = {row.id: row for row in _ROWS}
