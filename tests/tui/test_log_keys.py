"""Week, Legs and Settings by their keys, on a real log: what is typed is what is counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from screens import TODAY, at_rest, log_app
from textual.pilot import Pilot
from textual.widgets import Input, Label, OptionList, Static

from hardset.tracker.training.log import Log
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.entry.form import FormDialog
from hardset.tui.entry.import_dialog import ImportDialog
from hardset.tui.launch import screens_on
from hardset.tui.screens import week
from hardset.tui.screens.legs import LegsScreen
from hardset.tui.screens.settings import SettingsScreen
from hardset.tui.screens.week import WeekScreen

Drive = Callable[..., None]
FILES = Path(__file__).parents[1] / "tracker" / "interchange" / "files"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "now", lambda: datetime.combine(TODAY, time(12), UTC))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


async def keys(pilot: Pilot[None], *pressed: str) -> None:
    """Press keys and wait until everything has followed."""
    for one in pressed:
        await pilot.press(one)
        await at_rest(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Put a text where the cursor is, at once: letter by letter costs a repaint each."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    field.cursor_position = len(text)
    await at_rest(pilot)


def text_of(pilot: Pilot[None], selector: str) -> str:
    """What a label, or all rows of a list, say."""
    widget = pilot.app.screen.query_one(selector)
    if isinstance(widget, OptionList):
        return "\n".join(str(option.prompt) for option in widget.options)
    assert isinstance(widget, Static)
    return str(widget.render())


def notices(pilot: Pilot[None]) -> list[str]:
    return [one.message for one in pilot.app._notifications]


def row(pilot: Pilot[None], start: str, selector: str = "#muscles") -> str:
    return next(line for line in text_of(pilot, selector).splitlines() if start in line)


# Week.


def test_a_set_by_hand_changes_the_week_and_undo_takes_it_back(drive: Drive, db: Path) -> None:
    async def log_one(pilot: Pilot[None]) -> None:
        before = row(pilot, "hamstrings")
        assert "✗ knee-dominant: none" in text_of(pilot, "#muscles")
        assert "No set of: knee flexion" in text_of(pilot, "#missing")
        await keys(pilot, "l", *"seatedlegc")
        await keys(pilot, "enter")
        await type_in(pilot, "45")
        await keys(pilot, "enter")
        await type_in(pilot, "10")
        await keys(pilot, "enter")
        await type_in(pilot, "1")
        await keys(pilot, "enter")
        await type_in(pilot, "2026-11-20T18:05+00:00")
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, WeekScreen)
        assert any("logged seated leg curl 45 kg x 10" in one for one in notices(pilot))
        assert "7 + 3×½" in row(pilot, "hamstrings")
        assert "knee-dominant 1 set" in text_of(pilot, "#muscles")
        assert "knee flexion" not in text_of(pilot, "#missing")
        await keys(pilot, "down")
        assert "seated leg curl" in text_of(pilot, "#sets")
        await keys(pilot, "u")
        assert row(pilot, "hamstrings") == before

    drive(log_app(db, "week"), log_one)


def test_what_cannot_be_is_said_before_anything_is_written(drive: Drive, db: Path) -> None:
    async def err(pilot: Pilot[None]) -> None:
        await keys(pilot, "l", "ctrl+s")
        assert "choose an exercise" in text_of(pilot, "#wrong")
        await type_in(pilot, "squat")
        await keys(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, FormDialog)
        dialog.query_one("#load", Input).value = "heavy"
        dialog.query_one("#reps", Input).value = "8"
        await keys(pilot, "ctrl+s")
        assert "is no load" in text_of(pilot, "#wrong")
        dialog.query_one("#load", Input).value = "225 lb"
        dialog.query_one("#reps", Input).value = "eight"
        await keys(pilot, "ctrl+s")
        assert "whole number" in text_of(pilot, "#wrong")
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, WeekScreen)

    drive(log_app(db, "week", filled=False), err)
    with Log.open(db) as log:
        assert not log.history().sets


def test_ticks_are_kept(drive: Drive, db: Path) -> None:
    async def warm_up(pilot: Pilot[None]) -> None:
        await keys(pilot, "l")
        await type_in(pilot, "back squat")
        await keys(pilot, "enter")
        await type_in(pilot, "60")
        await keys(pilot, "enter")
        await type_in(pilot, "5")
        await keys(pilot, "tab", "tab", "tab", "space", "tab", "space", "ctrl+s")

    drive(log_app(db, "week", filled=False), warm_up)
    with Log.open(db) as log:
        (one,) = log.history().sets
    assert (one.exercise, one.load_kg, one.reps, one.warmup, one.failed) == (
        "back_squat",
        60.0,
        5,
        True,
        True,
    )


def test_weeks_back_and_forward_and_not_into_the_future(drive: Drive, db: Path) -> None:
    async def go(pilot: Pilot[None]) -> None:
        assert "2026-W47" in text_of(pilot, "#title")  # the newest with a set
        await keys(pilot, "left", "left")
        assert "2026-W45" in text_of(pilot, "#title")
        await keys(pilot, "right", "right", "right")
        assert "2026-W48 (this week)" in text_of(pilot, "#title")
        assert "0 work sets" in text_of(pilot, "#title")
        await keys(pilot, "right")
        assert "2026-W48" in text_of(pilot, "#title")
        await keys(pilot, "t")
        assert "2026-W47" in text_of(pilot, "#title")

    drive(log_app(db, "week"), go)


def test_untrained_muscles_are_hidden_until_asked_for(drive: Drive, db: Path) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        assert "tibialis" not in text_of(pilot, "#muscles")
        await keys(pilot, "a")
        assert "tibialis" in text_of(pilot, "#muscles")
        await keys(pilot, "a")
        assert "tibialis" not in text_of(pilot, "#muscles")

    drive(log_app(db, "week"), ask)


def test_the_sets_behind_a_muscle(drive: Drive, db: Path) -> None:
    async def look(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, WeekScreen)
        await keys(pilot, "down")
        told = text_of(pilot, "#sets")
        assert "6 direct sets gave" in told
        assert "3 that help gave" in told
        assert told.index("romanian deadlift  direct") < told.index("hip thrust  helps")
        listed = text_of(pilot, "#sets").count("% hard")
        assert listed == 9
        await keys(pilot, "enter")
        assert screen.focused is screen.query_one("#detail")
        await keys(pilot, "question_mark")
        assert pilot.app.screen.topic == "muscle-sets"  # type: ignore[attr-defined]

    drive(log_app(db, "week"), look)


def test_the_palette_logs_and_imports(drive: Drive, db: Path) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        titles = {one.title for one in pilot.app.get_system_commands(pilot.app.screen)}
        assert {"Log: a set by hand", "Log: import Strong or Hevy", "Week: before"} <= titles
        command = next(
            one for one in pilot.app.get_system_commands(pilot.app.screen) if "import" in one.title
        )
        command.callback()
        await at_rest(pilot)
        assert isinstance(pilot.app.screen, ImportDialog)

    drive(log_app(db, "week", filled=False), ask)


# Import.


def test_an_import_is_shown_then_added_then_taken_back(drive: Drive, db: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(FILES / "hevy.csv", tmp_path / "h.csv"))

    async def take_over(pilot: Pilot[None]) -> None:
        await keys(pilot, "i")
        await type_in(pilot, str(file))
        await keys(pilot, "enter")
        assert "An export of Hevy: 4 sets." in text_of(pilot, "#found")
        with Log.open(db) as log:
            assert not log.history().sets
        await keys(pilot, "enter")
        assert any("imported 4 sets from h.csv" in one for one in notices(pilot))
        assert "2025-W52" in text_of(pilot, "#title")
        await keys(pilot, "i")
        await type_in(pilot, str(file))
        await keys(pilot, "enter")
        assert "already, not added again: 4 sets" in text_of(pilot, "#found")
        await keys(pilot, "escape", "u")
        assert "No set is logged yet" in text_of(pilot, "#empty")

    drive(log_app(db, "week", filled=False), take_over)
    with Log.open(db) as log:
        assert not log.history().sets


def test_an_unknown_name_is_given_its_exercise(drive: Drive, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    text = (FILES / "hevy.csv").read_text().replace("Lying Leg Curl (Machine)", "Leg Curlifier 3000")
    file.write_text(text)

    async def map_it(pilot: Pilot[None]) -> None:
        await keys(pilot, "i")
        await type_in(pilot, str(file))
        await keys(pilot, "enter")
        assert "Leg Curlifier 3000 → left out" in text_of(pilot, "#decide")
        await keys(pilot, "down", "enter")
        assert "left out" not in text_of(pilot, "#decide")
        assert "add 4 sets" in text_of(pilot, "#decide")
        await keys(pilot, "home", "enter")

    drive(log_app(db, "week", filled=False), map_it)
    with Log.open(db) as log:
        assert len(log.history().sets) == 4


def test_a_wrong_file_is_said_in_the_dialogue(drive: Drive, db: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")

    async def err(pilot: Pilot[None]) -> None:
        await keys(pilot, "i")
        await type_in(pilot, str(tmp_path / "other.csv"))
        await keys(pilot, "enter")
        assert "no header of Strong or Hevy" in text_of(pilot, "#wrong")
        await type_in(pilot, str(tmp_path / "none.csv"))
        await keys(pilot, "enter")
        assert "check the name" in text_of(pilot, "#wrong")

    drive(log_app(db, "week", filled=False), err)


# Legs.


def test_entries_change_the_diagnosis(drive: Drive, db: Path) -> None:
    async def log_all(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, LegsScreen)
        assert "Too early" in str(screen.query_one("#verdict").border_title)
        assert "Nothing logged" in text_of(pilot, "#lately")
        await keys(pilot, "w")
        await type_in(pilot, "8l")
        await keys(pilot, "ctrl+s")
        assert "is no load" in text_of(pilot, "#wrong")
        await type_in(pilot, "176lb")
        await keys(pilot, "ctrl+s")
        assert "79.8 kg" in text_of(pilot, "#lately")
        for number in range(1, 3):
            await keys(pilot, "e")
            await type_in(pilot, "40")
            pilot.app.screen.query_one("#at", Input).value = f"2026-11-0{number}"
            await keys(pilot, "ctrl+s")
        await keys(pilot, "s")
        await type_in(pilot, "6.5")
        await keys(pilot, "ctrl+s")
        assert "6.5 h of sleep" in text_of(pilot, "#lately")
        await keys(pilot, "u")
        assert "sleep" not in text_of(pilot, "#lately")

    drive(log_app(db, "legs", filled=False), log_all)
    with Log.open(db) as log:
        history = log.history()
    assert len(history.weighings) == 1
    assert len(history.meals) == 2
    assert not history.nights


def test_the_limiting_one_is_marked_and_goes_when_it_is_trained(drive: Drive, db: Path) -> None:
    async def train(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, LegsScreen)
        verdict = screen.query_one("#verdict")
        assert verdict.border_title == "What holds you back: knee flexion (gym)"
        assert screen.query_one("#page").border_title == "knee flexion"
        assert "Add leg curls" in text_of(pilot, "#page-words")
        for day in ("09", "16"):
            await keys(pilot, "l")
            await type_in(pilot, "seated leg c")
            await keys(pilot, "enter")
            dialog = pilot.app.screen
            for name, value in (("load", "45"), ("reps", "10"), ("rir", "1"), ("at", f"2026-11-{day}T19:00")):
                dialog.query_one(f"#{name}", Input).value = value
            await keys(pilot, "ctrl+s")
        assert "knee flexion" not in str(verdict.border_title)
        assert "✓ ok" in row(pilot, "knee flexion", "#checks")

    drive(log_app(db, "legs"), train)


def test_what_cannot_be_changed_has_its_page(drive: Drive, db: Path) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await keys(pilot, "end")
        assert "how long your limbs are" in text_of(pilot, "#page-words")

    drive(log_app(db, "legs"), look)


# Settings.


async def mark(pilot: Pilot[None], name: str) -> None:
    listed = pilot.app.screen.query_one("#names", OptionList)
    listed.highlighted = listed.get_option_index(name)
    await at_rest(pilot)


def test_the_unit_is_shown_everywhere(drive: Drive, db: Path) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await keys(pilot, "3")
        assert "116.25 kg x" in text_of(pilot, "#sets")
        await keys(pilot, "7", "enter", "down", "enter")
        assert "lb" in row(pilot, "unit", "#names")
        assert "45 lb (usual)" in row(pilot, "bar", "#names")
        await keys(pilot, "3")
        assert "256.29 lb x" in text_of(pilot, "#sets")
        await keys(pilot, "5")
        assert " lb on 22 Nov" in text_of(pilot, "#lately")
        await keys(pilot, "1")
        app = pilot.app
        assert isinstance(app, HardsetApp)
        assert app.live is not None
        assert app.live.settings.unit == "lb"
        await keys(pilot, "7", "u")
        assert "kg" in row(pilot, "unit", "#names")

    drive(log_app(db, "settings"), change)


def test_an_own_bar_goes_along_with_the_unit_and_that_is_said(drive: Drive, db: Path) -> None:
    with Log.open(db) as log:
        log.set_setting("bar", 20)

    async def change(pilot: Pilot[None]) -> None:
        await keys(pilot, "enter", "down", "enter")
        assert "44.0925 lb" in row(pilot, "bar", "#names")
        assert any("weigh what they did: bar 44.0925 lb" in said for said in notices(pilot))
        await keys(pilot, "u")
        assert "20 kg" in row(pilot, "bar", "#names")

    drive(log_app(db, "settings"), change)


def test_values_are_typed_as_people_write_them(drive: Drive, db: Path) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await mark(pilot, "plates")
        await keys(pilot, "enter")
        pilot.app.screen.query_one("#value", Input).value = "20x2, 10, 1.25"
        await keys(pilot, "enter")
        assert "20x2, 10, 1.25" in row(pilot, "plates", "#names")
        await mark(pilot, "protein_g_per_kg")
        await keys(pilot, "enter")
        value = pilot.app.screen.query_one("#value", Input)
        value.value = "2.2-1.6"
        await keys(pilot, "enter")
        assert "smaller number first" in text_of(pilot, "#wrong")
        value.value = "1.8-2.2"
        await keys(pilot, "enter")
        assert "1.8-2.2" in row(pilot, "protein", "#names")
        await keys(pilot, "r")
        assert "1.6-2.2" in row(pilot, "protein", "#names")

    drive(log_app(db, "settings"), change)
    with Log.open(db) as log:
        settings = log.settings()
    assert settings.plates == ((20.0, 2), (10.0, 1), (1.25, 1))
    assert settings.protein_g_per_kg == (1.6, 2.2)


def test_a_band_of_ones_own_counts_at_once(drive: Drive, db: Path) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await keys(pilot, "3")
        assert "▼ under" in row(pilot, "soleus")
        await keys(pilot, "7")
        await mark(pilot, "bands")
        await keys(pilot, "enter")
        listed = pilot.app.screen.query_one(OptionList)
        listed.highlighted = listed.get_option_index("soleus")
        await keys(pilot, "enter")
        pilot.app.screen.query_one("#value", Input).value = "4-8"
        await keys(pilot, "enter", "3")
        assert "● in" in row(pilot, "soleus")
        assert "4-8" in row(pilot, "soleus")

    drive(log_app(db, "settings"), change)


def test_the_theme_changes_at_once_and_is_kept(drive: Drive, db: Path) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await mark(pilot, "theme")
        await keys(pilot, "enter", "down", "enter")
        assert pilot.app.theme == "hardset-light"

    drive(log_app(db, "settings", filled=False), change)
    with Log.open(db) as log:
        assert log.settings().theme == "hardset-light"


def test_a_theme_from_the_palette_is_there_again_at_the_next_start(drive: Drive, db: Path) -> None:
    async def choose(pilot: Pilot[None]) -> None:
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "Theme: hardset-light")
        await keys(pilot, "down", "enter")
        assert pilot.app.theme == "hardset-light"
        await keys(pilot, "7")
        assert "hardset-light" in row(pilot, "theme", "#names")

    async def look(pilot: Pilot[None]) -> None:
        assert pilot.app.theme == "hardset-light"
        await keys(pilot, "7", "u")
        assert pilot.app.theme == "hardset-dark"

    drive(screens_on(db, ""), choose)
    drive(screens_on(db, ""), look)
    assert screens_on(db, "").theme == "hardset-dark"


def test_a_visitors_theme_is_not_kept(drive: Drive, db: Path) -> None:
    with Log.open(db) as log:
        log.set_setting("theme", "ansi-dark")

    async def choose(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, HardsetApp)
        app.choose_theme("hardset-light")
        await at_rest(pilot)
        assert app.theme == "hardset-light"

    drive(HardsetApp(Desk(path=db, watching=True)), choose)
    with Log.open(db) as log:
        assert log.settings().theme == "ansi-dark"


def test_another_lifter_has_a_log_of_their_own(drive: Drive, db: Path) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await mark(pilot, "lifter")
        await keys(pilot, "enter", "end", "enter")
        await type_in(pilot, "Ann")
        await keys(pilot, "enter")
        assert "Ann" in row(pilot, "lifter", "#names")
        await keys(pilot, "3")
        assert "No set is logged yet" in text_of(pilot, "#empty")
        assert "Ann" in str(pilot.app.screen.query_one("#title", Label).render())
        await keys(pilot, "7")
        await mark(pilot, "lifter")
        await keys(pilot, "enter", "home", "enter", "3")
        assert "54 work sets" in text_of(pilot, "#title")

    drive(log_app(db, "settings"), change)


def test_where_nothing_is_kept_nothing_is_offered(drive: Drive) -> None:
    from hardset.tui.desk import Desk

    async def look(pilot: Pilot[None]) -> None:
        for key in ("3", "5", "7"):
            await keys(pilot, key)
            await keys(pilot, "l", "u", "c", "enter")
            assert isinstance(pilot.app.screen, WeekScreen | LegsScreen | SettingsScreen)
        assert not notices(pilot)

    drive(HardsetApp(Desk(), start="week"), look)
