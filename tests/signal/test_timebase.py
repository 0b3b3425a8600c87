"""Stamps of every kind against a signal whose value is known at any time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.signal.timebase import GRID_HZ, EvenSamples, to_even_grid

EVENT_S = 0.03


def wave(time_s: FloatArray) -> FloatArray:
    """(n, 3) a bar that goes up and down, seen from a tilted sensor."""
    return np.column_stack(
        [
            3.0 * np.sin(2 * np.pi * 0.7 * time_s),
            9.81 + 4.0 * np.cos(2 * np.pi * 0.7 * time_s),
            np.sin(2 * np.pi * 0.3 * time_s + 1.0),
        ]
    )


def taken(times: FloatArray, stamps: FloatArray | None = None) -> SampleBatch:
    """Samples of the wave taken at some times, stamped then or otherwise."""
    return SampleBatch(times if stamps is None else stamps, wave(times), None)


def worst_error(even: EvenSamples, where: slice | FloatArray = slice(None)) -> float:
    return float(np.abs(even.acceleration_mps2 - wave(even.time_s))[where].max())


def in_bursts(seconds: float = 8.0) -> tuple[FloatArray, FloatArray]:
    """Times at which 100 samples a second were taken, three of which arrive 4 ms apart every 30 ms."""
    events = np.arange(1, int(seconds / EVENT_S)) * EVENT_S
    times = events[:, None] - np.array([0.02, 0.01, 0.0])
    stamps = events[:, None] - np.array([0.008, 0.004, 0.0])
    return times.ravel(), stamps.ravel()


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 104.0, 200.0])
def test_an_even_clock_is_kept(rate_hz: float) -> None:
    time = 17.0 + np.arange(int(6 * rate_hz)) / rate_hz
    even = to_even_grid(taken(time))
    assert even.steady
    assert even.time_s[0] == 17.0
    np.testing.assert_allclose(np.diff(even.time_s), 1 / GRID_HZ, atol=1e-9)
    assert even.time_s[-1] <= time[-1] + 1e-9
    assert even.distinct_hz == pytest.approx(rate_hz, rel=0.01)
    assert (even.repeated, even.clipped, even.holes) == (0, 0, ())
    assert not even.hole_s.any()
    assert worst_error(even) < 0.03


def test_the_gyroscope_lies_on_the_same_grid() -> None:
    time = np.arange(300) / 50.0
    even = to_even_grid(SampleBatch(time, wave(time), -wave(time)))
    np.testing.assert_allclose(even.angular_velocity_radps, -even.acceleration_mps2, atol=1e-9)


def test_stamps_out_of_order_are_sorted() -> None:
    time = np.arange(300) / 50.0
    shuffled = np.random.default_rng(0).permutation(300)
    one, other = to_even_grid(taken(time)), to_even_grid(taken(time[shuffled]))
    np.testing.assert_array_equal(one.acceleration_mps2, other.acceleration_mps2)


@pytest.mark.parametrize("stamps", [[], [1.0], [2.0, 2.0, 2.0]])
def test_without_two_different_times_there_is_no_grid(stamps: list[float]) -> None:
    with pytest.raises(ValueError, match="two samples"):
        to_even_grid(SampleBatch(np.array(stamps), np.zeros((len(stamps), 3)), None))


def test_a_burst_is_spread_over_the_time_since_the_last() -> None:
    times, stamps = in_bursts()
    raw_error = float(np.abs(wave(times) - wave(stamps)).max())
    even = to_even_grid(taken(times, stamps))
    assert not even.steady
    assert worst_error(even, slice(10, None)) < 0.05 < raw_error
    assert not even.hole_s.any()


def test_a_burst_that_was_held_up_is_spread_over_the_silence() -> None:
    times, stamps = in_bursts()
    late = (stamps > 3.0) & (stamps < 3.315)
    stamps[late] = stamps[late][-1]
    even = to_even_grid(taken(times, stamps))
    assert worst_error(even, slice(10, None)) < 0.05
    assert even.holes == ()


def test_a_burst_after_a_loss_is_not_spread_over_it() -> None:
    times, stamps = in_bursts()
    lost = (stamps > 3.0) & (stamps < 3.315)
    even = to_even_grid(taken(times[~lost], stamps[~lost]))
    (hole,) = even.holes
    assert hole == pytest.approx((3.0, 3.31), abs=0.03)
    clear = (even.time_s > 0.1) & (even.hole_s == 0)
    assert worst_error(even, clear) < 0.05


def test_samples_of_one_packet_share_its_stamp() -> None:
    times = np.arange(1, 401) / 100.0
    packets = np.repeat(times[3::4], 4)
    even = to_even_grid(taken(times, packets))
    assert worst_error(even, slice(10, None)) < 0.05
    assert not even.hole_s.any()


def test_radio_repeats_are_dropped() -> None:
    time = np.arange(600) / 100.0
    values = wave(time)
    values[2::3] = values[1::3]
    even = to_even_grid(SampleBatch(time, values, None))
    assert even.repeated == 200
    assert even.distinct_hz == pytest.approx(66.7, rel=0.02)
    assert worst_error(even, slice(0, -5)) < 0.05  # as steps, they would be off by 0.18


def test_a_coarse_sensor_that_stands_still_repeats_itself_and_is_believed() -> None:
    time = np.arange(800) / 100.0
    moving = (time > 3.0) & (time < 5.0)
    values = np.where(moving[:, None], wave(time), [0.0, 9.81, 0.0])
    coarse = np.round(values / 0.3) * 0.3
    even = to_even_grid(SampleBatch(time, coarse, None))
    assert even.repeated == 0
    assert even.holes == ()
    still = (even.time_s < 2.9) | (even.time_s > 5.1)
    assert np.ptp(even.acceleration_mps2[still], axis=0).max() < 0.05


def test_a_hole_is_marked_and_bridged_by_a_straight_line() -> None:
    time = np.arange(600) / 100.0
    there = (time <= 2.0) | (time >= 2.5)
    even = to_even_grid(taken(time[there]))
    assert even.steady
    (hole,) = even.holes
    assert hole == pytest.approx((2.0, 2.5))
    inside = (even.time_s > 2.005) & (even.time_s < 2.495)
    np.testing.assert_allclose(even.hole_s[inside], 0.5, atol=1e-6)
    assert not even.hole_s[(even.time_s < 1.995) | (even.time_s > 2.505)].any()
    share = ((even.time_s[inside] - 2.0) / 0.5)[:, None]
    line = (1 - share) * wave(np.array([2.0])) + share * wave(np.array([2.5]))
    np.testing.assert_allclose(even.acceleration_mps2[inside], line, atol=1e-6)
    assert even.distinct_hz == pytest.approx(100.0, rel=0.02)  # while the link was up


def test_a_short_hole_is_marked_but_not_listed() -> None:
    time = np.arange(600) / 100.0
    there = (time <= 2.0) | (time >= 2.1)
    even = to_even_grid(taken(time[there]))
    assert even.holes == ()
    assert even.hole_s[205] == pytest.approx(0.1)


def test_a_hole_that_was_filled_with_a_straight_line_is_a_hole() -> None:
    time = np.arange(600) / 100.0
    values = wave(time)
    share = np.linspace(0, 1, 51)[:, None]
    values[200:251] = (1 - share) * values[200] + share * values[250]
    even = to_even_grid(SampleBatch(time, values, None))
    (hole,) = even.holes
    assert hole == pytest.approx((2.0, 2.5))
    assert even.hole_s[225] == pytest.approx(0.5)


def test_a_logger_that_interpolates_shows_its_true_rate() -> None:
    own = np.arange(150) / 25.0
    time = np.arange(int(own[-1] * 100)) / 100.0
    values = np.column_stack([np.interp(time, own, column) for column in wave(own).T])
    even = to_even_grid(SampleBatch(time, values, None))
    assert even.distinct_hz == pytest.approx(25.0, rel=0.05)
    assert worst_error(even, slice(10, -10)) < 0.06  # straight lines are off by 0.10


def test_a_range_that_was_too_small_is_noticed() -> None:
    time = np.arange(600) / 100.0
    whole = wave(time)
    assert to_even_grid(SampleBatch(time, whole, None)).clipped == 0
    cut = np.minimum(whole, 12.0)
    at_limit = int(np.count_nonzero(whole[:, 1] > 12.0))
    assert 0.7 * at_limit < to_even_grid(SampleBatch(time, cut, None)).clipped <= at_limit


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0.0, 0.2), min_size=3, max_size=60).filter(lambda steps: sum(steps) > 0.01),
    st.integers(0, 1000),
)
def test_any_stamps_give_an_even_grid_of_values_that_were_there(steps: list[float], seed: int) -> None:
    time = np.concatenate([[0.0], np.cumsum(steps)])
    values = np.random.default_rng(seed).normal(size=(time.size, 3))
    even = to_even_grid(SampleBatch(time, values, None))
    np.testing.assert_allclose(np.diff(even.time_s), 1 / GRID_HZ, atol=1e-9)
    assert even.acceleration_mps2.shape == (len(even), 3)
    assert even.hole_s.shape == (len(even),)
    assert np.isfinite(even.acceleration_mps2).all()
    if not even.steady:
        assert (even.acceleration_mps2 <= values.max(axis=0) + 1e-9).all()
        assert (even.acceleration_mps2 >= values.min(axis=0) - 1e-9).all()


@pytest.mark.parametrize("rate_hz", [50.0, 100.0, 200.0])
@pytest.mark.parametrize("start_s", [0.0, 8.0])
def test_samples_of_an_even_clock_that_came_together_spoil_nothing(rate_hz: float, start_s: float) -> None:
    """0.6 s of stamps a hundredth of a millisecond apart, in noise: a cubic spline through them blows up."""
    time = np.arange(int(20 * rate_hz)) / rate_hz
    stamps = time.copy()
    held_up = (time >= start_s) & (time < start_s + 0.6)
    stamps[held_up] = start_s + 0.59 + 1e-5 * np.arange(np.count_nonzero(held_up))
    noise = 0.05 * np.random.default_rng(0).normal(size=(time.size, 3))
    even = to_even_grid(SampleBatch(stamps, wave(time) + noise, None))
    assert even.steady
    assert worst_error(even) < 0.3


def test_more_samples_than_there_is_time_for_are_taken_together() -> None:
    time = np.arange(2000) / 100.0
    twice = np.sort(np.concatenate([time, time[500:560] + 1e-6]))
    noise = 0.05 * np.random.default_rng(0).normal(size=(twice.size, 3))
    even = to_even_grid(SampleBatch(twice, wave(twice) + noise, None))
    assert worst_error(even) < 0.3


@pytest.mark.parametrize("packet", [1, 4, 8])
def test_packets_that_are_late_by_chance_do_not_bend_time(packet: int) -> None:
    """An even sensor, packets on their way for 12 ms more or less, two of them lost for good."""
    chance = np.random.default_rng(packet)
    true_s = np.arange(3000) / 100.0
    arrives_s = np.repeat(true_s[packet - 1 :: packet], packet)
    arrives_s = arrives_s + np.repeat(chance.exponential(0.012, arrives_s.size // packet), packet)
    arrives_s = np.maximum.accumulate(arrives_s)
    true_s = true_s[: arrives_s.size]
    kept = np.ones(true_s.size, dtype=np.bool_)
    kept[800 : 800 + 2 * packet] = False
    acc = np.column_stack([np.sin(5.0 * true_s), np.cos(5.0 * true_s), 9.81 + np.sin(4.0 * true_s)])
    acc = acc + chance.normal(0.0, 0.01, acc.shape)
    even = to_even_grid(SampleBatch(arrives_s[kept], acc[kept], None))
    seen = np.unwrap(np.arctan2(even.acceleration_mps2[:, 0], even.acceleration_mps2[:, 1])) / 5.0
    late_s = even.time_s - seen
    inside = (even.hole_s == 0.0) & (even.time_s > 1.0) & (even.time_s < 29.0)
    assert float(np.std(late_s[inside])) < 0.005
