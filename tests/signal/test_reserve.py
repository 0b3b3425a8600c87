"""What an idle hand does is not told; two alike strokes are."""

from __future__ import annotations

from dataclasses import replace

from hardset.signal.repetition import Repetition
from hardset.signal.reserve import FOLLOWS_S, Reserve


def stroke(number: int, end_s: float, rom_m: float = 0.5, seconds: float = 1.0) -> Repetition:
    speed = rom_m / seconds
    return Repetition(
        number=number,
        eccentric_start_s=None,
        concentric_start_s=end_s - seconds,
        concentric_end_s=end_s,
        mean_velocity_mps=speed,
        mean_velocity_sd_mps=0.02,
        mean_propulsive_velocity_mps=speed,
        peak_velocity_mps=2 * speed,
        rom_m=rom_m,
        mean_angular_velocity_dps=None,
        mean_angular_velocity_sd_dps=None,
        rom_deg=None,
        eccentric_s=None,
        bottom_pause_s=None,
        top_pause_s=None,
    )


def test_a_known_exercise_is_told_at_once() -> None:
    assert Reserve(known=True).take(stroke(1, 5.0)) == [stroke(1, 5.0)]


def test_the_first_of_an_unknown_exercise_is_told_with_the_second() -> None:
    reserve = Reserve(known=False)
    assert reserve.take(stroke(1, 5.0)) == []
    assert reserve.take(stroke(2, 8.0, 0.45)) == [stroke(1, 5.0), stroke(2, 8.0, 0.45)]
    assert reserve.take(stroke(3, 11.0)) == [stroke(3, 11.0)]


def test_another_range_another_pace_or_long_after_is_not_alike() -> None:
    for other in (stroke(2, 8.0, 0.3), stroke(2, 8.0, seconds=2.0), stroke(2, 5.1 + FOLLOWS_S)):
        reserve = Reserve(known=False)
        reserve.take(stroke(1, 5.0))
        assert reserve.take(other) == []


def test_degrees_are_ranges_as_well() -> None:
    reserve = Reserve(known=False)
    turns = [
        replace(stroke(n, 3.0 * n), rom_m=None, rom_deg=deg) for n, deg in ((1, 60.0), (2, 20.0), (3, 63.0))
    ]
    assert [len(reserve.take(one)) for one in turns] == [0, 0, 2]


def test_a_better_view_of_a_told_rep_is_told_and_of_a_kept_one_is_kept() -> None:
    reserve = Reserve(known=False)
    reserve.take(stroke(1, 5.0))
    assert reserve.take(stroke(1, 5.0, 0.4)) == []
    assert reserve.release() == [stroke(1, 5.0, 0.4)]
    assert reserve.take(stroke(1, 5.0, 0.45)) == [stroke(1, 5.0, 0.45)]


def test_only_what_was_told_is_withdrawn() -> None:
    reserve = Reserve(known=False)
    reserve.take(stroke(1, 5.0))
    assert not reserve.forget(1)
    reserve.take(stroke(2, 5.0))
    reserve.take(stroke(3, 8.0))
    assert reserve.forget(2)
    assert not reserve.forget(2)


def test_strokes_that_made_no_set_call_for_more_caution_until_the_set_is_over() -> None:
    reserve = Reserve(known=True)
    reserve.doubt()
    assert [len(reserve.take(stroke(n, 3.0 * n))) for n in (1, 2)] == [0, 2]
    reserve.doubt()
    assert reserve.take(stroke(3, 9.0)) == []
    assert reserve.release() == [stroke(3, 9.0)]
    assert reserve.take(stroke(4, 12.0)) == [stroke(4, 12.0)]
    reserve.clear()
    assert reserve.take(stroke(5, 50.0)) == [stroke(5, 50.0)]
