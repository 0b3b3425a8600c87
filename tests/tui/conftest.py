"""Fixtures of the screens' tests; what they share stands in `tests/helpers/screens.py`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from screens import at_rest
from textual.pilot import Pilot

from hardset.tui.app import HardsetApp

Doing = Callable[[Pilot[None]], Awaitable[None]]


class Drive(Protocol):
    """Runs an application without a terminal and does something with it."""

    def __call__(self, app: HardsetApp, doing: Doing, size: tuple[int, int] = (80, 24)) -> None: ...


class Snap(Protocol):
    """Compares a picture with the one that was looked at and kept (`--snapshot-update` keeps a new one)."""

    def __call__(
        self, app: HardsetApp, size: tuple[int, int] = (80, 24), *, doing: Doing | None = None
    ) -> bool: ...


@pytest.fixture
def drive() -> Drive:
    """Run an application without a terminal and do something with it."""

    def _drive(app: HardsetApp, doing: Doing, size: tuple[int, int] = (80, 24)) -> None:
        app.animation_level = "none"

        async def _run() -> None:
            async with app.run_test(size=size) as pilot:
                await at_rest(pilot)
                await doing(pilot)

        asyncio.run(_run())

    return _drive


@pytest.fixture
def snap(snap_compare: Callable[..., bool]) -> Snap:
    """Picture of an application that has come to rest, after `doing` something."""

    def _snap(app: HardsetApp, size: tuple[int, int] = (80, 24), *, doing: Doing | None = None) -> bool:
        app.animation_level = "none"

        async def before(pilot: Pilot[None]) -> None:
            await at_rest(pilot)
            if doing is not None:
                await doing(pilot)
                await at_rest(pilot)

        return snap_compare(app, terminal_size=size, run_before=before)

    return _snap


@pytest.fixture(autouse=True)
def no_report_in_the_way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The picture report of a failure goes to pytest's own folder, not into the repository."""
    option = request.config.option
    if getattr(option, "snapshot_report", None) == "snapshot_report.html":
        option.snapshot_report = str(Path(tmp_path_factory.getbasetemp()) / "snapshot_report.html")
