"""Review: pictures, every key, and that whatever follows from a correction follows at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from example_log import RECORDED, WEEK, example_log
from screens import at_rest
from textual.pilot import Pilot
from textual.widgets import Label, OptionList

from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.volume import week_volume
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.review.replay import ReplayScreen
from hardset.tui.screens.review import ReviewScreen
from hardset.tui.screens.week import WeekScreen
from hardset.tui.widgets.plot import Plot


@pytest.fixture
def app(tmp_path: Path) -> HardsetApp:
    return HardsetApp(Desk(path=example_log(tmp_path)), start="review")


def review_of(pilot: Pilot[None]) -> ReviewScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> ReviewScreen:
    for key in keys:
        await pilot.press(key)
        await at_rest(pilot)
    return review_of(pilot)


def newest(path: Path) -> LoggedSet:
    with Log.open(path) as log:
        return log.history().sets[-1]


def hard_sets(path: Path) -> float:
    """Hard sets of the quadriceps in the week of the newest set, as the Week screen and command say."""
    with Log.open(path) as log:
        return week_volume(log.history(), WEEK, catalogue()).of("quadriceps").hard_sets


# Pictures.


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 30)])
def test_picture(app: HardsetApp, snap: Callable[..., bool], size: tuple[int, int]) -> None:
    assert snap(app, size)


def test_picture_of_corrected_reps(app: HardsetApp, snap: Callable[..., bool]) -> None:
    async def correct(pilot: Pilot[None]) -> None:
        await press(pilot, "right", "x", "down", "down", "s", "v", "v")
        pilot.app.clear_notifications()

    assert snap(app, doing=correct)


def test_picture_of_earlier_sets_in_light_colours(tmp_path: Path, snap: Callable[..., bool]) -> None:
    async def earlier(pilot: Pilot[None]) -> None:
        await press(pilot, "v")

    light = HardsetApp(Desk(path=example_log(tmp_path)), start="review", theme="hardset-light")
    assert snap(light, doing=earlier)


def test_picture_of_an_empty_log(tmp_path: Path, snap: Callable[..., bool]) -> None:
    assert snap(HardsetApp(Desk(path=tmp_path / "empty.db"), start="review"))


# What is shown.


def test_the_set_under_the_cursor_is_shown_with_its_movement(
    app: HardsetApp, drive: Callable[..., None]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        screen = review_of(pilot)
        assert screen.review is not None
        assert screen.review.line.logged.exercise == RECORDED[-1][0]
        assert screen.trace is not None
        assert screen.trace.agrees
        assert screen.query_one("#position", Plot).chart is not None
        await press(pilot, "down")
        assert screen.review.line.logged.exercise == RECORDED[0][0]
        assert screen.trace.by_angle
        for _ in range(4):
            await pilot.press("down")  # through the list: only where he stops is read
        await at_rest(pilot)
        assert screen.review.line.logged.id == screen.wanted
        assert screen.trace is None
        assert "No samples" in screen.query_one("#position", Plot).said

    drive(app, look)


def test_views_follow_each_other(app: HardsetApp, drive: Callable[..., None]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        seen = []
        for _ in range(3):
            screen = await press(pilot, "v")
            seen.append(screen.view)
            assert screen.query_one(f"#{screen.view}").size.height > 3
        assert seen == ["earlier", "notes", "movement"]

    drive(app, look)


def test_one_exercise_and_all_again(app: HardsetApp, drive: Callable[..., None]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        everything = len(review_of(pilot).lines)
        await pilot.press("slash")
        await at_rest(pilot)
        await pilot.press(*"bench")
        await pilot.press("enter")
        await at_rest(pilot)
        screen = review_of(pilot)
        assert screen.exercise == "bench_press"
        assert screen.review is not None
        assert screen.review.line.logged.exercise == "bench_press"
        await press(pilot, "escape")
        assert screen.exercise is None
        assert str(everything) in str(screen.query_one("#filter", Label).content)

    drive(app, look)


# Corrections.


def test_a_corrected_set_changes_the_week(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None

    async def correct(pilot: Pilot[None]) -> None:
        before = hard_sets(path)
        screen = await press(pilot, "w")
        assert screen.review is not None
        assert screen.review.line.logged.warmup
        after = hard_sets(path)
        assert after < before - 0.3
        await press(pilot, "u")
        assert hard_sets(path) == pytest.approx(before)
        await press(pilot, "x")
        assert hard_sets(path) == pytest.approx(after)
        assert screen.review.line.deleted
        assert screen.query_one("#set").has_class("-deleted")
        await press(pilot, "x")
        assert hard_sets(path) == pytest.approx(before)

    drive(app, correct)


def test_an_edit_in_review_is_seen_on_the_week_screen(app: HardsetApp, drive: Callable[..., None]) -> None:
    async def week_says(pilot: Pilot[None]) -> tuple[str, str]:
        await pilot.press("3")
        await at_rest(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, WeekScreen)
        muscles = screen.query_one("#muscles", OptionList)
        row = str(muscles.get_option("quadriceps").prompt)
        said = str(screen.query_one("#title", Label).content), row
        await pilot.press("2")
        await at_rest(pilot)
        return said

    async def correct(pilot: Pilot[None]) -> None:
        title, quadriceps = await week_says(pilot)
        assert WEEK in title
        await press(pilot, "x")
        later_title, later_quadriceps = await week_says(pilot)
        work_sets = [int(text.split("  ·  ")[1].split()[0]) for text in (title, later_title)]
        assert work_sets[1] == work_sets[0] - 1
        assert later_quadriceps != quadriceps
        await press(pilot, "u")
        assert await week_says(pilot) == (title, quadriceps)

    drive(app, correct)


def test_a_set_that_nobody_named_is_named_here(tmp_path: Path, drive: Callable[..., None]) -> None:
    path = example_log(tmp_path)
    with Log.open(path) as log:
        one = log.history().sets[-1]
        with log.operation("test", "nobody said what it was") as op:
            op.update("sets", one.id, {"exercise": None})

    async def name(pilot: Pilot[None]) -> None:
        screen = review_of(pilot)
        assert screen.review is not None
        assert screen.review.line.logged.id == one.id
        assert "e names it" in str(screen.query_one("#state", Label).content)
        await pilot.press("e")
        await at_rest(pilot)
        await pilot.press(*"back squat", "enter", "enter")
        await at_rest(pilot)
        named = newest(path)
        assert named.rir_pmf is not None
        assert named.rir_pmf == pytest.approx(one.rir_pmf, abs=0.01)  # states are kept to a hundredth
        made = {"rir_pmf": None, "rir_interval": None}
        assert replace(named, **made) == replace(one, **made)
        assert len(screen.review.steps) == one.reps

    drive(HardsetApp(Desk(path=path), start="review"), name)


def test_deleted_reps_change_loss_and_reps_left_at_once(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None
    whole = newest(example_log(path.parent))

    async def correct(pilot: Pilot[None]) -> None:
        screen = await press(pilot, "right", "end", "x")
        assert newest(path).velocities == whole.velocities[:-1]
        assert screen.review is not None
        assert len(screen.review.steps) == whole.reps - 1
        assert newest(path).rir_pmf != whole.rir_pmf
        assert screen.trace is not None
        assert max(one.rep for one in screen.trace.phases) == whole.reps - 1
        # The cursor stayed: the same key brings it back.
        await press(pilot, "x")
        assert newest(path).velocities == whole.velocities

    drive(app, correct)


def test_split_and_merge(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None
    whole = newest(path)

    async def correct(pilot: Pilot[None]) -> None:
        screen = await press(pilot, "right", "s")
        assert newest(path).reps == whole.reps + 1
        assert screen.review is not None
        assert [one.origin for one in screen.review.reps[:3]] == ["split", "split", "measured"]
        await press(pilot, "m")
        assert newest(path).reps == whole.reps
        assert newest(path).velocities[1:] == whole.velocities[1:]
        await press(pilot, "end")
        assert screen.check_action("merge", ()) is None  # nothing comes after the last
        await press(pilot, "escape")
        assert screen.check_action("split", ()) is False

    drive(app, correct)


def test_felt_failed_and_load(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None

    async def correct(pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await at_rest(pilot)
        await pilot.press("3")
        await at_rest(pilot)
        assert newest(path).felt_rir == 3
        await press(pilot, "f")
        assert newest(path).failed
        await press(pilot, "f")
        assert not newest(path).failed
        await pilot.press("e")
        await at_rest(pilot)
        await pilot.press(*"deadlift", "enter")
        await pilot.press("home", *["delete"] * 6, *"120", "enter")
        await at_rest(pilot)
        assert (newest(path).exercise, newest(path).load_kg) == ("deadlift", 120.0)
        screen = review_of(pilot)
        assert screen.review is not None
        assert screen.review.line.logged.exercise == "deadlift"
        assert screen.trace is not None  # measured as what it was

    drive(app, correct)


# Replay.


def test_replay_runs_through_the_live_screen_and_keeps_nothing(
    app: HardsetApp, drive: Callable[..., None]
) -> None:
    path = app.desk.path
    assert path is not None

    async def play(pilot: Pilot[None]) -> None:
        with Log.open(path) as log:
            known = len(log.undoable(1000))
        await pilot.press("p")
        await at_rest(pilot)
        live = pilot.app.screen
        assert isinstance(live, ReplayScreen)
        assert app.live is not live
        assert "replay of set" in str(live.query_one("#note", Label).content)
        await pilot.press("p", "full_stop", "greater_than_sign", *["right_square_bracket"] * 20)
        while live.behind or not live.board.reps:
            await pilot.pause()
        reps = [one.rep.speed for one in live.board.reps]
        assert reps == pytest.approx(newest(path).velocities, rel=0.1)
        assert live.board.reps[-1].rir is not None
        assert live.board.reps[-1].rir.calibrated  # it knows what was known then
        await pilot.press("left_square_bracket")
        while live.behind:
            await pilot.pause()
        await pilot.press("escape")
        await at_rest(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert live not in app.opened
        with Log.open(path) as log:
            assert len(log.undoable(1000)) == known

    drive(app, play)


def test_a_set_without_samples_is_not_replayed(app: HardsetApp, drive: Callable[..., None]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        screen = await press(pilot, "down", "down")
        assert screen.check_action("replay", ()) is None

    drive(app, look)


def test_a_visitor_looks_and_changes_nothing(tmp_path: Path, drive: Callable[..., None]) -> None:
    path = example_log(tmp_path)
    before = newest(path)

    async def look(pilot: Pilot[None]) -> None:
        screen = await press(pilot, "x", "w", "f", "u", "right", "x", "s")
        assert screen.check_action("delete", ()) is False
        assert newest(path) == before

    drive(HardsetApp(Desk(path=path, watching=True), start="review"), look)


def test_a_log_that_changes_elsewhere_is_read_again(app: HardsetApp, drive: Callable[..., None]) -> None:
    path = app.desk.path
    assert path is not None

    async def look(pilot: Pilot[None]) -> None:
        with Log.open(path) as log:
            log.undo()
        app.log_changed()
        await at_rest(pilot)
        screen = review_of(pilot)
        assert screen.review is not None
        assert screen.review.line.logged.exercise == RECORDED[0][0]

    drive(app, look)


def test_reading_never_stops_the_screen(app: HardsetApp) -> None:
    """Lateness of the event loop while a set, its reps and its movement are read and drawn."""
    late: list[float] = []

    async def tick(loop: asyncio.AbstractEventLoop) -> None:
        while True:
            before = loop.time()
            await asyncio.sleep(0.005)
            late.append(loop.time() - before - 0.005)

    async def run() -> None:
        app.animation_level = "none"
        async with app.run_test(size=(120, 40)) as pilot:
            await at_rest(pilot)
            ticking = asyncio.ensure_future(tick(asyncio.get_running_loop()))
            await pilot.press("down", "up", "down")
            await at_rest(pilot)
            ticking.cancel()

    asyncio.run(run())
    assert late
    # 50 ms is the aim; other programs on the machine may take as much again.
    assert sorted(late)[int(0.95 * len(late))] < 0.1
