"""The text of a recording to arrays of numbers: the fast way, and the way that finds the bad line.

Own header: `time_s,acc_x_g,acc_y_g,acc_z_g[,gyr_x_dps,gyr_y_dps,gyr_z_dps]` in any order, other
columns ignored; `_mps2`, `_radps` and `time_ms` are read as well. Other makers' headers are recognised by
`hardset.tracker.vendors.headers`. Comma, semicolon or tab (then a decimal comma is understood). An empty
field is a missing value.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.errors import FileUnreadable, HeaderNotUnderstood
from hardset.tracker.recording_rows import Row, parse_rows
from hardset.tracker.vendors.headers import recognise
from hardset.tracker.vendors.layout import Clock, Layout, Quantity, Triple
from hardset.tracker.vendors.settle import settle
from hardset.tracker.vendors.taken import taken_for

_TIME_UNITS = {"s": 1.0, "ms": 1e-3}
_ACC_UNITS = {"g": "g", "mps2": "m/s²"}
_GYR_UNITS = {"dps": "°/s", "radps": "rad/s"}
LINES_BEFORE_HEADER = 3
"""Some programs write a line or two about the recording first."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a recording in the order of the file, in SI units; missing values are NaN."""

    values: FloatArray
    """(n, 1 + 3k): time s, then x, y, z of each quantity, m/s² or rad/s."""
    quantities: tuple[Quantity, ...]
    source: str | None
    """The maker or app; None for this project's own recordings."""
    taken: str | None
    """What the columns of a vendor's file were taken for."""
    header_line: int
    lines: FloatArray | None
    """(n,) line of each row in the file where lines were skipped, else row i is i + 1 below the header."""
    cut_off_line: int | None
    """Line of a half-written last row that was left out (a recorder that was killed)."""
    left_out: tuple[int, ...] = ()
    """Lines of a vendor's file that could not be read."""
    absolute: bool = False
    """True where time counts from an epoch, so that files of one recording share it."""

    def line_of(self, row: int) -> int:
        """Line of the file, counted from 1, that holds the row counted from 0."""
        return row + 1 + self.header_line if self.lines is None else int(self.lines[row])

    def block(self, quantity: Quantity) -> FloatArray | None:
        """(n, 3) of one quantity, or None where the file does not hold it."""
        if quantity not in self.quantities:
            return None
        k = self.quantities.index(quantity)
        return self.values[:, 1 + 3 * k : 4 + 3 * k]


def read_table(path: Path, device: str | None = None) -> Table:
    """Read the columns of a recording; of one sensor, where a file holds several.

    Raises FileUnreadable, HeaderNotUnderstood, SeveralSensors, or LineNotUnderstood with the line and
    what was expected.
    """
    lines = _text(path).split("\n", LINES_BEFORE_HEADER)
    layout, at = _layout(path, lines)
    delimiter = _delimiter(lines[at])
    body = "\n".join(lines[at + 1 :])
    if delimiter in ";\t" and "," in body:
        body = body.replace(",", ".")
    width = lines[at].count(delimiter) + 1
    numeric = layout.device is None and all(clock.to_s is not None for clock in layout.clocks)
    values = _parse_fast(body, delimiter, layout) if numeric else None
    if values is not None:
        return _table(path, layout, layout.clocks[0], values, at + 1, None)
    row = Row(path, layout, delimiter, width, device)
    rows = parse_rows(row, body, first_line=at + 2)
    table = _table(path, layout, rows.clock, rows.values, at + 1, rows.lines)
    return replace(table, cut_off_line=rows.cut_off_line, left_out=rows.left_out)


def _table(
    path: Path, layout: Layout, clock: Clock, values: FloatArray, header_line: int, lines: FloatArray | None
) -> Table:
    """Values as in the file (n, 1 + 3k), the time already in seconds, to SI units."""
    if not layout.is_own:
        layout = settle(path, layout, values)
    factors = [1.0]
    for triple in layout.triples:
        factors += [triple.to_si] * 3
    return Table(
        values=values * np.array(factors),
        quantities=tuple(triple.quantity for triple in layout.triples),
        source=layout.source,
        taken=None if layout.is_own else taken_for(layout, clock),
        header_line=header_line,
        lines=lines,
        cut_off_line=None,
        absolute=clock.absolute,
    )


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (
            "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()
        )
        raise FileUnreadable(path, reason) from error
    for encoding in ("utf-8-sig", "gb18030"):
        # utf-8-sig drops the mark that Excel writes at the front; WitMotion's program writes the degree
        # sign of its header in the Chinese encoding.
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            break
    else:
        raise FileUnreadable(path, "this is not a text file, a CSV recording was expected")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise HeaderNotUnderstood(path, "the file is empty")
    return text


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _layout(path: Path, lines: list[str]) -> tuple[Layout, int]:
    """The columns, and which of the first lines is the header."""
    for at, line in enumerate(lines[:LINES_BEFORE_HEADER]):
        layout = recognise(path, line.split(_delimiter(line)))
        if layout is not None:
            return layout, at
    names = [name.strip().strip('"').lower() for name in lines[0].split(_delimiter(lines[0]))]
    return _own_layout(path, names), 0


def _own_layout(path: Path, names: list[str]) -> Layout:
    if all(_is_number(name) for name in names):
        raise HeaderNotUnderstood(path, "numbers where the names of the columns should be")
    time, unit = _columns(path, names, "time{unit}", tuple(_TIME_UNITS), ("",))
    clock = Clock(time[0], names.index(time[0]), _TIME_UNITS[unit])
    triples = [_own_triple(path, names, Quantity.ACCELERATION, "acc_{axis}{unit}", _ACC_UNITS)]
    if any(re.fullmatch(r"gyr_[xyz](_\w+)?", name) for name in names):
        triples.append(_own_triple(path, names, Quantity.ANGULAR_VELOCITY, "gyr_{axis}{unit}", _GYR_UNITS))
    return Layout(None, (clock,), tuple(triples))


def _own_triple(
    path: Path, names: list[str], quantity: Quantity, pattern: str, units: dict[str, str]
) -> Triple:
    wanted, unit = _columns(path, names, pattern, tuple(units), ("x", "y", "z"))
    return Triple(quantity, wanted, tuple(names.index(name) for name in wanted), units[unit])


def _columns(
    path: Path, names: list[str], pattern: str, units: tuple[str, ...], axes: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """The columns of one quantity, all in the same unit, and that unit."""
    for unit in units:
        wanted = tuple(pattern.format(axis=axis, unit="_" + unit) for axis in axes)
        if all(name in names for name in wanted):
            return wanted, unit
    for axis in axes:
        bare = pattern.format(axis=axis, unit="")
        if bare in names:
            choices = " or ".join(f"{bare}_{unit}" for unit in units)
            raise HeaderNotUnderstood(path, f"the column {bare} has no unit in its name ({choices})")
    wanted = tuple(pattern.format(axis=axis, unit="_" + units[0]) for axis in axes)
    missing = [name for name in wanted if name not in names]
    raise HeaderNotUnderstood(path, f"the column {missing[0]} is missing")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _parse_fast(body: str, delimiter: str, layout: Layout) -> FloatArray | None:
    """One pass in C; None when a line needs a closer look. 720 000 rows take about 1.5 s."""
    if not body.strip() or "\n\n" in body.rstrip("\n"):
        return None
    # A row with more fields than the header would be cut silently: the field counts must agree.
    head = body[: body.find("\n")] if "\n" in body else body
    rows = body.rstrip("\n").count("\n") + 1
    if body.count(delimiter) != head.count(delimiter) * rows:
        return None
    clock = layout.clocks[0]
    positions = [clock.position, *(i for triple in layout.triples for i in triple.positions)]
    try:
        values = np.loadtxt(io.StringIO(body), delimiter=delimiter, usecols=positions, comments=None, ndmin=2)
    except (ValueError, IndexError):
        return None
    if len(values) != rows:
        return None
    values = np.asarray(values, dtype=np.float64)
    values[:, 0] *= 1.0 if clock.to_s is None else clock.to_s
    return values
