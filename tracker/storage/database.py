"""One SQLite file: opened, checked, brought up to date, and its troubles told in a sentence.

Write-ahead log, so a screen can read while a session writes, and a killed process leaves a whole file.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hardset.tracker.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    FileUnreadable,
    NotADatabase,
)

BUSY_S = 5.0
"""How long a second process may write before one is told that the file is busy."""
LEAST_ROOM = 128 * 1024
"""With fewer bytes left SQLite can't lay its shared memory (32 kB) and a page or two beside the file."""
_WHEN_FULL = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What a full disk may look like to SQLite, beside SQLITE_FULL."""
APPLICATION_ID = 0x48534554
"""'HSET': tells this program's files from other SQLite files."""


class LogConnection(sqlite3.Connection):
    """A connection that knows what opening has done to the file."""

    kept_copy: Path | None = None
    """The file as it was before its tables were brought up to date; None where they were."""


def open_database(path: Path) -> LogConnection:
    """Open a database, make it where there is none, and bring an older one up to date.

    Statements run in autocommit; `transaction` groups them. A file or folder that can't be written is
    opened for reading only. An older file is copied before it is changed; one that can't be written
    is brought up to date in memory. Raises a DatabaseProblem.
    """
    with stated(path):
        try:
            return _ready(path, _mode(path))
        except (sqlite3.OperationalError, DiskFull):
            # A full disk has no room for what SQLite lays beside an open file; reading it needs none.
            if not (path.is_file() and _full(path) and not _has_log(path)):
                raise
            return _ready(path, "ro&immutable=1")


def empty_database() -> LogConnection:
    """What a log holds before anything is logged; nothing of it reaches the disk."""
    connection = _connect(":memory:")
    _bring_up_to_date(connection, None)
    return connection


def _connect(name: str) -> LogConnection:
    return sqlite3.connect(
        name,
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        factory=LogConnection,
    )


def _ready(path: Path, mode: str) -> LogConnection:
    connection = _connect(f"{path.resolve().as_uri()}?mode={mode}")
    try:
        if not _is_old(path, connection):
            return connection
        if not mode.startswith("ro"):
            _bring_up_to_date(connection, path)
            return connection
        with closing(connection):
            return _in_memory(connection)
    except BaseException:
        connection.close()
        raise


def is_there(path: Path) -> bool:
    """Whether there is a file. Raises FileUnreadable for a folder, and where nobody may look."""
    try:
        if path.is_dir():
            raise FileUnreadable(path, "is a folder where a database file was expected")
        return path.exists()
    except OSError as error:
        raise FileUnreadable(path, f"can't be looked for ({_reason(error)})") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _mode(path: Path) -> str:
    """How to open the file; its folder is made where it is missing."""
    writable = True
    if is_there(path):
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    else:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileUnreadable(path, f"its folder can't be made ({_reason(error)})") from error
    if writable:
        return "rwc"
    # Without a write-ahead log to read along, nothing can change under us.
    return "ro" if _has_log(path) else "ro&immutable=1"


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _full(path: Path) -> bool:
    """Whether there is no room on the file's disk for even the smallest write."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def _is_old(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether the tables are missing or of an older version."""
    from hardset.tracker.storage.schema import SCHEMA_VERSION

    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection)
    if version > SCHEMA_VERSION:
        raise DatabaseTooNew(path, version, SCHEMA_VERSION)
    if version == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise NotADatabase(path, "is a database of another program")
    return version < SCHEMA_VERSION


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(connection: LogConnection, path: Path | None) -> None:
    """Run the steps that are missing; path: the file, of which a copy is kept if anything is in it."""
    # The migrations take 0.2 s to import: only for a file that needs them.
    from sqlite_utils import Database

    from hardset.tracker.storage.migrations import log_migrations

    connection.execute("PRAGMA journal_mode = WAL")
    # Two programs may meet here: the second waits, and finds the work done.
    with transaction(connection):
        if path is not None and _version(connection) and _is_old(path, connection):
            connection.kept_copy = _keep_copy(path, _version(connection))
        log_migrations.apply(Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _keep_copy(path: Path, version: int) -> Path:
    """A checked copy of an older file beside it, whatever the steps do to the file itself."""
    from hardset.tracker.storage.backup import back_up

    copy = path.with_name(f"{path.stem}_tables_v{version}{path.suffix}")
    # Through a connection of its own: SQLite copies from none that is about to write.
    with closing(_connect(f"{path.resolve().as_uri()}?mode=ro")) as reading:
        # A copy that is there is of a step that failed, or the file was put back from it.
        back_up(reading, path, copy, overwrite=True)
    return copy


def _in_memory(connection: sqlite3.Connection) -> LogConnection:
    """An old file that can't be written, brought up to date where nobody else sees it; for reading only."""
    memory = _connect(":memory:")
    try:
        connection.backup(memory)
        _bring_up_to_date(memory, None)
        memory.execute("PRAGMA query_only = ON")
    except BaseException:
        memory.close()
        raise
    return memory


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. The write lock is taken at once: a later upgrade could fail at any statement."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def stated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into a DatabaseProblem; faults of the program stay faults."""
    try:
        yield
    except sqlite3.Error as error:
        problem = problem_of(path, error)
        if problem is None:
            raise
        raise problem from error


def problem_of(path: Path, error: sqlite3.Error) -> DatabaseProblem | FileUnreadable | None:
    """The stated problem behind an error of SQLite; None for a fault of the program."""
    # The low byte is the primary code, the rest says more than a user needs.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _WHEN_FULL and _full(path):
        return DiskFull(path)
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_READONLY:
            return DatabaseReadOnly(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(path)
        case sqlite3.SQLITE_NOTADB:
            return NotADatabase(path, "is no SQLite database")
        case sqlite3.SQLITE_CORRUPT:
            return DatabaseDamaged(path, str(error))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FileUnreadable(path, "the database can't be opened")
        case sqlite3.SQLITE_IOERR:
            return DatabaseDamaged(path, f"the disk reports an error ({error})")
    return None


def integrity_problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the file's structure and references, in SQLite's words; empty for a sound one."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        # Some damage ends the check itself.
        return [str(error)]
    return found + [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in broken]
