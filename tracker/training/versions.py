"""Which version of the program made a figure: digests of the sources that bear on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def algorithm_version() -> str:
    """The version that measures reps: the release, and a digest of everything that bears on the figures."""
    # 25 ms to import: not for every look at the log.
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("hardset")
    except PackageNotFoundError:
        release = "unreleased"
    exercises = Path(__file__).with_name("exercises.toml")
    return f"{release}+{_digest([*_signal_sources(), exercises])[:8]}"


@cache
def model_version() -> str:
    """Changes with every change of the model of reps in reserve."""
    return _digest(one for one in _signal_sources() if one.name.startswith("rir"))[:12]


def _signal_sources() -> Iterable[Path]:
    # Not by importlib.resources: hardset.signal has no __init__.py, and for such a package it fails
    # where the program was installed with `pip install -e`. Found only, not imported: that takes 0.1 s.
    spec = find_spec("hardset.signal.rir_answer")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent.glob("*.py")


def _digest(files: Iterable[Path]) -> str:
    whole = b"".join(one.read_bytes() for one in sorted(files, key=lambda one: one.name))
    return hashlib.sha256(whole).hexdigest()
