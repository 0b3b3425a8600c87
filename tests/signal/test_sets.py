"""What follows from the list of a set's reps, each time it is read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.repetition import Rejected, Repetition
from hardset.signal.sets import MeasuredSet


def rep(number: int, velocity_mps: float | None, angular_dps: float | None = None) -> Repetition:
    start = 4.0 * number
    return Repetition(
        number=number,
        eccentric_start_s=start - 2.0,
        concentric_start_s=start,
        concentric_end_s=start + 1.0,
        mean_velocity_mps=velocity_mps,
        mean_velocity_sd_mps=None if velocity_mps is None else 0.01,
        mean_propulsive_velocity_mps=velocity_mps,
        peak_velocity_mps=None if velocity_mps is None else 1.5 * velocity_mps,
        rom_m=velocity_mps,
        mean_angular_velocity_dps=angular_dps,
        mean_angular_velocity_sd_dps=None if angular_dps is None else 2.0,
        rom_deg=angular_dps,
        eccentric_s=1.5,
        bottom_pause_s=0.5,
        top_pause_s=None,
    )


def set_of(*velocities: float, rejected: tuple[Rejected, ...] = ()) -> MeasuredSet:
    reps = tuple(rep(number, velocity) for number, velocity in enumerate(velocities, 1))
    return MeasuredSet(1, 2.0, 4.0 * len(reps) + 1.0, reps, rejected)


def test_velocity_loss_is_the_last_against_the_fastest() -> None:
    one = set_of(0.76, 0.80, 0.72, 0.60)
    assert one.velocity_losses_pct == pytest.approx((0.0, 0.0, 10.0, 25.0))
    assert one.velocity_loss_pct == pytest.approx(25.0)


def test_when_a_rep_is_deleted_the_loss_moves() -> None:
    one = set_of(0.76, 0.80, 0.72, 0.60)
    without_fastest = replace(one, reps=one.reps[:1] + one.reps[2:])
    assert without_fastest.velocity_loss_pct == pytest.approx(100 * (0.76 - 0.60) / 0.76)
    without_last = replace(one, reps=one.reps[:-1])
    assert without_last.velocity_loss_pct == pytest.approx(10.0)
    assert replace(one, reps=()).velocity_loss_pct is None
    assert replace(one, reps=()).velocity_losses_pct == ()


def test_when_a_velocity_is_corrected_the_loss_moves() -> None:
    one = set_of(0.80, 0.60)
    corrected = replace(one, reps=(one.reps[0], replace(one.reps[1], mean_velocity_mps=0.72)))
    assert corrected.velocity_loss_pct == pytest.approx(10.0)


def test_a_limb_loses_angular_velocity() -> None:
    reps = (rep(1, None, 80.0), rep(2, None, 60.0))
    assert MeasuredSet(1, 2.0, 9.0, reps, ()).velocity_loss_pct == pytest.approx(25.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=20), st.floats(0.2, 5.0))
def test_losses_are_shares_whatever_the_unit(velocities: list[float], unit: float) -> None:
    losses = set_of(*velocities).velocity_losses_pct
    assert len(losses) == len(velocities)
    assert losses[0] == 0.0
    assert all(0.0 <= loss < 100.0 for loss in losses)
    assert set_of(*[unit * v for v in velocities]).velocity_losses_pct == pytest.approx(losses, abs=1e-6)
    for (before, after), (loss, next_loss) in zip(pairwise(velocities), pairwise(losses), strict=True):
        assert (next_loss >= loss - 1e-9) == (after <= before + 1e-9) or next_loss == 0.0


@pytest.mark.parametrize(
    ("reason", "start_s", "failed"),
    [("attempt", 15.0, True), ("rerack", 15.0, False), ("attempt", 1.0, False)],
)
def test_failed_is_an_attempt_after_the_last_rep(reason: str, start_s: float, failed: bool) -> None:
    one = set_of(0.5, 0.4, 0.3, rejected=(Rejected(start_s, start_s + 2.0, reason),))
    assert one.failed_attempt is failed


def test_nothing_rejected_nothing_failed() -> None:
    assert set_of(0.5, 0.4).failed_attempt is False
    assert MeasuredSet(1, 2.0, 9.0, (), (Rejected(3.0, 4.0, "attempt"),)).failed_attempt is True
