"""Whether the first stroke of a set is a rep, and how far a bar turned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.signal.exercise import Phase
from hardset.signal.first_stroke import FirstStroke
from hardset.signal.turned import turn_against

REP = FirstStroke("eccentric", 1.0, 1.0, -0.6, 0.98, 2.8, lain=False)
PICK_UP = FirstStroke("eccentric", 0.0, 1.6, -0.4, 0.96, 2.3, lain=True)


def test_a_rep_is_one_and_a_pick_up_is_none() -> None:
    assert REP.odds_against() < -2
    assert PICK_UP.odds_against() > 2


@pytest.mark.parametrize("first_phase", ["eccentric", "concentric", None])
def test_a_wrong_exercise_does_not_take_the_first_rep_away(first_phase: Phase | None) -> None:
    """Nothing comes down before the first deadlift, which is called a squat here."""
    assert replace(REP, first_phase=first_phase, descent=0.0).odds_against() < 0


def test_a_recording_may_begin_at_the_bottom_of_the_first_rep() -> None:
    doubtful = replace(REP, descent=0.0, worth=2.0)
    assert replace(doubtful, cut=True).odds_against() < doubtful.odds_against()


@given(
    descent=st.floats(0.0, 0.9),
    pause=st.floats(1.0, 2.0),
    turn=st.floats(-0.7, 2.8),
    likeness=st.floats(-1.0, 0.97),
    worth=st.floats(-1.0, 3.5),
)
def test_each_piece_of_evidence_speaks_one_way(
    descent: float, pause: float, turn: float, likeness: float, worth: float
) -> None:
    stroke = FirstStroke("eccentric", descent, pause, turn, likeness, worth, lain=False)
    plain = stroke.odds_against()
    assert replace(stroke, descent=descent + 0.1).odds_against() < plain
    assert replace(stroke, pause=pause + 0.1).odds_against() > plain
    assert replace(stroke, turn=turn + 0.1).odds_against() > plain
    assert replace(stroke, likeness=likeness + 0.01).odds_against() < plain
    assert replace(stroke, worth=worth + 0.1).odds_against() < plain
    assert replace(stroke, lain=True).odds_against() > plain


def test_a_turn_unlike_the_others_speaks_against_a_rep_as_far_as_the_set_can_tell() -> None:
    rng = np.random.default_rng(5)
    firm = 0.2 + rng.normal(0, 0.02, (8, 3))
    loose = 0.2 + rng.normal(0, 0.3, (8, 3))
    others = np.arange(8) > 0
    for turned in (firm, loose):
        turned[0] = turned[1:].mean(axis=0)
    assert -0.7 <= turn_against(firm, 0, others) < -0.5
    firm[0, 0] += 0.4
    loose[0, 0] += 0.4
    assert 2.0 < turn_against(firm, 0, others) < 2.9
    assert turn_against(loose, 0, others) < 0.5


@given(st.integers(0, 1000))
def test_how_the_sensor_is_mounted_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    turned = rng.normal(0, 0.1, (6, 3))
    mounting, _ = np.linalg.qr(rng.normal(0, 1, (3, 3)))
    others = np.arange(6) < 5
    assert turn_against(turned @ mounting, 5, others) == pytest.approx(turn_against(turned, 5, others))
