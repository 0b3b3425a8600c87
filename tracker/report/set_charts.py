"""Drawings of sets: velocity rep by rep, how far from failure they ended, strength over time."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.tracker.report.svg import Scale, area, dot, figure, line, path, rect, round_steps, text
from hardset.tracker.training.exercise_history import ExerciseSession
from hardset.tracker.training.proximity import Source, proximity
from hardset.tracker.training.records import LoggedSet

WIDTH = 720.0
COLUMNS, CELL, CELL_HEIGHT = 3, 240.0, 132.0
SHOWN_SETS = 18
SHOWN_EXERCISES = 9


def velocity_panels(sets: Sequence[LoggedSet], names: Sequence[str]) -> str:
    """Velocity of each rep, one panel a measured set; names: titles of the sets, in their order."""
    marks: list[str] = []
    for number, (one, name) in enumerate(zip(sets, names, strict=True)):
        left, top = CELL * (number % COLUMNS), CELL_HEIGHT * (number // COLUMNS)
        marks += _velocity_panel(one, name, left, top)
    rows = -(-len(sets) // COLUMNS)
    return figure(WIDTH, rows * CELL_HEIGHT, f"Velocity of each rep of {len(sets)} sets", marks)


def _velocity_panel(one: LoggedSet, name: str, left: float, top: float) -> list[str]:
    limb = one.placement in ("thigh", "shank")
    highest = max(one.velocities) * 1.1
    x = Scale((0.5, len(one.velocities) + 0.5), (left + 36, left + CELL - 14))
    y = Scale((0.0, highest), (top + CELL_HEIGHT - 26, top + 34))
    points = [(x(number), y(v)) for number, v in enumerate(one.velocities, start=1)]
    marks = [
        text(left + 4, top + 14, name, "label"),
        text(left + 4, top + 27, _ending(one), "small"),
    ]
    for step in round_steps(0.0, highest, 4):
        marks.append(line((left + 34, y(step)), (left + CELL - 14, y(step)), "grid"))
        marks.append(text(left + 31, y(step) + 3, f"{step:g}", "small", "end"))
    marks.append(path(points, "curve"))
    marks += [dot(point, "mark") for point in points]
    unit = "°/s" if limb else "m/s"
    marks.append(text(left + 36, top + CELL_HEIGHT - 10, f"{unit}, rep 1 to {len(points)}", "small"))
    return marks


def _ending(one: LoggedSet) -> str:
    answer = proximity(one).estimate
    fastest = max(one.velocities)
    loss = 100.0 * (fastest - one.velocities[-1]) / fastest if fastest > 0 else 0.0
    return f"lost {loss:.0f} %, {answer.in_words}"


def reserve_bars(sets: Sequence[LoggedSet], hard_rir: int) -> str:
    """Expected number of work sets that ended with 0, 1, ... 10 and more in reserve.

    Sets that nobody measured or felt stand apart: nothing is known of them.
    """
    known = [p for one in sets if (p := proximity(one)).source is not Source.UNKNOWN]
    expected = [sum(p.pmf[rir] for p in known) for rir in range(11)]
    highest = max([1.0, *expected]) * 1.15
    x, y = Scale((0.0, 11.0), (40, 500)), Scale((0.0, highest), (170, 14))
    marks = [rect(x(0) - 3, 10, x(hard_rir + 1) - x(0), 160, "band")]
    for step in round_steps(0.0, highest, 5):
        marks.append(line((36, y(step)), (502, y(step)), "grid"))
        marks.append(text(32, y(step) + 3, f"{step:g}", "small", "end"))
    for rir, value in enumerate(expected):
        kind = "bar" if rir <= hard_rir else "easy"
        marks.append(rect(x(rir) + 3, y(value), x(1) - x(0) - 8, 170 - y(value), kind))
        marks.append(text(x(rir + 0.5) - 1, 186, "10+" if rir == 10 else str(rir), "small", "middle"))
    marks += [
        text(40, 202, "reps in reserve at the end of the set", "small"),
        text(520, 30, f"{len(known)} work sets, of which", "label"),
        text(520, 48, f"{sum(p.p_within(hard_rir) for p in known):.1f} hard", "label"),
        text(520, 66, f"({hard_rir} or fewer left: shaded)", "small"),
    ]
    if unknown := len(sets) - len(known):
        marks.append(text(520, 88, f"and {unknown} of unknown effort", "small"))
    return figure(WIDTH, 208, "How many sets ended with how many reps in reserve", marks)


def strength_panels(exercises: Sequence[tuple[str, Sequence[ExerciseSession]]]) -> str:
    """Estimated 1RM of each session with its 80 % interval, one panel an exercise."""
    marks: list[str] = []
    for number, (name, over_time) in enumerate(exercises):
        left, top = CELL * (number % COLUMNS), CELL_HEIGHT * (number // COLUMNS)
        marks += _strength_panel(name, over_time, left, top)
    rows = -(-len(exercises) // COLUMNS)
    return figure(WIDTH, rows * CELL_HEIGHT, "Estimated one-repetition maximum over time", marks)


def _strength_panel(name: str, over_time: Sequence[ExerciseSession], left: float, top: float) -> list[str]:
    rows = [(s.at, s.e1rm_kg[0], s.e1rm_80_kg) for s in over_time if s.e1rm_kg and s.e1rm_80_kg]
    first = rows[0][0]
    days = [(at - first).total_seconds() / 86400.0 for at, _, _ in rows]
    lows, highs = [ends[0] for _, _, ends in rows], [ends[1] for _, _, ends in rows]
    x = Scale((0.0, max(days[-1], 1.0)), (left + 36, left + CELL - 18))
    y = Scale((min(lows), max(highs)), (top + CELL_HEIGHT - 28, top + 24))
    steps = round_steps(min(lows), max(highs), 4)
    marks = [text(left + 4, top + 14, name, "label")]
    for step in steps:
        marks.append(line((left + 34, y(step)), (left + CELL - 14, y(step)), "grid"))
        marks.append(text(left + 31, y(step) + 3, f"{step:g}", "small", "end"))
    upper = [(x(day), y(value)) for day, value in zip(days, highs, strict=True)]
    lower = [(x(day), y(value)) for day, value in zip(days, lows, strict=True)]
    points = [(x(day), y(value)) for day, (_, value, _) in zip(days, rows, strict=True)]
    marks += [area([*upper, *reversed(lower)], "range"), path(points, "curve")]
    marks += [dot(point, "mark") for point in points]
    marks += [
        text(left + 36, top + CELL_HEIGHT - 10, f"kg, {first:%d %b}", "small"),
        text(left + CELL - 14, top + CELL_HEIGHT - 10, f"{rows[-1][0]:%d %b}", "small", "end"),
    ]
    return marks
