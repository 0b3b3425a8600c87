"""What the columns of a recording hold: the words that readers of every format share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from hardset.signal.samples import STANDARD_GRAVITY_MPS2

UNITS = {
    "g": STANDARD_GRAVITY_MPS2,
    "m/s²": 1.0,
    "°/s": math.pi / 180.0,
    "rad/s": 1.0,
}
"""Factor from a unit to SI."""


class Quantity(StrEnum):
    """What three columns measure; the text is what a user reads."""

    ACCELERATION = "acceleration with gravity"
    LINEAR = "acceleration without gravity"
    GRAVITY = "gravity alone"
    ANGULAR_VELOCITY = "angular velocity"
    UNTOLD = "an acceleration"
    """Neither header nor file name say whether gravity is in it: the numbers have to."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A column of time stamps."""

    name: str
    position: int
    to_s: float | None
    """Factor to seconds; None for dates and times of day as text."""
    absolute: bool = False
    """True where it counts from the epoch, so that a recording should be shifted to start at 0."""


@dataclass(frozen=True, slots=True)
class Triple:
    """Three columns of one quantity, in the order x, y, z."""

    quantity: Quantity
    names: tuple[str, ...]
    positions: tuple[int, ...]
    unit: str
    presumed: bool = False
    """True where quantity or unit come from the file's name or the app's manual, not from the header:
    the numbers have the last word."""

    @property
    def to_si(self) -> float:
        """Factor to m/s² or rad/s."""
        return UNITS[self.unit]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one file."""

    source: str | None
    """App or maker; None for this project's own recordings."""
    clocks: tuple[Clock, ...]
    """The best first; where there are two, the numbers decide."""
    triples: tuple[Triple, ...]
    device: int | None = None
    """Position of the column that names the sensor, where one file may hold several."""

    @property
    def is_own(self) -> bool:
        """True for a recording in this project's own format, which is read strictly."""
        return self.source is None
