"""Files of one JSON object a line, for commands that take many at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from hardset.tracker.errors import EntryNotUnderstood, FileUnreadable


def json_objects(path: Path, example: str) -> list[tuple[str, dict[str, Any]]]:
    """Every object of a file with the place to name if it is wrong. `example` names a field it needs."""
    return [(place, json_object(line, place, example)) for place, line in numbered_lines(path)]


def numbered_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Lines that are not blank, each with its place for people; '-' is standard input."""
    try:
        if str(path) == "-":
            yield from _numbered("line", sys.stdin)
        else:
            with path.open(encoding="utf-8-sig") as file:
                yield from _numbered(f"{path} line", file)
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise FileUnreadable(path, "is no text") from None


def json_object(line: str, where: str, example: str) -> dict[str, Any]:
    """The object of one line. Raises EntryNotUnderstood."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        raise EntryNotUnderstood(where, "is not JSON") from None
    if not isinstance(value, dict):
        raise EntryNotUnderstood(where, f"must be an object with {example}")
    return value


def _numbered(what: str, file: TextIO) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield f"{what} {number}", line
