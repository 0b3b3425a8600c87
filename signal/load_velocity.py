"""Load-velocity profile of one lifter in one exercise: one-repetition maximum, readiness.

The fastest rep's mean velocity falls in a nearly straight line with load; where the line meets the
failure velocity lies the one-repetition maximum (1RM). Such estimates are 3-8 % off for a single
lifter even in the laboratory (Banyard 2017: SEE 10.6 kg; Hughes 2018: CV 3.6-5 %), so the interval
never claims less, and a profile that cannot carry the line so far says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hardset.signal.rir_evidence import check_positive

MODEL_SD_SHARE = 0.04
"""Error of the straight line itself, share of the 1RM."""
DAY_SD_MPS = 0.03
"""A lifter's velocity at one load differs by this from day to day (smallest detectable change 0.03-0.07)."""
Z80 = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class LoadPoint:
    """The fastest rep of one set."""

    load_kg: float
    velocity_mps: float
    velocity_sd_mps: float = 0.03
    session: str | None = None

    def __post_init__(self) -> None:
        check_positive("load_kg", (self.load_kg,))
        check_positive("velocity_mps", (self.velocity_mps,))
        check_positive("velocity_sd_mps", (self.velocity_sd_mps,))


class Grade(StrEnum):
    """What a profile is good for."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor profile, do not use"


@dataclass(frozen=True, slots=True)
class LoadVelocityProfile:
    """velocity = intercept + slope * load, with covariance, and the 1RM that follows."""

    intercept_mps: float
    slope_mps_per_kg: float
    covariance: tuple[float, float, float]
    """Variance of the intercept, covariance, variance of the slope (at a load of 0 kg)."""
    residual_sd_mps: float
    e1rm_kg: float | None
    e1rm_sd_kg: float | None
    grade: Grade
    reason: str

    @property
    def e1rm_80(self) -> tuple[float, float] | None:
        """80 % interval of the 1RM, kg."""
        if self.e1rm_kg is None or self.e1rm_sd_kg is None:
            return None
        return self.e1rm_kg - Z80 * self.e1rm_sd_kg, self.e1rm_kg + Z80 * self.e1rm_sd_kg

    def velocity_at(self, load_kg: float) -> tuple[float, float]:
        """Expected velocity at a load and its standard error, m/s."""
        v0, cov, v1 = self.covariance
        sd = math.sqrt(max(0.0, v0 + 2.0 * load_kg * cov + load_kg**2 * v1))
        return self.intercept_mps + self.slope_mps_per_kg * load_kg, sd


@dataclass(frozen=True, slots=True)
class Readiness:
    """Today against the lifter's own line."""

    shift_mps: float
    shift_sd_mps: float
    e1rm_shift_pct: float | None
    verdict: str
    """'strong day', 'usual day' or 'weak day'."""


def fit_profile(
    points: Sequence[LoadPoint], failure_velocity_mps: float, failure_velocity_sd_mps: float
) -> LoadVelocityProfile | None:
    """Weighted straight line through at least two points of different load; None where there are none.

    Points of one session share its day effect (generalised least squares), so ten sets of one day
    are not taken for ten days. failure_velocity_mps: the lifter's own if learned, else the class's.
    """
    check_positive("failure_velocity_mps", (failure_velocity_mps,))
    check_positive("failure_velocity_sd_mps", (failure_velocity_sd_mps,))
    loads = np.array([p.load_kg for p in points])
    if loads.size < 2 or np.ptp(loads) < 1e-9:
        return None
    velocities = np.array([p.velocity_mps for p in points])
    x = np.column_stack([np.ones(loads.size), loads])
    precision = np.linalg.inv(_noise_covariance(points))
    spread = np.linalg.inv(x.T @ precision @ x)
    intercept, slope = (float(b) for b in spread @ x.T @ precision @ velocities)
    residuals = velocities - intercept - slope * loads
    freedom = loads.size - 2
    chi2 = float(residuals @ precision @ residuals)
    # More scatter than the sensor explains widens everything; 4 pseudo-points keep it calm.
    inflation = max(1.0, (chi2 + 4.0) / (freedom + 4.0))
    spread = spread * inflation
    residual_sd = float(np.sqrt((residuals**2).sum() / max(1, freedom)))
    covariance = (float(spread[0, 0]), float(spread[0, 1]), float(spread[1, 1]))
    line = LoadVelocityProfile(intercept, slope, covariance, residual_sd, None, None, Grade.POOR, "")
    return _graded(line, loads, failure_velocity_mps, failure_velocity_sd_mps)


def readiness(profile: LoadVelocityProfile, today: Sequence[LoadPoint]) -> Readiness:
    """How much faster or slower today's sets are than the lifter's line (fitted without today)."""
    if not today:
        raise ValueError("no set of today to compare")
    shifts, weights = [], []
    for p in today:
        expected, sd = profile.velocity_at(p.load_kg)
        shifts.append(p.velocity_mps - expected)
        weights.append(1.0 / (sd**2 + p.velocity_sd_mps**2))
    total = sum(weights)
    shift = sum(s * w for s, w in zip(shifts, weights, strict=True)) / total
    # The line's own error is common to all of today's sets: it does not average out.
    line_sd = max(profile.velocity_at(p.load_kg)[1] for p in today)
    sd = math.hypot(line_sd, math.sqrt(sum(p.velocity_sd_mps**2 for p in today)) / len(today))
    usual = Z80 * math.hypot(sd, DAY_SD_MPS)
    verdict = "strong day" if shift > usual else "weak day" if shift < -usual else "usual day"
    share = None
    if profile.e1rm_kg is not None:
        share = 100.0 * shift / (-profile.slope_mps_per_kg) / profile.e1rm_kg
    return Readiness(shift, sd, share, verdict)


def e1rm_from_reps(load_kg: float, reps: int, rir: float, rir_sd: float) -> tuple[float, float]:
    """1RM and its sd (kg) from a set of known load, reps and reps in reserve (Epley 1985)."""
    check_positive("load_kg", (load_kg,))
    if reps < 1 or not rir >= 0 or not rir_sd >= 0:
        raise ValueError("a set has at least one rep, and reps in reserve from 0 up")
    e1rm = load_kg * (1.0 + (reps + rir) / 30.0)
    # Reps at a share of the 1RM differ between people (Nuzzo 2024): 5 % and more in long sets.
    sd = math.hypot(load_kg * rir_sd / 30.0, e1rm * (0.03 + 0.003 * (reps + rir)))
    return e1rm, sd


def combine(estimates: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Weighted geometric mean and sd of (value > 0, sd) pairs, not claimed better than the model's own error.

    The errors are shares of the value. Weighted by kilograms an estimate that came out low would weigh
    more because it came out low, and the mean of light and heavy sets would be pulled down.
    """
    if not estimates:
        raise ValueError("nothing to combine")
    weights = [(value / sd) ** 2 for value, sd in estimates]
    logs = (math.log(value) for value, _ in estimates)
    value = math.exp(sum(w * log for w, log in zip(weights, logs, strict=True)) / sum(weights))
    return value, value * max(math.sqrt(1.0 / sum(weights)), 0.5 * MODEL_SD_SHARE)


def _noise_covariance(points: Sequence[LoadPoint]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    covariance = np.diag([p.velocity_sd_mps**2 for p in points])
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            if i == j or (a.session is not None and a.session == b.session):
                covariance[i, j] += DAY_SD_MPS**2
    return covariance


def _graded(
    line: LoadVelocityProfile,
    loads: np.ndarray[tuple[int], np.dtype[np.float64]],
    failure_velocity: float,
    failure_sd: float,
) -> LoadVelocityProfile:
    def poor(reason: str) -> LoadVelocityProfile:
        return _with(line, None, None, Grade.POOR, reason)

    slope_sd = math.sqrt(line.covariance[2])
    if line.slope_mps_per_kg + 1.64 * slope_sd >= 0:
        return poor("velocity does not clearly fall with load: use loads further apart")
    e1rm = (failure_velocity - line.intercept_mps) / line.slope_mps_per_kg
    heaviest = float(loads.max())
    if e1rm < 0.97 * heaviest:
        return poor(f"the line puts the 1RM at {e1rm:.0f} kg, under the {heaviest:.0f} kg already lifted")
    line_sd = line.velocity_at(e1rm)[1]
    sd = math.hypot(math.hypot(line_sd, failure_sd) / -line.slope_mps_per_kg, MODEL_SD_SHARE * e1rm)
    span, reached = float(np.ptp(loads)) / e1rm, heaviest / e1rm
    if span < 0.15:
        return poor(f"the loads span only {span:.0%} of the 1RM: 15 % at least")
    if reached < 0.5:
        return poor(f"the heaviest load is only {reached:.0%} of the 1RM: too far to carry the line")
    if sd > 0.15 * e1rm:
        return _with(line, e1rm, sd, Grade.POOR, f"the 1RM is uncertain by {sd / e1rm:.0%}")
    different = np.unique(np.round(loads / e1rm, 2)).size
    if (
        different >= 3
        and span >= 0.25
        and reached >= 0.7
        and sd <= 0.09 * e1rm
        and line.residual_sd_mps <= 0.06
    ):
        return _with(line, e1rm, sd, Grade.GOOD, f"{different} loads over {span:.0%} of the 1RM")
    return _with(
        line, e1rm, sd, Grade.FAIR, f"{different} loads over {span:.0%} of the 1RM, up to {reached:.0%}"
    )


def _with(
    line: LoadVelocityProfile, e1rm: float | None, sd: float | None, grade: Grade, reason: str
) -> LoadVelocityProfile:
    return LoadVelocityProfile(
        line.intercept_mps,
        line.slope_mps_per_kg,
        line.covariance,
        line.residual_sd_mps,
        e1rm,
        sd,
        grade,
        reason,
    )
