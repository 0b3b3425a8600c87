"""Everything that can go wrong with a user's input, as one small tree.

    HardsetError
    ├── FileProblem                 a named file is the trouble
    │   ├── FileUnreadable          missing, a folder, no permission, not text
    │   ├── HeaderNotUnderstood     columns missing or without a unit
    │   ├── LineNotUnderstood       a line that is not numbers
    │   ├── NothingMeasured         no row with numbers, or a sensor that sent zeros
    │   ├── RecordingTooShort       too few samples to say anything
    │   ├── ClockRestarted          two recordings in one file
    │   └── LabelNotUnderstood      a sidecar, truth file or index that can't be used
    ├── UnknownExercise             not in the catalogue; carries the closest names
    ├── NotSimulated                an exercise that the simulator can't do
    └── NothingToScore              a folder without labelled recordings

Each error carries the data that its sentence needs. `str(error)` is what the user sees: one
sentence that names the file or thing, and the next step. The command line prints it and ends
with exit code 1; only a fault in the program itself shows a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class HardsetError(Exception):
    """Root of the tree: a stated problem with the input, never with the program."""


@dataclass(eq=False)
class FileProblem(HardsetError):
    """A file that can't be used as it is."""

    path: Path


@dataclass(eq=False)
class FileUnreadable(FileProblem):
    """The file could not be opened, written or decoded."""

    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; check the name and the permissions."


@dataclass(eq=False)
class HeaderNotUnderstood(FileProblem):
    """The header line does not name the columns of a recording."""

    problem: str

    def __str__(self) -> str:
        return (
            f"{self.path} line 1: {self.problem}; expected a header such as "
            "time_s,acc_x_g,acc_y_g,acc_z_g,gyr_x_dps,gyr_y_dps,gyr_z_dps."
        )


@dataclass(eq=False)
class LineNotUnderstood(FileProblem):
    """A line of a recording does not hold what the header promised."""

    line: int
    problem: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.path} line {self.line}"
        return f"{place}: {self.problem}, expected {self.expected}; correct or delete that line."


@dataclass(eq=False)
class NothingMeasured(FileProblem):
    """The file can be read, but no sensor has spoken in it."""

    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; check the sensor and record again."


@dataclass(eq=False)
class RecordingTooShort(FileProblem):
    """Too few samples, or too little time, to find anything in."""

    samples: int
    duration_s: float

    def __str__(self) -> str:
        return (
            f"{self.path}: too short to analyse ({self.samples} samples, {self.duration_s:.2f} s); "
            "record at least a few seconds."
        )


@dataclass(eq=False)
class ClockRestarted(FileProblem):
    """Time jumps back so far that two recordings must have been joined."""

    line: int
    before_s: float
    after_s: float

    def __str__(self) -> str:
        return (
            f"{self.path} line {self.line}: the clock jumps back from {self.before_s:.2f} s "
            f"to {self.after_s:.2f} s, as if two recordings were joined; split the file there."
        )


@dataclass(eq=False)
class LabelNotUnderstood(FileProblem):
    """A sidecar, truth file or index that can't be used."""

    problem: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}, expected {self.expected}; correct it or take the file away."


@dataclass(eq=False)
class UnknownExercise(HardsetError):
    """An exercise id that the catalogue does not hold."""

    id: str
    closest: tuple[str, ...]

    def __str__(self) -> str:
        return f"The exercise '{self.id}' is not in the catalogue; the closest are {', '.join(self.closest)}."


@dataclass(eq=False)
class NotSimulated(HardsetError):
    """An exercise of the catalogue that the simulator can't do."""

    id: str
    possible: tuple[str, ...]

    def __str__(self) -> str:
        return f"The simulator can't do '{self.id}'; it does {', '.join(self.possible)}."


@dataclass(eq=False)
class NothingToScore(HardsetError):
    """A folder that holds no labelled recording."""

    folder: Path

    def __str__(self) -> str:
        return (
            f"{self.folder}: no labelled recording; put an index.csv there, or a NAME.json with 'reps' "
            "beside each NAME.csv."
        )
