"""What holds for all screens: modes, help, palette, notices, and that pages and keys are there."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from hardset.tracker.errors import UnknownExercise
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.help_screen import HelpScreen
from hardset.tui.modes import MODES
from hardset.tui.screens.base import ModeScreen

TUI = Path(__file__).parents[2] / "tui"
HELP = {page.name for page in resources.files("hardset.tui").joinpath("help").iterdir()}


def test_each_mode_opens_with_its_key(drive: Callable[..., None]) -> None:
    async def all_modes(pilot: Pilot[None]) -> None:
        for mode in MODES:
            await pilot.press(mode.key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, ModeScreen)
            assert pilot.app.screen.mode == mode.id
            assert pilot.app.screen.query_one(Footer).display

    drive(HardsetApp(Desk()), all_modes)


def test_every_help_topic_has_a_page_and_every_page_a_topic() -> None:
    topics = set()
    for path in TUI.rglob("*.py"):
        topics |= set(re.findall(r'help_topic(?:: ClassVar\[str\])? ?= ?"([a-z-]+)"', path.read_text()))
    assert {f"{topic}.md" for topic in topics} == HELP


def test_help_is_about_the_focused_widget_and_lists_the_keys(drive: Callable[..., None]) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        assert screen.topic == "live"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ModeScreen)

    drive(HardsetApp(Desk()), ask)


def test_a_stated_problem_becomes_a_notice(drive: Callable[..., None]) -> None:
    async def problem(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, HardsetApp)
        with app.noticing():
            raise UnknownExercise("bakc_squat", ("back_squat",))
        await pilot.pause()
        (notice,) = app._notifications
        assert "back_squat" in notice.message
        assert notice.severity == "error"

    drive(HardsetApp(Desk()), problem)


def test_a_problem_in_a_worker_becomes_a_notice(drive: Callable[..., None]) -> None:
    async def problem(pilot: Pilot[None]) -> None:
        def fail() -> None:
            raise UnknownExercise("bakc_squat", ("back_squat",))

        worker = pilot.app.screen.run_worker(fail, thread=True, exit_on_error=False)
        with pytest.raises(Exception, match="back_squat"):
            await worker.wait()
        await pilot.pause()
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]

    drive(HardsetApp(Desk()), problem)


def test_the_palette_offers_other_screens_and_themes(drive: Callable[..., None]) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert {f"Go: {mode.title}" for mode in MODES} <= set(titles)
        assert "Theme: ansi-dark" in titles
        assert "Theme: hardset-dark" not in titles

    drive(HardsetApp(Desk()), ask)


@pytest.mark.parametrize(("columns", "name"), [(50, "-narrow"), (80, "-normal"), (120, "-wide")])
def test_the_width_gives_the_layout_its_class(drive: Callable[..., None], columns: int, name: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.has_class(name)

    drive(HardsetApp(Desk()), look, (columns, 24))


def test_the_footer_lets_go_of_the_keys_it_showed(drive: Callable[..., None]) -> None:
    async def show_again(pilot: Pilot[None]) -> None:
        for _ in range(5):
            pilot.app.screen.refresh_bindings()
            await pilot.pause()
            await pilot.pause()
        gc.collect()
        keys = [one for one in gc.get_objects() if isinstance(one, FooterKey)]
        assert keys
        assert all(one.is_attached for one in keys)

    drive(HardsetApp(Desk()), show_again)
