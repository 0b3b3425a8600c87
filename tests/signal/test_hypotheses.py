"""Which belief about the drift wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hardset.signal.beliefs import BELIEFS
from hardset.signal.chains import ChainRules
from hardset.signal.hypotheses import Finding, settle
from hardset.signal.motion import Felt
from hardset.signal.stillness import quiet_stretches

REP = [(-0.5, 1.2), (0.5, 0.9), (0.0, 1.0)]


def settled(bar: Any, is_set: Callable[[Finding], bool] | None = None) -> Finding:
    acceleration = np.gradient(bar.velocity_mps, 0.01)
    quiet = quiet_stretches(acceleration, np.full(acceleration.size, np.inf), bar.no_holes)
    finding = settle(Felt(acceleration, bar.no_holes), quiet, ChainRules(), is_set=is_set)
    assert finding is not None
    return finding


def test_a_flawless_set_needs_one_belief(ride: Callable[..., Any]) -> None:
    tried: list[Finding] = []

    def any_will_do(finding: Finding) -> bool:
        tried.append(finding)
        return True

    assert len(settled(ride((0.0, 3.0), *REP * 6, (0.0, 3.0)), any_will_do).chain) == 6
    assert len(tried) == 1


def test_a_set_goes_before_what_is_none_however_regular(ride: Callable[..., Any]) -> None:
    """One stroke has nothing to differ from, so it is always regular: it must not hide a set."""
    bar = ride((0.0, 3.0), *REP * 6, (0.0, 3.0))
    best = settled(bar)
    chosen = settled(bar, lambda finding: finding.belief == BELIEFS[2])
    assert chosen.belief == BELIEFS[2]
    assert best.merit >= chosen.merit
