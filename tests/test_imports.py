"""Imports run one way: tui -> tracker -> signal. Looked at from outside, in fresh interpreters."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    # The mathematics: no input or output, no radio, no database, no screen.
    "signal": (
        "hardset.tracker",
        "hardset.tui",
        "bleak",
        "sqlite_utils",
        "textual",
        "click",
        "rich",
        "sqlite3",
    ),
    # The tracker: no screen. The command that opens the screens imports them when it is called.
    "tracker": ("hardset.tui", "textual"),
}


def modules(folder: str) -> list[str]:
    """Full names of all modules of one of the three packages."""
    names = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(("hardset", *(part for part in parts if part != "__init__"))))
    return names


def loaded_after(statement: str) -> set[str]:
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("folder", ["signal", "tracker"])
def test_no_module_pulls_in_what_stands_above_it(folder: str) -> None:
    names = modules(folder)
    assert len(names) > 5
    loaded = loaded_after("\n".join(f"import {name}" for name in names))
    assert set(names) <= loaded
    pulled = {
        name for name in loaded for bad in FORBIDDEN[folder] if name == bad or name.startswith(bad + ".")
    }
    assert not pulled


def test_the_help_text_waits_for_no_numerics() -> None:
    loaded = loaded_after("import hardset.tracker.cli")
    assert not {"numpy", "scipy", "vqf", "rich"} & loaded


def test_the_screens_are_painted_before_the_analysis_is_loaded() -> None:
    loaded = loaded_after("import hardset.tui.launch, hardset.tui.screens.live, hardset.tui.screens.sensors")
    assert not {"scipy", "vqf", "bleak", "sqlite_utils", "hardset.signal.analysis"} & loaded
