"""The border: arrays that do not belong together never enter."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.samples import SampleBatch, SampleShapeError, joined


def batch(n: int, start: float = 0.0, gyro: bool = True) -> SampleBatch:
    rows = start + np.arange(n, dtype=np.float64)
    three = np.column_stack([rows, rows + 0.1, rows + 0.2])
    return SampleBatch(rows, three, -three if gyro else None)


@pytest.mark.parametrize(
    ("time", "acc", "gyro", "named"),
    [
        ((4, 1), (4, 3), None, "time_s"),
        ((4,), (3, 3), None, "acceleration_mps2"),
        ((4,), (4,), None, "acceleration_mps2"),
        ((4,), (4, 3), (4, 2), "angular_velocity_radps"),
        ((4,), (4, 3), (5, 3), "angular_velocity_radps"),
    ],
)
def test_the_error_names_the_array_that_does_not_fit(
    time: tuple[int, ...], acc: tuple[int, ...], gyro: tuple[int, ...] | None, named: str
) -> None:
    with pytest.raises(SampleShapeError, match=named):
        SampleBatch(np.zeros(time), np.zeros(acc), None if gyro is None else np.zeros(gyro))


def test_a_slice_shares_the_memory() -> None:
    whole = batch(10)
    part = whole.slice(3, 6)
    assert len(part) == 3
    assert part.time_s.tolist() == [3.0, 4.0, 5.0]
    assert part.angular_velocity_radps is not None
    assert np.shares_memory(part.acceleration_mps2, whole.acceleration_mps2)
    assert batch(4, gyro=False).slice(1, 2).angular_velocity_radps is None


def test_slices_joined_again_are_the_whole() -> None:
    whole = batch(10)
    again = joined([whole.slice(0, 3), whole.slice(3, 3), whole.slice(3, 10)])
    np.testing.assert_array_equal(again.time_s, whole.time_s)
    np.testing.assert_array_equal(again.acceleration_mps2, whole.acceleration_mps2)
    np.testing.assert_array_equal(again.angular_velocity_radps, whole.angular_velocity_radps)


def test_a_gyroscope_that_is_missing_in_part_is_missing() -> None:
    assert joined([batch(3), batch(3, 3.0, gyro=False)]).angular_velocity_radps is None
