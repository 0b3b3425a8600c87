"""What is read from another program's log: plain values, with the line that each came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """One set as another program knows it."""

    line: int
    started: datetime
    """Start of its workout (own exports: end of the set); without an offset it is the place's own time."""
    workout: str | None
    exercise_name: str
    place: int
    """From 0: which set of its workout this is, in the order of the file."""
    load_kg: float | None
    reps: int
    warmup: bool
    failed: bool
    felt_rir: float | None
    note: str | None
    key: str
    """Tells it from every other set of that program's log, and stays the same in a later export."""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that was left out, or not taken whole."""

    line: int
    problem: str
    left_out: bool = True

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}" + ("; left out" if self.left_out else "")


@dataclass(frozen=True, slots=True)
class ParsedLog:
    """A file that was read: good lines, bad lines, and lines that hold no set."""

    program: str
    """strong, hevy or hardset."""
    sets: tuple[ImportedSet, ...]
    problems: tuple[LineProblem, ...]
    skipped: Mapping[str, int]
    """Why lines hold no set (rest timers, cardio ...), and how many there are."""
    unit_told: bool
    """False where the file doesn't say kg or lb."""


@dataclass(slots=True)
class Reading:
    """What has been read of a file so far."""

    sets: list[ImportedSet] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    _in_workout: Counter[str] = field(default_factory=Counter)
    _of_exercise: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next_place(self, workout_key: str) -> int:
        """Which set of its workout comes next, from 0."""
        self._in_workout[workout_key] += 1
        return self._in_workout[workout_key] - 1

    def next_key(self, program: str, workout_key: str, exercise_name: str) -> str:
        """The workout's start, the exercise, and which set of it: what stays the same in a later export.

        Neither load, unit nor the workout's name is in it: a log that was exported in lb and again in kg, or
        with a workout renamed, is one log.
        """
        counted = (workout_key, exercise_name)
        self._of_exercise[counted] += 1
        return f"{program}|{workout_key}|{exercise_name}|{self._of_exercise[counted]}"

    def result(self, program: str, *, unit_told: bool) -> ParsedLog:
        """What was read, unchangeable."""
        return ParsedLog(program, tuple(self.sets), tuple(self.problems), dict(self.skipped), unit_told)
