"""What sampling leaves open of velocity, held against what is really lost between samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hardset.signal.coarseness import coarseness
from hardset.signal.motion import Anchors, integrate, solve
from hardset.signal.samples import SampleBatch
from hardset.signal.timebase import GRID_HZ, to_even_grid


@pytest.mark.parametrize("step_s", [0.03, 0.05, 0.08])
def test_it_covers_what_late_and_coarse_samples_lose_of_a_movement(
    ride: Callable[..., Any], step_s: float
) -> None:
    bar = ride((0.0, 1.0), (0.5, 0.6), (0.0, 1.0))
    rng = np.random.default_rng(3)
    missed: list[float] = []
    for _ in range(40):
        at = np.arange(rng.uniform(0.0, step_s), bar.time_s[-1], step_s)
        stamps = np.sort(at + rng.uniform(0.0, step_s, at.size))
        seen = np.interp(bar.time_s, stamps, np.interp(at, bar.time_s, bar.acceleration_mps2))
        lost = integrate(seen)[0][-1] - integrate(bar.acceleration_mps2)[0][-1]
        rate = coarseness(seen, np.full(seen.size, step_s))
        missed.append(float(lost) / float(np.sqrt(rate.sum() / GRID_HZ)))
    assert 0.05 < float(np.std(missed)) < 1.0


def test_rest_loses_nothing_and_neither_does_an_even_clock(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 2.0), (0.5, 0.6), (0.0, 2.0))
    rate = coarseness(bar.acceleration_mps2, np.full(bar.time_s.size, 0.05))
    assert rate[: int(1.5 * GRID_HZ)].max() == 0.0
    assert rate[int(2.0 * GRID_HZ) : int(2.6 * GRID_HZ)].min() > 0.0
    assert to_even_grid(bar.sampled(rate_hz=50.0)).step_s.max() == 0.0


def test_stamps_of_arrival_tell_how_far_samples_lie_apart(ride: Callable[..., Any]) -> None:
    plain = ride((0.0, 6.0)).sampled(rate_hz=50.0)
    rng = np.random.default_rng(2)
    late = np.sort(plain.time_s + rng.uniform(0.0, 0.015, plain.time_s.size))
    even = to_even_grid(SampleBatch(late, plain.acceleration_mps2, plain.angular_velocity_radps))
    assert not even.steady
    assert float(np.median(even.step_s)) == pytest.approx(0.02, abs=0.006)


def test_a_velocity_behind_a_coarse_stop_is_less_sure_than_before_it(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 1.0), (0.5, 0.8), (0.0, 1.0))
    rate = coarseness(bar.acceleration_mps2, np.full(bar.time_s.size, 0.06))
    anchor = Anchors.standstill(np.arange(20, 80, 10), np.full(6, 0.02))
    blurred = solve(bar.acceleration_mps2, bar.no_holes, anchor, coarse=rate)
    sharp = solve(bar.acceleration_mps2, bar.no_holes, anchor)
    index = np.array([50, 250])
    before, after = blurred.velocity_sd(index) / sharp.velocity_sd(index)
    assert before == pytest.approx(1.0, abs=0.05)
    assert after > 1.3
