"""Scores of distributions over RIR against the true RIR."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rir_generators import Floats


@dataclass(frozen=True)
class Scores:
    """Over many sets; reps, but for the coverage and the Brier score of P(RIR <= 3)."""

    mae: float
    bias: float
    coverage: float
    width: float
    crps: float
    brier: float


def score(pmfs: Floats, truth: Floats, intervals: Floats | None = None) -> Scores:
    """pmfs (n, m) over RIR 0..m-1, truth (n,), intervals (n, 2) or from the pmfs with real-valued ends."""
    below = pmfs.cumsum(1)
    median = (below < 0.5 - 1e-12).sum(1)
    if intervals is None:
        intervals = np.stack([[quantile(p, 0.1), quantile(p, 0.9)] for p in pmfs])
    k = np.arange(pmfs.shape[1])
    off = median - truth
    return Scores(
        mae=float(np.abs(off).mean()),
        bias=float(off.mean()),
        coverage=float(((intervals[:, 0] <= truth) & (truth <= intervals[:, 1])).mean()),
        width=float((intervals[:, 1] - intervals[:, 0]).mean()),
        crps=float(((below - (k >= truth[:, None])) ** 2).sum(1).mean()),
        brier=float(((below[:, 3] - (truth <= 3)) ** 2).mean()),
    )


def quantile(pmf: Floats, share: float) -> float:
    """Real-valued quantile, each P(k) spread over k +- 0.5, never under 0."""
    edges = np.concatenate(([0.0], pmf.cumsum()))
    return max(0.0, float(np.interp(share * edges[-1], edges, np.arange(edges.size) - 0.5)))
