"""A row of Strong's or Hevy's export: other names, the same things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardset.tracker.training.interchange import cells
from hardset.tracker.training.interchange.imported import ImportedSet, LineProblem, ParsedLog, Reading
from hardset.tracker.training.interchange.sheet import Line, Sheet


@dataclass(frozen=True, slots=True)
class AppRow:
    """What a row says, mostly as text; the weight's unit, and what kind of set it is."""

    started: str
    workout: str
    exercise_name: str
    weight: str
    unit: str
    """kg or lb."""
    reps: str
    rpe: str
    warmup: bool = False
    failed: bool = False
    drop: bool = False
    note: str = ""
    wrong: str = ""
    """Why the row can't be taken, where the program knows already; it is counted all the same."""


def parse_rows(
    program: str, sheet: Sheet, row_of: Callable[[Line], AppRow | str], *, unit_told: bool
) -> ParsedLog:
    """The sets of an export.

    row_of: what a line says, or why it holds no set.
    """
    reading = Reading()
    for line in sheet.lines:
        try:
            row = row_of(line)
            one = row if isinstance(row, str) else _set(program, line.number, row, reading)
        except ValueError as problem:
            reading.problems.append(LineProblem(line.number, str(problem)))
            continue
        if isinstance(one, str):
            reading.skipped[one] += 1
        else:
            reading.sets.append(one)
    reading.problems += [LineProblem(n, "more fields than the header names") for n in sheet.too_long]
    return reading.result(program, unit_told=unit_told)


def _set(program: str, line: int, row: AppRow, reading: Reading) -> ImportedSet | str:
    """The set of a row, or why it is none. Raises ValueError."""
    if not row.exercise_name:
        raise ValueError("no exercise")
    started = cells.moment(row.started)
    workout = f"{started:%Y-%m-%dT%H:%M:%S}"
    # Counted before anything can be wrong: a line that is corrected later must not move the others.
    place = reading.next_place(workout)
    key = reading.next_key(program, workout, row.exercise_name)
    if row.wrong:
        raise ValueError(row.wrong)
    reps = cells.rep_count(row.reps)
    load_kg = cells.load_kg(row.weight, row.unit)
    if reps == 0:
        return "cardio and timed sets, without repetitions"
    felt_rir = None
    try:
        felt_rir = cells.rir_of_rpe(row.rpe)
    except ValueError as problem:
        reading.problems.append(LineProblem(line, f"{problem}; the set was kept without it", False))
    return ImportedSet(
        line=line,
        started=started,
        workout=row.workout or None,
        exercise_name=row.exercise_name,
        place=place,
        # Of an assisted exercise the weight is what helps, not what is lifted.
        load_kg=None if "(assisted)" in row.exercise_name.lower() else load_kg,
        reps=reps,
        warmup=row.warmup,
        failed=row.failed,
        felt_rir=felt_rir,
        note="; ".join(filter(None, ("drop set" if row.drop else "", row.note))) or None,
        key=key,
    )
