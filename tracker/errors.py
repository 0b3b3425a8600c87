"""Everything that can go wrong with a user's input, as one small tree.

    HardsetError
    ├── FileProblem                 a named file is the trouble
    │   ├── FileUnreadable          missing, a folder, no permission, not text
    │   ├── FileInTheWay            there already, and not to be overwritten
    │   ├── HeaderNotUnderstood     columns missing or without a unit
    │   ├── LineNotUnderstood       a line that is not numbers
    │   ├── NothingMeasured         no row with numbers, or a sensor that sent zeros
    │   ├── RecordingTooShort       too few samples to say anything
    │   ├── ClockRestarted          two recordings in one file
    │   ├── PartOfARecording        angular velocity alone, or acceleration without gravity
    │   ├── SeveralSensors          samples of more than one sensor in one file
    │   ├── LabelNotUnderstood      a sidecar, truth file, index or exercise file that can't be used
    │   ├── ProfileNotUnderstood    a sensor profile that can't be used
    │   ├── NoTrainingLog           another program's log that can't be imported
    │   └── DatabaseProblem         the training log's file is the trouble
    │       ├── NotADatabase        no SQLite file, or another program's
    │       ├── DatabaseTooNew      written by a newer version of this program
    │       ├── DatabaseBusy        another process writes to it
    │       ├── DatabaseReadOnly    may be read, not written
    │       ├── DiskFull            no room left
    │       ├── WebExtraMissing             the browser view without its packages
    └── DatabaseDamaged     broken pages or a broken disk
    ├── FilesDoNotFit               files that are not the parts of one recording
    ├── UnknownExercise             not in the catalogue; carries the closest names
    ├── NotInLog                    a lifter, set or rep that the log does not hold
    ├── EntryNotUnderstood          a value that a set, meal or setting can't have
    ├── BluetoothProblem            this computer's Bluetooth is the trouble
    │   ├── NoBluetoothService      the system's Bluetooth service can't be reached
    │   ├── NoBluetoothAdapter      there is no radio that can do it
    │   ├── BluetoothOff            the radio is switched off
    │   ├── BluetoothForbidden      this program may not use it
    │   └── BluetoothFailed         anything else, in the system's words
    ├── SensorProblem               a named sensor is the trouble
    │   ├── SensorNotFound          not seen; names what was seen
    │   ├── SensorAmbiguous         several of this name
    │   ├── SensorNotKnown          seen, and of no kind that hardset can read
    │   └── SensorRefused           seen, and it does not let itself be connected or started
    ├── NotSimulated                an exercise that the simulator can't do
    ├── UnknownVirtualSensor        no virtual sensor has this name; carries those there are
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
class NoTrainingLog(FileProblem):
    """A file that is no other program's training log, or one that is too large."""

    problem: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.next_step}."


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
class ProfileNotUnderstood(FileProblem):
    """A sensor profile that can't be used."""

    key: str
    """Where in the profile, for instance stream[0].sample[2].type; empty for the whole file."""
    problem: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.path}, {self.key}" if self.key else f"{self.path}"
        return f"{place}: {self.problem}, expected {self.expected}; correct the profile or take it away."


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
class UnknownVirtualSensor(HardsetError):
    """A virtual sensor that there is not."""

    name: str
    possible: tuple[str, ...]

    def __str__(self) -> str:
        return f"There is no virtual sensor '{self.name}'; there are {', '.join(self.possible)}."


@dataclass(eq=False)
class NothingToScore(HardsetError):
    """A folder that holds no labelled recording."""

    folder: Path

    def __str__(self) -> str:
        return (
            f"{self.folder}: no labelled recording; put an index.csv there, or a NAME.json with 'reps' "
            "beside each NAME.csv."
        )


@dataclass(eq=False)
class DatabaseProblem(FileProblem):
    """The file of the training log can't be used as it is."""


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


@dataclass(eq=False)
class BluetoothProblem(HardsetError):
    """Bluetooth of this computer can't be used."""

    detail: str
    """The system's own words."""


@dataclass(eq=False)
class NoBluetoothService(BluetoothProblem):
    """The system's Bluetooth service can't be reached."""

    def __str__(self) -> str:
        return (
            f"The Bluetooth service of this computer can't be reached ({self.detail}); "
            "on Linux install and start BlueZ (systemctl start bluetooth) with its D-Bus system bus."
        )


@dataclass(eq=False)
class NoBluetoothAdapter(BluetoothProblem):
    """There is no radio, or none that can connect to sensors."""

    def __str__(self) -> str:
        return (
            f"This computer has no Bluetooth adapter that can connect to sensors ({self.detail}); "
            "plug in one for Bluetooth 4.0 or newer."
        )


@dataclass(eq=False)
class BluetoothOff(BluetoothProblem):
    """The radio is switched off."""

    def __str__(self) -> str:
        return "Bluetooth is switched off; switch it on and try again."


@dataclass(eq=False)
class BluetoothForbidden(BluetoothProblem):
    """This program may not use Bluetooth."""

    def __str__(self) -> str:
        return (
            f"hardset may not use Bluetooth ({self.detail}); allow it for this terminal in the system's "
            "privacy settings, or on Linux join the group that may (bluetooth)."
        )


@dataclass(eq=False)
class BluetoothFailed(BluetoothProblem):
    """Something else went wrong below."""

    def __str__(self) -> str:
        return f"Bluetooth failed ({self.detail}); switch it off and on again, then try once more."


@dataclass(eq=False)
class SensorProblem(HardsetError):
    """One sensor can't be used."""

    sensor: str


@dataclass(eq=False)
class SensorNotFound(SensorProblem):
    """Nothing with this name or address was seen."""

    seen: tuple[str, ...]

    def __str__(self) -> str:
        seen = f"in sight: {', '.join(self.seen)}" if self.seen else "no Bluetooth device was in sight"
        return (
            f"No sensor '{self.sensor}' was found ({seen}); switch it on, bring it near and close "
            "other apps that are connected to it."
        )


@dataclass(eq=False)
class SensorAmbiguous(SensorProblem):
    """Several devices go by this name."""

    candidates: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{len(self.candidates)} devices go by '{self.sensor}': {', '.join(self.candidates)}; "
            "give the address instead."
        )


@dataclass(eq=False)
class SensorNotKnown(SensorProblem):
    """The device is there, and of no kind that can be read."""

    known: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"'{self.sensor}' is no sensor that hardset can read (it reads {', '.join(self.known)}); "
            "choose another, or describe it in a profile."
        )


@dataclass(eq=False)
class SensorRefused(SensorProblem):
    """The device is there, and can't be connected or started."""

    detail: str

    def __str__(self) -> str:
        return (
            f"'{self.sensor}' is there and can't be connected ({self.detail}); close other apps that use "
            "it (a sensor takes one connection), switch it off and on, and try again."
        )


@dataclass(eq=False)
class WebExtraMissing(HardsetError):
    """The browser view needs packages that are not installed."""

    def __str__(self) -> str:
        return "The browser view needs textual-serve; install it with: pip install 'hardset[web]'."
