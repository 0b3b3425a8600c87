"""The device's clock on the host's: rising whatever happens, close where the link is good."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.tracker.sensors.clock import ArrivalClock, SampleClock


def millisecond_clock(period_s: float = 0.01) -> SampleClock:
    return SampleClock(tick_s=1e-3, bits=32, period_s=period_s)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 12), st.floats(0, 100, allow_nan=False)),
        max_size=60,
    ),
    st.sampled_from(["first", "last"]),
    st.sampled_from([1e-3, 1e-6]),
)
def test_stamps_rise_and_are_finite_whatever_comes(
    packets: list[tuple[int, int, float]], stamp_of: str, tick_s: float
) -> None:
    clock = SampleClock(tick_s=tick_s, bits=32, period_s=0.01, stamp_of=stamp_of)  # type: ignore[arg-type]
    arrived_s, before = 1000.0, -np.inf
    for ticks, count, later_s in packets:
        arrived_s += later_s
        stamps = clock.stamp(ticks, count, arrived_s)
        if stamps is None:
            continue
        assert stamps.shape == (count,)
        assert np.isfinite(stamps).all()
        assert stamps[0] > before
        assert (np.diff(stamps) > 0).all()
        before = stamps[-1]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 3, 8]),
    st.integers(0, 2**31),
    st.floats(-300e-6, 300e-6),
    st.sampled_from([0.0, 0.030, 0.045]),
)
def test_even_steps_survive_a_jittery_link_and_a_wrapping_counter(
    start: int, group: int, seed: int, skew: float, interval_s: float
) -> None:
    """Also in microseconds where 2^32 wrap after 71.6 min: `start` lies anywhere before it."""
    rng = np.random.default_rng(seed)
    clock = SampleClock(tick_s=1e-6, bits=32, period_s=0.01)
    n = 600
    device_s = 0.01 * np.arange(n * group)
    stamps, arrivals = [], []
    arrived_s = 0.0
    for packet in range(n):
        first, last = packet * group, packet * group + group - 1
        ready_s = 500.0 + device_s[last] * (1 + skew) + rng.exponential(0.004)
        if interval_s:
            ready_s = np.ceil(ready_s / interval_s) * interval_s
        arrived_s = max(arrived_s, ready_s)
        got = clock.stamp(int(start + round(device_s[first] * 1e6)) % 2**32, group, arrived_s)
        assert got is not None
        stamps.append(got)
        arrivals.append(np.full(group, arrived_s))
    stamped = np.concatenate(stamps)
    steps = np.diff(stamped)
    assert steps == pytest.approx(0.01, abs=0.01 * 0.025)
    assert clock.missing == 0
    assert clock.restarts == 0
    true_s = 500.0 + device_s * (1 + skew)
    settled = stamped - true_s
    assert np.abs(settled).max() < max(interval_s, 0.02) + 0.03
    assert np.diff(settled).std() < 3e-4


def test_what_fell_out_is_counted() -> None:
    clock = SampleClock(tick_s=1e-3, bits=32, period_s=0.01)
    for packet in [0, 1, 2, 5, 6, 7]:
        clock.stamp(1000 + 40 * packet, 4, 10.0 + 0.04 * packet)
    assert clock.missing == 8


def test_a_packet_that_comes_twice_is_dropped() -> None:
    clock = millisecond_clock()
    assert clock.stamp(1000, 1, 10.0) is not None
    assert clock.stamp(1000, 1, 10.0) is None
    assert clock.stamp(1010, 1, 10.01) is not None
    assert clock.stamp(1000, 1, 10.02) is None


def test_a_clock_that_restarts_begins_a_new_line() -> None:
    clock = millisecond_clock()
    before = [clock.stamp(70_000 + 10 * k, 1, 10.0 + 0.01 * k) for k in range(100)]
    after = [clock.stamp(10 * k, 1, 12.0 + 0.01 * k) for k in range(100)]
    assert clock.restarts == 1
    assert clock.missing == 0
    assert before[-1] is not None
    assert after[0] is not None
    assert before[-1][0] == pytest.approx(10.99)
    assert after[0][0] == pytest.approx(12.0)


def test_a_clock_that_jumps_far_ahead_is_another_one() -> None:
    clock = millisecond_clock()
    clock.stamp(1000, 1, 10.0)
    stamp = clock.stamp(1_000_000, 1, 10.01)
    assert stamp is not None
    assert stamp[0] == pytest.approx(10.01)
    assert clock.restarts == 1


def test_a_first_packet_that_was_held_up_is_made_good() -> None:
    clock = millisecond_clock()
    late = [clock.stamp(10 * k, 1, 5.5 + 0.0001 * k) for k in range(50)]  # half a second at once
    assert late[0] is not None
    stamp = None
    for k in range(50, 12_000):
        stamp = clock.stamp(10 * k, 1, 5.0 + 0.01 * k)
    assert stamp is not None
    assert stamp[0] == pytest.approx(5.0 + 0.01 * 11_999, abs=0.005)


def test_the_period_is_the_packets_own() -> None:
    """A motion chip that runs at 106 Hz and is called one of 104: no jump from packet to packet."""
    clock = SampleClock(tick_s=1e-3, bits=32, period_s=1 / 104)
    stamps = [clock.stamp(round(8000 / 106 * k), 8, 10.0 + 8 / 106 * (k + 1)) for k in range(200)]
    steps = np.diff(np.concatenate([stamp for stamp in stamps[100:] if stamp is not None]))
    assert steps == pytest.approx(1 / 106, abs=0.0012)  # the counter itself is as coarse as 1 ms
    assert clock.missing == 0


def test_arrivals_rise_within_a_notification_and_across() -> None:
    clock = ArrivalClock()
    stamps = np.concatenate([clock.stamp(3, 1.0), clock.stamp(2, 1.0), clock.stamp(1, 1.04)])
    assert (np.diff(stamps) > 0).all()
    assert stamps == pytest.approx([1, 1, 1, 1, 1, 1.04], abs=1e-5)
