"""How close to failure a logged set ended, and how far its error is shared with other sets.

A sensor's answer is taken as it is. A felt one is weighed with the error that people make: 0.65-0.8
reps at up to 3 in reserve, more further away, and under by 0.2-0.95 on average (Refalo 2023,
Halperin 2022). Of a set with neither only what lifters usually do is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

import numpy as np

from hardset.signal.rir_answer import PMF_LENGTH, RirEstimate, to_estimate
from hardset.signal.rir_evidence import (
    FELT_BIAS_WEIGHTS,
    FELT_BIASES,
    FELT_PRIOR,
    FELT_SD_WEIGHTS,
    FELT_SDS,
    HABIT_WEIGHTS,
    HABITS,
    felt_weights,
)
from hardset.tracker.training.records import LoggedSet

FEWEST_REPS, MOST_REPS = 5, 30
"""Sets outside of this are no hard sets, however hard they were (Robinson 2024, Baz-Valle 2022)."""
HARD_RIR = 3
"""A set that ends with so many or fewer left counts as hard; the strict threshold is 2."""


class Source(StrEnum):
    """Where the knowledge of a set's end comes from: a failed attempt, velocity, the lifter, nowhere."""

    TOLD = "failed"
    MEASURED = "sensor"
    FELT = "felt"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shares:
    """Which part of the error's variance a set has in common with others; the rest is its own."""

    lifter: float
    session: float


def _felt_lifter_share() -> float:
    bias = float(np.dot(FELT_BIAS_WEIGHTS, np.square(FELT_BIASES)))
    bias -= float(np.dot(FELT_BIAS_WEIGHTS, FELT_BIASES)) ** 2
    return bias / (bias + float(np.dot(FELT_SD_WEIGHTS, np.square(FELT_SDS))))


# Failure velocity in the deadlift (13 lifters, 139 reps, two days, public data): sd over lifters
# 0.037, over days 0.044, over reps 0.044 m/s, of which the last three average to 0.025.
_LIFTER, _DAY, _REPS = 0.037**2, 0.044**2, 0.044**2 / 3.0
SHARES = {
    Source.TOLD: Shares(0.0, 0.0),
    Source.MEASURED: Shares(_LIFTER / (_LIFTER + _DAY + _REPS), _DAY / (_LIFTER + _DAY + _REPS)),
    Source.FELT: Shares(_felt_lifter_share(), 0.0),
    # Nobody knows the lifter's habit, so nothing averages out.
    Source.UNKNOWN: Shares(1.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Proximity:
    """What is known of the reps in reserve at the end of one set."""

    pmf: tuple[float, ...]
    """P(0), ..., P(9), P(10 or more)."""
    source: Source
    calibrated: bool
    interval: tuple[float, float] | None = None
    """Calibrated 80 % interval where one was kept; else it follows from the probabilities."""

    def p_within(self, rir: int) -> float:
        """P(RIR <= rir)."""
        return min(1.0, sum(self.pmf[: rir + 1]))

    @property
    def mean(self) -> float:
        """Expected RIR, 10 or more counted as 10."""
        return sum(k * p for k, p in enumerate(self.pmf))

    @property
    def sd(self) -> float:
        """Standard deviation of RIR, reps."""
        mean = self.mean
        return math.sqrt(sum((k - mean) ** 2 * p for k, p in enumerate(self.pmf)))

    @property
    def estimate(self) -> RirEstimate:
        """The same as the figures that are shown."""
        if self.interval is None:
            return _estimate(self.pmf, self.calibrated, str(self.source))
        below, (low80, high80) = tuple(accumulate(self.pmf)), self.interval
        return RirEstimate(
            pmf=self.pmf,
            median=next(k for k, p in enumerate(below) if p >= 0.5 - 1e-12),
            low80=low80,
            high80=high80,
            p_hard=self.p_within(HARD_RIR),
            p_near_failure=self.p_within(1),
            calibrated=self.calibrated,
            reason=str(self.source),
        )


def proximity(one: LoggedSet) -> Proximity:
    """What is known of how a logged set ended; a failed attempt outweighs everything else."""
    if one.failed:
        return Proximity((1.0, *(0.0,) * (PMF_LENGTH - 1)), Source.TOLD, calibrated=True)
    if one.rir_pmf is not None:
        return Proximity(one.rir_pmf, Source.MEASURED, one.calibrated, one.rir_interval)
    if one.felt_rir is not None:
        return Proximity(_felt_pmf(one.felt_rir), Source.FELT, calibrated=False)
    return Proximity(_usual_pmf(), Source.UNKNOWN, calibrated=False)


def hard_credit(one: LoggedSet, *, ballistic: bool, hard_rir: int = HARD_RIR) -> float:
    """P(this was a hard set): 0 for warm-ups, ballistic exercises and sets outside of 5-30 reps."""
    if one.warmup or ballistic or not FEWEST_REPS <= one.reps <= MOST_REPS:
        return 0.0
    return proximity(one).p_within(hard_rir)


@lru_cache(maxsize=256)
def _felt_pmf(felt: float) -> tuple[float, ...]:
    over_rir = (HABIT_WEIGHTS @ HABITS) * (FELT_PRIOR @ felt_weights(felt))
    return to_estimate(over_rir / over_rir.sum(), calibrated=False, reason="").pmf


@lru_cache(maxsize=1)
def _usual_pmf() -> tuple[float, ...]:
    return to_estimate(HABIT_WEIGHTS @ HABITS, calibrated=False, reason="").pmf


@lru_cache(maxsize=4096)
def _estimate(pmf: tuple[float, ...], calibrated: bool, reason: str) -> RirEstimate:
    return to_estimate(np.array(pmf), calibrated=calibrated, reason=reason)
