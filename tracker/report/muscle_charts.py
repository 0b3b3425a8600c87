"""Drawings of hard sets: muscles of the week over their bands, and of the weeks before."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.tracker.report.svg import Scale, dot, figure, line, path, rect, text
from hardset.tracker.training.check import words
from hardset.tracker.training.volume import MuscleVolume
from hardset.tracker.training.week_words import VERDICTS

WIDTH, LEFT, RIGHT, ROW = 720.0, 110.0, 500.0, 22.0


def muscle_bars(muscles: Sequence[MuscleVolume]) -> str:
    """A bar for each muscle with its 80 % interval, over the band that is aimed for."""
    top = max([20.0, *(one.hard.interval80[1] for one in muscles), *(one.band[1] for one in muscles)]) * 1.05
    x = Scale((0.0, top), (LEFT, RIGHT))
    height = ROW * len(muscles) + 34
    marks = []
    for sets in range(0, int(top) + 1, 5):
        marks.append(line((x(sets), 4), (x(sets), height - 26), "grid"))
        marks.append(text(x(sets), height - 12, str(sets), "small", "middle"))
    marks.append(text(RIGHT + 10, height - 12, "hard sets a week", "small"))
    for number, one in enumerate(muscles):
        marks += _muscle_row(one, x, 6 + ROW * number)
    said = "; ".join(f"{words(one.muscle)} {one.hard_sets:.1f} hard sets" for one in muscles)
    return figure(WIDTH, height, said, marks)


def _muscle_row(one: MuscleVolume, x: Scale, y: float) -> list[str]:
    low, high = one.hard.interval80
    middle = y + 7
    figures = f"{one.hard_sets:.1f} ({low:.0f}–{high:.0f}) of {one.all_sets:g}  {VERDICTS[one.verdict]}"
    return [
        text(LEFT - 8, y + 11, words(one.muscle), "label", "end"),
        rect(x(one.band[0]), y - 2, x(one.band[1]) - x(one.band[0]), 18, "band"),
        rect(x(0.0), y + 1, x(one.hard_sets) - x(0.0), 12, "bar"),
        line((x(low), middle), (x(high), middle), "whisker"),
        line((x(low), middle - 4), (x(low), middle + 4), "whisker"),
        line((x(high), middle - 4), (x(high), middle + 4), "whisker"),
        text(RIGHT + 10, y + 11, figures, "small"),
    ]


def weeks_panels(
    weeks: Sequence[str], muscles: Sequence[tuple[str, Sequence[float], tuple[float, float]]]
) -> str:
    """A small line of expected hard sets over the weeks for each (muscle, sets, band)."""
    columns, width, height = 4, 180.0, 96.0
    top = max([20.0, *(max(sets) for _, sets, _ in muscles)]) * 1.05
    marks = []
    for number, (muscle, sets, band) in enumerate(muscles):
        left, y0 = width * (number % columns), height * (number // columns)
        x = Scale((0.0, len(weeks) - 1.0), (left + 12, left + width - 34))
        y = Scale((0.0, top), (y0 + height - 22, y0 + 20))
        points = [(x(place), y(value)) for place, value in enumerate(sets)]
        marks += [
            rect(left + 8, y(band[1]), width - 38, y(band[0]) - y(band[1]), "band"),
            text(left + 8, y0 + 13, words(muscle), "label"),
            line((left + 8, y(0)), (left + width - 30, y(0)), "axis"),
            path(points, "curve"),
            dot(points[-1], "mark", 3),
            text(left + width - 28, points[-1][1] + 4, f"{sets[-1]:.0f}", "small"),
            text(left + 8, y0 + height - 9, weeks[0][5:], "small"),
            text(left + width - 30, y0 + height - 9, weeks[-1][5:], "small", "end"),
        ]
    rows = -(-len(muscles) // columns)
    return figure(columns * width, rows * height, "Hard sets over the weeks", marks)
