"""Sets as they were trained: sessions, days, ISO weeks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.times import WORKOUT_GAP, YEARS


@dataclass(frozen=True, slots=True)
class Session:
    """Sets of one visit to the gym, oldest first."""

    number: int
    """From 0, within the sets that were asked about."""
    sets: tuple[LoggedSet, ...]

    @property
    def day(self) -> date:
        """The local day on which it began."""
        return self.sets[0].at.date()


def sessions(sets: Iterable[LoggedSet]) -> tuple[Session, ...]:
    """Sets parted where the workout's name changes or four hours pass, in the order of time."""
    parted: list[list[LoggedSet]] = []
    for one in sorted(sets, key=lambda one: (one.at, one.id)):
        last = parted[-1][-1] if parted else None
        if last is None or one.workout != last.workout or one.at - last.at > WORKOUT_GAP:
            parted.append([])
        parted[-1].append(one)
    return tuple(Session(number, tuple(group)) for number, group in enumerate(parted))


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, both included, by the lifter's local calendar."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def of(self, sets: Iterable[LoggedSet]) -> list[LoggedSet]:
        """The sets that were done on these days."""
        return [one for one in sets if self.first <= one.at.date() <= self.last]

    def holds(self, day: date) -> bool:
        """True for a day among them."""
        return self.first <= day <= self.last


def last_days(end: date, count: int) -> Days:
    """The days up to and including `end`."""
    return Days(end - timedelta(days=count - 1), end)


def iso_week(day: date) -> str:
    """Name of a day's ISO week: 2026-W47. The days around New Year may belong to the other year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_days(name: str) -> Days:
    """Monday to Sunday of an ISO week such as 2026-W47. Raises EntryNotUnderstood."""
    parts = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", name.strip())
    if parts is None or int(parts[1]) not in YEARS:
        raise EntryNotUnderstood("week", f"'{name}' is no ISO week such as 2026-W47")
    try:
        monday = date.fromisocalendar(int(parts[1]), int(parts[2]), 1)
    except ValueError:
        raise EntryNotUnderstood("week", f"'{name}' is no ISO week such as 2026-W47") from None
    return Days(monday, monday + timedelta(days=6))


def weeks_before(name: str, count: int) -> tuple[str, ...]:
    """The ISO week and the ones before it, oldest first."""
    monday = week_days(name).first
    return tuple(iso_week(monday - timedelta(weeks=back)) for back in range(count - 1, -1, -1))


def first_and_last_day(history: TrainingHistory) -> Days | None:
    """From the first logged set to the last one; None without sets."""
    return _span(history.sets)


def _span(sets: Sequence[LoggedSet]) -> Days | None:
    if not sets:
        return None
    days = [one.at.date() for one in sets]
    return Days(min(days), max(days))
