"""What is known of a last stroke from what follows it, on bars whose movement is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hardset.signal.chains import ChainRules
from hardset.signal.end_view import end_view
from hardset.signal.hypotheses import settle
from hardset.signal.orientation import vertical_motion
from hardset.signal.samples import SampleBatch
from hardset.signal.stretch import Stretch
from hardset.signal.timebase import to_even_grid

REP = [(-0.5, 1.2), (0.0, 0.2), (0.5, 0.9), (0.0, 1.0)]
DRIFT_MPS2 = 0.03


def stretch_of(bar: Any) -> Stretch:
    """A bar in trembling hands as a sensor reads it whose zero wanders by 3 mg in half a minute."""
    plain = bar.sampled(noise_mps2=0.3)
    wander = DRIFT_MPS2 * np.sin(2 * np.pi * plain.time_s / 30.0)
    force = plain.acceleration_mps2 + wander[:, None] * np.array([0.0, 0.0, 1.0])
    even = to_even_grid(SampleBatch(plain.time_s, force, plain.angular_velocity_radps))
    return Stretch.cut(even, vertical_motion(even), 0, len(even))


def test_the_rest_after_an_attempt_says_how_far_it_rose(ride: Callable[..., Any]) -> None:
    stretch = stretch_of(
        ride((0.0, 5.0), *REP * 5, (-0.5, 1.2), (0.34, 2.0), (0.0, 0.5), (-0.34, 0.8), (0.0, 4.0))
    )
    finding = settle(stretch.felt(), stretch.quiet, ChainRules())
    assert finding is not None
    strokes = finding.chain.strokes
    last = len(strokes) - 1
    assert last == 5
    view = end_view(stretch, stretch.felt(), finding, last)
    assert view.rise == pytest.approx(0.34, abs=0.08)
    assert view.rise_sd < float(finding.motion.height_gain_sd(strokes.bottom[-1:], strokes.top[-1:])[0])
    closed = view.closed_velocity[strokes.bottom[-1] : strokes.top[-1]]
    assert float(closed.sum()) / 100 == pytest.approx(0.5, abs=0.15)


def test_a_slow_last_rep_is_found_behind_a_top_that_drifts(ride: Callable[..., Any]) -> None:
    slower = [move for up_s in (1.2, 2.0, 4.5) for move in ((-0.5, 1.2), (0.5, up_s), (0.0, 1.5))]
    bar = ride((0.0, 5.0), *REP * 4, *slower, (0.0, 4.0))
    stretch = stretch_of(bar)
    finding = settle(stretch.felt(), stretch.quiet, ChainRules())
    assert finding is not None
    assert len(finding.chain) == 7
