"""Everything that the log knows, as flat tables: CSV, one JSON object, or columns for Parquet.

Each table has one type a column, units in the names, times in ISO with the offset of the place, and no
lists: what is computed (velocity loss, hard sets, e1RM) is not in it, what it is computed from is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.errors import FileUnreadable
from hardset.tracker.recordings import write_text
from hardset.tracker.storage.database import stated
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.set_rows import REP_COLUMNS, read_reps

Cell = str | int | float | bool | None
SCHEMA = 1
RIR_COLUMNS = (*(f"p_rir_{k}" for k in range(10)), "p_rir_10_or_more")
SET_COLUMNS = (
    *("set_id", "at", "workout", "workout_title", "exercise", "load_kg", "reps", "warmup", "failed"),
    *("felt_rir", "note", "source", "placement", "calibrated", *RIR_COLUMNS),
)


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table: a file's name without ending, its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(log: Log) -> tuple[ExportTable, ...]:
    """sets, reps, weighings, meals and nights of the lifter; deleted ones are not in them."""
    history = log.history()
    return (
        ExportTable("sets", SET_COLUMNS, tuple(_set_rows(log, history))),
        ExportTable("reps", ("set_id", "number", *REP_COLUMNS), tuple(_rep_rows(log, history))),
        ExportTable(
            "weighings",
            ("at", "weight_kg"),
            tuple((one.at.isoformat(), one.weight_kg) for one in history.weighings),
        ),
        ExportTable(
            "meals",
            ("at", "protein_g", "energy_kcal", "carbohydrate_g", "water_l"),
            tuple(
                (one.at.isoformat(), one.protein_g, one.energy_kcal, one.carbohydrate_g, one.water_l)
                for one in history.meals
            ),
        ),
        ExportTable(
            "nights", ("day", "hours"), tuple((one.day.isoformat(), one.hours) for one in history.nights)
        ),
    )


def write_tables(folder: Path, every: Iterable[ExportTable]) -> list[Path]:
    """Write NAME.csv for each table into a folder, made where it is missing. Raises FileUnreadable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"the folder can't be made ({(error.strerror or str(error)).lower()})"
        raise FileUnreadable(folder, reason) from error
    paths = []
    for table in every:
        path = folder / f"{table.name}.csv"
        write_text(path, to_csv(table))
        paths.append(path)
    return paths


def to_csv(table: ExportTable) -> str:
    """The table as CSV: an empty field for what is not known, true and false in words."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue()


def to_json(lifter: str, every: Iterable[ExportTable]) -> str:
    """All tables in one object: lists of rows by the table's name."""
    content: dict[str, object] = {"schema": SCHEMA, "lifter": lifter}
    for table in every:
        content[table.name] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def set_row(one: LoggedSet, title: str | None, note: str | None, source: str) -> tuple[Cell, ...]:
    """One set as a row of SET_COLUMNS."""
    pmf = one.rir_pmf if one.rir_pmf is not None else (None,) * len(RIR_COLUMNS)
    return (
        *(one.id, one.at.isoformat(), one.workout, title, one.exercise, one.load_kg, one.reps, one.warmup),
        *(one.failed, one.felt_rir, note, source, one.placement, one.calibrated, *pmf),
    )


def _set_rows(log: Log, history: TrainingHistory) -> Iterable[tuple[Cell, ...]]:
    with stated(log.path):
        rest = {
            id: (title, note, source)
            for id, title, note, source in log.connection.execute(
                "SELECT sets.id, workouts.title, sets.note, sets.source FROM sets "
                "JOIN workouts ON workouts.id = sets.workout_id"
            )
        }
    for one in history.sets:
        yield set_row(one, *rest[one.id])


def _rep_rows(log: Log, history: TrainingHistory) -> Iterable[tuple[Cell, ...]]:
    with stated(log.path):
        for one in history.sets:
            if not one.velocities:
                continue
            for stored in read_reps(log.connection, one.id):
                if not stored.deleted:
                    rep = stored.rep
                    yield (one.id, rep.number, *(getattr(rep, name) for name in REP_COLUMNS))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return repr(cell) if isinstance(cell, float) else str(cell)
