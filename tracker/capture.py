"""Notifications as JSON lines: what the radio brought, byte for byte, to be decoded again later.

The first line is {"capture": 1}; then one line an event, `at_s` in seconds since the capture began:
{"at_s", "up", "model", "rate_hz"}, {"at_s", "characteristic", "payload"} (hexadecimal), {"at_s", "down"},
{"at_s", "note"}, {"at_s", "battery_pct"}.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hardset.tracker.errors import FileUnreadable, LineNotUnderstood
from hardset.tracker.recording_writer import unwritable
from hardset.tracker.sensors.events import Charge, LinkDown, LinkEvent, LinkNote, LinkUp
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.registry import model_by_id

FORMAT = 1
EXPECTED = "a line of a capture, such as written by hardset record --notifications"


class CaptureWriter:
    """Writes NAME.jsonl while events come, each line at once."""

    def __init__(self, path: Path, origin_s: float) -> None:
        """Open the file; origin_s on the clock of the events becomes 0. Raises FileUnreadable."""
        self._path = path
        self._origin_s = origin_s
        try:
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(path, error) from error
        self._line({"capture": FORMAT})

    def write(self, event: LinkEvent) -> None:
        """Append one event. Raises FileUnreadable."""
        at_s = event.arrived_s if isinstance(event, Notification) else event.at_s
        self._line({"at_s": round(at_s - self._origin_s, 6), **_fields(event)})

    def close(self) -> None:
        """Nothing more is to come."""
        self._file.close()

    def _line(self, fields: dict[str, object]) -> None:
        try:
            self._file.write(json.dumps(fields) + "\n")
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error


def _fields(event: LinkEvent) -> dict[str, object]:
    match event:
        case Notification():
            return {"characteristic": event.characteristic, "payload": event.payload.hex()}
        case LinkUp():
            return {"up": event.sensor, "model": event.model.id, "rate_hz": event.rate_hz}
        case LinkDown():
            return {"down": event.reason}
        case LinkNote():
            return {"note": event.text}
        case Charge():
            return {"battery_pct": event.battery_pct}


def is_capture(path: Path) -> bool:
    """True for a file that begins as a capture does."""
    try:
        with path.open("rb") as file:
            return file.read(12).startswith(b'{"capture":')
    except OSError:
        return False


def read_capture(path: Path) -> Iterator[LinkEvent]:
    """The events of a capture, in order. Raises FileUnreadable and LineNotUnderstood.

    A last line that was cut off, as by a program that was killed, is left out.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise FileUnreadable(path, (reason or "it is no text").lower()) from error
    for number, line in enumerate(lines[1:], start=2):
        try:
            yield _event(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines) and isinstance(error, json.JSONDecodeError):
                return
            raise LineNotUnderstood(path, number, "it is no event of a capture", EXPECTED) from error


def _event(fields: dict[str, Any]) -> LinkEvent:
    at_s = float(fields["at_s"])
    if not math.isfinite(at_s):
        raise ValueError(at_s)
    if "payload" in fields:
        return Notification(str(fields["characteristic"]).lower(), bytes.fromhex(fields["payload"]), at_s)
    if "up" in fields:
        model = model_by_id(fields["model"])
        if model is None:
            raise ValueError(fields["model"])
        return LinkUp(at_s, str(fields["up"]), model, float(fields["rate_hz"]))
    if "down" in fields:
        return LinkDown(at_s, str(fields["down"]))
    if "note" in fields:
        return LinkNote(at_s, str(fields["note"]))
    return Charge(at_s, float(fields["battery_pct"]))
