"""Recordings, their labels and folders that can't be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.errors.root import FileProblem, HardsetError


@dataclass(eq=False)
class FileUnreadable(FileProblem):
    """The file could not be opened, written or decoded."""

    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; check the name and the permissions."


@dataclass(eq=False)
class FileInTheWay(FileProblem):
    """A file of that name is there already."""

    def __str__(self) -> str:
        return f"{self.path} is there already and was left alone; choose another name or say --overwrite."


@dataclass(eq=False)
class HeaderNotUnderstood(FileProblem):
    """The header line does not name the columns of a recording."""

    problem: str

    def __str__(self) -> str:
        return (
            f"{self.path} line 1: {self.problem}; expected a header such as "
            "time_s,acc_x_g,acc_y_g,acc_z_g,gyr_x_dps,gyr_y_dps,gyr_z_dps, or an export of WitMotion, "
            "MetaBase, Movesense, phyphox or Sensor Logger."
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
class PartOfARecording(FileProblem):
    """A file that holds one part of what was measured, and not the part that reps are found in."""

    what: str
    next_step: str

    def __str__(self) -> str:
        return (
            f"{self.path}: holds {self.what} only, and reps need acceleration with gravity; {self.next_step}."
        )


@dataclass(eq=False)
class SeveralSensors(FileProblem):
    """A file with the samples of several sensors, of which one has to be chosen."""

    sensors: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join(self.sensors)
        return (
            f"{self.path}: holds samples of {len(self.sensors)} sensors ({names}); take one "
            f'with: hardset import-recording "{self.path}" --device "{self.sensors[0]}" -o OUT.csv.'
        )


@dataclass(eq=False)
class LabelNotUnderstood(FileProblem):
    """A sidecar, truth file, index or file of own exercises that can't be used."""

    problem: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}, expected {self.expected}; correct it or take the file away."


@dataclass(eq=False)
class FilesDoNotFit(HardsetError):
    """Files that can't be joined to one recording."""

    paths: tuple[Path, ...]
    problem: str

    def __str__(self) -> str:
        names = ", ".join(map(str, self.paths))
        return f"{names}: {self.problem}; give the accelerometer's and the gyroscope's file of one recording."


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
