"""Writes a recording while its samples come: what a killed program leaves behind can be analysed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, SampleBatch
from hardset.tracker.errors import FileUnreadable

ACCELERATION = "time_s,acc_x_g,acc_y_g,acc_z_g"
ANGULAR_VELOCITY = "gyr_x_dps,gyr_y_dps,gyr_z_dps"


class RecordingWriter:
    """One NAME.csv in g and °/s. Resolution 0.1 ms, 1e-5 g and 0.001 °/s: finer than a 16-bit sensor."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises FileUnreadable."""
        self._path = path
        self._gyro: bool | None = None
        try:
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(path, error) from error

    def write(self, samples: SampleBatch) -> None:
        """Append samples and hand them to the system. Raises FileUnreadable."""
        try:
            if self._gyro is None:
                self._gyro = samples.angular_velocity_radps is not None
                self._file.write(ACCELERATION + (f",{ANGULAR_VELOCITY}" if self._gyro else "") + "\n")
            columns = [samples.time_s[:, None], samples.acceleration_mps2 / STANDARD_GRAVITY_MPS2]
            formats = ["%.4f", "%.5f", "%.5f", "%.5f"]
            if self._gyro and samples.angular_velocity_radps is not None:
                columns.append(np.rad2deg(samples.angular_velocity_radps))
                formats += ["%.3f"] * 3
            np.savetxt(self._file, np.hstack(columns), fmt=formats, delimiter=",")
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def close(self) -> None:
        """Nothing more is to come."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def unwritable(path: Path, error: OSError) -> FileUnreadable:
    """The sentence for a file that the system does not let us write."""
    return FileUnreadable(path, f"can't be written ({(error.strerror or str(error)).lower()})")
