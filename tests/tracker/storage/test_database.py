"""The file: made, refused, read only, full, busy, backed up. Real SQLite files throughout."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_disk import SmallDisk

from hardset.tracker.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    FileInTheWay,
    FileUnreadable,
    NotADatabase,
)
from hardset.tracker.storage.backup import back_up
from hardset.tracker.storage.database import integrity_problems, open_database
from hardset.tracker.storage.schema import SCHEMA_VERSION
from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.times import now


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "deep" / "er" / "log.db") as log:
        yield log


def a_set(reps: int = 8) -> NewSet:
    return NewSet("back_squat", 100.0, reps, now(), note="x" * 3000)


def test_a_new_file_is_whole_and_of_today(log: Log) -> None:
    assert log.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert log.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert log.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert integrity_problems(log.connection) == []
    assert log.history().sets == ()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    open_database(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match=r"newer hardset .* update hardset"):
        open_database(path)
    assert path.read_bytes() == before


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("squat day " * 1000)
    with pytest.raises(NotADatabase, match=r"notes\.txt is no SQLite database"):
        open_database(text)
    foreign = tmp_path / "photos.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
    other.close()
    with pytest.raises(NotADatabase, match="another program"):
        open_database(foreign)
    with pytest.raises(FileUnreadable, match="is a folder"):
        open_database(tmp_path)
    with pytest.raises(FileUnreadable, match="folder can't be made"):
        open_database(text / "log.db")


def test_a_full_disk_is_one_sentence_and_changes_nothing(log: Log) -> None:
    log.add_set(a_set())
    log.connection.execute(f"PRAGMA max_page_count = {pages(log) + 2}")
    with pytest.raises(DiskFull, match=r"log\.db: the disk is full, nothing was changed; make room"):
        log.add_sets([a_set(reps) for reps in range(1, 40)])
    assert [one.reps for one in log.history().sets] == [8]
    assert len(log.undoable()) == 1
    log.connection.execute("PRAGMA max_page_count = 1000000")
    log.add_set(a_set(5))
    assert integrity_problems(log.connection) == []


def test_a_disk_that_is_really_full(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "log.db"
    with Log.open(path) as log:
        log.add_set(a_set())
        small_disk.fill()
        with pytest.raises(DiskFull):
            add_many(log)
        kept = len(log.history().sets)
        assert kept >= 1
    # Opened anew there is no room for what lies beside an open file: it can be read all the same.
    small_disk.fill()
    with Log.open(path) as log:
        assert len(log.history().sets) == kept
        with pytest.raises(DiskFull, match="make room"):
            log.add_set(a_set())
        with pytest.raises(DiskFull):
            back_up(log.connection, path, small_disk.folder / "copy.db")
    small_disk.clear()
    with Log.open(path) as log:
        log.add_set(a_set())
        assert integrity_problems(log.connection) == []
    small_disk.freeze()
    with Log.open(path) as log:
        assert len(log.history().sets) == kept + 1
        with pytest.raises(DatabaseReadOnly):
            log.add_set(a_set())


def add_many(log: Log) -> None:
    for _ in range(400):
        log.add_set(a_set())


def pages(log: Log) -> int:
    return int(log.connection.execute("PRAGMA page_count").fetchone()[0])


def test_a_file_that_may_only_be_read_is_read(log: Log) -> None:
    log.add_set(a_set())
    log.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(DatabaseReadOnly, match="can't be written, nothing was changed"):
        log.add_set(a_set())
    assert len(log.history().sets) == 1


def test_a_second_writer_waits_and_then_is_told(log: Log) -> None:
    log.add_set(a_set())
    other = open_database(log.path)
    other.execute("BEGIN IMMEDIATE")
    log.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(DatabaseBusy, match="another program is writing"):
        log.add_set(a_set())
    # Readers do not wait.
    assert len(log.history().sets) == 1
    other.execute("ROLLBACK")
    other.close()
    log.add_set(a_set())


def test_broken_pages_are_found(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        log.add_sets([a_set() for _ in range(50)])
        log.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = bytearray(path.read_bytes())
    for page in range(20, len(raw) // 4096):
        raw[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(raw)
    with Log.open(path) as log:
        assert integrity_problems(log.connection)
        with pytest.raises(DatabaseDamaged, match="go back to a backup"):
            log.history()


def test_a_backup_is_whole_while_somebody_writes(log: Log, tmp_path: Path) -> None:
    log.add_set(a_set())
    writer = open_database(log.path)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO lifters (name) VALUES ('half written')")
    target = tmp_path / "copy.db"
    assert back_up(log.connection, log.path, target) == target.stat().st_size
    writer.execute("ROLLBACK")
    writer.close()
    assert list(tmp_path.glob("copy.db?*")) == []
    with Log.open(target) as copy:
        assert copy.history() == log.history()
        assert copy.lifters() == [""]


def test_a_backup_overwrites_nothing_unasked(log: Log, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(FileInTheWay):
        back_up(log.connection, log.path, target)
    assert target.read_text() == "precious"
    back_up(log.connection, log.path, target, overwrite=True)
    with pytest.raises(FileUnreadable, match="the log itself"):
        back_up(log.connection, log.path, log.path, overwrite=True)
    with pytest.raises(FileUnreadable):
        back_up(log.connection, log.path, tmp_path / "nowhere" / "copy.db")
