"""What the tests of the screens share: a set to feed them, a way to drive them, and their pictures.

Nothing waits for time: a recording is played at once up to a moment and paused there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from hardset.signal.samples import SampleBatch
from hardset.tracker.demonstration import draw_set
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.catalogue import exercise
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.lift import Lift
from hardset.tui.live.recording_feed import RecordingFeed
from hardset.tui.screens.live import LiveScreen

SEED = 7

Doing = Callable[[Pilot[None]], Awaitable[None]]


class LiveApp(Protocol):
    """Makes the screens on a recording that was played up to a time."""

    def __call__(
        self,
        *,
        until_s: float | None = None,
        exercise_id: str = "back_squat",
        samples: SampleBatch | None = None,
        theme: str = "hardset-dark",
    ) -> HardsetApp: ...


class Drive(Protocol):
    """Runs an application without a terminal and does something with it."""

    def __call__(self, app: HardsetApp, doing: Doing, size: tuple[int, int] = (80, 24)) -> None: ...


class Snap(Protocol):
    """Compares a picture with the one that was looked at and kept (`--snapshot-update` keeps a new one)."""

    def __call__(
        self, app: HardsetApp, size: tuple[int, int] = (80, 24), *, doing: Doing | None = None
    ) -> bool: ...


@cache
def simulated(exercise_id: str, seed: int = SEED) -> SampleBatch:
    """Samples of the set that `hardset demo` shows."""
    return simulate(draw_set(exercise_id, seed), seed).samples


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait until the session's thread has nothing to do, all of it was heard, and it is painted."""
    await pilot.pause()
    screen = pilot.app.screen
    if isinstance(screen, LiveScreen):
        while screen.behind:
            await pilot.pause()
        await pilot.pause()
        screen.paint()
    await pilot.pause()


@pytest.fixture
def demo_samples() -> Callable[[str], SampleBatch]:
    """Samples of the simulated set of an exercise; made once."""
    return simulated


@pytest.fixture
def live_app() -> LiveApp:
    """The screens on a recording, paused at `until_s` (None: played to its end)."""

    def _live_app(
        *,
        until_s: float | None = None,
        exercise_id: str = "back_squat",
        samples: SampleBatch | None = None,
        theme: str = "hardset-dark",
    ) -> HardsetApp:
        def start() -> tuple[Lift, RecordingFeed]:
            feed = RecordingFeed(
                simulated(exercise_id) if samples is None else samples,
                sensor="simulated sensor",
                speed=None,
                until_s=until_s,
            )
            return Lift.of(exercise(exercise_id), 100.0), feed

        return HardsetApp(Desk(note="demo: nothing is kept", start_feed=start), theme=theme)

    return _live_app


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
