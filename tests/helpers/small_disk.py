"""A real file system of one megabyte that can be filled and frozen."""

from __future__ import annotations

import contextlib
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SmallDisk:
    """Mounted on a folder."""

    folder: Path

    def fill(self) -> None:
        """Write until nothing fits any more."""
        with (self.folder / "fill").open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "fill").unlink()

    def freeze(self) -> None:
        """From now on nothing can be written."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)
