"""Databases of every version that was ever released open, are brought up to date, and say what they said."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from small_disk import SmallDisk
from sqlite_utils import Database

from hardset.tracker.errors import DatabaseReadOnly, DatabaseTooNew, DiskFull
from hardset.tracker.storage import schema
from hardset.tracker.storage.database import integrity_problems, open_database
from hardset.tracker.storage.migrations import log_migrations
from hardset.tracker.storage.recordings import read_samples
from hardset.tracker.storage.schema import SCHEMA_VERSION
from hardset.tracker.training.editing import SetChanges, edit_set
from hardset.tracker.training.log import Log
from hardset.tracker.training.proximity import proximity
from hardset.tracker.training.records import Night
from hardset.tracker.training.set_list import set_review

DATABASES = Path(__file__).parents[3] / "fixtures" / "databases"
VERSIONS = sorted(DATABASES.glob("v*.db"))
VIENNA = timezone(timedelta(hours=1))


def test_there_is_one_of_each_version() -> None:
    assert [path.name for path in VERSIONS] == [f"v{n}.db" for n in range(1, SCHEMA_VERSION + 1)]
    assert all(path.stat().st_size < 300_000 for path in VERSIONS)


@pytest.mark.parametrize("old", VERSIONS, ids=lambda path: path.stem)
def test_an_old_file_is_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    shutil.copy(old, path)
    with Log.open(path) as log:
        assert log.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert integrity_problems(log.connection) == []
        history = log.history()
        hand, measured = history.sets
        assert (hand.exercise, hand.load_kg, hand.reps, hand.felt_rir) == ("back_squat", 100.0, 8, 2.0)
        assert hand.at == datetime(2026, 11, 2, 18, 0, tzinfo=VIENNA)
        assert (measured.exercise, measured.load_kg, measured.reps) == ("back_squat", 110.0, 4)
        assert measured.rir_pmf is not None
        samples = read_samples(log.connection, 1)
        assert samples is not None
        assert len(samples) > 1000
        assert history.weighings[0].weight_kg == 81.4
        assert history.meals[0].protein_g == 40.0
        assert history.nights[0].hours == 7.5
        assert log.settings().hard_rir == 2
        # Undo reaches back over the change of version: the deleted rep first.
        log.undo()
        assert log.history().sets[1].reps == 5
        while log.undo():
            pass
        assert log.history().sets == ()
        assert log.lifters() == ["", "anna"]


def test_a_file_is_made_by_the_same_steps(tmp_path: Path) -> None:
    """What old files become and what new ones are is one and the same."""
    new = open_database(tmp_path / "new.db")
    shutil.copy(VERSIONS[0], tmp_path / "old.db")
    old = open_database(tmp_path / "old.db")
    schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    assert new.execute(schema).fetchall() == old.execute(schema).fetchall()
    new.close()
    old.close()


def test_an_old_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    shutil.copy(VERSIONS[0], path)
    kept = tmp_path / "log_tables_v1.db"
    with Log.open(path) as log:
        assert f"as it was before it is kept in {kept}" in log.brought_up_to_date
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA user_version").fetchone()[0] == 1
    assert integrity_problems(copy) == []
    original = sqlite3.connect(VERSIONS[0])
    assert list(copy.iterdump()) == list(original.iterdump())
    copy.close()
    original.close()
    with Log.open(path) as log:
        assert log.brought_up_to_date == ""
    # Put back, it is brought up to date once more.
    shutil.copy(kept, path)
    with Log.open(path) as log:
        assert len(log.history().sets) == 2
    with Log.open(tmp_path / "new.db") as log:
        assert log.brought_up_to_date == ""
    assert sorted(one.name for one in tmp_path.glob("*.db")) == ["log.db", "log_tables_v1.db", "new.db"]


def test_an_old_file_that_cannot_be_written_is_read_all_the_same(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "log.db"
    shutil.copy(VERSIONS[0], path)
    before = path.read_bytes()
    for trouble, problem in ((small_disk.fill, DiskFull), (small_disk.freeze, DatabaseReadOnly)):
        trouble()
        with Log.open(path) as log:
            assert len(log.history().sets) == 2
            with pytest.raises(problem):
                log.sleep(Night(date(2026, 11, 2), 7.0))
        assert path.read_bytes() == before
        if trouble == small_disk.fill:
            small_disk.clear()


def test_an_interval_is_kept_as_it_was_answered(tmp_path: Path) -> None:
    """Version 1 kept the probabilities alone, which do not tell how the interval was calibrated."""
    path = tmp_path / "log.db"
    shutil.copy(VERSIONS[0], path)
    with Log.open(path) as log:
        measured = log.history().sets[1]
        assert measured.rir_interval is None
        plain = proximity(measured).estimate
        course = set_review(log, measured.id).steps
        edit_set(log, measured.id, SetChanges(load_kg=112.5))
        anew = proximity(log.history().sets[1]).estimate
        assert (anew.low80, anew.high80) == pytest.approx(
            (course[-1].estimate.low80, course[-1].estimate.high80), abs=0.01
        )
        assert anew.high80 - anew.low80 < plain.high80 - plain.low80
        log.undo()
        assert log.history().sets[1].rir_interval == pytest.approx((anew.low80, anew.high80), abs=0.01)


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Pretend that a later program has one more step."""

    def _add(step: Callable[[Database], None]) -> None:
        one = log_migrations._Migration("next_version", step)
        monkeypatch.setattr(log_migrations, "_migrations", [*log_migrations._migrations, one])
        monkeypatch.setattr(schema, "SCHEMA_VERSION", SCHEMA_VERSION + 1)

    return _add


def test_the_next_step_will_find_everything(
    next_version: Callable[[Callable[[Database], None]], None], tmp_path: Path
) -> None:
    def step(db: Database) -> None:
        db.execute("ALTER TABLE sets ADD COLUMN tempo TEXT")
        db.execute("ALTER TABLE sets DROP COLUMN note")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")

    next_version(step)
    path = tmp_path / "log.db"
    shutil.copy(VERSIONS[-1], path)
    with Log.open(path) as log:
        assert log.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION + 1
        assert len(log.history().sets) == 2
        # Rows of the journal were written with other columns: what is left of them comes back.
        while log.undo():
            pass
        assert log.history().sets == ()
        assert integrity_problems(log.connection) == []


def test_a_step_that_fails_leaves_the_old_file(
    next_version: Callable[[Callable[[Database], None]], None], tmp_path: Path
) -> None:
    def step(db: Database) -> None:
        db.execute("ALTER TABLE sets ADD COLUMN tempo TEXT")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        raise DiskFull(tmp_path)

    next_version(step)
    path = tmp_path / "log.db"
    shutil.copy(VERSIONS[-1], path)
    with pytest.raises(DiskFull):
        open_database(path)
    after = sqlite3.connect(path)
    assert after.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert "tempo" not in [row[1] for row in after.execute("PRAGMA table_info(sets)")]
    assert after.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == SCHEMA_VERSION
    after.close()


def test_a_newer_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    shutil.copy(VERSIONS[-1], path)
    connection = open_database(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 3}")
    connection.close()
    with pytest.raises(DatabaseTooNew, match="nothing was changed"):
        open_database(path)
