"""What is known of one set, checked, and turned into weights over reps in reserve."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.rir_grid import RIR_NODES, SLOPE_LOG_SD, Floats

MANY_REPS = 60
"""A longer set is none of strength: nothing is claimed about it."""
LIMB_FROM = 5.0
"""No bar moves at 5 m/s on average and no limb at under 5 °/s: tells the unit where nobody does."""
FASTEST = 2000.0
DEFAULT_SENSOR_SD_MPS = 0.035
# The mean velocity of a thigh turning 80° while the bar rises 0.55 m (own synthesis).
DPS_PER_MPS = 145.0
OWN_UNITS_MEAN_MPS, OWN_UNITS_SD_MPS, OWN_UNITS_SET_SD_MPS = 0.27, 0.13, 0.04
OWN_UNITS_SLOPE_LOG_SD = 0.5
CLASS_MEAN_SD_MPS = 0.02
"""How well a published mean describes another gym's lifters and another sensor."""
FULL_ROM_AS_MPS = 0.42
"""A full calf raise stands for this velocity: failing at 65 % of it is then like failing at 0.27 m/s."""
ROM_SD_SHARE = 0.066
"""Repeatability of maximal heel height, as a share of it (heel-rise test, coefficient of variation)."""


@dataclass(frozen=True, slots=True)
class SetEvidence:
    """All that is known of one set. Only the velocities are required.

    velocities: mean concentric velocity of each rep in order, m/s on a bar, °/s on a limb.
    velocity_sds: one sd of each one's measurement error, same unit; None: a usual sensor's.
    """

    velocities: tuple[float, ...]
    velocity_sds: tuple[float, ...] | None = None
    failed: bool = False
    """A failed attempt followed the last rep."""
    to_failure: bool = False
    """The lifter says that no further rep was possible."""
    rir_at_end: float | None = None
    """Known reps in reserve at the end (0: a set to failure)."""
    felt_rir: float | None = None
    """The lifter's own guess."""
    session: str | None = None
    """Sets with the same name share the day's effect; None: a day of its own."""
    days_ago: float | None = None
    load_kg: float | None = None
    roms: tuple[float, ...] | None = None
    """Range of motion of each rep (m or °): the failure sign in calf raises."""
    placement: Placement | None = None

    def __post_init__(self) -> None:
        check_positive("velocity", self.velocities)
        if not self.velocities:
            raise ValueError("a set without a velocity says nothing: give at least one rep")
        for name, values in (("velocity_sds", self.velocity_sds), ("roms", self.roms)):
            if values is not None:
                check_positive(name, values)
                if len(values) != len(self.velocities):
                    raise ValueError(f"{name} has {len(values)} values for {len(self.velocities)} reps")
        for name, value in (
            ("rir_at_end", self.rir_at_end),
            ("felt_rir", self.felt_rir),
            ("days_ago", self.days_ago),
        ):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name} must be a number from 0 up, not {value}")
        if self.load_kg is not None:
            check_positive("load_kg", (self.load_kg,))
        for name, fastest in (("velocity", max(self.velocities)), ("rom", max(self.roms or (0.0,)))):
            if fastest > FASTEST:
                raise ValueError(f"a {name} of {fastest:g} is none of a person, whether m/s or °/s")

    @property
    def on_limb(self) -> bool:
        """True where velocities are °/s of a thigh or shank."""
        if self.placement is not None:
            return self.placement.rotates
        return sorted(self.velocities)[len(self.velocities) // 2] > LIMB_FROM

    @property
    def known_rir(self) -> float | None:
        """Reps in reserve that somebody knows: told, marked, or shown by a failed attempt."""
        if self.failed or self.to_failure:
            return 0.0
        return self.rir_at_end


def check_positive(name: str, values: tuple[float, ...]) -> None:
    """Raise a ValueError that names the first value that is no positive finite number."""
    for number, value in enumerate(values, start=1):
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{name} {number} must be a positive number, not {value}")


@dataclass(frozen=True, slots=True)
class ClassPrior:
    """Failure velocity over lifters, in m/s or its equivalent, and the factor from the own unit to it."""

    mean_mps: float
    sd_mps: float
    per_set_sd_mps: float
    slope_log_sd: float
    published: bool


def class_prior(exercise: Exercise | None, *, on_limb: bool) -> ClassPrior:
    """Prior for the exercise; a wide one in the lifter's own units where nobody has measured it."""
    known = exercise.failure_velocity if exercise is not None else None
    if exercise is not None and exercise.fails_by_rom:
        known = None
    if known is not None and known.published and not on_limb:
        sd = math.hypot(known.between_lifters_sd_mps, CLASS_MEAN_SD_MPS)
        return ClassPrior(known.mean_mps, sd, known.per_set_sd_mps, SLOPE_LOG_SD, published=True)
    mean = OWN_UNITS_MEAN_MPS if known is None else known.mean_mps
    return ClassPrior(mean, OWN_UNITS_SD_MPS, OWN_UNITS_SET_SD_MPS, OWN_UNITS_SLOPE_LOG_SD, published=False)


def as_mps(evidence: SetEvidence, exercise: Exercise | None) -> tuple[Floats, Floats]:
    """Velocities and their sensor sds, (n,) each, in m/s or what stands for it.

    °/s are divided by the exercise's usual degrees per metre of bar; in calf raises the range of
    motion takes the place of velocity when it is known.
    """
    if exercise is not None and exercise.fails_by_rom and evidence.roms is not None:
        low, high = _usual_rom(exercise, evidence)
        scaled = np.asarray(evidence.roms) * (FULL_ROM_AS_MPS / (0.5 * (low + high)))
        return scaled, np.full(scaled.size, ROM_SD_SHARE * FULL_ROM_AS_MPS)
    unit = degrees_per_metre(exercise) if evidence.on_limb else 1.0
    velocities = np.asarray(evidence.velocities, dtype=np.float64) / unit
    if evidence.velocity_sds is not None:
        return velocities, np.asarray(evidence.velocity_sds, dtype=np.float64) / unit
    return velocities, np.full(velocities.size, DEFAULT_SENSOR_SD_MPS)


def degrees_per_metre(exercise: Exercise | None) -> float:
    """°/s of the limb per m/s of bar, from the exercise's usual ranges of motion."""
    if exercise is None or exercise.rom_deg is None or exercise.rom_m is None:
        return DPS_PER_MPS
    return sum(exercise.rom_deg) / sum(exercise.rom_m)


def _usual_rom(exercise: Exercise, evidence: SetEvidence) -> tuple[float, float]:
    usual = exercise.rom_deg if evidence.on_limb else exercise.rom_m
    if usual is not None:
        return usual
    return (35.0, 50.0) if evidence.on_limb else (0.06, 0.12)


# Stopping habits: what a lifter's sets end at. Learned jointly with the failure velocity, or a
# lifter who always stops at 0-1 would look like one with a lower failure velocity.
_HABIT_SHAPES = ((0.4, 0.6), (1.5, 0.8), (2.5, 0.9), (3.5, 1.1), (5.0, 1.4), (7.0, 1.8))
"""Centre and width, reps."""
HABIT_WEIGHTS: Floats = np.array([0.46, 0.10, 0.08, 0.09, 0.09, 0.09, 0.09])
# Of two lifters whose sets all end alike the one who trains to failure is the likelier: most
# people who measure do. It counts once several unlabelled sets show that there is a habit.
HABIT_LEAN: Floats = np.array([1.0, 4.2, 1.7, 1.0, 0.9, 0.8, 0.8])
HABIT_SETS = 5.0
FAR_FALL = 0.45
"""Each rep beyond 8 in reserve is so much less usual: sets that easy are warm-ups, told as "6 or more"."""


def _habit_table() -> Floats:
    k = np.arange(RIR_NODES)
    flat = np.where(k <= 8, 1.0, FAR_FALL ** (k - 8.0))
    flat /= flat.sum()
    rows = [flat]
    for centre, width in _HABIT_SHAPES:
        bump = np.exp(-0.5 * ((k - centre) / width) ** 2)
        rows.append(0.96 * bump / bump.sum() + 0.04 * flat)
    return np.stack(rows)


HABITS: Floats = _habit_table()
"""(h, RIR_NODES), each row sums to 1; the first is the broad one: flat up to 8, then falling."""


def habit_weights(unlabelled: int) -> Floats:
    """(h,) weights of the habits before their evidence, after so many unlabelled sets."""
    weights = HABIT_WEIGHTS * HABIT_LEAN ** min(1.0, unlabelled / HABIT_SETS)
    result: Floats = weights / weights.sum()
    return result


def label_weights(evidence: SetEvidence) -> Floats | None:
    """(RIR_NODES,) weights of a labelled set, None for an unlabelled one.

    Labels are soft: some sets "to failure" had a rep or two left, and softness costs nothing where
    they had not (own simulation).
    """
    known = evidence.known_rir
    if known is None:
        return None
    weights = np.zeros(RIR_NODES)
    if evidence.failed:
        weights[:3] = (0.96, 0.03, 0.01)
    elif known < 0.5:
        weights[:3] = (0.80, 0.14, 0.06)
    else:
        weights = np.exp(-0.5 * ((np.arange(RIR_NODES) - min(known, RIR_NODES - 1.0)) / 0.45) ** 2)
        weights /= weights.sum()
    return weights


# Felt RIR: bias (reps felt minus true) and sharpness are the lifter's own and learned. Lifters
# under-predict what is left by 0.2-0.95 reps on average (Refalo 2023, Halperin 2022).
FELT_BIASES = (-2.2, -1.2, -0.4, 0.4, 1.4)
FELT_BIAS_WEIGHTS = (0.10, 0.25, 0.35, 0.22, 0.08)
FELT_SDS = (0.75, 1.7)
FELT_SD_WEIGHTS = (0.7, 0.3)
FELT_PRIOR: Floats = np.outer(FELT_BIAS_WEIGHTS, FELT_SD_WEIGHTS).ravel()


def felt_weights(felt: float) -> Floats:
    """(f, RIR_NODES) likelihood of the felt RIR under each bias and sharpness.

    The error grows with the distance (0.8 reps at up to 3 RIR, 1.3 at 4-6), a bias fades towards
    failure, where nobody feels three more reps, and nobody reports less than 0.
    """
    k = np.arange(RIR_NODES)
    rows = []
    for bias in FELT_BIASES:
        centre = k + bias * (1.0 - np.exp(-(k + 0.5) / 2.0))
        for sd in FELT_SDS:
            spread = sd * np.sqrt(1.0 + (k / 5.0) ** 2)
            z = (felt - centre) / spread
            z = np.minimum(z, 0.0) if felt <= 0.0 else z
            # A wild report (a slip of the finger) never counts for more than 3.5 sd.
            rows.append(np.maximum(np.exp(-0.5 * z**2), 0.002) / spread)
    return np.stack(rows)
