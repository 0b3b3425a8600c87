"""Pictures of Week, Legs and Settings. Each was looked at before it was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from screens import TODAY, log_app
from textual.pilot import Pilot

from hardset.tui.screens import week

Snap = Callable[..., bool]
SIZES = [(80, 24), (120, 40), (50, 30)]
FILES = Path(__file__).parents[1] / "tracker" / "interchange" / "files"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "now", lambda: datetime.combine(TODAY, time(12), UTC))


@pytest.mark.parametrize("start", ["week", "legs", "settings"])
@pytest.mark.parametrize("size", SIZES)
def test_filled(snap: Snap, tmp_path: Path, start: str, size: tuple[int, int]) -> None:
    assert snap(log_app(tmp_path / "log.db", start), size)


@pytest.mark.parametrize("start", ["week", "legs"])
def test_empty(snap: Snap, tmp_path: Path, start: str) -> None:
    assert snap(log_app(tmp_path / "log.db", start, filled=False))


@pytest.mark.parametrize("start", ["week", "legs"])
def test_light(snap: Snap, tmp_path: Path, start: str) -> None:
    assert snap(log_app(tmp_path / "log.db", start, theme="hardset-light"))


def test_logging_a_set(snap: Snap, tmp_path: Path) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        await pilot.press("l", *"squ", "enter")

    assert snap(log_app(tmp_path / "log.db", "week"), doing=ask)


def test_what_an_import_would_add(snap: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FILES)

    async def ask(pilot: Pilot[None]) -> None:
        await pilot.press("i", *"strong_ios.csv", "enter")

    assert snap(log_app(tmp_path / "log.db", "week", filled=False), doing=ask)
