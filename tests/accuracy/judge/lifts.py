"""The barbell lifts this simulator knows: geometry, velocities and habits.

ROM, velocities and failure velocities follow published work where there is any (squat:
Sanchez-Medina 2017, Banyard 2017; bench: Gonzalez-Badillo 2010, Helms 2017; deadlift: Lake 2017,
Benavides-Ubric 2020; hip thrust: de Hoyo 2021; shoulder press: Balsalobre 2018; row: Loturco 2018),
elsewhere they are guesses of the right size. Sticking regions: Escamilla 2000 (deadlift),
van den Tillaar 2010 (bench), Kompf & Arandjelovic 2016 (review).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Range = tuple[float, float]


class SetUp(Enum):
    """Where the bar waits before and after the set."""

    RACK_WALKOUT = "rack, walked out"
    RACK_BENCH = "rack, lifted out over the chest"
    RACK_SHORT = "rack or pins, a lift-off without steps"
    FLOOR = "floor, lifted from there"
    FLOOR_PICKUP = "floor, picked up first"
    HIPS = "floor, rolled over the legs"


class Bottom(Enum):
    """What happens at the lower turning point."""

    TURN = "turned at once"
    PAUSE = "held"
    DEAD_STOP = "set down on floor or pins"
    TOUCH_AND_GO = "bounced lightly off the floor"


@dataclass(frozen=True, slots=True)
class Lift:
    """One barbell lift; angles in degrees, lengths in metres, velocities in m/s."""

    name: str
    set_ups: tuple[SetUp, ...]
    concentric_first: bool
    rom_m: Range
    velocity_at_80_mps: float
    """Mean velocity of a fresh, intended rep at 80 % of 1RM."""
    velocity_slope_mps: float
    """Loss of that velocity from 0 to 100 % of 1RM (linear load-velocity profile)."""
    failure_mps: float
    failure_sd_mps: float
    sticking_at: Range
    """Place of the slowest point as a share of the concentric time."""
    sticking_depth: float
    """Largest relative dip of velocity there at failure."""
    roll_deg: Range
    """Rotation about the bar's own axis from bottom to top."""
    path_m: Range
    """Horizontal excursion of the bar path."""
    bottoms: tuple[tuple[Bottom, float], ...]
    """Habits at the bottom with their shares."""
    top_pause_s: Range
    bottom_pause_s: Range
    rom_loss: float = 0.08
    """Largest share of ROM lost when failing."""
    tempo: float = 1.0
    """Usual eccentric time relative to a squat's."""
    clusters: bool = False
    """Whether people do cluster sets of it."""
    share: float = 1.0


_TURN = ((Bottom.TURN, 0.75), (Bottom.PAUSE, 0.25))
_PRESS = ((Bottom.TURN, 0.6), (Bottom.PAUSE, 0.4))
_PULL = ((Bottom.DEAD_STOP, 0.5), (Bottom.TOUCH_AND_GO, 0.3), (Bottom.TURN, 0.2))
_HANG = ((Bottom.TURN, 0.5), (Bottom.PAUSE, 0.5))
_ROW = ((Bottom.TURN, 0.45), (Bottom.PAUSE, 0.25), (Bottom.DEAD_STOP, 0.3))
_THRUST = ((Bottom.TURN, 0.5), (Bottom.DEAD_STOP, 0.35), (Bottom.TOUCH_AND_GO, 0.15))
_WALK, _BENCH, _SHORT = (SetUp.RACK_WALKOUT,), (SetUp.RACK_BENCH,), (SetUp.RACK_SHORT,)
_FLOOR, _PICK, _HIPS = (SetUp.FLOOR,), (SetUp.FLOOR_PICKUP,), (SetUp.HIPS,)

LIFTS: tuple[Lift, ...] = (
    Lift("back_squat", _WALK, False, (0.48, 0.70), 0.59, 1.30, 0.28, 0.05, (0.42, 0.56), 0.75,
         (4, 22), (0.01, 0.05), _TURN, (0.1, 3.5), (0.0, 2.0), clusters=True, share=1.6),
    Lift("front_squat", _WALK, False, (0.48, 0.65), 0.57, 1.25, 0.28, 0.06, (0.42, 0.56), 0.7,
         (3, 15), (0.01, 0.05), _TURN, (0.1, 3.0), (0.0, 2.0), clusters=True),
    Lift("half_squat", _WALK, False, (0.28, 0.45), 0.55, 1.15, 0.33, 0.05, (0.40, 0.55), 0.6,
         (3, 15), (0.01, 0.04), _TURN, (0.1, 2.5), (0.0, 1.5), share=0.5),
    Lift("bench_press", _BENCH, False, (0.28, 0.45), 0.45, 1.45, 0.15, 0.04, (0.40, 0.55), 0.85,
         (3, 18), (0.04, 0.12), _PRESS, (0.05, 2.5), (0.2, 2.5), clusters=True, share=1.6),
    Lift("incline_bench_press", _BENCH, False, (0.33, 0.45), 0.42, 1.35, 0.16, 0.04, (0.40, 0.58), 0.8,
         (3, 18), (0.02, 0.10), _PRESS, (0.05, 2.0), (0.2, 2.0), share=0.7),
    Lift("close_grip_bench_press", _BENCH, False, (0.30, 0.45), 0.42, 1.4, 0.15, 0.04, (0.40, 0.55), 0.8,
         (3, 18), (0.03, 0.10), _PRESS, (0.05, 2.0), (0.2, 2.0), share=0.5),
    Lift("deadlift", _FLOOR, True, (0.48, 0.62), 0.42, 1.0, 0.20, 0.05, (0.45, 0.75), 0.8,
         (2, 9), (0.01, 0.04), _PULL, (0.1, 1.2), (0.2, 4.0), clusters=True, share=1.4),
    Lift("sumo_deadlift", _FLOOR, True, (0.38, 0.50), 0.38, 0.9, 0.19, 0.05, (0.15, 0.45), 0.8,
         (2, 8), (0.01, 0.05), _PULL, (0.1, 1.2), (0.2, 4.0), share=0.6),
    Lift("romanian_deadlift", _PICK, False, (0.38, 0.60), 0.47, 0.8, 0.26, 0.07, (0.45, 0.65), 0.4,
         (3, 14), (0.03, 0.10), _TURN, (0.1, 1.5), (0.0, 0.8), tempo=1.2),
    Lift("good_morning", _WALK, False, (0.22, 0.40), 0.42, 0.7, 0.25, 0.07, (0.45, 0.65), 0.4,
         (40, 75), (0.15, 0.35), _TURN, (0.2, 2.0), (0.0, 0.6), tempo=1.2, share=0.7),
    Lift("barbell_row", _PICK, True, (0.33, 0.50), 0.70, 1.15, 0.45, 0.07, (0.55, 0.75), 0.3,
         (3, 22), (0.02, 0.08), _ROW, (0.0, 0.5), (0.0, 1.2), rom_loss=0.22, tempo=0.75, share=1.2),
    Lift("overhead_press", (SetUp.RACK_WALKOUT, SetUp.FLOOR_PICKUP), True, (0.45, 0.62), 0.45, 1.35, 0.19,
         0.05, (0.35, 0.52), 0.8, (8, 35), (0.03, 0.12), _HANG, (0.1, 1.5), (0.1, 1.6), share=1.2),
    Lift("hip_thrust", _HIPS, True, (0.24, 0.40), 0.47, 1.1, 0.25, 0.05, (0.55, 0.75), 0.5,
         (6, 30), (0.04, 0.14), _THRUST, (0.1, 2.0), (0.0, 1.5), rom_loss=0.18, clusters=True),
    Lift("barbell_curl", _PICK, True, (0.42, 0.62), 0.50, 0.7, 0.27, 0.06, (0.40, 0.58), 0.5,
         (95, 140), (0.20, 0.32), _HANG, (0.0, 0.8), (0.0, 1.2), rom_loss=0.15, tempo=0.9),
    Lift("standing_calf_raise", _WALK, True, (0.06, 0.12), 0.19, 0.28, 0.10, 0.02, (0.6, 0.8), 0.3,
         (1, 5), (0.00, 0.02), _HANG, (0.0, 1.5), (0.1, 2.0), rom_loss=0.25, tempo=0.6),
    Lift("split_squat", _WALK, False, (0.35, 0.50), 0.46, 0.7, 0.28, 0.06, (0.42, 0.56), 0.5,
         (2, 10), (0.02, 0.06), _TURN, (0.1, 1.5), (0.0, 0.8), share=0.7),
    Lift("bulgarian_split_squat", _WALK, False, (0.38, 0.50), 0.46, 0.7, 0.28, 0.06, (0.42, 0.56), 0.5,
         (2, 10), (0.02, 0.06), _TURN, (0.1, 1.5), (0.0, 0.8), share=0.5),
)  # fmt: skip
