"""Dates and times of day as apps write them, to seconds."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from hardset.signal.samples import FloatArray

_STAMP = re.compile(
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<last>\d{4}))?"
    r"[T ]*(?P<h>\d{1,2}):(?P<m>\d{2}):(?P<s>\d{2})(?:[.:,](?P<fraction>\d{1,9}))?\s*(?P<half>[AaPp][Mm])?"
)
DAY_S = 86_400.0


def seconds_of(text: str) -> float | None:
    """Seconds of a stamp such as 2026-10-02T07:48:45.830, 10/2/2026 7:48:45.830 or 07:48:45:830.

    From 0001-01-01 where there is a date, else from midnight; None for anything else. With the year
    last, the month is taken first unless that can't be: only differences within a day are used.
    """
    match = _STAMP.match(text.strip())
    if match is None:
        return None
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    fraction = float("0." + match["fraction"]) if match["fraction"] else 0.0
    seconds = hour * 3600.0 + int(match["m"]) * 60.0 + int(match["s"]) + fraction
    try:
        return seconds + DAY_S * _day(match)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> int:
    if match["year"]:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).toordinal()
    if match["last"]:
        month, day = int(match["first"]), int(match["second"])
        if month > 12:
            month, day = day, month
        return date(int(match["last"]), month, day).toordinal()
    return 0


def over_midnight(time_s: FloatArray) -> FloatArray:
    """Times of day (n,), s, made to go on after midnight; a step back by over half a day is one."""
    steps = np.diff(time_s, prepend=time_s[:1])
    return np.asarray(time_s + DAY_S * np.cumsum(np.nan_to_num(steps) < -DAY_S / 2), dtype=np.float64)
