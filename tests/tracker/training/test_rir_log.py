"""Reps in reserve of the log: from the earlier sets only, made again when something changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.rir import LifterState, SetEvidence, estimate_last, learn
from hardset.signal.sets import MeasuredSet
from hardset.tracker.training import rir_log
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.editing import SetChanges, delete_rep, delete_set, edit_set
from hardset.tracker.training.log import Log
from hardset.tracker.training.measured_sets import NewMeasuredSet, put_measured
from hardset.tracker.training.records import LoggedSet

FIRST = datetime(2026, 9, 1, 18, 0, tzinfo=UTC)
SPEEDS = (0.62, 0.60, 0.57, 0.52, 0.46, 0.39, 0.33)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db") as log:
        yield log


@cache
def measured(speeds: tuple[float, ...]) -> MeasuredSet:
    """A bar's set with these mean velocities."""
    reps = tuple(
        Repetition(
            number=n,
            eccentric_start_s=3.0 * n,
            concentric_start_s=3.0 * n + 1.5,
            concentric_end_s=3.0 * n + 1.5 + 0.55 / speed,
            mean_velocity_mps=speed,
            mean_velocity_sd_mps=0.02,
            mean_propulsive_velocity_mps=speed,
            peak_velocity_mps=1.5 * speed,
            rom_m=0.55,
            mean_angular_velocity_dps=None,
            mean_angular_velocity_sd_dps=None,
            rom_deg=None,
            eccentric_s=1.5,
            bottom_pause_s=0.0,
            top_pause_s=0.5,
        )
        for n, speed in enumerate(speeds, start=1)
    )
    return MeasuredSet(1, 3.0, 30.0, reps, ())


def add(log: Log, at: datetime, reps: int = 7, what: str = "back_squat", warmup: bool = False) -> int:
    new = NewMeasuredSet(measured(SPEEDS[:reps]), what, Placement.BAR, 100.0, at, None, "live", warmup)
    with log.operation("live", "a set") as op:
        return put_measured(log, op, new)


def weeks(log: Log, sets: int) -> list[int]:
    """Three sets every other day."""
    return [
        add(log, FIRST + timedelta(days=2 * (n // 3), minutes=4 * (n % 3)), reps=4 + n % 4)
        for n in range(sets)
    ]


def pmfs(log: Log) -> dict[int, tuple[float, ...]]:
    found = {one.id: one.rir_pmf for one in log.history().sets}
    return {id: pmf for id, pmf in found.items() if pmf is not None}


def anew(log: Log) -> dict[int, tuple[float, ...]]:
    """Everything without any cache."""
    log.connection.execute("DELETE FROM set_rir")
    log.connection.execute("DELETE FROM rir_states")
    return pmfs(log)


def same(first: dict[int, tuple[float, ...]], second: dict[int, tuple[float, ...]]) -> bool:
    """Equal up to the rounding with which states are kept."""
    return first.keys() == second.keys() and all(
        max(abs(a - b) for a, b in zip(first[id], second[id], strict=True)) < 0.01 for id in first
    )


def test_each_set_knows_what_the_earlier_ones_taught(log: Log) -> None:
    """Against the estimator itself, fed by hand."""
    ids = weeks(log, 7)
    edit_set(log, ids[2], SetChanges(failed=True))
    signal = exercise("back_squat").signal_at(Placement.BAR)
    state: LifterState | None = None
    found = pmfs(log)
    for n, id in enumerate(ids):
        speeds = SPEEDS[: 4 + n % 4]
        evidence = SetEvidence(
            velocities=speeds,
            velocity_sds=(0.02,) * len(speeds),
            failed=n == 2,
            session=str(n // 3),
            days_ago=100.0 - 2.0 * (n // 3),
            load_kg=100.0,
            roms=(0.55,) * len(speeds),
            placement=Placement.BAR,
        )
        expected = estimate_last(evidence, signal, state).pmf
        assert found[id] == pytest.approx(expected, abs=0.01), n
        state = learn(state, evidence, signal)
    calibrated = [one.calibrated for one in log.history().sets]
    assert calibrated == [False, False, True, True, True, True, True]


def test_set_by_set_and_all_at_once_are_the_same(log: Log) -> None:
    for n in range(40):
        add(log, FIRST + timedelta(days=n), reps=4 + n % 4)
        log.history()
    assert same(pmfs(log), anew(log))


def test_states_are_kept_now_and_then(log: Log) -> None:
    weeks(log, 60)
    log.history()
    kept = log.connection.execute("SELECT count(*) FROM rir_states").fetchone()[0]
    assert kept == 60 // rir_log.STATE_EVERY + 1


def test_a_change_bears_on_that_set_and_the_later_ones_only(log: Log) -> None:
    ids = weeks(log, 9)
    other = add(log, FIRST + timedelta(days=1), what="deadlift")
    before = pmfs(log)
    edit_set(log, ids[4], SetChanges(failed=True))
    kept = {row[0] for row in log.connection.execute("SELECT set_id FROM set_rir")}
    assert kept == {*ids[:4], other}
    after = pmfs(log)
    assert [id for id in before if before[id] != after[id]] == ids[4:]
    assert after[ids[4]][0] > 0.99
    assert same(after, anew(log))
    log.undo()
    assert same(pmfs(log), before)


def test_every_kind_of_change_is_followed(log: Log) -> None:
    ids = weeks(log, 8)
    for change in (
        lambda: delete_rep(log, ids[1], 4),
        lambda: edit_set(log, ids[0], SetChanges(exercise="front_squat")),
        lambda: delete_set(log, ids[3]),
        lambda: edit_set(log, ids[5], SetChanges(felt_rir=0.0)),
        lambda: add(log, FIRST - timedelta(days=3)),
        lambda: log.undo(),
        lambda: log.undo(),
        lambda: edit_set(log, ids[2], SetChanges(warmup=True)),
    ):
        change()
        found = pmfs(log)
        assert same(found, anew(log))


def test_a_warm_up_is_told_and_teaches_nothing(log: Log) -> None:
    add(log, FIRST, reps=3, warmup=True)
    work = add(log, FIRST + timedelta(minutes=10))
    with_warm_up = pmfs(log)
    assert len(with_warm_up) == 2
    delete_set(log, 1)
    assert pmfs(log)[work] == pytest.approx(with_warm_up[work], abs=1e-9)


def test_without_a_place_to_write_it_is_answered_all_the_same(log: Log) -> None:
    weeks(log, 3)
    log.connection.execute("PRAGMA query_only = 1")
    found: tuple[LoggedSet, ...] = log.history().sets
    assert all(one.rir_pmf is not None for one in found)
    log.connection.execute("PRAGMA query_only = 0")
    assert log.connection.execute("SELECT count(*) FROM set_rir").fetchone()[0] == 0
    assert same(pmfs(log), {one.id: one.rir_pmf for one in found if one.rir_pmf is not None})


def test_a_set_of_nothing_but_deleted_reps_claims_nothing(log: Log) -> None:
    number = add(log, FIRST, reps=2)
    delete_rep(log, number, 1)
    delete_rep(log, number, 2)
    (one,) = log.history().sets
    assert (one.reps, one.velocities, one.rir_pmf) == (0, (), None)


def test_another_models_states_are_not_used(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = weeks(log, 30)
    before = pmfs(log)
    monkeypatch.setattr(rir_log, "model_version", lambda: "another")
    edit_set(log, ids[-1], SetChanges(felt_rir=1.0))
    after = pmfs(log)
    # Figures of sets that nobody touched stay what the older model made of them.
    assert {id: after[id] for id in ids[:-1]} == {id: before[id] for id in ids[:-1]}
    models = dict(log.connection.execute("SELECT model, count(*) FROM set_rir GROUP BY model").fetchall())
    assert models["another"] == 1
