"""The folder `signal/` must never stand in for Python's own module `signal`.

asyncio, subprocess and pytest all import the standard library's `signal`. With the repository's
root on sys.path, which is what `python -m pytest` and `python -c` do, a *package* called signal
would win over it, and asyncio would die with "module 'signal' has no attribute 'getsignal'".
A plain folder without `__init__.py` never wins: a regular module anywhere on the path is preferred
to a namespace folder. So `signal/__init__.py` must not exist; setuptools gives the folder its real
name, `hardset.signal`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_folder_is_no_package() -> None:
    assert (ROOT / "signal").is_dir()
    assert not (ROOT / "signal" / "__init__.py").exists(), __doc__


def test_the_standard_library_wins_at_the_root() -> None:
    code = "import asyncio, signal; signal.getsignal; print(signal.__file__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not Path(done.stdout.strip()).is_relative_to(ROOT)


def test_pytest_starts_as_a_module_at_the_root() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/test_signal_trap.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
