"""History: pictures, keys, and that it says what `hardset history` says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from example_log import example_log
from screens import at_rest
from textual.pilot import Pilot
from textual.widgets import DataTable, Label

from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.exercise_history import exercise_sessions
from hardset.tracker.training.log import Log
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.screens.history import HistoryScreen
from hardset.tui.widgets.plot import Plot


@pytest.fixture
def app(tmp_path: Path) -> HardsetApp:
    return HardsetApp(Desk(path=example_log(tmp_path)), start="history")


def history_of(pilot: Pilot[None]) -> HistoryScreen:
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


async def choose(pilot: Pilot[None], letters: str) -> HistoryScreen:
    await pilot.press("slash")
    await at_rest(pilot)
    await pilot.press(*letters, "enter")
    await at_rest(pilot)
    return history_of(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 30)])
def test_picture(app: HardsetApp, snap: Callable[..., bool], size: tuple[int, int]) -> None:
    assert snap(app, size)


def test_picture_of_choosing_the_exercise(app: HardsetApp, snap: Callable[..., bool]) -> None:
    async def choose(pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"press")

    assert snap(app, (80, 24), doing=choose)


def test_picture_of_an_empty_log(tmp_path: Path, snap: Callable[..., bool]) -> None:
    assert snap(HardsetApp(Desk(path=tmp_path / "empty.db"), start="history"))


def test_the_most_trained_exercise_and_others_by_letters_and_keys(
    app: HardsetApp, drive: Callable[..., None]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        screen = history_of(pilot)
        counts = [one.sets for one in screen.trained]
        assert counts == sorted(counts, reverse=True)
        assert screen.known is not None
        assert screen.known.exercise == screen.trained[0].id
        await pilot.press("right_square_bracket")
        await at_rest(pilot)
        assert screen.known.exercise == screen.trained[1].id
        await pilot.press("left_square_bracket", "left_square_bracket")
        await at_rest(pilot)
        assert screen.exercise is not None
        await choose(pilot, "squat")
        assert screen.known.exercise == "back_squat"
        assert screen.query_one(DataTable).row_count == len(screen.known.sessions)

    drive(app, look)


def test_figures_are_those_of_the_log(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None

    async def look(pilot: Pilot[None]) -> None:
        screen = await choose(pilot, "leg press")
        assert screen.known is not None
        with Log.open(path) as log:
            over_time = exercise_sessions(log.history(exercise="leg_press").sets, exercise("leg_press"))
        assert screen.known.sessions == over_time
        assert over_time[-1].e1rm_kg is not None
        assert f"1RM {over_time[-1].e1rm_kg[0]:.0f} (" in str(screen.query_one("#headline", Label).content)
        first_row = screen.query_one(DataTable).get_row_at(0)
        assert first_row[0] == f"{over_time[-1].at:%Y-%m-%d}"
        # By hand: a 1RM, but neither profile nor velocity, and it says why.
        assert screen.query_one("#strength Plot", Plot).chart is not None
        assert screen.query_one("#profile Plot", Plot).chart is None
        assert "sensor" in str(screen.query_one("#profile .caption", Label).content)
        assert screen.check_action("load", ()) is None

    drive(app, look)


def test_pictures_and_loads_follow_each_other(app: HardsetApp, drive: Callable[..., None]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        screen = await choose(pilot, "bench")
        seen = []
        for _ in range(3):
            await pilot.press("v")
            await pilot.pause()
            seen.append(screen.view)
            assert screen.query_one(f"#{screen.view} Plot", Plot).size.height >= 5
        assert seen == ["profile", "at-load", "strength"]
        assert screen.known is not None
        loads = list(screen.known.by_load)
        assert screen.load_kg == loads[0]
        shown = screen.query_one("#at-load Plot", Plot)
        before = shown.chart
        await pilot.press("l")
        await pilot.pause()
        assert screen.load_kg == loads[1]
        assert shown.chart != before
        assert f"{loads[1]:g} kg" in str(screen.query_one("#at-load .caption", Label).content)

    drive(app, look)
