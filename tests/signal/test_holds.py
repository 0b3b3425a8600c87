"""Turning points under the definition of a hold, with ringing and drift beside the movement."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.holds import turning_points
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

REST = int(1.2 * GRID_HZ)


def stroke(peak_mps: float, seconds: float) -> FloatArray:
    time = np.arange(round(seconds * GRID_HZ) + 1) / GRID_HZ
    return np.asarray(peak_mps * np.sin(np.pi * time / seconds))


def between_rests(peak_mps: float, seconds: float) -> tuple[FloatArray, int, int]:
    up = stroke(peak_mps, seconds)
    return np.concatenate([np.zeros(REST), up, np.zeros(REST)]), REST, REST + up.size - 1


@settings(max_examples=30, deadline=None)
@given(st.floats(0.3, 1.2), st.floats(0.5, 2.0), st.floats(-0.03, 0.03))
def test_drift_beside_a_rest_moves_no_edge(peak_mps: float, seconds: float, drift_mps: float) -> None:
    velocity, bottom, top = between_rests(peak_mps, seconds)
    start, end = turning_points(velocity, bottom, top)
    held = np.arcsin(0.02 / peak_mps) / np.pi * seconds * GRID_HZ
    assert start == pytest.approx(bottom + held, abs=1.5)
    assert end == pytest.approx(top - held, abs=1.5)
    moved_start, moved_end = turning_points(velocity + drift_mps, bottom, top)
    assert moved_start == pytest.approx(start, abs=3.0)
    assert moved_end == pytest.approx(end, abs=3.0)


def test_ringing_after_lockout_is_no_movement() -> None:
    velocity, bottom, top = between_rests(0.8, 0.8)
    time = np.arange(REST) / GRID_HZ
    ring = 0.04 * np.exp(-time / 0.15) * np.sin(2 * np.pi * 5.0 * time)
    velocity[top + 1 :] -= ring
    _, end = turning_points(velocity, bottom, top)
    assert end == pytest.approx(top, abs=3.0)


def test_touch_and_go_turns_where_velocity_crosses_zero() -> None:
    up, down = stroke(0.7, 0.9), -stroke(0.5, 1.1)
    velocity = np.concatenate([down, up[1:], down[1:]])
    bottom, top = down.size - 1, down.size + up.size - 2
    start, end = turning_points(velocity, bottom, top)
    assert start == pytest.approx(bottom, abs=0.6)
    assert end == pytest.approx(top, abs=0.6)
