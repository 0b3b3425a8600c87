"""What a recording that begins within the first rep of a set says of the half it did not catch."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.contraction import CUT_COST, MISSING_COST, cost_of_cut
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ

RANGE_RAD = 1.4


def ramp(start: float, end: float, seconds: float) -> FloatArray:
    """Angle of a smooth movement from share to share of the range."""
    phase = np.linspace(0.0, np.pi, round(seconds * GRID_HZ))
    return RANGE_RAD * (start + (end - start) * 0.5 * (1 - np.cos(phase)))


def test_a_half_under_way_where_the_recording_begins_or_ends_may_have_been_cut_off() -> None:
    slow_way_down = ramp(1.0, 0.0, 4.0)[-int(1.8 * GRID_HZ) :]
    set_from_there = np.concatenate([slow_way_down, ramp(0.0, 1.0, 1.2)])
    cost = cost_of_cut(set_from_there, slow_way_down.size, -1, RANGE_RAD)
    assert CUT_COST <= cost < 0.7 * MISSING_COST
    mirrored = np.ascontiguousarray(set_from_there[::-1])
    assert cost_of_cut(mirrored, mirrored.size - slow_way_down.size, 1, RANGE_RAD) == pytest.approx(
        cost, abs=0.1
    )


def test_a_half_after_another_movement_or_a_wait_was_not_cut_off() -> None:
    came_and_waited = np.concatenate([np.full(100, 0.4 * RANGE_RAD), ramp(0.4, 0.0, 0.8)])
    to_and_fro = np.concatenate([ramp(0.0, 0.3, 0.8), ramp(0.3, 0.0, 0.8)])
    waited = np.zeros(round(4 * GRID_HZ))
    for before in (came_and_waited, to_and_fro, waited):
        angle = np.concatenate([before, ramp(0.0, 1.0, 1.2)])
        assert cost_of_cut(angle, before.size, -1, RANGE_RAD) == MISSING_COST
