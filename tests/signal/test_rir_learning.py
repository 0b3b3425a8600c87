"""What a lifter's sets teach: order, sessions, time off, habits, export."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.exercise import Exercise, FailureVelocityPrior, Placement
from hardset.signal.rir import (
    SetEvidence,
    estimate_last,
    feel_learned,
    learn,
    learn_history,
    rested,
    state_from_dict,
    state_to_dict,
)
from hardset.signal.rir_evidence import FELT_PRIOR, felt_weights
from hardset.signal.rir_grid import build_grid, drift_kernel, spread_kernel
from hardset.signal.rir_learning import fresh_state

SQUAT = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True))
SLOW = (0.50, 0.47, 0.45, 0.41, 0.39, 0.35, 0.31, 0.26, 0.19)
FAST = tuple(v + 0.16 for v in SLOW)
TEST = SetEvidence((0.55, 0.52, 0.49, 0.45, 0.42, 0.38))

pasts = st.builds(
    SetEvidence,
    velocities=st.lists(st.floats(0.1, 0.9), min_size=1, max_size=9).map(tuple),
    rir_at_end=st.none() | st.just(0.0),
    felt_rir=st.none() | st.integers(0, 6).map(float),
    session=st.none() | st.sampled_from(("a", "b")),
    load_kg=st.none() | st.just(100.0),
)


@given(history=st.lists(pasts, max_size=5), data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_order_of_history_does_not_matter(history: list[SetEvidence], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(history))
    first, second = (estimate_last(TEST, SQUAT, learn_history(h, SQUAT)) for h in (history, shuffled))
    assert first.pmf == pytest.approx(second.pmf, abs=1e-6)


def test_sets_learned_one_by_one_in_any_order_agree() -> None:
    one, two = SetEvidence(SLOW, rir_at_end=0), SetEvidence(FAST[:6])
    forth = learn(learn(None, one, SQUAT), two, SQUAT)
    back = learn(learn(None, two, SQUAT), one, SQUAT)
    assert estimate_last(TEST, SQUAT, forth).pmf == pytest.approx(
        estimate_last(TEST, SQUAT, back).pmf, abs=1e-9
    )


def test_a_slow_lifter_has_more_left_at_the_same_velocity() -> None:
    slow, fast = (learn(None, SetEvidence(v, rir_at_end=0), SQUAT) for v in (SLOW, FAST))
    assert estimate_last(TEST, SQUAT, slow).mean > estimate_last(TEST, SQUAT, fast).mean + 2


def test_a_failure_set_of_today_says_more_than_one_of_another_day() -> None:
    today = SetEvidence(TEST.velocities, session="today")
    same, other = (
        estimate_last(today, SQUAT, learn(None, SetEvidence(SLOW, rir_at_end=0, session=s), SQUAT))
        for s in ("today", "before")
    )
    assert same.high80 - same.low80 < other.high80 - other.low80


def test_a_new_session_closes_the_old_one() -> None:
    one = SetEvidence(SLOW, rir_at_end=0, session="monday")
    state = learn(None, one, SQUAT)
    later = learn(state, SetEvidence(SLOW, rir_at_end=0, session="friday"), SQUAT)
    assert (later.session, later.failures, later.failures_in_session) == ("friday", 2, 1)
    assert later.base.sum() == pytest.approx(1)


def test_time_off_widens_towards_the_prior_and_not_beyond() -> None:
    state = learn_history([SetEvidence(SLOW, rir_at_end=0, days_ago=1.0)] * 4, SQUAT)
    assert state is not None

    def spread(days: float) -> float:
        base = rested(state, days).base.sum(axis=(1, 2, 3))
        level = state.grid.level_mps
        mean = (base * level).sum() / base.sum()
        return float(np.sqrt((base * (level - mean) ** 2).sum() / base.sum()))

    prior = state.prior.sd_mps
    assert spread(0) < spread(60) < spread(365) < 1.02 * prior
    assert rested(state, -3) is state


def test_years_ago_counts_less_than_last_week() -> None:
    old, new = (learn_history([SetEvidence(SLOW, rir_at_end=0, days_ago=d)] * 3, SQUAT) for d in (900.0, 7.0))
    prior, far, near = (estimate_last(TEST, SQUAT, s).mean for s in (None, old, new))
    assert prior < far < near


def test_a_lifter_who_always_stops_late_and_never_says_so_is_not_taken_for_a_stronger_one() -> None:
    """Ten unlabelled sets that all end at 0.30 m/s: the answer moves down, not up."""
    hard = SetEvidence(tuple(v + 0.1 for v in SLOW))
    before = estimate_last(hard, SQUAT)
    after = estimate_last(hard, SQUAT, learn_history([hard] * 10, SQUAT))
    assert after.mean < before.mean
    assert not after.calibrated


def test_only_known_sets_calibrate() -> None:
    state = learn(learn(None, TEST, SQUAT), SetEvidence(SLOW, felt_rir=0), SQUAT)
    assert not estimate_last(TEST, SQUAT, state).calibrated
    answer = estimate_last(TEST, SQUAT, learn(state, SetEvidence(SLOW, failed=True), SQUAT))
    assert answer.calibrated
    assert "one set to failure" in answer.reason


def test_the_lifters_bias_of_feel_is_learned() -> None:
    """Felt 4 at what were sets to failure but for one rep: a later 4 means fewer."""
    optimist = learn_history(
        [SetEvidence(SLOW[:-k], felt_rir=4 + k, rir_at_end=k) for k in (2, 3, 4)] * 2, SQUAT
    )
    honest = learn_history([SetEvidence(SLOW[:-k], felt_rir=k, rir_at_end=k) for k in (2, 3, 4)] * 2, SQUAT)
    new = SetEvidence(SLOW[:-3], felt_rir=5.0)
    assert estimate_last(new, SQUAT, optimist).mean < estimate_last(new, SQUAT, honest).mean - 0.3


def test_a_state_survives_export_and_import() -> None:
    state = learn_history(
        [
            SetEvidence(SLOW, rir_at_end=0, days_ago=9.0, load_kg=100.0),
            SetEvidence(SLOW[:6], felt_rir=2.0, session="today", days_ago=0.0),
        ],
        SQUAT,
    )
    assert state is not None
    text = json.dumps(state_to_dict(state))
    assert len(text) < 100_000
    again = state_from_dict(json.loads(text))
    today = SetEvidence(TEST.velocities, session="today", felt_rir=1.0, load_kg=90.0)
    assert estimate_last(today, SQUAT, again).pmf == pytest.approx(
        estimate_last(today, SQUAT, state).pmf, abs=0.003
    )
    assert (again.failures, again.session, again.newest_days_ago) == (1, "today", 0.0)


@pytest.mark.parametrize(
    "value", [{}, {"schema": 1}, {"schema": 1, "prior": {}, "base": {}, "open_sets": None}]
)
def test_what_is_no_state_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="state"):
        state_from_dict(value)


def test_a_state_of_another_placement_is_refused() -> None:
    state = learn(None, SetEvidence(SLOW), SQUAT)
    with pytest.raises(ValueError, match="placement"):
        estimate_last(SetEvidence((60.0, 55.0), placement=Placement.THIGH), SQUAT, state)


def test_sets_that_are_none_teach_nothing() -> None:
    state = fresh_state(SQUAT)
    assert learn(state, SetEvidence((0.5,) * 90), SQUAT) is state


@pytest.mark.parametrize("sd", [0.004, 0.012, 0.03])
def test_kernels_spread_by_what_they_say(sd: float) -> None:
    level = build_grid(0.28, 0.054, 0.04).level_mps
    middle = level.size // 2
    for kernel in (spread_kernel(level, sd), drift_kernel(level, 0.28, 10.0, sd, 1.0)):
        column = kernel[:, middle]
        mean = float(column @ level)
        assert column.sum() == pytest.approx(1)
        assert np.sqrt(column @ (level - mean) ** 2) == pytest.approx(sd, rel=0.05)


def test_the_feel_of_one_exercise_serves_another() -> None:
    lift = Exercise("front_squat", failure_velocity=FailureVelocityPrior(0.28, 0.06, 0.04, published=True))
    optimist = learn_history(
        [SetEvidence(SLOW[:-k], felt_rir=3 + k, rir_at_end=k) for k in (2, 3, 4)] * 3, SQUAT
    )
    assert optimist is not None
    feel = feel_learned(optimist)
    assert sum(feel) == pytest.approx(1)
    new = SetEvidence(SLOW[:-3], felt_rir=5.0)
    known, unknown = (estimate_last(new, lift, fresh_state(lift, feel=f)) for f in (feel, None))
    assert known.mean < unknown.mean - 0.2
    again = state_from_dict(json.loads(json.dumps(state_to_dict(fresh_state(lift, feel=feel)))))
    assert again.feel == pytest.approx(feel)
    assert feel_learned(fresh_state(SQUAT)) == pytest.approx(fresh_state(SQUAT).feel)


def test_feeling_nothing_left_speaks_for_less_than_feeling_one() -> None:
    likelihoods = [FELT_PRIOR @ felt_weights(felt) for felt in (0.0, 1.0)]
    nothing, one = (like / like.sum() for like in likelihoods)
    assert nothing[:4].sum() > one[:4].sum() > 0.8
    assert nothing[0] > 2 * one[0]
