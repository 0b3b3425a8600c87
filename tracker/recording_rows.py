"""The slow way through a recording, line by line: calendar stamps, several sensors, bad lines."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.errors import LineNotUnderstood, SeveralSensors
from hardset.tracker.vendors.layout import Clock, Layout
from hardset.tracker.vendors.stamps import over_midnight, seconds_of

MISSING = {"", "null", "none", "nan", "--"}
MOST_LEFT_OUT = 0.5
"""With more unreadable lines than this, a vendor's file is no such file."""


@dataclass(frozen=True, slots=True)
class Row:
    """How one line of a file is read."""

    path: Path
    layout: Layout
    delimiter: str
    width: int
    """Fields in the header."""
    device: str | None
    """The only sensor whose rows are wanted."""

    def numbers(self, line: int, fields: list[str]) -> list[float]:
        """The clocks in seconds, then the quantities as in the file. Raises LineNotUnderstood."""
        if len(fields) < self.width or any(field.strip() for field in fields[self.width :]):
            raise LineNotUnderstood(
                self.path, line, f"{len(fields)} values", f"{self.width} as in the header"
            )
        row = [self._time(line, fields, clock) for clock in self.layout.clocks]
        for triple in self.layout.triples:
            row += [
                self._number(line, fields[i], name)
                for i, name in zip(triple.positions, triple.names, strict=True)
            ]
        return row

    def _time(self, line: int, fields: list[str], clock: Clock) -> float:
        field = fields[clock.position]
        if clock.to_s is not None:
            return self._number(line, field, clock.name) * clock.to_s
        if field.strip().strip('"').lower() in MISSING:
            return math.nan
        seconds = seconds_of(field.strip().strip('"'))
        if seconds is None:
            raise LineNotUnderstood(self.path, line, _shown(field), f"a date or time for {clock.name}")
        return seconds

    def _number(self, line: int, field: str, name: str) -> float:
        field = field.strip().strip('"')
        try:
            return float(field)
        except ValueError:
            if field.lower() in MISSING:
                return math.nan
            raise LineNotUnderstood(self.path, line, _shown(field), f"a number for {name}") from None


@dataclass(frozen=True, slots=True)
class Rows:
    """What could be read of a file: see `hardset.tracker.recording_csv.Table`."""

    clock: Clock
    values: FloatArray
    lines: FloatArray
    cut_off_line: int | None
    left_out: tuple[int, ...]


def parse_rows(row: Row, body: str, *, first_line: int) -> Rows:
    """Read line by line; the first line of the body is `first_line` of the file.

    In this project's own files a bad line is an error, except a half-written last one; in a vendor's
    it is left out and told. Raises LineNotUnderstood or SeveralSensors.
    """
    lines = body.split("\n")
    last = max((i for i, line in enumerate(lines) if line.strip()), default=-1)
    values: list[list[float]] = []
    numbers: list[int] = []
    left_out: list[LineNotUnderstood] = []
    cut_off: int | None = None
    devices: Counter[str] = Counter()
    for i, line in enumerate(lines[: last + 1]):
        fields = line.split(row.delimiter)
        if not line.strip() or _is_header_again(row.layout, fields):
            continue
        if not _is_wanted(row, fields, devices):
            continue
        try:
            values.append(row.numbers(first_line + i, fields))
            numbers.append(first_line + i)
        except LineNotUnderstood as problem:
            # Only the very last line, without its line end, may be half a row.
            if i == last and i == len(lines) - 1 and values:
                cut_off = first_line + i
            elif row.layout.is_own:
                raise
            else:
                left_out.append(problem)
    _refuse(row, devices, left_out, len(values))
    clocks = len(row.layout.clocks)
    table = np.array(values, dtype=np.float64).reshape(len(values), clocks + 3 * len(row.layout.triples))
    best = _best_clock(row.layout, table)
    return Rows(
        row.layout.clocks[best],
        np.hstack([table[:, best : best + 1], table[:, clocks:]]),
        np.array(numbers, dtype=np.float64),
        cut_off,
        tuple(problem.line for problem in left_out),
    )


def _is_header_again(layout: Layout, fields: list[str]) -> bool:
    clock = layout.clocks[0]
    return clock.position < len(fields) and fields[clock.position].strip().strip('"') == clock.name


def _is_wanted(row: Row, fields: list[str], devices: Counter[str]) -> bool:
    """True for a row of the sensor that is asked for; counts the sensors."""
    position = row.layout.device
    if position is None or position >= len(fields):
        return True
    name = fields[position].strip().strip('"')
    devices[name] += 1
    return row.device is None or row.device == name


def _refuse(row: Row, devices: Counter[str], left_out: list[LineNotUnderstood], kept: int) -> None:
    unheard = row.device is not None and bool(devices) and row.device not in devices
    if unheard or (row.device is None and len(devices) > 1):
        raise SeveralSensors(row.path, tuple(devices))
    if left_out and len(left_out) > MOST_LEFT_OUT * (kept + len(left_out)):
        raise left_out[0]


def _best_clock(layout: Layout, table: FloatArray) -> int:
    """The clock with the most distinct stamps, the first where it is nearly as good as another."""
    distinct = []
    for k, clock in enumerate(layout.clocks):
        if clock.to_s is None:
            table[:, k] = over_midnight(table[:, k])
        distinct.append(len(np.unique(table[np.isfinite(table[:, k]), k])))
    return next(k for k, count in enumerate(distinct) if count >= 0.95 * max(distinct))


def _shown(field: str) -> str:
    field = field.strip().strip('"')
    return f"'{field if len(field) <= 30 else field[:27] + '...'}'"
