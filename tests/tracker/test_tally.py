"""Counts of what came and what did not."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.samples import SampleBatch
from hardset.tracker.tally import Tally


def samples(times: np.ndarray, seed: int = 1) -> SampleBatch:
    rng = np.random.default_rng(seed)
    return SampleBatch(times, rng.normal(0, 1, (len(times), 3)), rng.normal(0, 1, (len(times), 3)))


def test_an_even_stream_is_counted_whole() -> None:
    tally = Tally()
    whole = samples(np.arange(2000) / 200.0)
    for start in range(0, 2000, 7):
        tally.take(whole.slice(start, min(start + 7, 2000)))
    assert (tally.received, tally.repeated, tally.missing) == (2000, 0, 0)
    assert tally.rate_hz == pytest.approx(200.0, rel=0.02)


def test_repeats_are_counted_across_batches_and_do_not_make_the_rate() -> None:
    tally = Tally()
    whole = samples(np.arange(500) / 50.0)
    doubled = SampleBatch(np.repeat(whole.time_s, 2), np.repeat(whole.acceleration_mps2, 2, axis=0), None)
    for start in range(0, 1000, 5):  # an odd size: every other repeat stands at a batch's beginning
        tally.take(doubled.slice(start, start + 5))
    assert (tally.received, tally.repeated) == (1000, 500)
    assert tally.rate_hz == pytest.approx(50.0, rel=0.05)


def test_a_hole_is_missing_samples_and_no_low_rate() -> None:
    tally = Tally()
    times = np.arange(2000) / 100.0
    tally.take(samples(times[:1000]))
    tally.take(samples(times[1300:], 2))
    assert tally.missing == pytest.approx(300, abs=4)
    assert tally.rate_hz is None or tally.rate_hz == pytest.approx(100.0, rel=0.03)


def test_slow_connection_intervals_are_no_holes() -> None:
    tally = Tally()
    arrivals = np.repeat(np.arange(100) * 0.195, 10)
    tally.take(samples(arrivals))
    assert tally.missing == 0


def test_the_devices_own_count_is_believed() -> None:
    tally = Tally()
    tally.take(samples(np.arange(100) / 50.0))
    tally.told_missing = 12
    assert tally.missing == 12


def test_nothing_has_no_rate() -> None:
    assert Tally().rate_hz is None
    assert Tally().missing == 0
