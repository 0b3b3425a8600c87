"""Whether the last stroke of a set is a rep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.signal.last_stroke import LastStroke, falls_back
from hardset.signal.segmentation import ATTEMPT_SHARE
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ


def against(
    share: float, sd: float, likeness: float | None = 0.98, *, falls: bool = False, worth: float = 2.4
) -> float:
    return LastStroke(share, sd, likeness, falls, worth).odds_against(ATTEMPT_SHARE)


@pytest.mark.parametrize("sd", [0.03, 0.1, 0.3, 0.8])
def test_a_stroke_like_the_others_is_a_rep(sd: float) -> None:
    assert against(1.0, sd) < 0
    assert against(1.0, sd, likeness=None) < 0


def test_a_stroke_that_surely_rose_half_as_far_is_none() -> None:
    assert against(0.5, 0.05, 0.93, worth=0.8) > 0
    assert against(0.5, 0.05, likeness=None) > 0


def test_an_uncertain_rise_needs_other_evidence() -> None:
    assert against(0.75, 0.4, 0.97, worth=1.5) < 0
    assert against(0.75, 0.4, 0.75, falls=True, worth=1.5) > 0


@given(
    share=st.floats(0.05, 1.3),
    sd=st.floats(0.01, 1.0),
    likeness=st.floats(-1.0, 0.99),
    worth=st.floats(-1.0, 3.0),
)
def test_each_piece_of_evidence_speaks_one_way(
    share: float, sd: float, likeness: float, worth: float
) -> None:
    plain = against(share, sd, likeness, worth=worth)
    assert against(share, sd, likeness, worth=worth, falls=True) > plain
    assert against(share, sd, min(likeness + 0.005, 1.0), worth=worth) <= plain
    assert against(share, sd, likeness, worth=worth + 0.5) < plain
    assert np.isfinite(plain)


@pytest.mark.parametrize(("after", "expected"), [(0.5, True), (0.0, False), (1.0, False), (0.1, False)])
def test_a_fall_of_half_a_rise_is_told_from_none_and_a_whole_one(after: float, expected: bool) -> None:
    usual = 0.5
    knots = usual * np.array([0.0, 0.0, 0.6, 0.6, 0.6 - after, 0.6 - after])
    at_s = np.array([0.0, 1.0, 2.5, 3.0, 4.0, 8.0])
    track = np.interp(np.arange(800) / GRID_HZ, at_s, knots)
    velocity = np.gradient(track) * GRID_HZ
    stroke = Strokes(np.array([100]), np.array([250]), np.array([0.3]), np.array([1.5]), np.array([0.0]))
    assert falls_back(track, velocity, stroke, 0, usual) is expected
