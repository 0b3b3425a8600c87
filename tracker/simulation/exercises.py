"""What the simulator knows of each exercise: geometry, speeds, and how a set begins and ends.

Failure velocities with their spread between lifters and days are drawn around published figures
(squat: Sánchez-Medina 2017, Banyard 2017, Helms 2017; deadlift: a thesis with 19 lifters and 406
reps; hip thrust: de Hoyo 2021; bench and press: García-Ramos 2020, Hernández-Belmonte 2021). Nobody
has published any for curl, calf raises and most machines: theirs are guesses, good enough to draw
from and not to quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["eccentric", "concentric"]
Setup = Literal[
    "rack_walkout", "rack_lying", "rack_press", "floor", "floor_pickup", "floor_clean", "handling"
]
"""How the bar gets to where the set begins (and back):

rack_walkout: lifted a few cm, carried two or three steps back. rack_lying: bench, lifted and swung
out. rack_press: unracked at the shoulders, a step back. floor: it already lies where the set
begins. floor_pickup: one deadlift-like stroke first. floor_clean: one fast stroke to the shoulders.
handling: rolled about the thighs, then the first rep.
"""


@dataclass(frozen=True, slots=True)
class BarExercise:
    """One barbell exercise as the simulator draws it."""

    id: str
    first_phase: Phase
    setups: tuple[Setup, ...]
    rom_m: tuple[float, float]
    fail_mps: tuple[float, float, float]
    """Failure velocity: mean, SD between lifters, SD from day to day, m/s."""
    slope_mps: tuple[float, float]
    """Mean velocity gained per rep in reserve: mean and SD between lifters, m/s."""
    fastest_mps: float
    """Mean velocity that a fresh rep does not exceed (soft ceiling), m/s."""
    eccentric_s: tuple[float, float]
    bar_turn_deg: tuple[float, float]
    """Rotation of the bar about its own axis from the lower to the upper end of a rep, degrees."""
    sway_x_m: float
    """How far the bar path leaves the vertical, m."""
    start_height_m: float
    """Height above its rest (rack or floor) at which the reps begin, m (pick-ups and cleans)."""
    fails_by_rom: bool = False


def _e(
    id: str,
    first: Phase,
    setups: tuple[Setup, ...],
    rom: tuple[float, float],
    fail: tuple[float, float, float],
    slope: tuple[float, float],
    fastest: float,
    eccentric: tuple[float, float],
    turn: tuple[float, float],
    sway: float,
    start: float,
    by_rom: bool = False,
) -> BarExercise:
    return BarExercise(id, first, setups, rom, fail, slope, fastest, eccentric, turn, sway, start, by_rom)


_ROWS = (
    _e("back_squat", "eccentric", ("rack_walkout",), (0.45, 0.70), (0.28, 0.05, 0.04), (0.030, 0.010),
       0.95, (1.0, 3.2), (-12, 12), 0.02, 0.0),
    _e("front_squat", "eccentric", ("rack_walkout",), (0.45, 0.65), (0.28, 0.06, 0.04), (0.030, 0.010),
       0.90, (0.9, 3.0), (-12, 12), 0.02, 0.0),
    _e("bulgarian_split_squat", "eccentric", ("rack_walkout", "floor_clean"), (0.35, 0.52),
       (0.28, 0.08, 0.05), (0.022, 0.008), 0.75, (1.0, 3.0), (-15, 15), 0.03, 0.0),
    _e("standing_calf_raise", "concentric", ("rack_walkout",), (0.06, 0.12), (0.10, 0.03, 0.02),
       (0.012, 0.004), 0.35, (0.5, 2.0), (-4, 4), 0.01, 0.0, True),
    _e("bench_press", "eccentric", ("rack_lying",), (0.28, 0.46), (0.16, 0.05, 0.03), (0.030, 0.010),
       0.85, (0.8, 3.0), (-12, 12), 0.06, 0.0),
    _e("overhead_press", "concentric", ("rack_press", "floor_clean"), (0.45, 0.62), (0.19, 0.05, 0.03),
       (0.028, 0.010), 0.85, (0.8, 2.8), (-20, 20), 0.04, 1.25),
    _e("deadlift", "concentric", ("floor",), (0.42, 0.62), (0.20, 0.06, 0.04), (0.030, 0.013),
       0.80, (0.9, 3.2), (-15, 15), 0.03, 0.0),
    _e("romanian_deadlift", "eccentric", ("floor_pickup", "rack_walkout"), (0.38, 0.58),
       (0.25, 0.09, 0.05), (0.025, 0.009), 0.75, (1.0, 3.5), (-15, 15), 0.05, 0.55),
    _e("barbell_row", "concentric", ("floor_pickup", "floor"), (0.30, 0.50), (0.47, 0.08, 0.05),
       (0.025, 0.009), 1.05, (0.6, 2.2), (-25, 25), 0.05, 0.25),
    _e("hip_thrust", "concentric", ("handling",), (0.22, 0.40), (0.25, 0.05, 0.04), (0.026, 0.009),
       0.75, (0.8, 2.4), (20, 50), 0.05, 0.0),
    _e("barbell_curl", "concentric", ("floor_pickup",), (0.42, 0.62), (0.25, 0.06, 0.04),
       (0.028, 0.010), 0.80, (0.8, 2.5), (95, 135), 0.0, 0.60),
)  # fmt: skip

BAR_EXERCISES: dict[str, BarExercise] = {row.id: row for row in _ROWS}
