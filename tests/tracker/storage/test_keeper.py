"""A live session through the real keeper into a real file: all samples, each set, trouble with the disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_disk import SmallDisk

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.facts import Fact, SetOver, Warned
from hardset.tracker.recordings import read_recording
from hardset.tracker.session import Session
from hardset.tracker.storage import chunk_writer
from hardset.tracker.storage.database import integrity_problems, open_database
from hardset.tracker.storage.keeper import LiveSetup, LogKeeper
from hardset.tracker.storage.recordings import read_samples, unfinished
from hardset.tracker.storage.recovery import recover
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.editing import reps_of
from hardset.tracker.training.log import Log
from hardset.tracker.training.proximity import proximity

FIXTURES = Path(__file__).parents[3] / "fixtures"
SQUAT = exercise("back_squat")
BATCH = 10


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "log" / "log.db") as log:
        yield log


def samples(name: str = "squat_to_failure") -> SampleBatch:
    return read_recording(FIXTURES / f"{name}.csv").samples


def keeper_of(log: Log, **setup: object) -> LogKeeper:
    return LogKeeper(log, LiveSetup(SQUAT.id, Placement.BAR, load_kg=100.0, **setup))  # type: ignore[arg-type]


def play(keeper: LogKeeper, whole: SampleBatch, finish: bool = True) -> list[Fact]:
    """A session from connection to end, as fast as it goes."""
    session = Session(SQUAT, Placement.BAR, keeper=keeper)
    facts = session.connected(0.0, "WT901 12:34", "witmotion_ble5", 50.0)
    for start in range(0, len(whole), BATCH):
        batch = whole.slice(start, start + BATCH)
        facts += session.feed(batch, float(batch.time_s[-1]))
    return facts + session.finish(float(whole.time_s[-1])) if finish else facts


def kept_bits(log: Log, recording_id: int = 1) -> bytes:
    kept = read_samples(log.connection, recording_id)
    return b"" if kept is None else bits(kept)


def bits(batch: SampleBatch) -> bytes:
    gyro = batch.angular_velocity_radps
    return (
        batch.time_s.tobytes() + batch.acceleration_mps2.tobytes() + (b"" if gyro is None else gyro.tobytes())
    )


def test_a_session_is_kept_whole(log: Log) -> None:
    whole = samples()
    facts = play(keeper_of(log), whole)
    (over,) = [fact for fact in facts if isinstance(fact, SetOver)]
    assert over.set_id is not None
    assert kept_bits(log) == bits(whole)
    (one,) = log.history().sets
    assert (one.id, one.exercise, one.load_kg) == (over.set_id, "back_squat", 100.0)
    assert [stored.rep.speed for stored in reps_of(log, one.id)] == [
        rep.speed for rep in over.scored.measured.reps
    ]
    assert one.rir_pmf == pytest.approx(over.scored.rir[-1].pmf, abs=1e-9)
    told, kept = over.scored.rir[-1], proximity(one).estimate
    assert (kept.median, kept.low80, kept.high80) == pytest.approx((told.median, told.low80, told.high80))
    assert (kept.p_hard, kept.p_near_failure) == pytest.approx((told.p_hard, told.p_near_failure))
    assert unfinished(log.connection, 1) == []
    # The small chunks of the first half second have become large ones.
    chunks = log.connection.execute("SELECT samples FROM sample_chunks").fetchall()
    assert len(chunks) <= len(whole) // 500 + 1
    assert log.connection.execute("SELECT name, model FROM sensors").fetchall() == [
        ("WT901 12:34", "witmotion_ble5")
    ]
    assert [path.name for path in log.path.parent.iterdir() if "live" in path.name] == []
    log.undo()
    assert log.history().sets == ()
    # The samples of a live session are not thrown away with its set.
    assert kept_bits(log) == bits(whole)


def test_the_next_set_knows_what_this_one_taught(log: Log) -> None:
    keeper = keeper_of(log)
    assert keeper.state(SQUAT.id, Placement.BAR) is None
    play(keeper, samples())
    state = keeper.state(SQUAT.id, Placement.BAR)
    assert state is not None
    assert state.sets == 1
    assert state.session is not None  # today's workout goes on: the day's effect is shared
    assert keeper.state(SQUAT.id, Placement.THIGH) is None
    assert keeper.state(None, Placement.BAR) is None


def test_whoever_brings_samples_never_waits(log: Log) -> None:
    keeper = keeper_of(log)
    whole = samples()
    keeper.samples(whole.slice(0, BATCH))
    other = open_database(log.path)
    other.execute("BEGIN IMMEDIATE")
    slowest = 0.0
    for start in range(BATCH, 60 * BATCH, BATCH):
        began = time.perf_counter()
        keeper.samples(whole.slice(start, start + BATCH))
        slowest = max(slowest, time.perf_counter() - began)
    other.execute("ROLLBACK")
    other.close()
    keeper.close()
    assert slowest < 0.05
    assert kept_bits(log) == bits(whole.slice(0, 60 * BATCH))


def test_samples_are_on_the_disk_before_anybody_asks(log: Log) -> None:
    keeper = keeper_of(log)
    whole = samples()
    keeper.samples(whole.slice(0, 50))
    reader = open_database(log.path)
    deadline = time.monotonic() + 5.0
    while read_samples(reader, 1) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    kept = read_samples(reader, 1)
    reader.close()
    keeper.close()
    assert kept is not None
    assert bits(kept) == bits(whole.slice(0, 50))


def test_a_sensor_may_lose_its_gyroscope_half_way(log: Log) -> None:
    keeper = keeper_of(log)
    whole = samples()
    bare = SampleBatch(whole.time_s[100:200], whole.acceleration_mps2[100:200], None)
    for batch in (whole.slice(0, 100), bare):
        keeper.samples(batch)
    keeper.close()
    kept = read_samples(log.connection, 1)
    assert kept is not None
    assert kept.acceleration_mps2.tobytes() == whole.acceleration_mps2[:200].tobytes()


def test_a_full_disk_is_told_once_and_the_session_lands_elsewhere(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = samples()
    log.weigh()  # the lifter is there
    keeper = keeper_of(log)
    full_after(log, 2, monkeypatch)
    facts = play(keeper, whole)
    told = [fact.text for fact in facts if isinstance(fact, Warned)]
    assert len([text for text in told if "the disk is full" in text]) == 1
    (where,) = [text for text in told if "could not be kept" in text]
    (rescued,) = log.path.parent.glob("hardset_rescued_*.csv")
    assert str(rescued) in where
    again = read_recording(rescued)
    assert len(again.samples) == len(whole)
    assert (again.sidecar.exercise, again.sidecar.load_kg) == ("back_squat", 100.0)
    assert abs(again.samples.acceleration_mps2 - whole.acceleration_mps2).max() < 1e-4
    assert integrity_problems(log.connection) == []


def test_a_disk_that_is_really_full_during_a_set(
    small_disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    whole = samples()
    with Log.open(small_disk.folder / "log.db") as log:
        keeper = keeper_of(log)
        keeper.samples(whole.slice(0, BATCH))
        keeper.flush()
        small_disk.fill()
        facts = play(keeper, whole.slice(BATCH, len(whole)))
        told = [fact.text for fact in facts if isinstance(fact, Warned)]
        assert any("the disk is full" in text for text in told)
        # Nothing fits beside the log: the session is at home, and no half file lies about.
        (rescued,) = (tmp_path / "home").glob("hardset_rescued_*.csv")
        assert any(str(rescued) in text for text in told)
        assert list(small_disk.folder.glob("*.csv")) == []
        assert len(read_recording(rescued).samples) == len(whole)
        small_disk.clear()
        assert integrity_problems(log.connection) == []


def full_after(log: Log, pages: int, patch: pytest.MonkeyPatch) -> None:
    """Make every connection believe that the disk ends soon, as SQLite itself finds it."""
    count = int(log.connection.execute("PRAGMA page_count").fetchone()[0]) + pages
    durable = chunk_writer._durable

    def small(path: Path) -> object:
        connection = durable(path)
        connection.execute(f"PRAGMA max_page_count = {count}")
        return connection

    patch.setattr(chunk_writer, "_durable", small)
    log.connection.execute(f"PRAGMA max_page_count = {count}")


def test_a_disk_that_gets_room_again_loses_nothing(log: Log) -> None:
    whole = samples()
    keeper = keeper_of(log)
    keeper.samples(whole.slice(0, BATCH))
    keeper.flush()
    blocker = open_database(log.path)
    blocker.execute("BEGIN IMMEDIATE")
    log.connection.execute("PRAGMA busy_timeout = 10")
    play_rest = Session(SQUAT, Placement.BAR, keeper=keeper)
    facts: list[Fact] = []
    for start in range(BATCH, len(whole), BATCH):
        batch = whole.slice(start, start + BATCH)
        facts += play_rest.feed(batch, float(batch.time_s[-1]))
    blocker.execute("ROLLBACK")
    blocker.close()
    facts += play_rest.finish(float(whole.time_s[-1]))
    assert kept_bits(log) == bits(joined([whole]))
    assert len(log.history().sets) == 1
    assert list(log.path.parent.glob("*.csv")) == []


def test_a_set_that_could_not_be_written_is_found_in_its_samples(log: Log) -> None:
    whole = samples()
    keeper = keeper_of(log)
    keeper.samples(whole.slice(0, BATCH))
    # Reading goes on, samples are written by a connection of their own, the set's row is refused.
    log.connection.execute("PRAGMA query_only = 1")
    facts = play(keeper, whole.slice(BATCH, len(whole)))
    log.connection.execute("PRAGMA query_only = 0")
    (over,) = [fact for fact in facts if isinstance(fact, SetOver)]
    assert over.set_id is None
    assert any("added from their samples later" in fact.text for fact in facts if isinstance(fact, Warned))
    assert kept_bits(log) == bits(whole)
    (found,) = recover(log)
    assert len(found.sets) == 1
    assert log.history().sets[0].reps == len(over.scored.measured.reps)


def test_a_session_that_goes_on_is_not_recovered(log: Log) -> None:
    keeper = keeper_of(log)
    play(keeper, samples(), finish=False)
    keeper.flush()
    with Log.open(log.path) as other:
        assert other.cut_off
        assert recover(other) == []
    keeper.close()
    assert not log.cut_off


def test_the_set_that_was_on_comes_back(log: Log) -> None:
    whole = samples()
    keeper = keeper_of(log)
    play(keeper, whole.slice(0, int(0.8 * len(whole))), finish=False)
    keeper.flush()
    # As the system does when a process dies: the lock is free, nothing was closed.
    assert keeper._alive is not None
    keeper._alive.let_go()
    assert log.history().sets == ()
    with Log.open(log.path) as other:
        (found,) = recover(other)
        assert len(found.sets) == 1
        assert "was cut off; set 1 was found in its last" in found.words
        (one,) = other.history().sets
        assert one.exercise == "back_squat"
        assert one.load_kg == 100.0
        assert one.reps >= 3
        assert recover(other) == []
        # Undone, it stays undone.
        other.undo()
        assert not other.cut_off
    assert keeper._writer is not None
    keeper._writer.close()
