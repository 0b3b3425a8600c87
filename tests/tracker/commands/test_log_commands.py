"""The commands of the log as a user types them, into a real file."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardset.tracker import health
from hardset.tracker.cli import run
from hardset.tracker.commands import options
from hardset.tracker.storage.database import open_database

FIXTURES = Path(__file__).parents[3] / "fixtures"
Hardset = Callable[..., str]


@pytest.fixture
def hardset(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Hardset:
    """Run a command on a log of its own and give what it said; `fails` is the exit code to expect."""
    monkeypatch.setenv("HARDSET_DB", str(tmp_path / "log.db"))

    def _run(*args: object, fails: int = 0) -> str:
        code = run([str(arg) for arg in args])
        said = capsys.readouterr()
        assert code == fails, said.err
        return said.err if fails else said.out

    return _run


def answer(said: str) -> Any:
    return json.loads(said)


def test_a_set_by_hand(hardset: Hardset) -> None:
    assert "Set 1: back_squat 100 kg x 8, felt 2 left" in hardset("log", "back_squat", 100, 8, "--rir", 2)
    told = answer(
        hardset("log", "deadlift", "225lb", 5, "--failed", "--at", "2026-11-20T18:05+01:00", "--json")
    )
    assert told["load_kg"] == 102.0583
    assert told["at"] == "2026-11-20T18:05:00+01:00"
    assert (told["set"], told["reps"], told["failed"], told["warmup"]) == (2, 5, True, False)


def test_the_log_may_be_named_before_the_command(hardset: Hardset, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    hardset("--db", there, "--lifter", "Ann", "log", "deadlift", 140, 5)
    assert not (tmp_path / "log.db").exists()
    assert answer(hardset("history", "deadlift", "--db", there, "--lifter", "Ann", "--json"))["sessions"]
    # What stands after the command's name is the last word.
    hardset("--db", tmp_path / "no.db", "--lifter", "Bo", "weigh", 80, "--db", there, "--lifter", "Ann")
    assert not (tmp_path / "no.db").exists()
    assert "no lifter 'Bo'" in hardset("--db", there, "--lifter", "Bo", "legs", fails=1)


def test_a_set_says_how_hard_it_was_however_that_is_known(hardset: Hardset) -> None:
    felt = answer(hardset("log", "back_squat", 100, 8, "--rir", 2, "--json"))
    assert (felt["rir"]["median"], felt["rir"]["known_by"]) == (2, "felt")
    failed = answer(hardset("log", "back_squat", 100, 8, "--failed", "--json"))
    assert (failed["rir"]["median"], failed["p_hard"]) == (0, 1.0)
    unknown = answer(hardset("log", "back_squat", 100, 8, "--json"))
    assert unknown["rir"]["known_by"] == "unknown"
    warmup = answer(hardset("log", "back_squat", 60, 8, "--warmup", "--json"))
    assert (warmup["rir"], warmup["p_hard"]) == (None, 0.0)
    sets = answer(hardset("history", "back_squat", "--json"))["sessions"][0]["sets"]
    for told, one in zip((felt, failed, unknown, warmup), sets, strict=True):
        assert told["p_hard"] == one["p_hard"]
        assert {**(told["rir"] or {}), **(one["rir"] or {})} == (told["rir"] or {})


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("log", "frog", 1, 1), "closest are"),
        (("log", "back_squat", "heavy", 1), "'heavy' is no load from 0 to 1000 kg"),
        (("log", "back_squat", 100, 0), "reps must be a whole number from 1 to 200"),
        (("log", "back_squat", 100, 5, "--rir", 50), "rir must be a number from 0 to 20"),
        (("log", "back_squat", 100, 5, "--at", "yesterday"), "'yesterday' is no time such as"),
        (("log", "back_squat", 100, 5, "--at", "0226-11-20"), "'0226-11-20' is no time such as"),
        (("week", "--week", "0001-W01"), "is no ISO week such as"),
        (("report", "--week", "9999-W52", "-o", "page.html"), "is no ISO week such as"),
        (("weigh", 5), "between 20 and 400 kg"),
        (("sleep", 30), "hours must be a number from 0 to 24"),
        (("eat", "--protein", -1), "protein must be a number from 0 to 500"),
        (("edit", 7, "--reps", 5), "There is no set 7 in the log"),
        (("settings", "unit", "stone"), "setting unit: must be one of kg, lb"),
        (("settings", "colour"), "there is no 'colour'"),
        (("plates", 0), "a bar weighs something"),
        (("next", "back_squat"), "log one with its load and --rir"),
        (("week", "--lifter", "anna"), "There is no lifter 'anna' in the log"),
    ],
)
def test_what_cannot_be_is_one_sentence(hardset: Hardset, args: tuple[object, ...], says: str) -> None:
    hardset("sleep", 7)  # a log begins
    said = hardset(*args, fails=1)
    assert says in said
    assert said.count("\n") == 1


READING = (
    ("week",),
    ("history",),
    ("history", "back_squat"),
    ("legs",),
    ("report", "-o", "page.html"),
    ("export", "out.json"),
    ("next", "back_squat"),
    ("plates", 100),
    ("settings",),
    ("settings", "unit"),
    ("edit", 1, "--reps", 5),
    ("undo",),
    ("rescore",),
    ("import", "--undo", 1),
    ("backup", "copy.db"),
    ("serve",),
)
"""What looks at a log, or corrects what is in it."""


@pytest.mark.parametrize("args", READING)
@pytest.mark.parametrize("named_by", ["option", "environment"])
def test_a_mistyped_log_is_told_and_not_made(
    hardset: Hardset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[object, ...],
    named_by: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = tmp_path / "no folder" / "lgo.db"
    if named_by == "environment":
        monkeypatch.setenv("HARDSET_DB", str(wrong))
    else:
        args = (*args, "--db", wrong)
    said = hardset(*args, fails=1)
    assert f"{wrong}: there is no training log; check the name, or begin one there with: hardset log" in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a name that is too long is not there")
@pytest.mark.parametrize("args", [("week",), ("sleep", 7), ("backup", "copy.db"), ("plates", 100)])
def test_a_place_that_cannot_even_be_looked_for_is_one_sentence(
    hardset: Hardset, tmp_path: Path, args: tuple[object, ...]
) -> None:
    said = hardset(*args, "--db", tmp_path / ("x" * 300) / "log.db", fails=1)
    assert "can't be looked for (file name too long)" in said
    assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a name that is too long is not there")
def test_doctor_tells_a_place_that_cannot_be_looked_for(tmp_path: Path) -> None:
    *_, database = health.checks(tmp_path / ("x" * 300) / "log.db")
    assert not database.ok
    assert "can't be looked for" in database.detail


def test_a_fresh_machine_has_an_empty_log_that_is_not_made_by_looking(
    hardset: Hardset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = tmp_path / "data" / "hardset.db"
    monkeypatch.delenv("HARDSET_DB")
    monkeypatch.setattr(options, "default_path", lambda: usual)
    assert "begin with: hardset log" in hardset("history")
    assert answer(hardset("settings", "unit", "--json")) == {"unit": "kg"}
    assert all(one["hard_sets"] == 0 for one in answer(hardset("week", "--json"))["muscles"])
    assert "nothing to take back" in hardset("undo")
    assert "There is no set 1 in the log" in hardset("edit", 1, "--delete", fails=1)
    assert "There is no lifter 'anna'" in hardset("legs", "--lifter", "anna", fails=1)
    assert "there is no training log" in hardset("backup", tmp_path / "copy.db", fails=1)
    assert list(tmp_path.iterdir()) == []
    hardset("log", "back_squat", 100, 5)
    assert usual.exists()


def test_looking_at_an_import_makes_no_log(hardset: Hardset, tmp_path: Path) -> None:
    strong = FIXTURES.parent / "tests" / "tracker" / "interchange" / "files" / "strong_ios.csv"
    assert "Nothing was written" in hardset("import", strong, "--unit", "kg", "--dry-run", "--lifter", "Ann")
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_exit_2(hardset: Hardset) -> None:
    for command in ("week", "legs"):
        assert "the year lies between" in hardset(command, "--today", "0001-01-01", fails=2)
    for args in (("log", "back_squat", 5), ("weigh",), ("eat",), ("sleep",), ("eat", "--protein", "much")):
        hardset(*args, fails=2)


def test_many_at_once_or_none(hardset: Hardset, tmp_path: Path) -> None:
    file = tmp_path / "sets.jsonl"
    lines = [{"exercise": "back_squat", "load": 100, "reps": reps, "at": "2026-11-20"} for reps in (5, 6, 7)]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    assert len(hardset("log", "--from", file).splitlines()) == 3
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(lines[0]) + '\n{"exercise": "back_squat", "load": 100, "rep": 5}\n')
    assert "bad.jsonl line 2: there is no 'rep', only exercise, load, reps" in hardset(
        "log", "--from", bad, fails=1
    )
    for command, entries in {
        "weigh": [{"kg": 80}, {"kg": "176 lb", "at": "2026-11-20T07:00"}],
        "eat": [{"protein": 30}, {"kcal": 600, "water": 0.5}],
        "sleep": [{"hours": 7}, {"hours": 8, "at": "2026-11-20"}],
    }.items():
        file.write_text("\n".join(map(json.dumps, entries)))
        assert len(hardset(command, "--from", file, "--json").splitlines()) == 2
    # One file is one change.
    assert len(answer(hardset("undo", "--list", "--json"))) == 4
    hardset("undo", "--steps", 4)
    assert hardset("undo") == "There is nothing to take back.\n"


def test_units_are_those_of_the_lifter(hardset: Hardset) -> None:
    hardset("settings", "unit", "lb")
    hardset("settings", "plates", '{"45": 2, "25": 1, "2.5": 1}')
    assert answer(hardset("log", "back_squat", 225, 5, "--rir", 1, "--json"))["load_kg"] == 102.0583
    assert "Set 2: back_squat 225 lb" in hardset("log", "back_squat", 225, 5)
    assert hardset("plates", 226).splitlines() == ["225 lb, 1 lb short", "  each side 45 + 45 lb"]
    told = answer(hardset("plates", "100kg", "--json"))
    assert (told["load_in_unit"], told["per_side"]) == (225.0, [45.0, 45.0])
    assert told["off_in_unit"] == pytest.approx(225 - 100 / 0.45359237, abs=1e-3)
    assert "weigh what they did: plates 20.4117x2, 11.3398, 1.13398 kg" in hardset("settings", "unit", "kg")
    assert "weigh what they did" in hardset("settings", "unit", "usual")
    assert "weigh what they did" not in hardset("settings", "unit")
    hardset("settings", "plates", "usual")
    assert "weigh what they did" not in hardset("settings", "unit", "lb")
    assert answer(hardset("settings", "plates", "--json")) == {"plates": None}
    assert "82 lb" in hardset("weigh", "82")


def test_the_next_load_follows_from_what_was_left(hardset: Hardset) -> None:
    hardset("log", "back_squat", 100, 5, "--failed")
    told = answer(hardset("next", "back_squat", "--reps", 5, "--rir", 0, "--json"))
    # Five to failure with 100 kg: five more to failure are 100 kg again.
    assert told["wanted_kg"] == pytest.approx(100.0, abs=1.0)
    assert told["per_side"] == [25.0, 15.0]
    assert told["low80_kg"] < 95 < 105 < told["high80_kg"]
    easier = answer(hardset("next", "back_squat", "--reps", 5, "--rir", 3, "--json"))
    assert easier["load_kg"] < told["load_kg"]
    assert "each side" in hardset("next", "back_squat")
    hardset("log", "leg_press", 200, 10, "--rir", 1)
    assert "each side" not in hardset("next", "leg_press")


def test_a_recording_is_saved_once_and_corrected(hardset: Hardset, tmp_path: Path) -> None:
    for name in ("squat_to_failure.csv", "squat_to_failure.json"):
        shutil.copy(FIXTURES / name, tmp_path / name)
    file = tmp_path / "squat_to_failure.csv"
    save = ("analyze", file, "--save", "--load", 120, "--at", "2026-11-20T18:00")
    assert f"{file}: saved as set 1" in hardset(*save)
    assert f"{file}: the log has it already" in hardset(*save)
    shown = answer(hardset("edit", 1, "--json"))
    assert (shown["exercise"], shown["load_kg"], shown["reps"]) == ("back_squat", 120.0, 5)
    assert "There is no rep 9 of set 1" in hardset("edit", 1, "--load", 130, "--delete-rep", 9, fails=1)
    assert answer(hardset("edit", 1, "--json"))["load_kg"] == 120.0
    fewer = answer(hardset("edit", 1, "--delete-rep", 5, "--json"))
    assert fewer["reps"] == 4
    assert fewer["velocity_loss_pct"] < shown["velocity_loss_pct"] - 10
    assert fewer["p_hard"] < shown["p_hard"]
    assert [rep["deleted"] for rep in fewer["reps_measured"]] == [False] * 4 + [True]
    assert answer(hardset("edit", 1, "--restore-rep", 5, "--json"))["p_hard"] == shown["p_hard"]
    assert hardset("edit", 1, "--delete").startswith("Set 1 is deleted.")
    assert answer(hardset("edit", 1, "--restore", "--rir", 1, "--warmup", "--json"))["warmup"] is True
    assert answer(hardset("edit", 1, "--rir", "none", "--work", "--reps", 7, "--json"))["reps"] == 7
    assert answer(hardset("edit", 1, "--reps", "none", "--json"))["reps"] == 5
    assert "--reps" in hardset("edit", 1, "--reps", "many", fails=2)


def test_scoring_anew_shows_what_changed_and_is_taken_back(hardset: Hardset, tmp_path: Path) -> None:
    hardset("analyze", FIXTURES / "squat_to_failure.csv", FIXTURES / "deadlift_dead_stop.csv", "--save")
    assert "0 sets scored anew" in hardset("rescore")
    assert answer(hardset("rescore", "--all", "--json"))["changed"] == []
    honest = [hardset("edit", number, "--json") for number in (1, 2)]
    spoil(tmp_path / "log.db")
    spoilt = [hardset("edit", number, "--json") for number in (1, 2)]
    assert spoilt != honest
    dry = answer(hardset("rescore", "--dry-run", "--json"))
    assert [one["set"] for one in dry["changed"]] == [1, 2]
    assert not dry["kept"]
    assert [hardset("edit", number, "--json") for number in (1, 2)] == spoilt
    done = answer(hardset("rescore", "--json"))
    assert done["changed"] == dry["changed"]
    assert done["changed"][0]["reps"] == {"before": 4, "after": 5}
    mended = [answer(hardset("edit", number, "--json")) for number in (1, 2)]
    for before, after in zip(map(answer, honest), mended, strict=True):
        assert after["velocities"] == before["velocities"]
        assert after["rir"]["pmf"] == pytest.approx(before["rir"]["pmf"], abs=0.02)
    hardset("undo")
    assert [hardset("edit", number, "--json") for number in (1, 2)] == spoilt


def spoil(path: Path) -> None:
    """As an older version with a worse pipeline would have left the log."""
    older = open_database(path)
    older.execute("UPDATE reps SET mean_velocity_mps = 1.2 * mean_velocity_mps")
    older.execute("DELETE FROM reps WHERE id = (SELECT max(id) - 1 FROM reps WHERE set_id = 1)")
    older.execute("UPDATE sets SET algorithm = '0.0.1'")
    older.execute("DELETE FROM set_rir")
    older.execute("DELETE FROM rir_states")
    older.close()


def test_a_backup_and_trouble_with_the_file(hardset: Hardset, tmp_path: Path) -> None:
    hardset("log", "back_squat", 100, 5)
    copy = tmp_path / "copy.db"
    assert answer(hardset("backup", copy, "--json"))["bytes"] == copy.stat().st_size
    assert "is there already and was left alone" in hardset("backup", copy, fails=1)
    hardset("backup", copy, "--overwrite")
    assert "Set 1" in hardset("edit", 1, "--db", copy)
    notes = tmp_path / "notes.txt"
    notes.write_text("squats " * 500)
    for command in (("week",), ("log", "back_squat", 1, 1), ("undo",), ("backup", tmp_path / "x.db")):
        assert "is no SQLite database" in hardset(*command, "--db", notes, fails=1)


def test_two_lifters_in_one_file(hardset: Hardset) -> None:
    hardset("log", "back_squat", 100, 5)
    hardset("log", "deadlift", 60, 5, "--lifter", "anna")
    assert "no set 1" in hardset("edit", 1, "--lifter", "anna", fails=1)
    hardset("settings", "unit", "lb", "--lifter", "anna")
    assert answer(hardset("settings", "unit", "--json")) == {"unit": "kg"}
    hardset("undo", "--steps", 5, "--lifter", "anna")
    assert "Set 1" in hardset("edit", 1)


def test_the_log_lists_its_exercises_and_what_waits_for_one(hardset: Hardset, tmp_path: Path) -> None:
    hardset("sleep", 7)
    assert "begin with: hardset log" in hardset("history")
    csv = tmp_path / "unnamed.csv"
    hardset("simulate", csv, "--trimmed")
    csv.with_suffix(".json").unlink()
    hardset("analyze", csv, "--save", "--at", "2026-11-18T18:00")
    hardset("log", "deadlift", 140, 5, "--at", "2026-11-17")
    told = answer(hardset("history", "--json"))
    assert [(one["exercise"], one["sets"]) for one in told["exercises"]] == [("deadlift", 1)]
    (waits,) = told["without_exercise"]
    assert f"hardset edit {waits} --exercise ID" in hardset("history")
    assert answer(hardset("week", "--week", "2026-W47", "--json"))["without_exercise"] == [waits]
    assert f"hardset edit {waits} --exercise" in " ".join(hardset("week", "--week", "2026-W47").split())
    assert answer(hardset("week", "--week", "2026-W46", "--json"))["without_exercise"] == []
    hardset("edit", waits, "--exercise", "back_squat")
    assert answer(hardset("history", "--json"))["without_exercise"] == []


def test_lines_as_other_programs_write_them(hardset: Hardset, tmp_path: Path) -> None:
    """With a byte order mark, the ends of Windows, a comma in the load and whole numbers as 8.0."""
    lines = tmp_path / "sets.jsonl"
    line = '{"exercise": "back_squat", "load": "100,5", "reps": 8.0, "at": "2026-11-18"}'
    lines.write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n\r\n".encode())
    told = answer(hardset("log", "--from", lines, "--json"))
    assert (told["load_kg"], told["reps"]) == (100.5, 8)
    lines.write_text(line.replace("8.0", "8.5"), encoding="utf-8")
    assert "whole number" in hardset("log", "--from", lines, fails=1)
