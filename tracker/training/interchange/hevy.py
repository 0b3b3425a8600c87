"""Hevy's export: one row a set, with the workout's start and end on each.

"title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,
weight_kg,reps,distance_km,duration_seconds,rpe"; weight_lbs and distance_miles with the other unit; some
lack the description. Dates are "22 Dec 2025, 08:00" (months in the app's language) or "2025-12-22
08:00:00"; set_type is normal, warmup, dropset (or drop), failure. Seen in published exports and in the
readers of other projects (2024-2026); app versions unverified.
"""

from __future__ import annotations

from hardset.tracker.training.interchange.app_row import AppRow, parse_rows
from hardset.tracker.training.interchange.imported import ParsedLog
from hardset.tracker.training.interchange.sheet import Line, Sheet

PROGRAM = "hevy"
NEEDED = ("title", "start_time", "exercise_title", "set_index", "set_type", "reps")
_DROP = ("dropset", "drop", "drop set")
_KNOWN_TYPES = ("", "normal", "regular", "warmup", "warm up", "failure", *_DROP)


def is_hevy(names: tuple[str, ...]) -> bool:
    """Whether a header is Hevy's."""
    return all(name in names for name in NEEDED)


def parse(sheet: Sheet, unit: str) -> ParsedLog:
    """The sets of an export. unit: of loads where the file does not say, kg or lb."""
    column, told = next(
        ((name, told) for name, told in (("weight_kg", "kg"), ("weight_lbs", "lb")) if name in sheet.names),
        ("weight", None),
    )

    def row(line: Line) -> AppRow:
        kind = line["set_type"].lower().replace("_", " ")
        return AppRow(
            started=line["start_time"],
            workout=line["title"],
            exercise_name=line["exercise_title"],
            weight=line[column],
            unit=told or unit,
            reps=line["reps"],
            rpe=line["rpe"],
            warmup=kind in ("warmup", "warm up"),
            failed=kind == "failure",
            drop=kind in _DROP,
            wrong="" if kind in _KNOWN_TYPES else f"the set type '{line['set_type']}' is not known",
        )

    return parse_rows(PROGRAM, sheet, row, unit_told=told is not None)
