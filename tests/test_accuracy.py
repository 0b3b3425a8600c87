"""The accuracy on the fixtures stays above its floors (`.ci/run` does the same for real recordings)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hardset.tracker.cli import run

ROOT = Path(__file__).parents[1]


def test_the_fixtures_stay_above_the_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["benchmark", str(ROOT / "fixtures"), "--json", "--no-live"]) == 0
    scores = tmp_path / "scores.json"
    scores.write_text(capsys.readouterr().out)
    script = ROOT / "tests" / "accuracy" / "check_floors.py"
    command = [sys.executable, str(script), "fixtures", str(scores)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_simulator_by_other_hands_is_counted_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On 201 such sets 93 % are counted exactly and 99.9 % of the reps found."""
    script = ROOT / "tests" / "accuracy" / "judge" / "write.py"
    command = [sys.executable, str(script), str(tmp_path), "--count", "10", "--seed", "20002"]
    subprocess.run(command, check=True)
    assert run(["benchmark", str(tmp_path), "--json", "--no-live", "--jobs", "1"]) == 0
    (scored,) = json.loads(capsys.readouterr().out)["methods"]
    exact = sum(group["exact"] for group in scored["counts"])
    assert exact >= 9
