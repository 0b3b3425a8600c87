"""Hard sets: sums of probabilities whose errors are shared, and what can never happen to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import MUSCLES, catalogue
from hardset.tracker.training.hard_sum import Chance, hard_sum
from hardset.tracker.training.proximity import SHARES, Shares, Source, hard_credit, proximity
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.sessions import iso_week, sessions, week_days, weeks_before
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.targeting import LEG_MOVEMENTS, missing_movements
from hardset.tracker.training.volume import calf_volume, rolling_volume, trend, volume, week_volume

MONDAY = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)
WEEK = "2026-W47"
PMF = (0.3, 0.3, 0.2, 0.1, 0.1, *(0.0,) * 6)


def one_set(
    exercise: str = "back_squat",
    reps: int = 8,
    *,
    id: int = 1,
    minutes: float = 0.0,
    felt: float | None = 1.0,
    failed: bool = False,
    warmup: bool = False,
    pmf: tuple[float, ...] | None = None,
    workout: str = "a",
) -> LoggedSet:
    at = MONDAY + timedelta(minutes=minutes)
    velocities = () if pmf is None else (0.5,) * reps
    return LoggedSet(
        id, at, workout, exercise, 100.0, reps, warmup, failed, felt, velocities, None, None, pmf, False
    )


def history(*sets: LoggedSet) -> TrainingHistory:
    return TrainingHistory("", tuple(sets), (), (), ())


sets = st.builds(
    one_set,
    exercise=st.sampled_from(
        (
            "back_squat",
            "romanian_deadlift",
            "standing_calf_raise",
            "seated_calf_raise",
            "deadlift",
            "kettlebell_swing",
        )
    ),
    reps=st.integers(1, 40),
    minutes=st.floats(0, 9000).map(round),
    felt=st.none() | st.integers(0, 8).map(float),
    failed=st.booleans(),
    warmup=st.booleans(),
    pmf=st.none() | st.just(PMF),
    workout=st.sampled_from("abc"),
)
weeks = st.lists(sets, max_size=12).map(
    lambda drawn: history(*(replace_id(one, number) for number, one in enumerate(drawn, start=1)))
)


def replace_id(one: LoggedSet, id: int) -> LoggedSet:
    return replace(one, id=id)


def test_a_failed_attempt_is_certain_velocity_is_taken_feeling_is_weighed() -> None:
    assert proximity(one_set(failed=True, felt=4.0)).p_within(0) == 1.0
    assert proximity(one_set(pmf=PMF)).p_within(3) == pytest.approx(0.9)
    felt = [proximity(one_set(felt=float(rir))).p_within(3) for rir in range(8)]
    assert felt == sorted(felt, reverse=True)
    assert felt[0] > 0.9 > felt[2] > 0.7
    assert 0.4 < felt[3] < 0.7
    assert felt[5] < 0.2
    unknown = proximity(one_set(felt=None))
    assert unknown.source is Source.UNKNOWN
    assert 0.3 < unknown.p_within(3) < 0.7


@pytest.mark.parametrize(
    ("one", "ballistic"),
    [
        (one_set(reps=4, failed=True), False),
        (one_set(reps=31, failed=True), False),
        (one_set(warmup=True, failed=True), False),
        (one_set(failed=True), True),
    ],
)
def test_warm_ups_ballistic_and_very_short_or_long_sets_count_nothing(
    one: LoggedSet, ballistic: bool
) -> None:
    assert hard_credit(one, ballistic=ballistic) == 0.0


def test_squats_give_nothing_to_hamstrings_and_half_to_adductors() -> None:
    counted = week_volume(history(one_set(failed=True)), WEEK, catalogue())
    assert counted.of("quadriceps").hard_sets == counted.of("glutes").hard_sets == 1.0
    assert counted.of("adductors").hard_sets == 0.5
    assert counted.of("hamstrings").hard_sets == 0.0


def test_a_standing_raise_is_one_calf_set_not_two() -> None:
    week = history(
        one_set("standing_calf_raise", failed=True), one_set("seated_calf_raise", id=2, failed=True)
    )
    counted = week_volume(week, WEEK, catalogue())
    assert counted.of("gastrocnemius").hard_sets == 1.0
    assert counted.of("soleus").hard_sets == 2.0
    together, done = calf_volume(week, week_days(WEEK), catalogue())
    assert (together.mean, done) == (2.0, 2)


def test_shared_errors_widen_the_interval_and_leave_the_mean() -> None:
    alone, shared, same = (
        hard_sum(Chance(0.5, 1.0, shares, 0) for _ in range(16))
        for shares in (Shares(0.0, 0.0), Shares(0.4, 0.0), Shares(1.0, 0.0))
    )
    assert alone.mean == shared.mean == same.mean == 8.0
    widths = [high - low for low, high in (one.interval80 for one in (alone, shared, same))]
    assert widths[0] < widths[1] < widths[2] == 16.0
    assert widths[0] == pytest.approx(2 * 1.28 * 2.0, abs=1.0)


def test_the_interval_is_that_of_thrown_coins() -> None:
    shares, rng = SHARES[Source.MEASURED], np.random.default_rng(1)
    ps, session = np.linspace(0.2, 0.95, 15), np.repeat([0, 1, 2], 5)
    summed = hard_sum(Chance(float(p), 1.0, shares, int(s)) for p, s in zip(ps, session, strict=True))
    draws = 40_000
    own = np.sqrt(1 - shares.lifter - shares.session)
    latent = np.sqrt(shares.lifter) * rng.standard_normal((draws, 1))
    latent = latent + np.sqrt(shares.session) * rng.standard_normal((draws, 3))[:, session]
    latent = latent + own * rng.standard_normal((draws, 15))
    totals = (latent < ndtri(ps)).sum(axis=1)
    assert summed.mean == pytest.approx(totals.mean(), abs=0.05)
    assert np.abs(np.cumsum(summed.pmf)[::2] - [(totals <= k).mean() for k in range(16)]).max() < 0.03
    assert summed.interval80 == pytest.approx(tuple(np.quantile(totals, (0.1, 0.9))), abs=1.0)


@given(week=weeks)
def test_the_interval_holds_the_sum_and_the_sum_its_sets(week: TrainingHistory) -> None:
    for one in week_volume(week, WEEK, catalogue()).muscles:
        low, high = one.hard.interval80
        assert 0.0 <= low <= one.hard_sets <= high <= max(one.all_sets, one.hard_sets)
        assert one.hard_sets <= one.all_sets + 1e-9
        assert one.most_in_one_session <= one.hard_sets + 1e-9
        assert sum(one.hard.pmf) == pytest.approx(1.0)
        assert sum(c.credit for c in one.contributions) == pytest.approx(one.hard_sets)


@given(week=weeks, more=sets)
def test_one_more_set_never_lowers_a_total(week: TrainingHistory, more: LoggedSet) -> None:
    before = volume(week, week_days(WEEK), catalogue())
    after = volume(history(*week.sets, replace_id(more, 99)), week_days(WEEK), catalogue())
    for one, other in zip(before.muscles, after.muscles, strict=True):
        assert other.hard_sets >= one.hard_sets - 1e-9
        assert other.all_sets >= one.all_sets


@given(week=weeks, seed=st.integers(0, 5))
def test_the_order_of_sets_does_not_matter(week: TrainingHistory, seed: int) -> None:
    mixed = list(week.sets)
    np.random.default_rng(seed).shuffle(mixed)  # type: ignore[arg-type]
    for one, other in zip(
        week_volume(week, WEEK, catalogue()).muscles,
        week_volume(history(*mixed), WEEK, catalogue()).muscles,
        strict=True,
    ):
        assert other.hard_sets == pytest.approx(one.hard_sets)
        assert other.hard.interval80 == pytest.approx(one.hard.interval80)
        assert (other.sessions, other.all_sets) == (one.sessions, one.all_sets)


@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_day_lies_in_its_week(day: date) -> None:
    days = week_days(iso_week(day))
    assert days.holds(day)
    assert days.count == 7
    assert days.first.weekday() == 0
    assert weeks_before(iso_week(day), 3)[-1] == iso_week(day)
    assert len(set(weeks_before(iso_week(day), 60))) == 60


@pytest.mark.parametrize("text", ["", "47", "2026-W00", "2026-W60", "2025-W53", "next", "2026-11-22"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(EntryNotUnderstood, match="2026-W47"):
        week_days(text)


def test_sets_four_hours_apart_are_two_sessions_whatever_their_name() -> None:
    parted = sessions([one_set(minutes=0), one_set(minutes=200), one_set(minutes=500)])
    assert [len(one.sets) for one in parted] == [2, 1]
    assert [len(one.sets) for one in sessions([one_set(), one_set(minutes=5, workout="b")])] == [1, 1]


def test_the_last_seven_days_reach_over_the_week() -> None:
    late = history(one_set(minutes=6 * 1440, failed=True))
    assert rolling_volume(late, date(2026, 11, 26), catalogue()).of("quadriceps").hard_sets == 1.0
    assert rolling_volume(late, date(2026, 11, 29), catalogue()).of("quadriceps").hard_sets == 0.0
    over_weeks = trend(late, weeks_before("2026-W48", 3), catalogue())
    assert over_weeks["quadriceps"] == (0.0, 1.0, 0.0)
    assert set(over_weeks) == set(MUSCLES)


def test_a_rack_pull_and_a_swing_are_no_hamstring_hinge() -> None:
    week = [one_set("rack_pull"), one_set("kettlebell_swing"), one_set("cable_pull_through")]
    assert missing_movements(week, catalogue()) == tuple(LEG_MOVEMENTS)
    assert "hip_hinge" not in missing_movements([one_set("romanian_deadlift")], catalogue())
    assert "knee_flexion" in missing_movements([one_set("seated_leg_curl", warmup=True)], catalogue())


def test_an_exercise_that_nobody_knows_is_told_and_not_counted() -> None:
    counted = week_volume(history(one_set("my_machine")), WEEK, catalogue())
    assert counted.uncounted == ("my_machine",)
    assert all(one.hard_sets == 0 for one in counted.muscles)


def test_the_threshold_and_the_band_are_the_lifters() -> None:
    week = history(*(one_set(pmf=PMF, id=id) for id in range(12)))
    settings = Settings(hard_rir=1, bands={"quadriceps": (2.0, 7.0)})
    counted = week_volume(week, WEEK, catalogue(), settings).of("quadriceps")
    assert counted.hard_sets == pytest.approx(12 * 0.6)
    assert counted.verdict == "over"
