"""Files of simulated recordings: what is written can be read, and the fixtures are what their table says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from hardset.signal.samples import STANDARD_GRAVITY_MPS2
from hardset.tracker.commands.simulate import simulate as command
from hardset.tracker.errors import NotSimulated
from hardset.tracker.recordings import read_recording
from hardset.tracker.simulation.files import distinct_rate_hz, write_simulated
from hardset.tracker.simulation.fixtures import FIXTURES, Fixture, rebuild
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.simulation.truth import Truth

FIXTURE_FOLDER = Path(__file__).parents[3] / "fixtures"


def run(*args: str | Path) -> str:
    result = CliRunner().invoke(command, [str(a) for a in args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def index_rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "index.csv").read_text(encoding="utf-8").splitlines()))


def truth_of(path: Path) -> Truth:
    return Truth.from_json(json.loads(path.with_name(path.stem + ".truth.json").read_text(encoding="utf-8")))


def test_a_written_recording_reads_back(tmp_path: Path) -> None:
    recording = simulate(SetPlan(reps=3), 1)
    path = tmp_path / "squat.csv"
    row = write_simulated(path, recording, radio="even", load_kg=100)
    again = read_recording(path)
    np.testing.assert_allclose(
        again.samples.acceleration_mps2, recording.samples.acceleration_mps2, atol=1e-4
    )
    assert row["reps"] == 3
    assert truth_of(path) == recording.truth.rounded()
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["load_kg"] == 100


def test_command_writes_one_recording(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    said = run(out, "--exercise", "bench_press", "--reps", "4", "--rir", "1", "--seed", "3", "--rate", "50",
               "--radio", "jitter", "--tempo", "paused", "--no-gyro")  # fmt: skip
    assert "4 reps" in said
    assert [rep.rir for rep in truth_of(out).reps] == [4, 3, 2, 1]
    assert read_recording(out).samples.angular_velocity_radps is None


def test_command_gives_the_same_file_for_the_same_seed(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    run(first, "--radio", "burst", "--seed", "5")
    run(second, "--radio", "burst", "--seed", "5")
    assert first.read_bytes() == second.read_bytes()


def test_command_writes_a_varied_folder(tmp_path: Path) -> None:
    run(tmp_path / "set", "--count", "3", "--family", "limb", "--radio", "burst")
    rows = index_rows(tmp_path / "set")
    assert len(rows) == 3
    for row in rows:
        truth = truth_of(tmp_path / "set" / row["file"])
        assert int(row["reps"]) == len(truth.reps)
        assert row["placement"] in ("thigh", "shank")


def test_command_writes_idle_time(tmp_path: Path) -> None:
    run(tmp_path / "idle.csv", "--idle", "--rate", "25")
    assert truth_of(tmp_path / "idle.csv").reps == ()


def test_command_finds_the_placement(tmp_path: Path) -> None:
    run(tmp_path / "curl.csv", "--exercise", "lying_leg_curl", "--reps", "3")
    assert json.loads((tmp_path / "curl.json").read_text(encoding="utf-8"))["placement"] == "shank"
    with pytest.raises(NotSimulated, match="pull_up"):
        run(tmp_path / "no.csv", "--exercise", "pull_up")


@pytest.mark.parametrize(
    "wrong",
    [["--failed-last", "--rir", "2"], ["--exercise", "leg_press", "--placement", "bar"], ["--reps", "0"]],
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, wrong: list[str]) -> None:
    assert CliRunner().invoke(command, [str(tmp_path / "x.csv"), *wrong]).exit_code == 2


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_fixture_files_are_what_their_table_says(fixture: Fixture) -> None:
    path = FIXTURE_FOLDER / f"{fixture.name}.csv"
    recording = rebuild(fixture)
    written = np.loadtxt(path, delimiter=",", skiprows=1)
    columns = [recording.samples.time_s[:, None], recording.samples.acceleration_mps2 / STANDARD_GRAVITY_MPS2]
    if recording.samples.angular_velocity_radps is not None:
        columns.append(np.degrees(recording.samples.angular_velocity_radps))
    # One step of a 16-bit word more than the written digits: another libm may round the other way.
    np.testing.assert_allclose(written[:, 0], columns[0][:, 0], atol=1e-4)
    np.testing.assert_allclose(written[:, 1:4], columns[1], atol=6e-4)
    if len(columns) == 3:
        np.testing.assert_allclose(written[:, 4:], columns[2], atol=0.07)
    assert len(truth_of(path).reps) == len(recording.truth.reps)
    for kept, fresh in zip(truth_of(path).reps, recording.truth.reps, strict=True):
        assert kept.concentric_start_s == pytest.approx(fresh.concentric_start_s, abs=1e-4)
        assert kept.rom_m == pytest.approx(fresh.rom_m, abs=1e-4)


def test_the_index_of_the_fixtures_is_complete_and_small() -> None:
    rows = index_rows(FIXTURE_FOLDER)
    assert [row["file"] for row in rows] == [f"{fixture.name}.csv" for fixture in FIXTURES]
    for row in rows:
        assert float(row["distinct_rate_hz"]) == pytest.approx(
            distinct_rate_hz(read_recording(FIXTURE_FOLDER / row["file"]).samples), rel=0.05
        )
    assert sum(file.stat().st_size for file in FIXTURE_FOLDER.iterdir()) < 4e6
