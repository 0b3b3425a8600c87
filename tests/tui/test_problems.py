"""What goes wrong around the screens becomes a notice with the next step, and what was cut off is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from screens import at_rest, live_app, simulated
from textual.pilot import Pilot

from hardset.tracker.errors import NotADatabase
from hardset.tracker.kept_session import kept_session
from hardset.tracker.storage import database
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import Night
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.launch import desk_on, open_screens, screens_on

Drive = Callable[..., None]


def notices(pilot: Pilot[None]) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


def test_a_locked_log_is_a_notice_and_the_change_can_be_made_again(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    path = tmp_path / "log.db"

    async def mark_twice(pilot: Pilot[None]) -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        await pilot.press("f")
        await at_rest(pilot)
        assert any("wait for it or close it" in words for words in notices(pilot))
        other.execute("rollback")
        other.close()
        await pilot.press("f")
        await at_rest(pilot)

    drive(live_app(path=path), mark_twice)
    with Log.open(path) as log:
        (kept,) = log.history().sets
        assert kept.failed


def test_a_file_that_is_no_log_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.write_text("my holiday letters " * 100)
    with pytest.raises(NotADatabase, match=r"log\.db"):
        open_screens(path, "")
    assert path.read_text().startswith("my holiday")


def test_a_log_that_breaks_later_is_a_notice(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    async def break_it(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, HardsetApp)
        path.write_text("my holiday letters " * 100)
        for side in ("-wal", "-shm"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        app.log_changed()
        await at_rest(pilot)
        assert any("log.db" in words for words in notices(pilot))

    with Log.open(path):
        pass
    drive(HardsetApp(Desk(path=path)), break_it)


def test_a_set_that_was_cut_off_is_found_when_the_screens_open(drive: Drive, tmp_path: Path) -> None:
    """A session that nobody finished, as a killed program leaves it."""
    path = tmp_path / "log.db"
    samples, lift = simulated()
    session = kept_session(path, "", lift.exercise, lift.placement, load_kg=100.0)
    session.connected(0.0, "WT901BLE67", "witmotion", 100.0)
    session.feed(samples.slice(0, 7200), float(samples.time_s[7199]))
    session._keeper.flush()
    session._keeper._alive.let_go()  # type: ignore[attr-defined]
    session._keeper._own.close()  # type: ignore[attr-defined]

    async def look(pilot: Pilot[None]) -> None:
        assert any("was cut off" in words for words in notices(pilot))

    drive(HardsetApp(Desk(path=path)), look)
    with Log.open(path) as log:
        (kept,) = log.history().sets
        assert 6 <= kept.reps <= 8


def test_a_visitor_recovers_nothing(drive: Drive, tmp_path: Path) -> None:
    desk = Desk(path=tmp_path / "none.db", watching=True)
    assert desk.recover() == []
    assert not (tmp_path / "none.db").exists()


def test_a_new_name_starts_as_a_new_log_does(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path, "Bo") as log:
        log.sleep(Night(date(2026, 11, 2), 7.0))

    async def begin(pilot: Pilot[None]) -> None:
        (said,) = notices(pilot)
        assert said.startswith("Ann is new (there is Bo)")
        for key in "1234567":
            await pilot.press(key)
            await at_rest(pilot)
            assert set(notices(pilot)) <= {said}

    drive(screens_on(path, "Ann"), begin)
    with Log.open(path, "Ann") as log:
        assert log.lifters() == ["Bo"]  # it may have been a slip of the pen
        log.sleep(Night(date(2026, 11, 2), 7.0))
    assert desk_on(path, "Ann").welcome == ""


def test_a_new_file_is_told_once_and_starts_empty(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "there" / "mine.db"

    async def begin(pilot: Pilot[None]) -> None:
        assert notices(pilot) == [f"{path} is new: a training log begins there."]

    drive(screens_on(path, ""), begin)
    assert desk_on(path, "").welcome == ""
