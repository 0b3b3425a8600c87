"""Strokes during which a bar is held unlike in the others."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hardset.signal.attitude import Attitude
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes


def held(angles_deg: list[float], wobble_deg: float = 3.0) -> Attitude:
    """Strokes with the bar rolled by so much, each a little differently."""
    rng = np.random.default_rng(1)
    up = np.array([0.3, 0.2, 0.93])
    ends = []
    for angle in angles_deg:
        pair: list[FloatArray] = []
        for _ in range(2):
            turn = Rotation.from_euler("x", angle + rng.normal(0.0, wobble_deg), degrees=True)
            pair.append(np.asarray(turn.apply(up / np.linalg.norm(up))))
        ends.append(pair)
    return Attitude(np.array(ends))


def odd(attitude: Attitude, one: int) -> bool:
    others = np.delete(np.arange(attitude.up.shape[0]), one)
    return attitude.is_odd(one, others)


@pytest.mark.parametrize("turned_deg", [120.0, 170.0, -140.0])
def test_a_bar_that_was_turned_over_was_not_lifted_like_the_others(turned_deg: float) -> None:
    attitude = held([turned_deg, 0.0, 0.0, 0.0, 0.0])
    assert odd(attitude, 0)
    assert not any(odd(attitude, one) for one in range(1, 5))


def test_a_sleeve_that_slips_makes_no_other_movement() -> None:
    """As in a recording of a person: 78°, 58°, 7° and then none."""
    assert not odd(held([78.0, 58.0, 7.0, 0.0, 3.0, 1.0, 2.0]), 0)


def test_a_bar_that_rolls_on_the_floor_between_reps_has_no_usual_attitude() -> None:
    assert not odd(held([110.0, -60.0, 20.0, 70.0, -30.0, 40.0]), 0)


def test_few_strokes_have_nothing_usual() -> None:
    assert not odd(held([150.0, 0.0, 0.0]), 0)


def test_it_is_taken_at_bottom_and_top_of_each_stroke() -> None:
    up = np.tile([0.0, 0.0, 1.0], (50, 1))
    up[10] = [1.0, 0.0, 0.0]
    at = np.array([10, 30])
    strokes = Strokes(at, at + 5, np.ones(2), np.ones(2), np.zeros(2))
    np.testing.assert_array_equal(Attitude.of(up, strokes).up[:, :, 0], [[1.0, 0.0], [0.0, 0.0]])
