"""The words said while a set goes on."""

from __future__ import annotations

import pytest

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.sets import MeasuredSet
from hardset.tracker.commentary import lines
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.open_set import OpenSet, Scorer
from hardset.tracker.training.catalogue import exercise

SQUAT = exercise("back_squat").signal


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
def open_set() -> OpenSet:
    return OpenSet(Scorer(SQUAT, Placement.BAR, None))


def test_each_rep_is_said_with_loss_and_reserve(open_set: OpenSet) -> None:
    first = lines(open_set.tell(rep(1, 0.70), 5.1))
    assert len(first) == 1
    assert "rep  1  0.70 ±0.02 m/s" in first[0]
    assert "loss   0 %" in first[0]
    second = lines(open_set.tell(rep(2, 0.355), 9.1))
    assert "loss  49 %" in second[0]
    assert "left" in second[0]


def test_a_changed_or_withdrawn_rep_is_said_again(open_set: OpenSet) -> None:
    open_set.tell(rep(1, 0.70), 5.1)
    assert "(corrected)" in lines(open_set.tell(rep(1, 0.55), 5.4))[0]
    (gone,) = open_set.take_back(1, 8.0)
    assert "rep  1  taken back" in lines(gone)[0]
    assert open_set.take_back(1, 8.0) == []
    assert "loss   0 %" in lines(open_set.tell(rep(2, 0.4), 9.0))[0]


def test_the_end_of_a_set_says_its_final_figures_once(open_set: OpenSet) -> None:
    reps = [rep(n, 0.6 - 0.06 * n) for n in range(1, 7)]
    told, scored = open_set.settle(MeasuredSet(1, 3.0, 30.0, tuple(reps), ()), reps, 31.0)
    assert [fact.place for fact in told] == [1, 2, 3, 4, 5, 6]
    assert [line for fact in told for line in lines(fact)] == []
    said = lines(SetOver(31.0, scored, 17))
    assert "set over: 6 reps, loss 56 %" in said[0]
    assert said[1] == "settled: 0.54 0.48 0.42 0.36 0.30 0.24 m/s"
    assert "uncalibrated" in said[2]
    assert said[3] == "kept as set 17"


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            Connected(0.2, "WT901", "WitMotion", 200.0),
            "connected: WT901, WitMotion, asked for 200 samples a second",
        ),
        (Connected(0.2, "squats.csv", "recording", None), "connected: squats.csv, recording"),
        (SignalLost(9.0, "it hung up"), "signal lost (it hung up); the set goes on when it is back"),
        (SignalBack(11.4, 2.4), "signal back after 2.4 s"),
        (Warned(5.0, "asked for 200, 25 come"), "note: asked for 200, 25 come"),
        (Ended(60.0, 12000, 3, 40), "ended: 12000 samples, 3 repeated, 40 missing"),
    ],
)
def test_what_happens_to_the_sensor_is_one_line(fact: Fact, words: str) -> None:
    assert lines(fact) == [words]


def test_the_status_of_each_second_is_not_spoken() -> None:
    assert lines(SensorStatus(3.0, 199.6, 80.0, 600, 0, 0)) == []
