"""Tells a recording that is being written from one whose program died: the system frees a dead one's lock."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO


class Alive:
    """A lock beside the database, held while a recording is written."""

    def __init__(self, database: Path, recording_id: int) -> None:
        self._path = database.with_name(f"{database.name}-live-{recording_id}")
        self._file: IO[bytes] | None = None

    def hold(self) -> bool:
        """Take the lock; False while another process holds it. A read-only folder locks nothing."""
        try:
            self._file = self._path.open("ab")
        except OSError:
            return True
        if _lock(self._file):
            return True
        self._file.close()
        self._file = None
        return False

    def let_go(self) -> None:
        """Free the lock and take its file away."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
