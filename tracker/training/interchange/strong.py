"""Strong's export: one row a set, the workout's start on each.

Two layouts are about: "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,
Notes,Workout Notes,RPE" (iOS, to about 2023; no unit), and one with "Weight Unit" and "RPE" beside "Reps"
since (Android separates with semicolons and has "Workout Duration" last). Some exports say "Weight (kg)". Set
Order is a number, or W, D, F for warm-up, drop set and failure; rest timers are rows of their own. Seen in
published exports and in the readers of other projects (2022-2026); app versions unverified. The header is
translated in other languages, which is refused.
"""

from __future__ import annotations

import re

from hardset.tracker.training.interchange import cells
from hardset.tracker.training.interchange.imported import ImportedSet, LineProblem, ParsedLog, Reading
from hardset.tracker.training.interchange.sheet import Line, Sheet

PROGRAM = "strong"
NEEDED = ("date", "workout name", "exercise name", "set order")
_WARMUP, _DROP, _FAILURE = ("w", "warmup", "warm-up"), ("d", "drop set", "dropset"), ("f", "failure")
_TRANSLATED = ("workout-name", "name der übung", "nombre del ejercicio", "nom de l'exercice")


def is_strong(names: tuple[str, ...]) -> bool:
    """Whether a header is Strong's."""
    return all(name in names for name in NEEDED)


def is_translated(names: tuple[str, ...]) -> bool:
    """Whether a header is Strong's in another language than English."""
    return any(name in names for name in _TRANSLATED)


def parse(sheet: Sheet, unit: str) -> ParsedLog:
    """The sets of an export. unit: of loads where the file does not say, kg or lb."""
    reading = Reading()
    column, column_unit = _weight_column(sheet.names)
    for line in sheet.lines:
        reason = _no_set(line)
        if reason is not None:
            reading.skipped[reason] += 1
            continue
        row_unit = _unit(line["weight unit"]) or column_unit or unit
        try:
            one = _set(line, line[column], row_unit, reading)
        except ValueError as problem:
            reading.problems.append(LineProblem(line.number, str(problem)))
            continue
        if one is None:
            reading.skipped["cardio and timed sets, without repetitions"] += 1
        else:
            reading.sets.append(one)
    reading.problems += [LineProblem(n, "more fields than the header names") for n in sheet.too_long]
    return reading.result(PROGRAM, unit_told=column_unit is not None or "weight unit" in sheet.names)


def _no_set(line: Line) -> str | None:
    name, order = line["exercise name"].lower(), line["set order"].lower()
    if "rest timer" in (name, order):
        return "rest timers"
    return "notes" if order == "note" else None


def _set(line: Line, weight: str, unit: str, reading: Reading) -> ImportedSet | None:
    if not line["exercise name"]:
        raise ValueError("no exercise")
    started = cells.moment(line["date"])
    workout = f"{started:%Y-%m-%dT%H:%M:%S}"
    # Counted before anything can be wrong: a line that is corrected later must not move the others.
    place = reading.next_place(workout)
    key = reading.next_key(PROGRAM, workout, line["exercise name"])
    reps = cells.rep_count(line["reps"])
    load_kg = cells.load_kg(weight, unit)
    if reps == 0:
        return None
    order = line["set order"].lower()
    notes = ["drop set"] if order in _DROP else []
    felt_rir = None
    try:
        felt_rir = cells.rir_of_rpe(line["rpe"])
    except ValueError as problem:
        reading.problems.append(LineProblem(line.number, f"{problem}; the set was kept without it", False))
    return ImportedSet(
        line=line.number,
        started=started,
        workout=line["workout name"] or None,
        exercise_name=line["exercise name"],
        place=place,
        # Of an assisted exercise the weight is what helps, not what is lifted.
        load_kg=None if "(assisted)" in line["exercise name"].lower() else load_kg,
        reps=reps,
        warmup=order in _WARMUP,
        failed=order in _FAILURE,
        felt_rir=felt_rir,
        note="; ".join([*notes, line["notes"]] if line["notes"] else notes) or None,
        key=key,
    )


def _weight_column(names: tuple[str, ...]) -> tuple[str, str | None]:
    """The column of loads, and the unit that its name tells."""
    for name in names:
        match = re.fullmatch(r"weight\s*\((kgs?|lbs?)\)", name)
        if match:
            return name, _unit(match[1])
    return "weight", None


def _unit(text: str) -> str | None:
    return {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}.get(text.lower())
