"""Charts: what is drawn where, at any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.tui.widgets.plot import TONES, Area, Chart, Dots, Level, Line, Painter, Span, ticks


def letters(painter: Painter) -> list[str]:
    return ["".join(painter.cell(row, x)[0] for x in range(painter.columns)) for row in range(painter.rows)]


def behind(painter: Painter, row: int) -> list[int]:
    """The upper tone behind each cell of a row."""
    return [int(tone) for tone in painter.back[2 * row]]


def test_a_line_rises_from_the_lower_left_to_the_upper_right() -> None:
    painter = Painter(Chart((Line([0, 1], [0, 1]),), (0, 1), (0, 1)), 4, 4)
    rows, columns = np.nonzero(painter.dots)
    assert painter.dots.any(axis=0).all()  # a dot in each column of dots
    lowest = [int(rows[columns == column].max()) for column in range(8)]
    assert lowest == sorted(lowest, reverse=True)
    assert lowest[0] == 15
    assert rows.min() <= 1  # the middle of the last column lies a little under the end


def test_marks_stand_at_their_values_with_whiskers() -> None:
    dots = Dots([0.5], [0.5], low=[0.1], high=[0.9])
    painter = Painter(Chart((dots,), (0, 1), (0, 1)), 3, 5)
    assert letters(painter) == [" │ ", " │ ", " ● ", " │ ", " │ "]


def test_spans_and_areas_lie_behind_lines() -> None:
    chart = Chart(
        (Span(0.5, 1.0, "lift"), Area([0, 1], [0, 0], [0.5, 0.5], "wide"), Level(0.9, "stop", "end")),
        (0, 1),
        (0, 1),
    )
    painter = Painter(chart, 10, 2)
    lift, wide = 1 + TONES.index("lift"), 1 + TONES.index("wide")
    assert behind(painter, 0) == [0] * 5 + [lift] * 5
    assert behind(painter, 1) == [wide] * 10
    assert letters(painter)[0].endswith("end")


def test_half_rows_of_two_tones_become_half_blocks() -> None:
    painter = Painter(Chart((Area([0, 1], [0, 0], [0.25, 0.25], "wide"),), (0, 1), (0, 1)), 2, 2)
    assert painter.cell(1, 0) == ("▄", 1 + TONES.index("wide"), 0)
    assert painter.cell(0, 0) == (" ", 0, 0)


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4), st.integers(1, 12))
def test_ticks_are_round_and_inside(low: float, span: float, most: int) -> None:
    high = low + span
    found = ticks(low, high, most)
    assert len(found) <= most + 1
    assert all(low - 1e-6 * span <= one <= high + 1e-6 * span for one in found)
    steps = np.diff(found)
    if steps.size:
        lead = steps[0] / 10 ** np.floor(np.log10(steps[0]) + 1e-9)
        assert min(abs(lead - n) for n in (1, 2, 5, 10)) < 1e-3
        assert steps == pytest.approx(steps[0], rel=1e-3)


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=20),
    st.integers(1, 30),
    st.integers(1, 10),
)
def test_nothing_outside_of_the_picture_harms_it(
    points: list[tuple[float, float]], columns: int, rows: int
) -> None:
    x, y = sorted(p[0] for p in points), [p[1] for p in points]
    layers = (
        Span(x[0], x[-1], "lift"),
        Area(x, y, [one + 1 for one in y]),
        Line(x, y),
        Level(y[0], words="far too long a word for it"),
        Dots(x, y, low=[one - 9 for one in y], high=[one + 9 for one in y]),
    )
    painter = Painter(Chart(layers, (-1, 1), (-1, 1)), columns, rows)
    assert [len(row) for row in letters(painter)] == [columns] * rows
