"""This project's own export, read again: sets.csv, or the JSON file that holds everything.

What a sensor measured stays in the export: only `hardset backup` keeps samples and reps. The sets come back
as told by hand, with load, reps and what was felt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hardset.tracker.errors import NoTrainingLog
from hardset.tracker.training.interchange import cells
from hardset.tracker.training.interchange.imported import ImportedSet, LineProblem, ParsedLog, Reading
from hardset.tracker.training.interchange.sheet import Sheet
from hardset.tracker.training.records import LoggedSet

PROGRAM = "hardset"
NEEDED = ("set_id", "at", "exercise", "load_kg", "reps", "warmup", "failed", "felt_rir")


def is_own(names: tuple[str, ...]) -> bool:
    """Whether a header is that of our own sets.csv."""
    return all(name in names for name in NEEDED)


def parse(sheet: Sheet) -> ParsedLog:
    """The sets of our own sets.csv."""
    reading = Reading()
    _read(((line.number, line.fields) for line in sheet.lines), reading)
    reading.problems += [LineProblem(n, "more fields than the header names") for n in sheet.too_long]
    return reading.result(PROGRAM, unit_told=True)


def parse_json(path: Path, text: str) -> ParsedLog:
    """The sets of our own JSON export; instead of the line the number of the set is told."""
    try:
        sets = json.loads(text)["sets"]
        rows = [{key: "" if value is None else str(value) for key, value in row.items()} for row in sets]
    except (ValueError, KeyError, TypeError, AttributeError):
        next_step = "give the CSV that Strong or Hevy exports, or what hardset export wrote"
        raise NoTrainingLog(path, "this JSON is no export of hardset", next_step) from None
    reading = Reading()
    _read(enumerate(rows, 1), reading)
    return reading.result(PROGRAM, unit_told=True)


def keys_in(sets: Iterable[LoggedSet]) -> set[str]:
    """The keys of sets that the log holds, however they came there."""
    reading = Reading()
    return {_key(one.at, one.exercise, reading) for one in sets}


def _key(at: datetime, exercise: str, reading: Reading) -> str:
    return reading.next_key(PROGRAM, at.astimezone(UTC).isoformat(), exercise)


def _read(rows: Iterable[tuple[int, Mapping[str, Any]]], reading: Reading) -> None:
    for number, row in rows:
        try:
            reading.sets.append(_set(number, row, reading))
        except ValueError as problem:
            reading.problems.append(LineProblem(number, str(problem)))


def _set(number: int, row: Mapping[str, Any], reading: Reading) -> ImportedSet:
    def cell(name: str) -> str:
        return str(row.get(name, "") or "")

    at = cells.moment(cell("at"))
    if at.tzinfo is None:
        at = at.astimezone()
    if not cell("exercise"):
        raise ValueError("no exercise")
    key = _key(at, cell("exercise"), reading)
    felt_rir = cells.number(cell("felt_rir"))
    if felt_rir is not None and not 0 <= felt_rir <= 30:
        raise ValueError(f"felt_rir is {cell('felt_rir')}")
    return ImportedSet(
        line=number,
        started=at,
        workout=cell("workout_title") or None,
        exercise_name=cell("exercise"),
        place=0,
        load_kg=cells.load_kg(cell("load_kg"), "kg"),
        reps=cells.rep_count(cell("reps")),
        warmup=_flag(cell("warmup")),
        failed=_flag(cell("failed")),
        felt_rir=felt_rir,
        note=cell("note") or None,
        key=key,
    )


def _flag(text: str) -> bool:
    known = {"": False, "0": False, "false": False, "1": True, "true": True}
    if text.lower() not in known:
        raise ValueError(f"'{text}' is neither true nor false")
    return known[text.lower()]
