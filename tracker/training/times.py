"""Times as people type them, as the log keeps them, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from hardset.tracker.errors import EntryNotUnderstood

WORKOUT_GAP = timedelta(hours=4)
"""Sets of one lifter further apart than this belong to different workouts, whatever these are called."""
YEARS = range(1900, 2200)
"""Any other year is a slip of the pen."""
_FIXED_WIDTH = "%Y-%m-%d %H:%M:%S.%f"


def now() -> datetime:
    """The present, with the offset of the place."""
    return datetime.now().astimezone()


def typed_time(text: str, where: str) -> datetime:
    """An ISO time; without an offset it is the place's own. Raises EntryNotUnderstood."""
    try:
        at = datetime.fromisoformat(text)
        if at.year not in YEARS:
            raise ValueError(text)
        return at.astimezone() if at.tzinfo is None else at
    except (ValueError, OverflowError, OSError):
        raise EntryNotUnderstood(
            where, f"'{text}' is no time such as 2026-11-23T18:05 or 2026-11-23"
        ) from None


def to_columns(at: datetime) -> tuple[str, int]:
    """UTC text that sorts, and the offset of the place in minutes. Raises ValueError for a naive time."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"{at} has no offset")
    return at.astimezone(UTC).strftime(_FIXED_WIDTH), round(offset.total_seconds() / 60)


def from_columns(at_utc: str, utc_offset_min: int) -> datetime:
    """The time with its offset."""
    return datetime.fromisoformat(at_utc).replace(tzinfo=UTC).astimezone(_zone(utc_offset_min))


@cache
def _zone(utc_offset_min: int) -> timezone:
    return UTC if utc_offset_min == 0 else timezone(timedelta(minutes=utc_offset_min))
