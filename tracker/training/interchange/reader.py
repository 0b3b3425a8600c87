"""Which program wrote this log? Recognised by its header, and read."""

from __future__ import annotations

from pathlib import Path

from hardset.tracker.errors import NoTrainingLog
from hardset.tracker.training.interchange import hevy, own, strong
from hardset.tracker.training.interchange.imported import ParsedLog
from hardset.tracker.training.interchange.sheet import read_sheet, read_text


def read_log(path: Path, unit: str) -> ParsedLog:
    """The sets of another program's export. unit: of loads where the file does not say, kg or lb.

    Good lines are read, bad ones are in `problems`. Raises FileUnreadable or NoTrainingLog.
    """
    text = read_text(path)
    if text.lstrip().startswith("{"):
        return own.parse_json(path, text)
    sheet = read_sheet(path, text)
    if own.is_own(sheet.names):
        return own.parse(sheet)
    if hevy.is_hevy(sheet.names):
        return hevy.parse(sheet, unit)
    if strong.is_strong(sheet.names):
        return strong.parse(sheet, unit)
    if strong.is_translated(sheet.names):
        raise NoTrainingLog(
            path,
            "line 1: this is Strong's header in another language",
            "set the app's language to English and export again",
        )
    shown = ", ".join(sheet.names)[:80]
    raise NoTrainingLog(
        path, f"line 1: '{shown}' is no header of Strong or Hevy", "give the CSV that one of them exports"
    )
