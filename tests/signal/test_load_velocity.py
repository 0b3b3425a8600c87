"""Load-velocity profile, readiness, next load, plates, advice."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.signal.advice import Action, advise, advise_by_loss
from hardset.signal.exercise import Exercise, FailureVelocityPrior
from hardset.signal.load_velocity import (
    Grade,
    LoadPoint,
    combine,
    e1rm_from_reps,
    fit_profile,
    readiness,
)
from hardset.signal.rir import SetEvidence, estimate_set
from hardset.signal.rir_answer import to_estimate
from hardset.signal.rir_load import USUAL_KG, USUAL_LB, Plates, next_load, round_to_plates

SQUAT = Exercise("back_squat", failure_velocity=FailureVelocityPrior(0.28, 0.05, 0.04, published=True))


def lifted(
    *loads: float, e1rm: float = 150.0, at_e1rm: float = 0.28, slope: float = -0.008
) -> list[LoadPoint]:
    return [LoadPoint(kg, at_e1rm + slope * (kg - e1rm)) for kg in loads]


def test_points_on_a_line_give_its_maximum() -> None:
    profile = fit_profile(lifted(60, 90, 110, 130), 0.28, 0.03)
    assert profile is not None
    assert profile.e1rm_kg == pytest.approx(150)
    assert profile.grade is Grade.GOOD
    low, high = profile.e1rm_80 or (0, 0)
    assert 8 < (high - low) / 2 < 15  # never under the 4 % that the straight line itself is off


def test_the_interval_covers_the_truth() -> None:
    rng = np.random.default_rng(5)
    inside, total = 0, 400
    for _ in range(total):
        failure = 0.28 + 0.03 * rng.standard_normal()
        true = 150.0 * (1 + 0.04 * rng.standard_normal())
        points = [
            LoadPoint(
                kg, 0.28 - 0.008 * (kg - 150) + (failure - 0.28) + 0.03 * rng.standard_normal(), 0.03, day
            )
            for day in "ab"
            for kg in (70, 100, 120, 135)
        ]
        profile = fit_profile(points, 0.28, 0.03)
        assert profile is not None
        if profile.e1rm_80 is not None:
            inside += profile.e1rm_80[0] <= true <= profile.e1rm_80[1]
    assert 0.70 < inside / total < 0.95


def test_a_line_that_does_not_fall_is_poor() -> None:
    profile = fit_profile([LoadPoint(60, 0.6), LoadPoint(80, 0.6), LoadPoint(100, 0.61)], 0.28, 0.03)
    assert profile is not None
    assert profile.grade is Grade.POOR
    assert profile.e1rm_kg is None
    assert "do not use" in profile.grade


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (lifted(100, 105, 110, 115), "span only"),
        (lifted(20, 40, 50, 60), "too far"),
        ([*lifted(60, 90, 120), LoadPoint(165, 0.30)], None),
    ],
)
def test_profiles_that_cannot_carry_say_so(points: list[LoadPoint], reason: str | None) -> None:
    profile = fit_profile([LoadPoint(p.load_kg, p.velocity_mps, 0.005) for p in points], 0.28, 0.03)
    assert profile is not None
    if reason is None:
        assert (profile.e1rm_kg or 0) > 150  # a heavier lift pulls the line up
    else:
        assert profile.grade is Grade.POOR
        assert reason in profile.reason


def test_one_load_is_no_profile() -> None:
    assert fit_profile([LoadPoint(100, 0.5), LoadPoint(100, 0.52)], 0.28, 0.03) is None
    assert fit_profile([], 0.28, 0.03) is None


def test_ten_sets_of_one_day_are_not_ten_days() -> None:
    loads = (70, 100, 130) * 4
    same = fit_profile([LoadPoint(p.load_kg, p.velocity_mps, 0.03, "a") for p in lifted(*loads)], 0.28, 0.03)
    days = fit_profile(
        [LoadPoint(p.load_kg, p.velocity_mps, 0.03, str(i // 3)) for i, p in enumerate(lifted(*loads))],
        0.28,
        0.03,
    )
    assert same is not None
    assert days is not None
    assert same.covariance[0] > days.covariance[0]


@pytest.mark.parametrize(
    ("shift", "verdict"), [(0.12, "strong day"), (0.0, "usual day"), (-0.12, "weak day")]
)
def test_readiness(shift: float, verdict: str) -> None:
    profile = fit_profile(lifted(60, 80, 100, 120, 130), 0.28, 0.03)
    assert profile is not None
    today = [LoadPoint(p.load_kg, p.velocity_mps + shift) for p in lifted(60, 90)]
    ready = readiness(profile, today)
    assert ready.verdict == verdict
    assert ready.shift_mps == pytest.approx(shift, abs=1e-6)
    assert ready.e1rm_shift_pct == pytest.approx(shift / 0.008 / 1.5, abs=0.01)


def test_maximum_from_reps() -> None:
    e1rm, sd = e1rm_from_reps(100.0, 8, 2.0, 1.0)
    assert e1rm == pytest.approx(133.3, abs=0.1)
    assert 5 < sd < 14
    both, sharper = combine([(e1rm, sd), (140.0, sd)])
    assert both == pytest.approx(136.7, abs=0.1)
    assert sharper < sd


def test_a_light_set_weighs_as_much_as_a_heavy_one_of_the_same_relative_error() -> None:
    assert combine([(50.0, 5.0), (100.0, 10.0)])[0] == pytest.approx(math.sqrt(50.0 * 100.0))


@given(
    st.lists(st.tuples(st.floats(20.0, 300.0), st.floats(0.02, 0.3)), min_size=1, max_size=6),
    st.floats(0.1, 10.0),
)
def test_what_is_combined_lies_between_and_knows_no_unit(
    told: list[tuple[float, float]], scale: float
) -> None:
    estimates = [(value, share * value) for value, share in told]
    value, sd = combine(estimates)
    assert min(v for v, _ in told) * (1 - 1e-9) <= value <= max(v for v, _ in told) * (1 + 1e-9)
    scaled = combine([(scale * v, scale * s) for v, s in estimates])
    assert scaled == pytest.approx((scale * value, scale * sd))
    assert sd >= 0.02 * value * (1 - 1e-9)


@pytest.mark.parametrize("bad", [0.0, -5.0, float("nan")])
def test_nonsense_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        LoadPoint(bad, 0.5)
    with pytest.raises(ValueError, match="positive"):
        next_load(bad, 5, 2)
    with pytest.raises(ValueError, match="positive"):
        Plates("kg", bad, ())


def test_next_load_in_kg_and_lb() -> None:
    kg, lb = next_load(140.0, 8, 2.0), next_load(140.0, 8, 2.0, USUAL_LB)
    assert kg.wanted_kg == pytest.approx(105.0)
    assert (kg.load_kg, kg.words) == (105.0, "105 kg")
    assert kg.per_side == (25.0, 15.0, 2.5)
    assert lb.words == "230 lb, 1.5 lb short"
    assert lb.load_kg == pytest.approx(230 * 0.45359237)
    assert next_load(140.0, 1, 0).wanted_kg == 140.0


def test_short_and_over_are_said() -> None:
    few = Plates("kg", 20.0, ((20.0, 2), (10.0, 1), (5.0, 1)))
    assert round_to_plates(81.0, few).words == "80 kg, 1 kg short"
    assert round_to_plates(79.0, few).words == "80 kg, 1 kg over"
    assert round_to_plates(85.0, few).load_kg == 80.0  # the lighter of two equally near
    assert round_to_plates(500.0, few).words == "130 kg, 370 kg short"
    assert round_to_plates(5.0, few).words == "20 kg, 15 kg over"


@given(wanted=st.floats(20, 300))
def test_plates_on_the_bar_weigh_what_is_said(wanted: float) -> None:
    for plates, factor in ((USUAL_KG, 1.0), (USUAL_LB, 0.45359237)):
        load = round_to_plates(wanted, plates)
        assert load.load_in_unit == pytest.approx(plates.bar + 2 * sum(load.per_side))
        assert load.load_kg == pytest.approx(load.load_in_unit * factor)
        for weight, pairs in plates.pairs:
            assert load.per_side.count(weight) <= pairs


def estimate_at(rir: int, size: int = 15) -> object:
    pmf = np.zeros(size)
    pmf[rir] = 1.0
    return to_estimate(pmf, calibrated=True, reason="")


@pytest.mark.parametrize(
    ("rir", "target", "action", "to_go"),
    [
        (0, 2, Action.STOP, 0),
        (2, 2, Action.STOP, 0),
        (3, 2, Action.ONE_MORE, 1),
        (5, 2, Action.GO_ON, 3),
        (1, 0, Action.ONE_MORE, 1),
        (9, 2, Action.GO_ON, 7),
    ],
)
def test_advice(rir: int, target: int, action: Action, to_go: int) -> None:
    advice = advise(estimate_at(rir), target)  # type: ignore[arg-type]
    assert (advice.action, advice.reps_to_go) == (action, to_go)


def test_far_away_no_figure_is_named() -> None:
    assert "6 or more" in advise(estimate_at(9)).why  # type: ignore[arg-type]


def test_a_set_to_failure_is_stopped_before_it_fails() -> None:
    velocities = (0.60, 0.57, 0.55, 0.51, 0.49, 0.45, 0.41, 0.36, 0.29)
    actions = [advise(e).action for e in estimate_set(SetEvidence(velocities), SQUAT)]
    assert actions[0] is Action.GO_ON
    assert Action.STOP in actions[5:]
    assert actions[-1] is Action.STOP


def test_velocity_loss_is_the_alternative() -> None:
    assert advise_by_loss(31.0, 30.0).action is Action.STOP
    assert advise_by_loss(29.0, 30.0).action is Action.GO_ON
    with pytest.raises(ValueError, match="limit"):
        advise_by_loss(10.0, 0.0)
    with pytest.raises(ValueError, match="target"):
        advise(estimate_at(3), -1)  # type: ignore[arg-type]
