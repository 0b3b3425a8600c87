"""Recording files in and out: NAME.csv with the samples, NAME.json with what people know of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.tracker.errors import (
    ClockRestarted,
    NothingMeasured,
    RecordingTooShort,
)
from hardset.tracker.recording_csv import Table, read_table
from hardset.tracker.recording_writer import RecordingWriter, unwritable
from hardset.tracker.sidecar import Sidecar, read_sidecar, write_sidecar
from hardset.tracker.vendors.parts import complete

__all__ = [
    "RecordingFile",
    "Sidecar",
    "checked",
    "in_order",
    "read_recording",
    "write_recording",
    "write_text",
]

MIN_SAMPLES = 20
MIN_DURATION_S = 1.0
CLOCK_RESTART_S = 5.0
"""A step back by less is late delivery and is sorted; by more, two recordings were joined."""


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """The samples of one file, its sidecar, and what had to be mended on the way."""

    path: Path
    samples: SampleBatch
    sidecar: Sidecar
    dropped_rows: int
    warnings: tuple[str, ...]


def read_recording(path: Path, device: str | None = None) -> RecordingFile:
    """Read a recording and, where there is one, its sidecar; of one sensor, where a file holds several.

    Exports of other makers' apps are recognised by their header, and a first warning says what the columns
    were taken for. Rows with missing or infinite values are dropped and told; small steps back in time are
    sorted and told. Raises a FileProblem that names the file, the line and what was expected.
    """
    table = read_table(path, device)
    values, warnings = _whole_rows(path, table)
    if table.absolute:
        values[:, 0] -= values[0, 0]
    warnings = ([] if table.taken is None else [table.taken]) + warnings
    return checked(path, values, len(table.values) - len(values), warnings)


def _whole_rows(path: Path, table: Table) -> tuple[FloatArray, list[str]]:
    """Rows (n, 4) or (n, 7) without holes, in the order of time, and what had to be mended.

    Time s, acceleration with gravity m/s², angular velocity rad/s. Raises PartOfARecording,
    NothingMeasured or ClockRestarted.
    """
    warnings: list[str] = []
    if table.cut_off_line is not None:
        warnings.append(f"the last line ({table.cut_off_line}) is cut off and was left out")
    if table.left_out:
        warnings.append(
            f"{len(table.left_out)} lines that can't be read were left out, the first is {table.left_out[0]}"
        )
    values, rows = _finite_rows(path, complete(path, table), warnings)
    return in_order(path, table, values, rows, warnings), warnings


def checked(path: Path, values: FloatArray, dropped_rows: int, warnings: list[str]) -> RecordingFile:
    """A recording of rows in order. Raises RecordingTooShort or NothingMeasured."""
    duration_s = float(values[-1, 0] - values[0, 0]) if len(values) else 0.0
    if len(values) < MIN_SAMPLES or duration_s < MIN_DURATION_S:
        raise RecordingTooShort(path, len(values), duration_s)
    if not values[:, 1:4].any():
        raise NothingMeasured(path, "every acceleration is zero, so the sensor was dead or switched off")
    warnings = warnings + _unit_doubts(values)
    samples = SampleBatch(
        np.ascontiguousarray(values[:, 0]),
        np.ascontiguousarray(values[:, 1:4]),
        np.ascontiguousarray(values[:, 4:7]) if values.shape[1] == 7 else None,
    )
    return RecordingFile(path, samples, read_sidecar(path), dropped_rows, tuple(warnings))


def _finite_rows(path: Path, values: FloatArray, warnings: list[str]) -> tuple[FloatArray, FloatArray]:
    """Rows without missing values, and their numbers in the table."""
    if values.shape[1] == 7 and len(values) and not np.isfinite(values[:, 4:7]).any():
        warnings.append("the gyroscope columns hold no number; read as a recording without gyroscope")
        values = values[:, :4]
    finite = np.isfinite(values).all(axis=1)
    rows = np.flatnonzero(finite).astype(np.float64)
    if not len(values):
        raise NothingMeasured(path, "there is a header and no row of numbers")
    if not len(rows):
        raise NothingMeasured(
            path, f"none of the {len(values)} rows is complete, values are missing or infinite"
        )
    if missing := len(values) - len(rows):
        where = "at the start" if int(rows[0]) == missing else "between the others"
        warnings.append(f"{missing} rows with missing values {where} were dropped")
    return values[finite], rows


def in_order(
    path: Path, table: Table, values: FloatArray, rows: FloatArray, warnings: list[str]
) -> FloatArray:
    """Rows sorted by time; equal stamps keep the order of the file."""
    back = np.diff(values[:, 0])
    steps = np.flatnonzero(back < 0)
    if not len(steps):
        return values
    worst = int(steps[np.argmin(back[steps])])
    if back[worst] < -CLOCK_RESTART_S:
        line = table.line_of(int(rows[worst + 1]))
        raise ClockRestarted(path, line, float(values[worst, 0]), float(values[worst + 1, 0]))
    warnings.append(f"time steps back {len(steps)} times (by up to {-back[worst]:.3f} s); sorted by time")
    return values[np.argsort(values[:, 0], kind="stable")]


def _unit_doubts(values: FloatArray) -> list[str]:
    """Gravity should measure 1 g: the most common mistake is a header with the wrong unit."""
    typical_g = float(np.median(np.linalg.norm(values[:, 1:4], axis=1))) / STANDARD_GRAVITY_MPS2
    if 7.0 < typical_g < 14.0:
        return [f"acceleration is typically {typical_g:.1f} g; is its unit m/s² (acc_x_mps2)?"]
    if 0.07 < typical_g < 0.14:
        return [f"acceleration is typically {typical_g:.2f} g; is its unit g (acc_x_g)?"]
    return []


def write_recording(path: Path, samples: SampleBatch, sidecar: Sidecar | None = None) -> None:
    """Write NAME.csv (g and °/s) and, if given, NAME.json.

    Raises FileUnreadable.
    """
    with RecordingWriter(path) as writer:
        writer.write(samples)
    if sidecar is not None:
        try:
            write_sidecar(path.with_suffix(".json"), sidecar)
        except OSError as error:
            raise unwritable(path, error) from error


def write_text(path: Path, text: str) -> None:
    """Write a text file. Raises FileUnreadable."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
