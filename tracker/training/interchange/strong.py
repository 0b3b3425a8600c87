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

from hardset.tracker.training.interchange.app_row import AppRow, parse_rows
from hardset.tracker.training.interchange.imported import ParsedLog
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
    column, column_unit = _weight_column(sheet.names)

    def row(line: Line) -> AppRow | str:
        order = line["set order"].lower()
        return _no_set(line) or AppRow(
            started=line["date"],
            workout=line["workout name"],
            exercise_name=line["exercise name"],
            weight=line[column],
            unit=_unit(line["weight unit"]) or column_unit or unit,
            reps=line["reps"],
            rpe=line["rpe"],
            warmup=order in _WARMUP,
            failed=order in _FAILURE,
            drop=order in _DROP,
            note=line["notes"],
        )

    told = column_unit is not None or "weight unit" in sheet.names
    return parse_rows(PROGRAM, sheet, row, unit_told=told)


def _no_set(line: Line) -> str | None:
    name, order = line["exercise name"].lower(), line["set order"].lower()
    if "rest timer" in (name, order):
        return "rest timers"
    return "notes" if order == "note" else None


def _weight_column(names: tuple[str, ...]) -> tuple[str, str | None]:
    """The column of loads, and the unit that its name tells."""
    for name in names:
        match = re.fullmatch(r"weight\s*\((kgs?|lbs?)\)", name)
        if match:
            return name, _unit(match[1])
    return "weight", None


def _unit(text: str) -> str | None:
    return {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}.get(text.lower())
