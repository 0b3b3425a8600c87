"""The text of a recording to arrays of numbers: the fast way, and the way that finds the bad line.

Header: `time_s,acc_x_g,acc_y_g,acc_z_g[,gyr_x_dps,gyr_y_dps,gyr_z_dps]` in any order, other
columns ignored; `_mps2`, `_radps` and `time_ms` are read as well. Comma, semicolon (then a decimal
comma is understood) or tab. An empty field is a missing value.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.tracker.errors import FileUnreadable, HeaderNotUnderstood, LineNotUnderstood

_TIME_UNITS = {"s": 1.0, "ms": 1e-3}
_ACC_UNITS = {"g": STANDARD_GRAVITY_MPS2, "mps2": 1.0}
_GYR_UNITS = {"dps": math.pi / 180.0, "radps": 1.0}
_AXES = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class Column:
    """Where one quantity stands in a row, and the factor to SI units."""

    name: str
    position: int
    to_si: float


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a recording in the order of the file, in SI units; missing values are NaN."""

    values: FloatArray
    """(n, 4) time s, acceleration m/s²; (n, 7) with angular velocity rad/s."""
    lines: FloatArray | None
    """(n,) line of each row in the file where blank lines were skipped, else row i is line i + 2."""
    cut_off_line: int | None
    """Line of a half-written last row that was left out (a recorder that was killed)."""

    def line_of(self, row: int) -> int:
        """Line of the file, counted from 1, that holds the row counted from 0."""
        return row + 2 if self.lines is None else int(self.lines[row])


def read_table(path: Path) -> Table:
    """Read the columns of a recording.

    Raises FileUnreadable, HeaderNotUnderstood, or LineNotUnderstood with the line and what was expected.
    """
    text = _text(path)
    first, _, body = text.partition("\n")
    delimiter = _delimiter(first)
    names = [name.strip().strip('"').lower() for name in first.split(delimiter)]
    columns = _columns(path, names)
    if delimiter == ";" and "," in body:
        body = body.replace(",", ".")
    values = _parse_fast(body, delimiter, columns)
    if values is not None:
        return Table(values, None, None)
    return _parse_slowly(path, body, delimiter, columns, width=len(names))


def _text(path: Path) -> str:
    try:
        # utf-8-sig drops the mark that Excel writes at the front; newline=None turns CRLF into \n.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (
            "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()
        )
        raise FileUnreadable(path, reason) from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(path, "this is not a text file, a CSV recording was expected") from error
    if not text.strip():
        raise HeaderNotUnderstood(path, "the file is empty")
    return text


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _columns(path: Path, names: list[str]) -> list[Column]:
    if all(_is_number(name) for name in names):
        raise HeaderNotUnderstood(path, "numbers where the names of the columns should be")
    time = _triple(path, names, "time{unit}", _TIME_UNITS, ("",))
    acceleration = _triple(path, names, "acc_{axis}{unit}", _ACC_UNITS, _AXES)
    columns = time + acceleration
    if any(re.fullmatch(r"gyr_[xyz](_\w+)?", name) for name in names):
        columns += _triple(path, names, "gyr_{axis}{unit}", _GYR_UNITS, _AXES)
    return columns


def _triple(
    path: Path, names: list[str], pattern: str, units: dict[str, float], axes: tuple[str, ...]
) -> list[Column]:
    """The columns of one quantity, all in the same unit."""
    for unit, to_si in units.items():
        wanted = [pattern.format(axis=axis, unit="_" + unit) for axis in axes]
        if all(name in names for name in wanted):
            return [Column(name, names.index(name), to_si) for name in wanted]
    for axis in axes:
        bare = pattern.format(axis=axis, unit="")
        if bare in names:
            choices = " or ".join(f"{bare}_{unit}" for unit in units)
            raise HeaderNotUnderstood(path, f"the column {bare} has no unit in its name ({choices})")
    wanted = [pattern.format(axis=axis, unit="_" + next(iter(units))) for axis in axes]
    missing = [name for name in wanted if name not in names]
    raise HeaderNotUnderstood(path, f"the column {missing[0]} is missing")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _parse_fast(body: str, delimiter: str, columns: list[Column]) -> FloatArray | None:
    """One pass in C; None when a line needs a closer look. 720 000 rows take about 1.5 s."""
    if not body.strip() or "\n\n" in body.rstrip("\n"):
        return None
    # A row with more fields than the header would be cut silently: the field counts must agree.
    head = body[: body.find("\n")] if "\n" in body else body
    rows = body.rstrip("\n").count("\n") + 1
    if body.count(delimiter) != head.count(delimiter) * rows:
        return None
    try:
        values = np.loadtxt(
            io.StringIO(body),
            delimiter=delimiter,
            usecols=[column.position for column in columns],
            comments=None,
            ndmin=2,
        )
    except (ValueError, IndexError):
        return None
    return _to_si(values, columns) if len(values) == rows else None


def _to_si(values: FloatArray, columns: list[Column]) -> FloatArray:
    values = np.asarray(values, dtype=np.float64)
    values *= np.array([column.to_si for column in columns])
    return values


def _parse_slowly(path: Path, body: str, delimiter: str, columns: list[Column], *, width: int) -> Table:
    lines = body.split("\n")
    last = max((i for i, line in enumerate(lines) if line.strip()), default=-1)
    rows: list[list[float]] = []
    numbers: list[int] = []
    cut_off: int | None = None
    for i, line in enumerate(lines[: last + 1]):
        if not line.strip():
            continue
        try:
            rows.append(_row(path, i + 2, line.split(delimiter), columns, width))
            numbers.append(i + 2)
        except LineNotUnderstood:
            # Only the very last line, without its line end, may be half a row.
            if i != last or i < len(lines) - 1 or not rows:
                raise
            cut_off = i + 2
    values = np.array(rows, dtype=np.float64).reshape(-1, len(columns))
    return Table(_to_si(values, columns), np.array(numbers, dtype=np.float64), cut_off)


def _row(path: Path, line: int, fields: list[str], columns: list[Column], width: int) -> list[float]:
    if len(fields) < width or any(field.strip() for field in fields[width:]):
        raise LineNotUnderstood(path, line, f"{len(fields)} values", f"{width} as in the header")
    row = []
    for column in columns:
        field = fields[column.position].strip().strip('"')
        try:
            row.append(float(field) if field else math.nan)
        except ValueError:
            shown = field if len(field) <= 30 else field[:27] + "..."
            raise LineNotUnderstood(path, line, f"'{shown}'", f"a number for {column.name}") from None
    return row
