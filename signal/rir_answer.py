"""From probabilities over reps in reserve to the figures that are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.rir_grid import Floats

PMF_LENGTH = 11
VAGUE_WIDTH = 7.0
FAR = 6
"""From this median on "6 or more" is all that can honestly be said."""


@dataclass(frozen=True, slots=True)
class RirEstimate:
    """What is known of the reps in reserve at the end of one rep."""

    pmf: tuple[float, ...]
    """P(0), P(1), ..., P(9), P(10 or more); sums to 1."""
    median: int
    low80: float
    """Lower end of the 80 % interval: real-valued, each P(k) spread over k +- 0.5, never under 0."""
    high80: float
    p_hard: float
    """P(RIR <= 3)."""
    p_near_failure: float
    """P(RIR <= 1)."""
    calibrated: bool
    reason: str
    """Why it is calibrated or not, in plain words."""

    @property
    def mean(self) -> float:
        """Posterior mean, 10 or more counted as 10."""
        return float(np.dot(np.arange(PMF_LENGTH), self.pmf))

    @property
    def vague(self) -> bool:
        """True where the interval leaves nearly everything open."""
        return self.high80 - self.low80 > VAGUE_WIDTH

    @property
    def in_words(self) -> str:
        """'about 2 left (1 to 4)', or '6 or more left' where a figure would be false."""
        if self.median >= FAR:
            return f"{FAR} or more left"
        low, high = round(self.low80), round(self.high80)
        if self.vague:
            return f"cannot be told ({low} to {high} left)"
        span = f"{low}" if low == high else f"{low} to {high}"
        return f"about {self.median} left ({span})"


def to_estimate(
    over_rir: Floats, *, calibrated: bool, reason: str, low_factor: float = 1.0, high_factor: float = 1.0
) -> RirEstimate:
    """Figures from a distribution over RIR 0, 1, 2, ... (n,) that sums to 1.

    low_factor, high_factor: stretch of the interval's arms about the median (calibration).
    """
    pmf = np.append(over_rir[: PMF_LENGTH - 1], max(0.0, float(over_rir[PMF_LENGTH - 1 :].sum())))
    pmf /= pmf.sum()
    below = np.cumsum(pmf)
    middle = quantile(over_rir, 0.5)
    low = middle - low_factor * (middle - quantile(over_rir, 0.1))
    high = middle + high_factor * (quantile(over_rir, 0.9) - middle)
    return RirEstimate(
        pmf=tuple(pmf.tolist()),
        median=int(np.searchsorted(below, 0.5 - 1e-12)),
        low80=max(0.0, low),
        high80=max(0.0, high),
        p_hard=float(below[3]),
        p_near_failure=float(below[1]),
        calibrated=calibrated,
        reason=reason,
    )


def quantile(over_rir: Floats, share: float) -> float:
    """Quantile of the distribution whose P(k) is spread evenly over k +- 0.5."""
    # Eleven numbers: plain Python takes 3 us, numpy 20, and a log asks this of thousands of sets.
    pmf: list[float] = over_rir.tolist()
    left = share * sum(pmf)
    for k, p in enumerate(pmf):
        if left <= p and p > 0.0:
            return k - 0.5 + left / p
        left -= p
    return len(pmf) - 0.5
