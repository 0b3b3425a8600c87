"""Where sets are looked for, with a finder that knows where they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.search import (
    CLEAR_OF_END_S,
    DEAD_BREAK_S,
    LONGEST_WINDOW_S,
    SHORTEST_S,
    WINDOW_S,
    search,
    stretches,
)
from hardset.signal.stillness import Quiet
from hardset.signal.timebase import GRID_HZ


def grid(seconds: float) -> int:
    return round(seconds * GRID_HZ)


def quiet(*spans_s: tuple[float, float], dead: bool = True) -> Quiet:
    table = np.array([(grid(a), grid(b)) for a, b in spans_s], dtype=np.int64).reshape(-1, 2)
    return Quiet(table[:, 0], table[:, 1], np.full(len(spans_s), dead), np.zeros(len(spans_s)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A set, or as much of it as lies in a window."""

    first: int
    last: int


class Finder:
    """Finds the longest part of a set in each window, as the pipeline finds the most regular."""

    def __init__(self, *sets_s: tuple[float, float]) -> None:
        self.sets = [(grid(a), grid(b)) for a, b in sets_s]
        self.windows: list[tuple[int, int]] = []

    def __call__(self, start: int, end: int) -> Seen | None:
        self.windows.append((start, end))
        seen = [Seen(max(a, start), min(b, end)) for a, b in self.sets if a < end and b > start]
        whole = [one for one in seen if one.last - one.first >= grid(3.0)]
        return max(whole, key=lambda one: one.last - one.first, default=None)


def found_s(finder: Finder, end_s: float, start_s: float = 0.0) -> list[tuple[float, float]]:
    found = search(grid(start_s), grid(end_s), finder)
    return [(one.first / GRID_HZ, one.last / GRID_HZ) for one in found]


def test_a_long_dead_rest_cuts_and_leaves_a_little_on_either_side() -> None:
    parts = stretches(grid(100), quiet((30.0, 70.0)))
    assert len(parts) == 2
    (start, end), (again, last) = parts
    assert (start, last) == (0, grid(100))
    assert grid(30) < end <= grid(40)
    assert grid(60) <= again < grid(70)


@pytest.mark.parametrize(
    "rest", [quiet((30.0, 30.0 + DEAD_BREAK_S - 1)), quiet((30.0, 70.0), dead=False), quiet()]
)
def test_a_cluster_rest_or_a_bar_in_hand_does_not_cut(rest: Quiet) -> None:
    assert stretches(grid(100), rest) == [(0, grid(100))]


def test_what_is_too_short_for_a_set_is_left_out() -> None:
    parts = stretches(grid(60.0), quiet((SHORTEST_S - 4.0 - 0.5, 60.0)))
    assert all(b - a >= grid(SHORTEST_S) for a, b in parts)
    assert stretches(grid(SHORTEST_S - 1), quiet()) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 60.0), st.floats(0.5, 90.0)), max_size=8))
def test_stretches_cover_all_that_is_not_a_long_rest(pairs: list[tuple[float, float]]) -> None:
    spans, at = [], 0.0
    for gap, length in pairs:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    size = grid(at + 5.0)
    parts = stretches(size, quiet(*spans))
    covered = np.zeros(size, dtype=np.int64)
    for a, b in parts:
        assert 0 <= a < b <= size
        covered[a:b] += 1
    assert covered.max() <= 1
    resting = np.zeros(size, dtype=np.bool_)
    for a, b in spans:
        if b - a > DEAD_BREAK_S:
            resting[grid(a) : grid(b)] = True
    # what is neither covered nor rest is shorter than any set
    left = (covered == 0) & ~resting
    edges = np.flatnonzero(np.diff(np.concatenate([[0], left.astype(int), [0]]))).reshape(-1, 2)
    assert all(b - a < grid(SHORTEST_S) for a, b in edges)


def test_every_set_is_found_in_order_of_time() -> None:
    sets = [(10.0, 30.0), (80.0, 140.0), (200.0, 215.0), (290.0, 330.0)]
    assert found_s(Finder(*sets), 400.0) == sets


def test_what_comes_before_the_most_regular_set_is_searched_too() -> None:
    sets = [(5.0, 15.0), (25.0, 35.0), (50.0, 90.0)]
    assert found_s(Finder(*sets), 110.0) == sets


def test_the_window_grows_while_a_set_reaches_its_end() -> None:
    long_set = (100.0, 260.0)
    finder = Finder(long_set)
    assert found_s(finder, 500.0) == [long_set]
    longest = max(end - start for start, end in finder.windows)
    assert longest >= grid(260.0 + CLEAR_OF_END_S) - grid(80.0)
    assert longest <= grid(LONGEST_WINDOW_S)


def test_a_short_look_is_enough_where_nothing_reaches_the_end() -> None:
    finder = Finder((10.0, 30.0))
    assert found_s(finder, 1000.0) == [(10.0, 30.0)]
    assert max(end - start for start, end in finder.windows) == grid(WINDOW_S)


def test_a_set_on_the_edge_of_a_window_is_found_whole() -> None:
    for start in (70.0, 85.0, 110.0, 117.0):
        assert found_s(Finder((start, start + 20.0)), 300.0) == [(start, start + 20.0)]


def test_a_search_that_begins_later_keeps_to_its_bounds() -> None:
    finder = Finder((10.0, 30.0), (60.0, 80.0))
    assert found_s(finder, 100.0, start_s=40.0) == [(60.0, 80.0)]
    assert all(grid(40) <= a < b <= grid(100) for a, b in finder.windows)


def test_nothing_to_find_comes_to_an_end() -> None:
    finder = Finder()
    assert found_s(finder, 1000.0) == []
    assert len(finder.windows) < 20
    assert found_s(Finder(), SHORTEST_S - 1.0) == []
