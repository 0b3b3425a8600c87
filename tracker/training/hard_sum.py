"""The distribution of a sum of hard sets whose errors are partly the same error.

If the lifter's failure velocity is believed too high, every set of the week seems harder than it
was: the sets' probabilities must not be summed as if they were coins thrown one by one. Given one
number for the lifter and one for each session the sets are independent (a Gaussian copula with two
factors); the sum over these numbers is done on a fixed grid, so the same sets give the same answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hardset.tracker.training.proximity import Shares

Floats = NDArray[np.float64]

STEP = 0.5
"""Muscles count 1 or 0.5 of a set, so every sum is a multiple of this."""
LIFTER_NODES, SESSION_NODES = 40, 8
_NORMAL = NormalDist()
_LIFTER, _SESSION = (
    np.array([_NORMAL.inv_cdf((node + 0.5) / nodes) for node in range(nodes)])
    for nodes in (LIFTER_NODES, SESSION_NODES)
)


@dataclass(frozen=True, slots=True)
class Chance:
    """One set that may count."""

    p: float
    """P(it was hard)."""
    weight: float
    """1 or 0.5."""
    shares: Shares
    session: Hashable


@dataclass(frozen=True, slots=True)
class HardSum:
    """Expected number of hard sets and what is likely around it."""

    mean: float
    pmf: tuple[float, ...]
    """Probability of 0, 0.5, 1, ... sets."""

    @property
    def interval80(self) -> tuple[float, float]:
        """80 % interval; always holds the mean, also where the distribution is skewed."""
        below = np.cumsum(self.pmf)
        low = STEP * float(np.searchsorted(below, 0.1 - 1e-9))
        high = STEP * float(np.searchsorted(below, 0.9 - 1e-9))
        return min(low, self.mean), max(high, self.mean)

    def p_at_least(self, sets: float) -> float:
        """P(the sum reaches a number of sets)."""
        return float(sum(self.pmf[int(np.ceil(sets / STEP - 1e-9)) :]))


def hard_sum(chances: Iterable[Chance]) -> HardSum:
    """Sum of weight x (hard or not) over sets in any order."""
    counted = sorted(
        (c for c in chances if c.p > 0.0 and c.weight > 0.0),
        key=lambda c: (str(c.session), c.weight, c.p, c.shares.lifter),
    )
    mean = float(sum(c.weight * c.p for c in counted))
    by_session: dict[Hashable, list[Chance]] = {}
    for chance in counted:
        by_session.setdefault(chance.session, []).append(chance)
    total = np.ones((LIFTER_NODES, 1))
    for session in by_session.values():
        total = _added(total, _session_sum(session))
    return HardSum(mean, tuple(total.mean(axis=0).tolist()))


def _session_sum(chances: Sequence[Chance]) -> Floats:
    """(LIFTER_NODES, n): distribution of a session's sum given the lifter's number."""
    given = np.ones((LIFTER_NODES, SESSION_NODES, 1))
    for chance in chances:
        p = _p_given(chance.p, chance.shares)
        steps = max(1, round(chance.weight / STEP))
        longer = np.zeros((*given.shape[:2], given.shape[2] + steps))
        longer[..., : given.shape[2]] = given * (1.0 - p)
        longer[..., steps:] += given * p
        given = longer
    summed: Floats = given.mean(axis=1)
    return summed


@lru_cache(maxsize=2048)
def _p_given(p_hard: float, shares: Shares) -> Floats:
    """(LIFTER_NODES, SESSION_NODES, 1): P(hard) given the numbers of lifter and session; read only."""
    own = max(1.0 - shares.lifter - shares.session, 1e-9)
    shift = np.sqrt(shares.lifter) * _LIFTER[:, None] + np.sqrt(shares.session) * _SESSION
    edge = _NORMAL.inv_cdf(min(max(p_hard, 1e-12), 1.0 - 1e-12))
    # scipy has this for arrays, and takes longer to load than a week takes to count.
    z = (edge - shift) / np.sqrt(own)
    return np.array([_NORMAL.cdf(float(value)) for value in z.ravel()]).reshape(*z.shape, 1)


def _added(first: Floats, second: Floats) -> Floats:
    """Distribution of the sum of two, for each number of the lifter."""
    total = np.zeros((LIFTER_NODES, first.shape[1] + second.shape[1] - 1))
    for shift in range(second.shape[1]):
        total[:, shift : shift + first.shape[1]] += first * second[:, shift : shift + 1]
    return total
