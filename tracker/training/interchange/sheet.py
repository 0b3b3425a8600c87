"""A CSV file of another program as rows with line numbers: any separator, quotes, fields of several lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.errors import FileUnreadable, NoTrainingLog

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
"""A set every two minutes, two hours a day, for two years: nobody's log is longer than this by accident."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its first line in the file, and its fields by column name (empty where it is cut short)."""

    number: int
    fields: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's columns, in small letters, and its rows."""

    path: Path
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    too_long: tuple[int, ...]
    """Lines with more fields than the header names."""


def read_sheet(path: Path, text: str) -> Sheet:
    """Read the text of a CSV. Raises NoTrainingLog where it is too large or empty."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = _rows(path, text, delimiter)
    header = next(rows, None)
    if header is None:
        raise NoTrainingLog(path, "the file is empty", "export your training log again")
    names = tuple(name.strip().lower() for name in header[1])
    lines: list[Line] = []
    too_long: list[int] = []
    for number, fields in rows:
        if not any(field.strip() for field in fields):
            continue
        if len(lines) == MAX_ROWS:
            raise NoTrainingLog(path, f"more than {MAX_ROWS:,} rows", "split the file and import the parts")
        if any(field.strip() for field in fields[len(names) :]):
            too_long.append(number)
            continue
        lines.append(Line(number, dict(zip(names, (field.strip() for field in fields), strict=False))))
    return Sheet(path, names, tuple(lines), tuple(too_long))


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NoTrainingLog(path, f"line {number} is no CSV ({error})", "export it again") from error
        if row:
            yield number, row


def read_text(path: Path) -> str:
    """The text of a file. Raises FileUnreadable, or NoTrainingLog where it is too large or no text."""
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            size = f"{path.stat().st_size / 1e6:.1f} MB, and at most {MAX_BYTES / 1e6:.0f} MB are read"
            raise NoTrainingLog(path, size, "split the file and import the parts")
        raw = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise FileUnreadable(
            path, "no such file" if missing else (error.strerror or str(error)).lower()
        ) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise NoTrainingLog(path, "this is not a text file", "give the CSV that Strong or Hevy exports")
