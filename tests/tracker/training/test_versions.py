"""Versions of what made the figures."""

from __future__ import annotations

import pytest

import hardset.signal
from hardset.tracker.training.versions import algorithm_version, model_version


def test_versions_are_known_of_an_editable_install_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the path of a package without an __init__.py holds a name that is no folder."""
    known = algorithm_version(), model_version()
    for function in (algorithm_version, model_version):
        function.cache_clear()
    path = [*hardset.signal.__path__, "__editable__.hardset.finder.__path_hook__"]
    monkeypatch.setattr(hardset.signal, "__path__", path)
    assert (algorithm_version(), model_version()) == known


def test_versions_are_digests() -> None:
    release, digest = algorithm_version().split("+")
    assert release
    assert len(bytes.fromhex(digest)) == 4
    assert len(bytes.fromhex(model_version())) == 6
