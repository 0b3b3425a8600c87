"""scan, live, record, replay, doctor as typed; the sensor is virtual, and time does not wait."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from virtual_time import without_waiting

from hardset.tracker.cli import run
from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import score_recording
from hardset.tracker.training.log import Log

FIXTURES = Path(__file__).parents[2] / "fixtures"
VIRTUAL = "virtual:witmotion:back_squat:3"
Line = dict[str, Any]


@pytest.fixture
def no_bluetooth(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer without a system bus, whatever this one has."""
    if sys.platform != "linux":
        pytest.skip("other systems have no D-Bus")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'no_bus'}")


def said(capsys: pytest.CaptureFixture[str]) -> list[Line]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    "command",
    [["scan"], ["live", "--sensor", "WT901", "--no-save"], ["record", "--sensor", "WT901", "o.csv"]],
)
@pytest.mark.usefixtures("no_bluetooth")
def test_without_bluetooth_one_sentence_and_exit_1(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("hardset: The Bluetooth service of this computer can't be reached")
    assert told.err.count("\n") == 1


@pytest.mark.usefixtures("no_bluetooth")
def test_the_doctor_finds_no_bluetooth_and_the_rest_in_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARDSET_DB", str(tmp_path / "log.db"))
    Log.open(tmp_path / "log.db").close()
    assert run(["doctor", "--json"]) == 1
    (answer,) = said(capsys)
    assert answer["ok"] is False
    found = {one["what"]: one for one in answer["checks"]}
    assert [name for name, one in found.items() if not one["ok"]] == ["Bluetooth"]
    assert "systemctl start bluetooth" in found["Bluetooth"]["detail"]
    assert "sound" in found["database"]["detail"]
    assert run(["doctor", "--db", str(tmp_path / "other.db")]) == 1
    told = capsys.readouterr().out
    assert "NOT  Bluetooth" in told
    assert f"{tmp_path / 'other.db'} does not exist yet" in told


def test_the_doctor_sees_a_broken_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "log.db"
    broken.write_bytes(b"no database at all, but some text that is long enough" * 40)
    monkeypatch.setenv("HARDSET_DB", str(broken))
    assert run(["doctor", "--json"]) == 1
    (answer,) = said(capsys)
    (log,) = (one for one in answer["checks"] if one["what"] == "database")
    assert not log["ok"]
    assert str(broken) in log["detail"]


def test_live_with_a_virtual_sensor_records_what_analyze_reads_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    out, db = tmp_path / "set.csv", tmp_path / "log.db"
    command = ["live", "--sensor", VIRTUAL, "--record", str(out), "--db", str(db), "--load", "80", "--json"]
    assert run([*command, "--seconds", "30"]) == 0
    lines = said(capsys)
    (over,) = (line for line in lines if line["fact"] == "set_ended")
    recording = read_recording(out)
    assert recording.sidecar.exercise == "back_squat"
    assert recording.sidecar.load_kg == 80
    (batch,) = score_recording(recording).sets
    assert len(over["reps"]) == len(batch.measured.reps) > 3
    for line, rep in zip(over["reps"], batch.measured.reps, strict=True):
        assert line["mean_velocity_mps"] == pytest.approx(rep.mean_velocity_mps, abs=0.03)
    assert lines[-1]["received"] == len(recording.samples)
    with Log.open(db) as log:
        (kept,) = log.history().sets
    assert (kept.id, kept.exercise, kept.load_kg, kept.reps) == (
        over["set_id"],
        "back_squat",
        80.0,
        len(over["reps"]),
    )


def test_a_capture_is_replayed_as_it_was_heard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    out = tmp_path / "set.csv"
    assert run(["record", "--sensor", VIRTUAL, "--notifications", "--seconds", "25", "--json", str(out)]) == 0
    recorded = said(capsys)
    assert [line["fact"] for line in recorded] == ["connected", "ended"]
    monkeypatch.undo()
    replayed = []
    for file in (out, out.with_suffix(".jsonl")):
        assert run(["replay", str(file), "--speed", "0", "--exercise", "back_squat", "--json"]) == 0
        replayed.append(said(capsys))
    from_samples, from_bytes = replayed
    assert from_bytes[-1]["received"] == from_samples[-1]["received"] == recorded[-1]["received"]
    reps = [next(line for line in lines if line["fact"] == "set_ended")["reps"] for lines in replayed]
    assert [rep["mean_velocity_mps"] for rep in reps[0]] == pytest.approx(
        [rep["mean_velocity_mps"] for rep in reps[1]], abs=0.005
    )


def test_replaying_a_recording_ends_with_the_sets_of_analyze(capsys: pytest.CaptureFixture[str]) -> None:
    file = FIXTURES / "squat_burst_radio.csv"
    assert run(["replay", str(file), "--speed", "0", "--json"]) == 0
    (over,) = (line for line in said(capsys) if line["fact"] == "set_ended")
    assert run(["analyze", str(file), "--json"]) == 0
    (answer,) = said(capsys)
    (wanted,) = answer["sets"]
    assert [rep["mean_velocity_mps"] for rep in over["reps"]] == [
        rep["mean_velocity_mps"] for rep in wanted["reps"]
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{}", "line 2"),
        ('{"at_s": 1, "up": "x", "model": "toaster", "rate_hz": 100}', "line 2"),
        ('{"at_s": 1, "characteristic": "x", "payload": "zz"}', "line 2"),
        ('{"at_s": NaN, "down": "x"}', "line 2"),
    ],
)
def test_a_bad_capture_is_one_sentence(
    line: str, problem: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(f'{{"capture": 1}}\n{line}\n{{"at_s": 2, "down": "end"}}\n')
    assert run(["replay", str(file), "--speed", "0", "--json"]) == 1
    told = capsys.readouterr().err
    assert problem in told
    assert "Traceback" not in told


def test_a_capture_that_was_cut_off_is_played_up_to_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "cut.jsonl"
    file.write_text('{"capture": 1}\n{"at_s": 1.0, "down": "away"}\n{"at_s": 2.0, "charac')
    assert run(["replay", str(file), "--speed", "0", "--json"]) == 0
    assert [line["fact"] for line in said(capsys)] == ["signal_lost", "ended"]


@pytest.mark.parametrize(
    "command",
    [
        ["live", "--sensor", "a", "--sensor", "b", "--load", "1", "--load", "2", "--load", "3"],
        ["live", "--sensor", "a", "--sensor", "b", "--record", "one.csv"],
        ["record", "--sensor", "a", "one.csv", "two.csv"],
        ["live"],
    ],
)
def test_options_that_fit_no_sensor_are_wrong_usage(command: list[str]) -> None:
    assert run(command) == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["live", "--no-save", "--sensor", "virtual:toaster"], "toaster"),
        (["live", "--no-save", "--sensor", "x", "--model", "toaster"], "witmotion_ble5"),
        (["live", "--no-save", "--sensor", "x", "--exercise", "backsquat"], "back_squat"),
        (["record", "--sensor", VIRTUAL, "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
    ],
)
def test_what_can_not_be_is_one_sentence(
    command: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 1
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_cleanly_with_the_counts(number: signal.Signals) -> None:
    command = [
        sys.executable,
        "-m",
        "hardset.tracker.cli",
        "live",
        "--no-save",
        "--sensor",
        VIRTUAL,
        "--json",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["fact"] == "connected"
    process.send_signal(number)
    rest = [json.loads(line) for line in process.stdout]
    assert process.wait() == 0
    assert rest[-1]["fact"] == "ended"
    process.stdout.close()


def test_two_sensors_are_followed_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    command = ["live", "--no-save", "--sensor", VIRTUAL, "--sensor", "virtual:movesense:bench_press:5"]
    assert run([*command, "--seconds", "14", "--json"]) == 0
    lines = said(capsys)
    by_sensor = {line["sensor"] for line in lines}
    assert len(by_sensor) == 2
    for sensor in by_sensor:
        facts = [line["fact"] for line in lines if line["sensor"] == sensor]
        assert facts[0] == "connected"
        assert facts[-1] == "ended"
        assert "rep" in facts


def test_the_loop_is_never_held_up_by_the_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the session takes, it takes it in a thread of its own."""
    import threading

    from hardset.tracker.session import Session

    threads = set()
    feed, finish = Session.feed, Session.finish
    monkeypatch.setattr(
        Session, "feed", lambda *args: (threads.add(threading.current_thread().name), feed(*args))[1]
    )
    monkeypatch.setattr(
        Session, "finish", lambda *args: (threads.add(threading.current_thread().name), finish(*args))[1]
    )
    without_waiting(monkeypatch)
    assert run(["live", "--no-save", "--sensor", VIRTUAL, "--seconds", "3"]) == 0
    assert threads
    assert threading.main_thread().name not in threads
    assert asyncio.events._get_running_loop() is None
