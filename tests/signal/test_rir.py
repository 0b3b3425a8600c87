"""Reps in reserve of one set: what must always hold, and that the figures are of the right size."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardset.signal.advice import Action, advise
from hardset.signal.exercise import Exercise, FailureVelocityPrior, Placement
from hardset.signal.rir import LifterState, RirEstimate, SetEvidence, estimate_last, estimate_set, learn

SQUAT = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True))
CALF = Exercise("standing_calf_raise", rom_m=(0.06, 0.12), fails_by_rom=True)
TO_FAILURE = (0.60, 0.57, 0.55, 0.51, 0.49, 0.45, 0.41, 0.36, 0.29)

speeds = st.floats(0.06, 1.2)
sets = st.lists(speeds, min_size=1, max_size=12).map(tuple)
exercises = st.sampled_from((SQUAT, Exercise("nobody_measured_this"), None))
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def learned(count: int, exercise: Exercise | None = SQUAT) -> LifterState | None:
    state = None
    for _ in range(count):
        state = learn(state, SetEvidence(TO_FAILURE, rir_at_end=0), exercise)
    return state


@given(velocities=sets, exercise=exercises, failures=st.integers(0, 2), felt=st.none() | st.floats(0, 12))
@some
def test_the_posterior_is_a_distribution(
    velocities: tuple[float, ...], exercise: Exercise | None, failures: int, felt: float | None
) -> None:
    answers = estimate_set(SetEvidence(velocities, felt_rir=felt), exercise, learned(failures, exercise))
    assert len(answers) == len(velocities)
    for answer in answers:
        assert len(answer.pmf) == 11
        assert min(answer.pmf) >= 0
        assert sum(answer.pmf) == pytest.approx(1, abs=1e-9)
        assert 0 <= answer.low80 <= answer.high80
        assert 0 <= answer.median <= 10
        assert 0 <= answer.p_near_failure <= answer.p_hard <= 1


@given(
    velocities=st.lists(speeds, min_size=1, max_size=10).map(tuple),
    slower=st.floats(0.0, 0.5),
    exercise=exercises,
    failures=st.integers(0, 2),
)
@some
def test_a_slower_last_rep_never_raises_the_mean(
    velocities: tuple[float, ...], slower: float, exercise: Exercise | None, failures: int
) -> None:
    state = learned(failures, exercise)
    before = estimate_last(SetEvidence(velocities), exercise, state)
    last = max(0.02, velocities[-1] - slower)
    after = estimate_last(SetEvidence((*velocities[:-1], last)), exercise, state)
    assert after.mean <= before.mean + 1e-4  # single precision in the likelihood


@given(
    velocities=st.lists(speeds, min_size=2, max_size=10).map(tuple),
    steps=st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)),
    failures=st.integers(0, 2),
)
@some
def test_a_slower_last_rep_near_the_one_before_never_raises_the_median(
    velocities: tuple[float, ...], steps: tuple[float, float], failures: int
) -> None:
    state = learned(failures)
    slow, fast = (max(0.02, velocities[-2] + step) for step in sorted(steps))
    slower = estimate_last(SetEvidence((*velocities[:-1], slow)), SQUAT, state)
    faster = estimate_last(SetEvidence((*velocities[:-1], fast)), SQUAT, state)
    assert slower.median <= faster.median


@given(velocities=sets, exercise=exercises, failures=st.integers(0, 2), felt=st.none() | st.floats(0, 9))
@some
def test_a_set_to_failure_has_none_left(
    velocities: tuple[float, ...], exercise: Exercise | None, failures: int, felt: float | None
) -> None:
    state = learned(failures, exercise)
    for known in ({"to_failure": True}, {"rir_at_end": 0.0}, {"failed": True}):
        answer = estimate_last(SetEvidence(velocities, felt_rir=felt, **known), exercise, state)
        assert answer.median == 0
        assert answer.p_hard > 0.9
        assert answer.calibrated


def test_a_failed_attempt_leaves_no_doubt() -> None:
    answer = estimate_last(SetEvidence((0.6, 0.5, 0.4), failed=True), SQUAT)
    assert answer.pmf[0] == 1


def test_the_answer_falls_through_a_set_and_ends_near_nought() -> None:
    means = [answer.mean for answer in estimate_set(SetEvidence(TO_FAILURE), SQUAT)]
    assert means[0] > 5
    assert means[-1] < 1.5
    assert all(later < earlier for earlier, later in pairwise(means[2:]))


def test_all_of_a_set_ends_as_the_last_alone() -> None:
    state = learned(1)
    every, last = (
        estimate_set(SetEvidence(TO_FAILURE), SQUAT, state)[-1],
        estimate_last(SetEvidence(TO_FAILURE), SQUAT, state),
    )
    assert every.pmf == pytest.approx(last.pmf, abs=1e-5)


def test_live_answers_do_not_know_what_comes() -> None:
    whole = estimate_set(SetEvidence(TO_FAILURE, felt_rir=0, to_failure=True), SQUAT)
    part = estimate_set(SetEvidence(TO_FAILURE[:5]), SQUAT)
    assert whole[4].pmf == pytest.approx(part[4].pmf, abs=1e-5)


def test_far_from_failure_no_figure_is_claimed() -> None:
    answer = estimate_last(SetEvidence((0.85, 0.84, 0.84)), SQUAT)
    assert answer.in_words == "6 or more left"


def test_one_rep_gives_a_wide_answer_and_says_so() -> None:
    answer = estimate_last(SetEvidence((0.5,)), SQUAT, learned(3))
    assert not answer.calibrated
    assert "only 1 rep" in answer.reason
    assert answer.high80 - answer.low80 > 2


def test_two_hundred_reps_are_no_set() -> None:
    answers = estimate_set(SetEvidence((0.5,) * 200), SQUAT)
    assert len(answers) == 200
    assert "no strength set" in answers[-1].reason
    assert answers[-1].in_words.startswith("cannot be told")
    assert advise(answers[-1]).action is Action.GO_ON
    assert answers[-1].high80 - answers[-1].low80 > 6


def test_a_long_set_is_read_by_its_end() -> None:
    velocities = tuple(np.linspace(0.8, 0.30, 45))
    answers = estimate_set(SetEvidence(velocities), SQUAT)
    assert len(answers) == 45
    assert answers[-1].pmf == pytest.approx(estimate_last(SetEvidence(velocities), SQUAT).pmf, abs=1e-5)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"velocities": ()}, "at least one rep"),
        ({"velocities": (0.5, -0.1)}, "velocity 2"),
        ({"velocities": (0.5, 0.0)}, "velocity 2"),
        ({"velocities": (math.nan,)}, "velocity 1"),
        ({"velocities": (math.inf,)}, "velocity 1"),
        ({"velocities": (0.5, 1e300)}, "none of a person"),
        ({"velocities": (0.5,), "roms": (1e9,)}, "none of a person"),
        ({"velocities": (0.5,), "velocity_sds": (0.02, 0.02)}, "2 values for 1 reps"),
        ({"velocities": (0.5,), "felt_rir": -1.0}, "felt_rir"),
        ({"velocities": (0.5,), "rir_at_end": math.nan}, "rir_at_end"),
        ({"velocities": (0.5,), "load_kg": 0.0}, "load_kg"),
        ({"velocities": (0.5,), "days_ago": -2.0}, "days_ago"),
    ],
)
def test_nonsense_is_named(fields: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        SetEvidence(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("velocity", [0.001, 3.0, 60.0])
def test_velocities_off_the_grid_still_get_an_answer(velocity: float) -> None:
    evidence = SetEvidence((velocity,) * 5, placement=Placement.BAR)
    answer = estimate_last(evidence, SQUAT, learned(6))
    assert sum(answer.pmf) == pytest.approx(1)
    assert answer.median == (0 if velocity < 0.1 else 10)


def test_felt_rir_sharpens_and_pulls() -> None:
    velocities = TO_FAILURE[:6]
    plain = estimate_last(SetEvidence(velocities), SQUAT)
    felt = [estimate_last(SetEvidence(velocities, felt_rir=x), SQUAT) for x in (1.0, 3.0, 6.0)]
    assert felt[0].mean < felt[1].mean < felt[2].mean
    assert felt[1].high80 - felt[1].low80 < plain.high80 - plain.low80


def test_degrees_per_second_need_no_scale() -> None:
    """The same set on a thigh, twice as fast a unit: after one own failure set the same answer."""
    limb = Exercise("leg_extension", rom_m=(0.25, 0.40), rom_deg=(70.0, 90.0))
    factor = 160.0 / 0.65
    whole = SetEvidence(tuple(v * factor for v in TO_FAILURE), rir_at_end=0, placement=Placement.SHANK)
    part = SetEvidence(tuple(v * factor for v in TO_FAILURE[:-2]), placement=Placement.SHANK)
    answer = estimate_last(part, limb, learn(None, whole, limb))
    assert answer.calibrated
    assert answer.low80 <= 2 <= answer.high80
    assert abs(answer.median - 2) <= 1


def test_calf_raises_fail_by_range_of_motion() -> None:
    fresh = SetEvidence((0.2,) * 8, roms=(0.10,) * 8)
    spent = SetEvidence((0.2,) * 8, roms=(0.10, 0.10, 0.095, 0.09, 0.085, 0.08, 0.07, 0.06))
    assert estimate_last(spent, CALF).mean < estimate_last(fresh, CALF).mean - 2


def test_load_is_weak_evidence() -> None:
    state = learn(None, SetEvidence(TO_FAILURE, rir_at_end=0, load_kg=100.0), SQUAT)
    assert state.e1rm_kg == pytest.approx(130, abs=1)
    heavy, light = (
        estimate_last(SetEvidence((0.5, 0.45, 0.42), load_kg=kg), SQUAT, state) for kg in (115.0, 80.0)
    )
    assert heavy.mean < light.mean
    assert light.mean - heavy.mean < 3


def test_more_failure_sets_narrow_the_interval() -> None:
    widths = []
    for count in (0, 1, 6):
        answer = estimate_last(SetEvidence(TO_FAILURE[:7]), SQUAT, learned(count))
        widths.append(answer.high80 - answer.low80)
    assert widths[0] > widths[1] > widths[2]


def test_a_live_update_takes_under_ten_milliseconds() -> None:
    state = learned(3)
    state = learn(state, SetEvidence(TO_FAILURE[:6], felt_rir=3, session="today"), SQUAT)
    evidence = SetEvidence(TO_FAILURE, session="today")
    estimate_last(evidence, SQUAT, state)
    took = []
    for _ in range(15):
        start = time.perf_counter()
        estimate_last(evidence, SQUAT, state)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.010  # the best of many: other work on the machine must not fail this


def test_words() -> None:
    answer = RirEstimate((0.0, 0.2, 0.6, 0.2) + (0.0,) * 7, 2, 1.1, 3.0, 1.0, 0.2, True, "")
    assert answer.in_words == "about 2 left (1 to 3)"
    assert answer.mean == pytest.approx(2)
