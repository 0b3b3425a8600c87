"""Hevy's export: one row a set, with the workout's start and end on each.

"title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,
weight_kg,reps,distance_km,duration_seconds,rpe"; weight_lbs and distance_miles with the other unit; some
lack the description. Dates are "22 Dec 2025, 08:00" (months in the app's language) or "2025-12-22
08:00:00"; set_type is normal, warmup, dropset (or drop), failure. Seen in published exports and in the
readers of other projects (2024-2026); app versions unverified.
"""

from __future__ import annotations

from hardset.tracker.training.interchange import cells
from hardset.tracker.training.interchange.imported import ImportedSet, LineProblem, ParsedLog, Reading
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
    reading = Reading()
    column, told = next(
        ((name, told) for name, told in (("weight_kg", "kg"), ("weight_lbs", "lb")) if name in sheet.names),
        ("weight", None),
    )
    for line in sheet.lines:
        try:
            one = _set(line, line[column], told or unit, reading)
        except ValueError as problem:
            reading.problems.append(LineProblem(line.number, str(problem)))
            continue
        if one is None:
            reading.skipped["cardio and timed sets, without repetitions"] += 1
        else:
            reading.sets.append(one)
    reading.problems += [LineProblem(n, "more fields than the header names") for n in sheet.too_long]
    return reading.result(PROGRAM, unit_told=told is not None)


def _set(line: Line, weight: str, unit: str, reading: Reading) -> ImportedSet | None:
    if not line["exercise_title"]:
        raise ValueError("no exercise")
    started = cells.moment(line["start_time"])
    workout = f"{started:%Y-%m-%dT%H:%M:%S}"
    # Counted before anything can be wrong: a line that is corrected later must not move the others.
    place = reading.next_place(workout)
    key = reading.next_key(PROGRAM, workout, line["exercise_title"])
    kind = line["set_type"].lower().replace("_", " ")
    if kind not in _KNOWN_TYPES:
        raise ValueError(f"the set type '{line['set_type']}' is not known")
    reps = cells.rep_count(line["reps"])
    load_kg = cells.load_kg(weight, unit)
    if reps == 0:
        return None
    felt_rir = None
    try:
        felt_rir = cells.rir_of_rpe(line["rpe"])
    except ValueError as problem:
        reading.problems.append(LineProblem(line.number, f"{problem}; the set was kept without it", False))
    return ImportedSet(
        line=line.number,
        started=started,
        workout=line["title"] or None,
        exercise_name=line["exercise_title"],
        place=place,
        # Of an assisted exercise the weight is what helps, not what is lifted.
        load_kg=None if "(assisted)" in line["exercise_title"].lower() else load_kg,
        reps=reps,
        warmup=kind in ("warmup", "warm up"),
        failed=kind == "failure",
        felt_rir=felt_rir,
        note="drop set" if kind in _DROP else None,
        key=key,
    )
