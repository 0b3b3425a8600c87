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
    │       ├── LogNotThere         named to be read, and does not exist
    │       ├── NotADatabase        no SQLite file, or another program's
    │       ├── DatabaseTooNew      written by a newer version of this program
    │       ├── DatabaseBusy        another process writes to it
    │       ├── DatabaseReadOnly    may be read, not written
    │       ├── DiskFull            no room left
    │       └── DatabaseDamaged     broken pages or a broken disk
    ├── WebExtraMissing             the browser view without its packages
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

from hardset.tracker.errors.log import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    EntryNotUnderstood,
    LogNotThere,
    NotADatabase,
    NotInLog,
    NoTrainingLog,
    UnknownExercise,
)
from hardset.tracker.errors.recordings import (
    ClockRestarted,
    FileInTheWay,
    FilesDoNotFit,
    FileUnreadable,
    HeaderNotUnderstood,
    LabelNotUnderstood,
    LineNotUnderstood,
    NothingMeasured,
    NothingToScore,
    NotSimulated,
    PartOfARecording,
    RecordingTooShort,
    SeveralSensors,
)
from hardset.tracker.errors.root import (
    FileProblem,
    HardsetError,
    WebExtraMissing,
)
from hardset.tracker.errors.sensors import (
    BluetoothFailed,
    BluetoothForbidden,
    BluetoothOff,
    BluetoothProblem,
    NoBluetoothAdapter,
    NoBluetoothService,
    ProfileNotUnderstood,
    SensorAmbiguous,
    SensorNotFound,
    SensorNotKnown,
    SensorProblem,
    SensorRefused,
    UnknownVirtualSensor,
)

__all__ = [
    "BluetoothFailed",
    "BluetoothForbidden",
    "BluetoothOff",
    "BluetoothProblem",
    "ClockRestarted",
    "DatabaseBusy",
    "DatabaseDamaged",
    "DatabaseProblem",
    "DatabaseReadOnly",
    "DatabaseTooNew",
    "DiskFull",
    "EntryNotUnderstood",
    "FileInTheWay",
    "FileProblem",
    "FileUnreadable",
    "FilesDoNotFit",
    "HardsetError",
    "HeaderNotUnderstood",
    "LabelNotUnderstood",
    "LineNotUnderstood",
    "LogNotThere",
    "NoBluetoothAdapter",
    "NoBluetoothService",
    "NoTrainingLog",
    "NotADatabase",
    "NotInLog",
    "NotSimulated",
    "NothingMeasured",
    "NothingToScore",
    "PartOfARecording",
    "ProfileNotUnderstood",
    "RecordingTooShort",
    "SensorAmbiguous",
    "SensorNotFound",
    "SensorNotKnown",
    "SensorProblem",
    "SensorRefused",
    "SeveralSensors",
    "UnknownExercise",
    "UnknownVirtualSensor",
    "WebExtraMissing",
]
