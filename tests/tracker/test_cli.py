"""The command line as a user meets it: help, exit codes, one sentence for each bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from hardset.signal.samples import SampleBatch
from hardset.tracker.cli import COMMANDS, cli, module_name, run
from hardset.tracker.recordings import Sidecar, write_recording

HEADER = "time_s,acc_x_g,acc_y_g,acc_z_g,gyr_x_dps,gyr_y_dps,gyr_z_dps"


@dataclass
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def hardset(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command in this process."""

    def _run(*args: object) -> Done:
        code = run([str(arg) for arg in args])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return _run


def program(*args: object) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does, in a process of its own."""
    command = [sys.executable, "-m", "hardset.tracker.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_helps_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert "Example:" in text
    assert f"hardset {name}" in text


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_of_commands_says_what_each_command_says(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name]


def test_help_comes_quickly() -> None:
    best = min(_seconds_of_help() for _ in range(5))
    assert best < 0.3


def _seconds_of_help() -> float:
    started = time.perf_counter()
    assert program("--help").returncode == 0
    return time.perf_counter() - started


def test_wrong_usage_is_exit_2() -> None:
    assert run(["frobnicate"]) == 2
    assert run(["analyze"]) == 2
    assert run(["analyze", "--placement", "hat", "x.csv"]) == 2


def still_row(i: int) -> str:
    return f"{i * 0.02:.2f},0.01,-0.02,0.99,0.1,-0.2,0"


BAD_FILES = {
    "empty": "",
    "header without units": "time,acc_x,acc_y,acc_z\n" + "0,0,0,1\n" * 50,
    "text in a number": HEADER
    + "\n"
    + "\n".join(map(still_row, range(50)))
    + "\n1.0,0,heavy,1,0,0,0\n0,0,0,0,0,0,0\n",
    "nothing but nan": HEADER + "\n" + "nan,nan,nan,nan,nan,nan,nan\n" * 50,
    "three samples": HEADER + "\n" + "\n".join(map(still_row, range(3))) + "\n",
    "all zeros": HEADER + "\n" + "\n".join(f"{i * 0.02:.2f},0,0,0,0,0,0" for i in range(500)) + "\n",
    "joined recordings": HEADER + "\n" + "\n".join(map(still_row, [*range(900), *range(50)])) + "\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_exit_1(
    hardset: Callable[..., Done], name: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(BAD_FILES[name])
    done = hardset("analyze", path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert str(path) in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_missing_file_and_an_unknown_exercise(hardset: Callable[..., Done], tmp_path: Path) -> None:
    missing = hardset("analyze", tmp_path / "none.csv")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    unknown = hardset("analyze", tmp_path / "none.csv", "--exercise", "bakc_squat")
    assert unknown.returncode == 1
    assert "back_squat" in unknown.stderr
    folder = hardset("benchmark", tmp_path)
    assert folder.returncode == 1
    assert "no labelled recording" in folder.stderr


@pytest.fixture
def stillness(tmp_path: Path) -> Path:
    """Ten minutes on a rack: a little noise, gravity, nothing else."""
    rng = np.random.default_rng(1)
    n = 600 * 50
    acceleration = rng.normal(0, 0.02, (n, 3)) + np.array([0.0, 0.0, 9.81])
    samples = SampleBatch(np.arange(n) / 50, acceleration, rng.normal(0, 0.002, (n, 3)))
    path = tmp_path / "still.csv"
    write_recording(path, samples, Sidecar(exercise="none"))
    return path


def test_ten_minutes_of_stillness_hold_no_rep_and_no_error(
    hardset: Callable[..., Done], stillness: Path
) -> None:
    done = hardset("analyze", "--json", stillness)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sets"] == []


def test_the_other_files_are_done_before_the_exit_code_tells(
    hardset: Callable[..., Done], stillness: Path, tmp_path: Path
) -> None:
    done = hardset("analyze", "--json", tmp_path / "none.csv", stillness)
    assert done.returncode == 1
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == ["file", "error"]
    assert second["schema"] == 1


def test_rows_of_nan_at_the_start_are_dropped_and_told(hardset: Callable[..., Done], stillness: Path) -> None:
    lines = stillness.read_text().splitlines()
    stillness.write_text("\n".join([lines[0], *[",".join(["nan"] * 7)] * 9, *lines[1:]]) + "\n")
    done = hardset("analyze", stillness)
    assert done.returncode == 0
    assert "9 rows with missing values at the start were dropped" in done.stdout


def test_a_reader_who_leaves_early_hears_no_complaint(stillness: Path) -> None:
    command = f"{sys.executable} -m hardset.tracker.cli analyze --json {stillness} | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("command", "module"),
    [("demo", "demo"), ("import-recording", "import_recording"), ("import", "import_")],
)
def test_every_command_has_a_legal_module_name(command: str, module: str) -> None:
    assert module_name(command) == module
    assert module.isidentifier()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_without_typographic_signs_gets_its_figures_all_the_same(
    encoding: str, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "HARDSET_DB": str(tmp_path / "log.db")}
    for command in ("sleep 7", "week", "legs --all", "rir --exercise back_squat --velocities 0.5,0.4"):
        done = subprocess.run(
            [sys.executable, "-m", "hardset.tracker.cli", *command.split()],
            capture_output=True,
            check=False,
            env=environment,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


@pytest.mark.parametrize("columns", [36, 55, 67, 92])
def test_no_figure_of_the_week_is_cut_in_a_narrow_terminal(
    columns: int, hardset: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARDSET_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("COLUMNS", str(columns))
    for _ in range(13):
        hardset("log", "back_squat", 100, 8, "--failed", "--at", "2026-11-18")
    (line,) = (
        line for line in hardset("week", "--week", "2026-W47").stdout.splitlines() if "quadriceps" in line
    )
    assert "13.0" in line
    assert "…" not in line
