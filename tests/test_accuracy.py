"""The accuracy on the fixtures stays above its floors (`.ci/run` does the same for real recordings)."""

from __future__ import annotations

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
