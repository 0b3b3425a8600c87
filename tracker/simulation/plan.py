"""What to simulate: one value that says it all (with a seed), and nothing of how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hardset.tracker.simulation.exercises import Setup
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.radio import RadioPlan

Tempo = Literal["normal", "slow", "explosive", "paused", "touch_and_go", "cluster"]
TEMPOS: tuple[Tempo, ...] = ("normal", "slow", "explosive", "paused", "touch_and_go", "cluster")


@dataclass(frozen=True, slots=True)
class SetPlan:
    """One set to simulate."""

    exercise: str = "back_squat"
    placement: str = "bar"
    """bar, thigh or shank."""
    reps: int = 8
    rir_at_end: int = 2
    """Full reps left after the last one; 0 where failed_last."""
    tempo: Tempo = "normal"
    failed_last: bool = False
    setup: Setup | None = None
    """How the load gets to where the set begins (see exercises.Setup); None draws one that fits."""
    handling_before_s: float = 0.0
    handling_after_s: float = 0.0
    walk_before_s: float = 0.0
    """Walking to the place of the set (sensor on a limb)."""
    walk_after_s: float = 0.0
    start_in_motion: bool = False
    """The recording begins while the load is lowered; where a rep begins with the concentric phase that
    is after the first rep, which then does not count (in sets of four and more; else in the set-up)."""
    end_in_mid_rep: bool = False
    """The recording ends in the middle of one more rep, which therefore does not count."""
    strap_slip_deg: float = 0.0
    """How far the strap turns on the limb in the course of the set."""
    trimmed: bool = False
    """Only the set itself: from a moment before the first rep to a moment after the last."""
    lifter: int | None = None
    """A number that stands for one person: sets with the same number share failure velocity, slope,
    curve and range of motion and differ by day and noise. None: a new person with each seed."""
    load_kg: float | None = None
    imu: ImuPlan = field(default_factory=ImuPlan)
    radio: RadioPlan = field(default_factory=RadioPlan)

    def __post_init__(self) -> None:
        if self.placement not in ("bar", "thigh", "shank"):
            raise ValueError(f"placement is {self.placement!r}, expected bar, thigh or shank")
        if self.failed_last and (self.rir_at_end or self.end_in_mid_rep):
            raise ValueError("a failed last attempt means that no rep is left and that the set ends there")
