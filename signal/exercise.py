"""What the mathematics may know of an exercise, handed in as one small value.

The signal side never reads the catalogue; `hardset.tracker.training.catalogue` builds these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Phase = Literal["eccentric", "concentric"]


class Placement(StrEnum):
    """Where the sensor sits. `BAR` includes the wrist, a machine stack, the pelvis: it moves up and down."""

    BAR = "bar"
    WRIST = "wrist"
    THIGH = "thigh"
    SHANK = "shank"

    @property
    def rotates(self) -> bool:
        """True where repetitions are read from the segment's angle, not from height."""
        return self in (Placement.THIGH, Placement.SHANK)


@dataclass(frozen=True, slots=True)
class FailureVelocityPrior:
    """Velocity of the last rep that can be completed, over lifters (science.md section 2), m/s."""

    mean_mps: float
    between_lifters_sd_mps: float
    per_set_sd_mps: float
    published: bool
    """False: an own guess for an exercise that nobody has measured."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as the pipeline needs to know it. Every field may be unknown (None)."""

    id: str
    first_phase: Phase | None = None
    rom_m: tuple[float, float] | None = None
    """Usual range of motion of the bar (low, high), m."""
    rom_deg: tuple[float, float] | None = None
    """Usual range of the segment angle where the sensor sits on thigh or shank (low, high), degrees."""
    failure_velocity: FailureVelocityPrior | None = None
    concentric_down: bool = False
    """True where the muscle shortens while the *segment angle or sensor* goes the other way (leg curl)."""
    height_unsure: bool = False
    """True where nobody knows whether the sensor rises in the concentric phase: it depends on the machine
    (the thigh in a leg press), or the two ways hardly differ (the thigh in a hip hinge)."""
    fails_by_rom: bool = False
    """True for calf raises: losing range of motion, not slowing, is the sign of failure."""

    @property
    def by_height(self) -> bool:
        """True where even a sensor on the thigh must be read by height: the segment hardly turns."""
        return self.fails_by_rom and self.rom_deg is None
