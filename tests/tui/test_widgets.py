"""What the widgets draw, as text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from hardset.tracker.training.catalogue import catalogue
from hardset.tui.widgets.big_text import GLYPHS, ROWS, blocks, largest_scale
from hardset.tui.widgets.name_picker import Named, matching, named
from hardset.tui.widgets.strip_chart import braille, dot_heights


def test_every_glyph_has_five_rows_of_one_width() -> None:
    for letter, rows in GLYPHS.items():
        assert len(rows) == ROWS, letter
        assert len({len(row) for row in rows}) == 1, letter


def test_letters_grow_with_their_box() -> None:
    assert largest_scale("0.54", Size(26, 5)) == 2
    assert largest_scale("0.54", Size(25, 5)) == 1
    assert largest_scale("0.54", Size(60, 24)) == 4
    assert largest_scale("0.54", Size(10, 5)) == 0


@given(st.text(alphabet=sorted(GLYPHS), min_size=1, max_size=8), st.integers(1, 6))
def test_blocks_fill_the_box_that_the_scale_promises(text: str, scale: int) -> None:
    rows = blocks(text, scale)
    assert len({len(row) for row in rows}) == 1
    assert largest_scale(text, Size(len(rows[0]), len(rows))) >= scale


def test_a_line_of_dots_has_no_gap_between_columns() -> None:
    (row,) = braille(np.array([0, 3, 0, 3]), 1)
    assert len(row) == 2
    assert all(ord(cell) > 0x2800 for cell in row)


def test_a_sensor_that_lies_still_draws_a_flat_line() -> None:
    time_s = np.arange(200) / 100.0
    noise = np.random.default_rng(1).normal(0, 0.002, 200)
    heights = dot_heights(time_s, noise, 40, 5, seconds=2.0, least_span=0.15)
    assert np.ptp(heights[heights >= 0]) <= 1


@given(st.integers(0, 400), st.integers(2, 60), st.integers(1, 8))
def test_dots_stay_within_the_chart(samples: int, dots: int, rows: int) -> None:
    time_s = np.arange(samples) / 50.0
    track = np.cumsum(np.random.default_rng(samples).normal(size=samples))
    heights = dot_heights(time_s, track, dots, rows, seconds=3.0, least_span=0.15)
    assert heights.shape == (dots,)
    assert heights.min(initial=0) >= -1
    assert heights.max(initial=0) < 4 * rows


def test_an_exercise_is_found_by_a_few_letters() -> None:
    names = named(catalogue().values())
    assert matching("bsq", names)[0].id in ("back_squat", "bulgarian_split_squat", "box_squat", "belt_squat")
    assert "leg extension" in matching(" legext", names)[0].name.lower()
    assert matching("qqqq", names) == []
    assert matching(" ", names) == list(names)


def test_what_is_not_searched_is_there_until_something_is_typed() -> None:
    names = (Named("*", "all exercises", searched=False), Named("leg_press", "Leg Press", "  (12)"))
    assert [one.id for one in matching("", names)] == ["*", "leg_press"]
    assert [one.id for one in matching("l", names)] == ["leg_press"]
    assert matching("12", names) == []
