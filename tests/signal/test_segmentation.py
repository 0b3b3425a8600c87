"""What is a rep and what is not, on chains whose strokes are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hardset.signal.attitude import Attitude
from hardset.signal.chains import Chain, Template
from hardset.signal.exercise import Exercise
from hardset.signal.profiles import likeness
from hardset.signal.samples import FloatArray
from hardset.signal.segmentation import Segmentation, is_a_set, segment
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ

SQUAT = Exercise("back_squat", "eccentric", (0.45, 0.7))
DEADLIFT = Exercise("deadlift", "concentric", (0.42, 0.62))
REP = [(-0.5, 1.2), (0.0, 0.2), (0.5, 0.9), (0.0, 1.0)]


def chained(bar: Any, score_each: float = 2.8, worth: tuple[float, float] = (2.5, 2.5)) -> Chain:
    """Every upward move of a bar as one chain."""
    strokes = bar.strokes
    template = Template(float(np.median(strokes.rise)), float(np.median(strokes.duration_s)), 2.0)
    return Chain(strokes, score_each * len(strokes), template, (), *worth)


def parted(
    bar: Any,
    exercise: Exercise | None = None,
    worth: tuple[float, float] = (2.5, 2.5),
    rise_sd: FloatArray | None = None,
    lost_s: FloatArray | None = None,
    lain: list[bool] | None = None,
    begins: bool = True,
    turned: FloatArray | None = None,
) -> Segmentation:
    chain = chained(bar, worth=worth)
    count = len(chain)
    return segment(
        chain,
        bar.height_m,
        bar.velocity_mps,
        100.0 + bar.time_s,
        exercise,
        np.full(count, 0.01) if rise_sd is None else rise_sd,
        np.zeros(count) if lost_s is None else lost_s,
        None if lain is None else np.array(lain),
        begins,
        turned=turned,
    )


def reasons(parts: Segmentation) -> list[str]:
    return [one.reason for one in parts.rejected]


@pytest.mark.parametrize("exercise", [None, SQUAT])
def test_a_clean_set_loses_nothing(ride: Callable[..., Any], exercise: Exercise | None) -> None:
    parts = parted(ride((0.0, 5.0), *REP * 5, (0.0, 3.0)), exercise)
    assert len(parts.strokes) == 5
    assert parts.doubts == (None,) * 5
    assert parts.rejected == ()


@pytest.mark.parametrize("exercise", [None, SQUAT])
def test_a_last_stroke_that_stops_half_way_is_an_attempt(
    ride: Callable[..., Any], exercise: Exercise | None
) -> None:
    bar = ride((0.0, 5.0), *REP * 4, (-0.5, 1.2), (0.3, 1.8), (-0.3, 1.0), (0.0, 3.0))
    parts = parted(bar, exercise)
    assert len(parts.strokes) == 4
    (attempt,) = parts.rejected
    assert attempt.reason == "attempt"
    start, end = bar.edges_s[bar.ups[-1]], bar.edges_s[bar.ups[-1] + 1]
    assert (attempt.start_s, attempt.end_s) == pytest.approx((100.0 + start, 100.0 + end), abs=0.02)


def test_two_attempts_are_both_rejected(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 4, (-0.5, 1.2), (0.3, 1.5), (-0.3, 1.0), (0.25, 1.5), (0.0, 3.0))
    assert reasons(parted(bar)) == ["attempt", "attempt"]


def test_a_short_stroke_in_mid_set_is_a_partial_rep_and_counts(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 2, (-0.32, 1.0), (0.32, 0.9), (0.0, 1.0), *REP * 2, (0.0, 3.0))
    parts = parted(bar)
    assert len(parts.strokes) == 5
    assert parts.rejected == ()
    assert parts.doubts[2] is not None
    assert "partial: 64 %" in parts.doubts[2]
    assert [doubt for i, doubt in enumerate(parts.doubts) if i != 2] == [None] * 4


def test_a_short_but_quick_last_rep_counts_with_a_doubt(ride: Callable[..., Any]) -> None:
    parts = parted(ride((0.0, 5.0), *REP * 4, (-0.5, 1.2), (0.36, 0.8), (0.0, 3.0)))
    assert len(parts.strokes) == 5
    assert parts.doubts[-1] is not None
    assert parts.doubts[-1].startswith("partial")


def test_a_pick_up_from_the_floor_is_no_rep_of_an_exercise_that_begins_by_lowering(
    ride: Callable[..., Any],
) -> None:
    bar = ride((0.0, 5.0), (0.5, 1.0), (0.0, 2.5), *REP * 4, (0.0, 3.0))
    assert reasons(parted(bar, SQUAT)) == ["pick-up"]
    kept = parted(bar, DEADLIFT)
    assert (len(kept.strokes), kept.rejected) == (5, ())


@pytest.mark.parametrize("lay", [True, False])
def test_hands_on_the_bar_tell_a_first_rep_from_a_pick_up(ride: Callable[..., Any], lay: bool) -> None:
    """A recording may begin with the lifter at the bottom; a bar that lay dead before was picked up."""
    bar = ride((0.0, 1.2), (0.5, 1.0), (0.0, 1.8), *REP * 4, (0.0, 3.0))
    parts = parted(bar, SQUAT, lain=[lay] + [False] * 4)
    assert reasons(parts) == (["pick-up"] if lay else [])


@pytest.mark.parametrize("exercise", [SQUAT, DEADLIFT, None])
def test_a_bar_that_turns_unlike_in_a_rep_was_picked_up_or_put_away(
    ride: Callable[..., Any], exercise: Exercise | None
) -> None:
    """Standing up after the last row, cleaning the bar before a press: as high as a rep, but it turns."""
    bar = ride((0.0, 5.0), (-0.5, 1.0), *REP[2:], *REP * 5, (0.0, 3.0))
    alike = np.random.default_rng(1).normal(0.1, 0.02, (6, 3))
    assert parted(bar, exercise, (1.0, 0.7), np.full(6, 0.1), turned=alike).rejected == ()
    for handled, worth in ((0, (1.0, 2.5)), (5, (2.5, 0.7))):
        turned = alike.copy()
        turned[handled, 0] += 0.5
        parts = parted(bar, exercise, worth, np.full(6, 0.1), turned=turned)
        ((start_s, _),) = [(one.start_s, one.end_s) for one in parts.rejected]
        assert start_s == pytest.approx(100.0 + bar.edges_s[bar.ups[handled]], abs=0.02)


def test_a_descent_that_the_recording_cut_off_is_no_pick_up(ride: Callable[..., Any]) -> None:
    """The recording begins at the bottom, in motion."""
    bar = ride((-0.04, 0.3), (0.5, 0.9), (0.0, 1.0), *REP * 4, (0.0, 3.0))
    parts = parted(bar, SQUAT)
    assert (len(parts.strokes), parts.rejected) == (5, ())


def test_nothing_is_cut_off_where_the_recording_goes_back_further(ride: Callable[..., Any]) -> None:
    """A look at the surroundings of a set may begin in the middle of the pick-up."""
    bar = ride((0.0, 0.3), (0.5, 0.9), (0.0, 2.1), *REP * 4, (0.0, 2.0))
    assert reasons(parted(bar, SQUAT, begins=True)) == []
    assert reasons(parted(bar, SQUAT, begins=False)) == ["pick-up"]


def test_without_knowledge_a_long_pause_gives_the_pick_up_away(ride: Callable[..., Any]) -> None:
    rows = [(0.5, 0.9), (-0.5, 1.2)]
    after_long = ride((0.0, 5.0), (0.55, 1.0), (0.0, 12.0), (-0.5, 1.0), *rows * 4, (0.0, 3.0))
    assert reasons(parted(after_long)) == ["pick-up"]
    in_rhythm = ride((0.0, 5.0), *rows * 5, (0.0, 3.0))
    assert parted(in_rhythm).rejected == ()


def test_a_first_stroke_far_too_high_or_too_low_is_handling(ride: Callable[..., Any]) -> None:
    high = ride((0.0, 5.0), (0.9, 1.2), (0.0, 1.0), *REP * 4, (0.0, 3.0))
    assert reasons(parted(high)) == ["pick-up"]
    low = ride((0.0, 5.0), (0.15, 0.6), (0.0, 1.0), *REP * 4, (0.0, 3.0))
    assert reasons(parted(low)) == ["unrack"]


def test_a_last_stroke_far_too_high_is_the_way_to_the_rack(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 4, (-0.5, 1.2), (0.8, 1.4), (0.0, 3.0))
    assert reasons(parted(bar)) == ["rerack"]


def test_a_stroke_at_an_end_that_adds_nothing_is_irregular(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 5, (0.0, 3.0))
    assert reasons(parted(bar, worth=(0.2, 2.5))) == ["irregular"]
    assert reasons(parted(bar, worth=(2.5, 0.2))) == ["irregular"]


def test_where_samples_were_lost_a_small_rise_is_forgiven(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 4, (-0.5, 1.2), (0.33, 1.2), (0.0, 3.0))
    lost, blur = np.zeros(5), np.full(5, 0.01)
    lost[-1], blur[-1] = 0.5, 0.1
    parts = parted(bar, rise_sd=blur, lost_s=lost)
    assert len(parts.strokes) == 5
    assert parts.doubts[-1] is not None
    assert reasons(parted(bar)) == ["attempt"]


def test_an_uncertain_range_is_doubtful(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 5, (0.0, 3.0))
    lost, blur = np.zeros(5), np.full(5, 0.01)
    lost[2], blur[2] = 0.5, 0.12
    parts = parted(bar, rise_sd=blur, lost_s=lost)
    assert parts.doubts == (None, None, "range uncertain: samples were lost here", None, None)


def test_hidden_reps_move_along_when_the_first_stroke_is_dropped(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), (0.9, 1.2), (0.0, 1.0), *REP * 4, (0.0, 3.0))
    strokes = bar.strokes
    chain = Chain(strokes, 14.0, Template(0.5, 0.9, 2.0), (0, 2), 2.5, 2.5)
    count = np.zeros(len(strokes))
    parts = segment(chain, bar.height_m, bar.velocity_mps, bar.time_s, None, count + 0.01, count)
    assert len(parts.strokes) == 4
    assert parts.hidden_after == (1,)  # the gap between pick-up and first rep hides none


def test_three_alike_strokes_are_a_set_and_two_are_when_somebody_says_so(ride: Callable[..., Any]) -> None:
    three, two = (ride((0.0, 5.0), *REP * n, (0.0, 3.0)) for n in (3, 2))
    assert is_a_set(chained(three), three.velocity_mps, set_on=False, acceleration=three.acceleration_mps2)
    assert not is_a_set(chained(two), two.velocity_mps, set_on=False)
    assert is_a_set(chained(two), two.velocity_mps, set_on=True)


def test_a_low_score_is_no_set_unless_one_end_alone_is_to_blame(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 4, (0.0, 3.0))
    assert not is_a_set(chained(bar, score_each=1.5), bar.velocity_mps, set_on=False)
    spoilt = chained(bar, score_each=1.6, worth=(-0.5, 2.5))
    assert is_a_set(spoilt, bar.velocity_mps, set_on=False)


def test_many_alike_strokes_are_a_set_though_their_rhythm_breaks(ride: Callable[..., Any]) -> None:
    """A cluster set: singles with 10-15 s between them."""
    five, six = (ride((0.0, 5.0), *REP * n, (0.0, 3.0)) for n in (5, 6))
    assert not is_a_set(chained(five, score_each=1.6), five.velocity_mps, set_on=False)
    assert is_a_set(chained(six, score_each=1.6), six.velocity_mps, set_on=False)
    assert not is_a_set(chained(six, score_each=1.6), six.velocity_mps, set_on=False, small_rise=0.6)


def test_small_strokes_must_be_more_alike(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *[(0.1, 0.6), (-0.1, 0.8)] * 5, (0.0, 3.0))
    chain = chained(bar, score_each=2.0)
    assert is_a_set(chain, bar.velocity_mps, set_on=False)
    assert not is_a_set(chain, bar.velocity_mps, set_on=False, small_rise=0.16)


def test_strokes_of_equal_rise_but_of_other_shapes_are_no_set(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 5.0), *REP * 5, (0.0, 3.0))
    rng = np.random.default_rng(3)
    wild = rng.normal(0, 1.0, bar.time_s.size)
    chain = chained(bar)
    assert likeness(chain.strokes, bar.velocity_mps) > 0.99
    slow_noise = np.convolve(wild, np.ones(30) / 30, mode="same")
    assert not is_a_set(chain, slow_noise, set_on=False)
    assert not is_a_set(chain, bar.velocity_mps, set_on=False, acceleration=slow_noise)


def test_the_time_of_the_grid_is_used(ride: Callable[..., Any]) -> None:
    parts = parted(ride((0.0, 5.0), (0.9, 1.2), (0.0, 1.0), *REP * 4, (0.0, 3.0)))
    assert parts.rejected[0].start_s == pytest.approx(105.0, abs=1.5 / GRID_HZ)


@pytest.mark.parametrize(("recorded_s", "kept"), [(0.35, 3), (0.65, 3), (0.95, 4)])
def test_a_rep_that_the_recording_cuts_off_is_none(
    ride: Callable[..., Any], recorded_s: float, kept: int
) -> None:
    bar = ride((0.0, 5.0), *REP * 3, *REP[:3])
    end = int((bar.edges_s[bar.ups[-1]] + recorded_s) * GRID_HZ)
    strokes = bar.strokes
    top = np.minimum(strokes.top, end)
    rise = bar.height_m[top] - bar.height_m[strokes.bottom]
    cut = Strokes(strokes.bottom, top, rise, (top - strokes.bottom) / GRID_HZ, strokes.dip)
    chain = Chain(cut, 10.0, Template(0.5, 0.9, 2.0), (), 2.5, 2.5)
    seen = slice(0, end + 1)
    sure = np.full(len(cut), 0.01)
    parts = segment(
        chain, bar.height_m[seen], bar.velocity_mps[seen], bar.time_s[seen], None, sure, np.zeros(len(cut))
    )
    assert len(parts.strokes) == kept
    assert reasons(parts) == ["cut off"] * (4 - kept)


@pytest.mark.parametrize("end", [0, -1])
def test_a_bar_that_was_turned_over_before_or_after_the_set_was_not_lifted_in_it(
    ride: Callable[..., Any], end: int
) -> None:
    bar = ride((0.0, 3.0), *REP * 6, (0.0, 3.0))
    chain = chained(bar)
    up = np.tile([0.0, 0.0, 1.0], (6, 2, 1))
    up[end] = [0.0, 0.7, -0.7]
    count = np.zeros(6)
    parts = segment(
        chain,
        bar.height_m,
        bar.velocity_mps,
        bar.time_s,
        None,
        count + 0.01,
        count,
        attitude=Attitude(up),
    )
    assert len(parts.strokes) == 5
    assert reasons(parts) == ["pick-up" if end == 0 else "rerack"]
