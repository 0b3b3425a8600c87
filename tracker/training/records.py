"""What the log knows, as plain values: volume, progress and diagnosis are computed from these.

Whatever follows from them (velocity loss, hard-set credit, weekly totals) is never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """One set of the log, measured by a sensor, felt, or imported."""

    id: int
    at: datetime
    """When it ended, with the offset of the place (aware)."""
    workout: str
    """Name of the session it belongs to: sets of one lifter less than 4 h apart share it."""
    exercise: str
    """Id in the catalogue or in the user's own exercises."""
    load_kg: float | None
    reps: int
    warmup: bool
    failed: bool
    """True where a further rep was tried and not completed: RIR 0."""
    felt_rir: float | None
    """What the lifter said was left."""
    velocities: tuple[float, ...]
    """Velocity of each rep: m/s on a bar, °/s on a limb; empty without a sensor."""
    velocity_sds: tuple[float, ...] | None
    placement: str | None
    """Where the sensor sat; None without one."""
    rir_pmf: tuple[float, ...] | None
    """P(0) ... P(10 or more) at the end of the set from velocity (and what was felt or marked);
    None without a sensor."""
    calibrated: bool
    rir_interval: tuple[float, float] | None = None
    """Calibrated 80 % interval of the same; None where none was kept."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """Body weight at a time."""

    at: datetime
    weight_kg: float


@dataclass(frozen=True, slots=True)
class Meal:
    """What was eaten or drunk at a time; what was not told is None."""

    at: datetime
    protein_g: float | None
    energy_kcal: float | None
    carbohydrate_g: float | None
    water_l: float | None


@dataclass(frozen=True, slots=True)
class Night:
    """Sleep that ended on a day."""

    day: date
    hours: float


@dataclass(frozen=True, slots=True)
class TrainingHistory:
    """Everything that is known of one lifter, oldest first."""

    lifter: str
    sets: tuple[LoggedSet, ...]
    weighings: tuple[Weighing, ...]
    meals: tuple[Meal, ...]
    nights: tuple[Night, ...]
