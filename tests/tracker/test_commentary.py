"""The words said while a set goes on."""

from __future__ import annotations

import pytest

from hardset.signal.exercise import Placement
from hardset.signal.live import RepFinished, RepWithdrawn, SetEnded
from hardset.signal.repetition import Repetition
from hardset.signal.sets import MeasuredSet
from hardset.tracker.commentary import Commentary
from hardset.tracker.training.catalogue import exercise


def rep(number: int, velocity_mps: float) -> Repetition:
    start = 4.0 * number
    return Repetition(
        number,
        start - 1,
        start,
        start + 1,
        velocity_mps,
        0.02,
        velocity_mps,
        1.0,
        0.6,
        None,
        None,
        None,
        1,
        0,
        0,
    )


@pytest.fixture
def commentary() -> Commentary:
    return Commentary(exercise("back_squat").signal, Placement.BAR)


def test_each_rep_is_said_once_with_loss_and_reserve(commentary: Commentary) -> None:
    first = commentary.lines(RepFinished(rep(1, 0.70), True, 5.1))
    assert len(first) == 1
    assert "rep  1  0.70 ±0.02 m/s" in first[0]
    assert "loss   0 %" in first[0]
    assert commentary.lines(RepFinished(rep(1, 0.71), True, 5.4)) == []
    second = commentary.lines(RepFinished(rep(2, 0.355), True, 9.1))
    assert "loss  50 %" in second[0]
    assert "left" in second[0]


def test_a_changed_or_withdrawn_rep_is_said_again(commentary: Commentary) -> None:
    commentary.lines(RepFinished(rep(1, 0.70), True, 5.1))
    assert "(corrected)" in commentary.lines(RepFinished(rep(1, 0.55), True, 5.4))[0]
    assert "taken back" in commentary.lines(RepWithdrawn(1, 8.0))[0]
    assert commentary.lines(RepWithdrawn(1, 8.0)) == []
    assert "loss   0 %" in commentary.lines(RepFinished(rep(1, 0.4), True, 9.0))[0]


def test_the_end_of_a_set_starts_afresh(commentary: Commentary) -> None:
    reps = tuple(rep(n, 0.6 - 0.06 * n) for n in range(1, 7))
    for one in reps:
        assert commentary.lines(RepFinished(one, False, one.concentric_end_s)) == []
    lines = commentary.lines(SetEnded(MeasuredSet(1, 3.0, 30.0, reps, ()), 31.0))
    assert "set over: 6 reps, loss 56 %" in lines[0]
    assert lines[1] == "settled: 0.54 0.48 0.42 0.36 0.30 0.24 m/s"
    assert "uncalibrated" in lines[2]
    assert "loss   0 %" in commentary.lines(RepFinished(rep(1, 0.4), True, 99.0))[0]
