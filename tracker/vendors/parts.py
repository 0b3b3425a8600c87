"""One file's quantities to acceleration with gravity and angular velocity, or what is missing for that."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.errors import PartOfARecording
from hardset.tracker.recording_csv import Table
from hardset.tracker.vendors.layout import Quantity

_WITHOUT_GRAVITY = {
    "phyphox": "record with its experiment 'Acceleration (with g)', or export that sensor too",
    "Sensor Logger": (
        "join it with Gravity.csv of the same recording (hardset import-recording {name} Gravity.csv "
        "-o OUT.csv), or on Android take TotalAcceleration.csv"
    ),
    "MetaBase (MetaMotion)": (
        "join it with the Gravity file of the same recording (hardset import-recording {name} "
        "GRAVITY.csv -o OUT.csv), or record the Accelerometer instead"
    ),
}
_JOIN = "join it with the accelerometer's file: hardset import-recording ACCELEROMETER.csv {name} -o OUT.csv"


def complete(path: Path, table: Table) -> FloatArray:
    """Rows (n, 4) or (n, 7): time s, acceleration with gravity m/s², angular velocity rad/s.

    Gravity and the rest of the acceleration are added where a file has them apart. Raises PartOfARecording.
    """
    acceleration = table.block(Quantity.ACCELERATION)
    if acceleration is None:
        linear, gravity = table.block(Quantity.LINEAR), table.block(Quantity.GRAVITY)
        if linear is None or gravity is None:
            raise PartOfARecording(path, " and ".join(table.quantities), _next_step(path, table))
        acceleration = linear + gravity
    angular = table.block(Quantity.ANGULAR_VELOCITY)
    blocks = [table.values[:, :1], acceleration]
    return np.hstack(blocks if angular is None else [*blocks, angular])


def _next_step(path: Path, table: Table) -> str:
    advice = _JOIN
    if Quantity.LINEAR in table.quantities and table.source is not None:
        advice = _WITHOUT_GRAVITY.get(table.source, "export the acceleration with gravity")
    return advice.format(name=path.name)
