"""Logs into the database and out again: nothing twice, everything back, the same figures on the way round."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.tracker.cli import run
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.interchange.export import (
    SET_COLUMNS,
    ExportTable,
    set_row,
    tables,
    to_csv,
    to_json,
)
from hardset.tracker.training.interchange.reader import read_log
from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.records import LoggedSet, Meal, Night, Weighing

HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
ROWS = [
    "2025-05-12 07:30:00,Legs,1h,Squat (Barbell),W,60,5,0,0,,,",
    "2025-05-12 07:30:00,Legs,1h,Squat (Barbell),1,100,5,0,0,,,8",
    "2025-05-12 07:30:00,Legs,1h,Squat (Barbell),2,100,5,0,0,,,9",
    "2025-05-12 07:30:00,Legs,1h,Hammer Curl (Dumbbell),1,15,10,0,0,,,",
    "2025-05-12 07:30:00,Legs,1h,Hammer Curl (Dumbbell),2,15,10,0,0,,,",
]
TABLES = ("sets", "workouts", "import_batches", "weighings", "meals", "nights", "settings", "reps")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def strong(tmp_path: Path) -> Path:
    path = tmp_path / "strong.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n")
    return path


@pytest.fixture
def told(db: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command on the database and give what it says in JSON."""

    def _told(*args: object) -> Any:
        code = run([*map(str, args), "--db", str(db)])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out) if said.out.startswith("{") else said.out

    return _told


def content(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that people's entries are in."""
    connection = sqlite3.connect(db)
    rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in TABLES}
    connection.close()
    return rows


def test_import_again_map_and_take_back(told, db: Path, strong: Path) -> None:
    first = told("import", strong, "--json")
    assert (first["added"], first["already_there"], first["batch"]) == (3, 0, 1)
    assert first["unknown"][0]["name"] == "Hammer Curl (Dumbbell)"
    assert first["unknown"][0]["sets"] == 2
    assert first["unknown"][0]["closest"][0] == "barbell_curl"
    before = content(db)
    again = told("import", strong, "--json")
    assert (again["added"], again["already_there"], again["batch"]) == (0, 3, None)
    assert content(db) == before
    mapped = told("import", strong, "--json", "--map", "hammer curl, dumbbell=barbell_curl")
    assert (mapped["added"], mapped["already_there"], mapped["unknown"]) == (2, 3, [])
    full = content(db)
    told("undo")
    assert content(db) == before
    told("import", strong, "--map", "Hammer Curl (Dumbbell)=barbell_curl")
    assert [row[1:] for row in content(db)["sets"]] != [row[1:] for row in before["sets"]]
    assert len(content(db)["sets"]) == len(full["sets"])


def test_an_import_is_taken_back_after_other_entries(told, db: Path, strong: Path) -> None:
    told("log", "back_squat", "100", "5", "--rir", "2", "--at", "2025-06-01T10:00")
    told("weigh", "80")
    before = content(db)
    batch = told("import", strong, "--json")["batch"]
    imported = content(db)
    told("weigh", "80.5")
    weighed = content(db)["weighings"]
    gone = told("import", "--undo", batch, "--json")
    assert gone == {"undone": batch, "file": "strong.csv", "sets": 3}
    assert content(db) == {**before, "weighings": weighed}
    told("undo")
    assert content(db) == {**imported, "weighings": weighed}
    assert told("import", strong, "--json")["added"] == 0


def test_what_comes_into_the_log(told, db: Path, strong: Path) -> None:
    told("import", strong, "--unit", "lb")
    with Log.open(db) as log:
        warmup, first, second = log.history().sets
    assert (warmup.warmup, first.warmup) == (True, False)
    assert first.exercise == "back_squat"
    assert first.load_kg == pytest.approx(45.359237)
    assert (first.felt_rir, second.felt_rir) == (2.0, 1.0)
    assert first.at == datetime(2025, 5, 12, 7, 30, 1).astimezone()
    assert {one.workout for one in (warmup, first, second)} == {"2025-05-12 07:30 Legs"}


def test_two_lifters_keep_their_own(told, db: Path, strong: Path) -> None:
    assert told("import", strong, "--json")["added"] == 3
    assert told("import", strong, "--json", "--lifter", "Zoë")["added"] == 3
    with Log.open(db, "Zoë") as log:
        assert len(log.history().sets) == 3


def test_a_dry_run_writes_nothing(told, db: Path, strong: Path) -> None:
    said = told("import", strong, "--dry-run", "--map", "Hammer Curl (Dumbbell)=")
    assert "weights are read as kg (--unit lb for the other)" in said
    assert "Would add 3 sets. Nothing was written." in said
    assert "Not in the catalogue" not in said
    assert not db.exists()  # not even the log itself


def test_wrong_usage_and_stated_problems(db: Path, strong: Path, capsys) -> None:
    def ends(*args: object) -> tuple[int, str]:
        code = run(["import", *map(str, args), "--db", str(db)])
        return code, capsys.readouterr().err

    assert ends()[0] == 2
    assert ends(strong, "--undo", "1")[0] == 2
    assert ends(strong, "--map", "nothing")[0] == 2
    assert ends(strong, "--map", "Hammer Curl (Dumbbell)=hammer_curl")[0] == 1
    code, said = ends("--undo", "7")
    assert (code, said) == (1, "hardset: There is no import 7 in the log; the imports are: none.\n")
    strong.write_text("\n".join([HEADER, *ROWS[:2], ROWS[2].replace(",100,", ",much,")]) + "\n")
    code, said = ends(strong)
    assert code == 1
    assert said == f"hardset: {strong} line 4: the weight 'much' is no number; left out.\n"
    assert len(content(db)["sets"]) == 2


def filled(db: Path) -> None:
    """A log with something of everything, told by hand."""
    at = datetime(2026, 3, 1, 18, 5, tzinfo=timezone(timedelta(hours=2)))
    with Log.open(db) as log:
        log.add_set(NewSet("back_squat", 102.5, 5, at, felt_rir=1.5, note='deep, "slow"', workout="Legs"))
        log.add_set(NewSet("pull_up", None, 8, at + timedelta(minutes=9), failed=True))
        log.add_set(NewSet("pull_up", None, 8, at + timedelta(minutes=9)))
        log.weigh(Weighing(at, 80.25))
        log.eat(Meal(at, 31.5, None, 40.0, 0.5))
        log.sleep(Night(date(2026, 3, 1), 7.5))


def test_everything_is_exported(told, db: Path, tmp_path: Path) -> None:
    filled(db)
    told("export", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("meals.csv", "nights.csv", "reps.csv", "sets.csv", "weighings.csv")
    ]
    with (tmp_path / "out" / "sets.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["at"] == "2026-03-01T18:05:00+02:00"
    assert (rows[0]["load_kg"], rows[0]["felt_rir"], rows[0]["note"]) == ("102.5", "1.5", 'deep, "slow"')
    assert (rows[1]["load_kg"], rows[1]["failed"], rows[2]["failed"]) == ("", "true", "false")
    everything = told("export", "-")
    assert everything["weighings"] == [{"at": "2026-03-01T18:05:00+02:00", "weight_kg": 80.25}]
    assert everything["meals"][0]["protein_g"] == 31.5
    assert everything["nights"] == [{"day": "2026-03-01", "hours": 7.5}]
    assert len(everything["sets"]) == 3


@pytest.mark.parametrize("name", ["sets.csv", "all.json"])
def test_an_export_goes_into_another_log_and_adds_nothing_to_its_own(
    told, db: Path, tmp_path: Path, name: str, capsys
) -> None:
    filled(db)
    told("export", tmp_path / "out")
    told("export", tmp_path / "out" / "all.json")
    file = tmp_path / "out" / name
    assert told("import", file, "--json")["added"] == 0
    other = tmp_path / "other.db"
    assert run(["import", str(file), "--db", str(other)]) == 0
    with Log.open(db) as log, Log.open(other) as copy:
        mine, theirs = log.history().sets, copy.history().sets
    assert [replace(one, id=0) for one in theirs] == [replace(one, id=0) for one in mine]
    assert run(["import", str(file), "--json", "--db", str(other)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["added"] == 0


def test_reps_of_a_measured_set_are_exported(told, db: Path, tmp_path: Path) -> None:
    fixture = Path(__file__).parents[3] / "fixtures" / "bench_paused.csv"
    copy = tmp_path / "bench.csv"
    copy.write_bytes(fixture.read_bytes())
    copy.with_suffix(".json").write_bytes(fixture.with_suffix(".json").read_bytes())
    told("analyze", copy, "--save")
    everything = told("export", "-")
    (one,) = everything["sets"]
    assert one["reps"] == len(everything["reps"]) == 4
    assert sum(one[name] for name in SET_COLUMNS if name.startswith("p_rir_")) == pytest.approx(1.0)
    with Log.open(db) as log:
        (logged,) = log.history().sets
    assert [rep["mean_velocity_mps"] for rep in everything["reps"]] == list(logged.velocities)
    assert [rep["number"] for rep in everything["reps"]] == [1, 2, 3, 4]
    assert {rep["set_id"] for rep in everything["reps"]} == {one["set_id"]}


text = (
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
logged_sets = st.builds(
    LoggedSet,
    id=st.integers(1, 10**6),
    at=st.datetimes(
        datetime(1990, 1, 1),
        datetime(2090, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7))]),
    ),
    workout=st.just("w"),
    exercise=st.sampled_from(sorted(catalogue())),
    load_kg=st.none() | st.floats(0, 1000),
    reps=st.integers(1, 100),
    warmup=st.booleans(),
    failed=st.booleans(),
    felt_rir=st.none() | st.floats(0, 10),
    velocities=st.just(()),
    velocity_sds=st.none(),
    placement=st.none(),
    rir_pmf=st.none(),
    calibrated=st.just(False),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(logged_sets, st.none() | text, st.none() | text), max_size=6))
def test_what_is_exported_is_read(tmp_path_factory: pytest.TempPathFactory, entries) -> None:
    table = ExportTable(
        "sets", SET_COLUMNS, tuple(set_row(one, title, note, "hand") for one, title, note in entries)
    )
    folder = tmp_path_factory.mktemp("trip")
    for name, written in (("sets.csv", to_csv(table)), ("all.json", to_json("", [table]))):
        (folder / name).write_text(written, encoding="utf-8", newline="")
        parsed = read_log(folder / name, "lb")
        assert parsed.problems == ()
        assert parsed.program == "hardset"
        assert len({one.key for one in parsed.sets}) == len(entries)
        for found, (one, title, note) in zip(parsed.sets, entries, strict=True):
            assert found.started == one.at
            assert (found.exercise_name, found.workout, found.note) == (one.exercise, title, note)
            assert (found.load_kg, found.felt_rir) == (one.load_kg, one.felt_rir)
            assert (found.reps, found.warmup, found.failed) == (one.reps, one.warmup, one.failed)


def test_tables_have_one_type_a_column(db: Path) -> None:
    filled(db)
    with Log.open(db) as log:
        for table in tables(log):
            for column in zip(*table.rows, strict=True):
                assert len({type(cell) for cell in column if cell is not None}) <= 1
