"""The training log: its file, what it does not hold, what it does not take."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.tracker.errors.root import FileProblem, HardsetError


@dataclass(eq=False)
class NoTrainingLog(FileProblem):
    """A file that is no other program's training log, or one that is too large."""

    problem: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.next_step}."


@dataclass(eq=False)
class UnknownExercise(HardsetError):
    """An exercise id that the catalogue does not hold."""

    id: str
    closest: tuple[str, ...]

    def __str__(self) -> str:
        return f"The exercise '{self.id}' is not in the catalogue; the closest are {', '.join(self.closest)}."


@dataclass(eq=False)
class DatabaseProblem(FileProblem):
    """The file of the training log can't be used as it is."""


@dataclass(eq=False)
class LogNotThere(DatabaseProblem):
    """A log that was named and is to be read does not exist."""

    def __str__(self) -> str:
        return (
            f"{self.path}: there is no training log; check the name, or begin one there with: "
            f"hardset log EXERCISE LOAD REPS --db {self.path}."
        )


@dataclass(eq=False)
class NotADatabase(DatabaseProblem):
    """The file holds something else."""

    problem: str

    def __str__(self) -> str:
        return f"{self.path} {self.problem}; name your training log with --db or HARDSET_DB."


@dataclass(eq=False)
class DatabaseTooNew(DatabaseProblem):
    """The tables come from a later version of this program."""

    version: int
    known: int

    def __str__(self) -> str:
        return (
            f"{self.path} was written by a newer hardset (tables of version {self.version}, this one knows "
            f"{self.known}); update hardset, nothing was changed."
        )


@dataclass(eq=False)
class DatabaseBusy(DatabaseProblem):
    """Another process holds the write lock."""

    def __str__(self) -> str:
        return f"{self.path}: another program is writing to it; wait for it or close it, then try again."


@dataclass(eq=False)
class DatabaseReadOnly(DatabaseProblem):
    """The file can be read but not written."""

    def __str__(self) -> str:
        return f"{self.path} can't be written, nothing was changed; check the permissions or copy the file."


@dataclass(eq=False)
class DiskFull(DatabaseProblem):
    """There is no room for what was to be written."""

    def __str__(self) -> str:
        return f"{self.path}: the disk is full, nothing was changed; make room and try again."


@dataclass(eq=False)
class DatabaseDamaged(DatabaseProblem):
    """SQLite or the disk reports broken data."""

    problem: str

    def __str__(self) -> str:
        return f"{self.path} is damaged ({self.problem}); keep a copy and go back to a backup."


@dataclass(eq=False)
class NotInLog(HardsetError):
    """Something was asked for that the log does not hold."""

    what: str
    there_are: str
    """What there is instead, or the command that lists it."""

    def __str__(self) -> str:
        return f"There is no {self.what} in the log; {self.there_are}."


@dataclass(eq=False)
class EntryNotUnderstood(HardsetError):
    """A value that can't be what it claims to be."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}; correct that and run it again."
