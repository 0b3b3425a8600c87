"""A whole copy of a database that is in use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from hardset.tracker.errors import DatabaseDamaged, FileInTheWay, FileUnreadable
from hardset.tracker.storage.database import integrity_problems, stated


def back_up(connection: sqlite3.Connection, source: Path, target: Path, *, overwrite: bool = False) -> int:
    """Copy a database through SQLite's own online backup; gives the size in bytes.

    The copy is made under another name, checked, and then named: no half copy ever bears the name.
    Raises FileInTheWay, FileUnreadable, DiskFull, DatabaseDamaged.
    """
    if target.is_dir():
        raise FileUnreadable(target, "is a folder where the name of a file was expected")
    if target.exists() and not overwrite:
        raise FileInTheWay(target)
    if target.exists() and source.exists() and target.samefile(source):
        raise FileUnreadable(target, "is the log itself")
    half = target.with_name(target.name + ".part")
    try:
        with stated(target):
            half.unlink(missing_ok=True)
            copy = sqlite3.connect(half)
            try:
                connection.backup(copy)
                # A copy is read from one file, on any disk: no log beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
                problems = integrity_problems(copy)
            finally:
                copy.close()
        if problems:
            raise DatabaseDamaged(source, problems[0])
        os.replace(half, target)
        return target.stat().st_size
    except OSError as error:
        raise FileUnreadable(
            target, f"can't be written ({(error.strerror or str(error)).lower()})"
        ) from error
    finally:
        half.unlink(missing_ok=True)
