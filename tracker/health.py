"""What `hardset doctor` looks at: each check is ok, or says what to do."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from hardset.tracker.commands.options import log_path
from hardset.tracker.errors import BluetoothFailed, HardsetError
from hardset.tracker.sensors.bluetooth import scanning
from hardset.tracker.sensors.radio_errors import RADIO_ERRORS, bluetooth_problem, in_words
from hardset.tracker.storage.database import integrity_problems, is_there
from hardset.tracker.training.log import Log

LEAST_PYTHON = (3, 11)
PACKAGE = "hardset"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str
    """What was found; where it is not ok, one sentence with the next step."""


def checks(db: Path | None = None) -> tuple[Check, ...]:
    """Everything, in the order in which it is needed; db: the log that is meant, None the usual one."""
    log = log_path(db)
    return (_python(), _packages(), _bluetooth(), _data_folder(log.parent), _database(log))


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.release()}"
    if sys.version_info >= LEAST_PYTHON:
        return Check("Python", True, found)
    return Check("Python", False, f"{found} is too old; install Python 3.11 or newer.")


def _packages() -> Check:
    """What the package metadata requires is there."""
    missing = []
    found = []
    for name in _required():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", False, f"{', '.join(missing)} missing; run pip install {' '.join(missing)}.")
    return Check("packages", True, ", ".join(found))


def _required() -> Iterator[str]:
    try:
        lines = requires(PACKAGE) or []
    except PackageNotFoundError:
        lines = ["numpy", "scipy", "vqf", "bleak", "click", "rich", "sqlite-utils", "textual"]
    for line in lines:
        if "extra ==" not in line:
            yield line.split(";")[0].strip().rstrip("0123456789.,<>=!~ ").split("[")[0]


def _bluetooth() -> Check:
    """Scanning for a moment shows service, adapter, power and permission at once."""
    problem = asyncio.run(_bluetooth_problem())
    if problem is None:
        return Check("Bluetooth", True, "on, and this program may use it")
    return Check("Bluetooth", False, problem)


async def _bluetooth_problem() -> str | None:
    try:
        async with scanning():
            return None
    except RADIO_ERRORS as error:
        return str(bluetooth_problem(error) or BluetoothFailed(in_words(error)))


def _data_folder(folder: Path) -> Check:
    """The log can be made, or is there."""
    # os.path tells no trouble: a folder that can't be looked into is not the nearest one.
    nearest = next(one for one in (folder, *folder.parents) if os.path.exists(one))
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Check("data folder", True, str(folder))
    return Check(
        "data folder",
        False,
        f"{nearest} can't be written; allow it, or name another place with --db or HARDSET_DB.",
    )


def _database(path: Path) -> Check:
    """The training log is whole; it is made with the first set that is kept."""
    try:
        if not is_there(path):
            return Check("database", True, f"{path} does not exist yet; the first set makes it")
        with Log.open(path) as log:
            problems = integrity_problems(log.connection)
    except HardsetError as error:
        return Check("database", False, str(error))
    if not problems:
        return Check("database", True, f"{path} is sound")
    told = f"{path} is damaged ({'; '.join(problems[:3])}); restore the newest copy made by hardset backup."
    return Check("database", False, told)
