"""The Live screen driven by keys, with a real session and a real log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screens import SEED, at_rest, live_app, simulated
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from hardset.signal.advice import Action
from hardset.tracker.sensors.virtual_link import VirtualLink
from hardset.tracker.sensors.virtual_radio import Outage, RadioBehaviour
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tracker.training.catalogue import SENSOR_SITES
from hardset.tracker.training.log import Log
from hardset.tracker.training.records import LoggedSet
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.felt_dialog import FeltDialog
from hardset.tui.live.lift_dialog import LiftDialog
from hardset.tui.live.link_feed import LinkFeed
from hardset.tui.screens.live import LiveScreen
from hardset.tui.widgets.big_text import BigText

Drive = Callable[..., None]


def live_of(pilot: Pilot[None]) -> LiveScreen:
    assert isinstance(pilot.app, HardsetApp)
    assert pilot.app.live is not None
    return pilot.app.live


def kept_in(path: Path) -> LoggedSet:
    with Log.open(path) as log:
        (kept,) = log.history().sets
    return kept


def test_a_set_is_kept_marked_and_undone(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    async def set_and_marks(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        assert live.board.over is not None
        assert live.last_set_id is not None
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FeltDialog)
        await pilot.press("2")
        await at_rest(pilot)
        assert kept_in(path).felt_rir == 2
        await pilot.press("f")
        await at_rest(pilot)
        assert kept_in(path).failed
        await pilot.press("u")
        await at_rest(pilot)

    drive(live_app(path=path), set_and_marks)
    kept = kept_in(path)
    assert (kept.exercise, kept.load_kg, kept.reps) == ("back_squat", 100.0, 9)
    assert not kept.failed
    assert kept.velocities == pytest.approx([0.57, 0.57, 0.53, 0.47, 0.45, 0.41, 0.39, 0.35, 0.29], abs=0.03)


def test_the_set_is_settled_when_the_lifter_quits(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    async def quit_in_the_set(pilot: Pilot[None]) -> None:
        assert live_of(pilot).board.in_set
        await pilot.press("q")

    drive(live_app(path=path, until_s=35.0), quit_in_the_set)
    assert 5 <= kept_in(path).reps <= 8


def test_the_set_is_over_when_the_lifter_says_so(drive: Drive, tmp_path: Path) -> None:
    async def end(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        told = len(live.board.reps)
        assert live.board.in_set
        await pilot.press("space")
        await at_rest(pilot)
        assert live.board.over is not None
        assert abs(len(live.board.reps) - told) <= 1

    drive(live_app(path=tmp_path / "log.db", until_s=35.0), end)


def test_it_is_silent_until_it_matters_and_then_says_stop(drive: Drive) -> None:
    said: list[str] = []

    async def listen(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        call = live.query_one("#call-word", BigText)
        feed = live.feed
        assert feed is not None
        for at_s in range(16, 50, 2):
            feed.go_to(float(at_s))  # type: ignore[attr-defined]
            await at_rest(pilot)
            if not live.board.in_set:
                continue
            advice = live.board.advice(live.goal)
            assert advice is not None
            shown = live.query_one("#call").display
            assert shown == (advice.action is not Action.GO_ON)
            said.append(call.text if shown else "")

    drive(live_app(until_s=14.0), listen)
    assert said[0] == ""
    assert said[-1] == "STOP"
    assert "ONE MORE" in said


def test_seeking_back_tells_the_same_again(drive: Drive) -> None:
    async def seek(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        before = [one.rep.speed for one in live.board.reps]
        for key in ("left_square_bracket", "right_square_bracket"):
            await pilot.press(key)
            await at_rest(pilot)
        assert [one.rep.speed for one in live.board.reps] == before

    drive(live_app(until_s=30.0), seek)


def test_stepping_and_pausing(drive: Drive) -> None:
    async def step(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        newest_s = live.lanes[0].following.newest_s
        await pilot.press("full_stop")
        await at_rest(pilot)
        assert live.lanes[0].following.newest_s == pytest.approx(newest_s + 0.5, abs=0.05)
        await pilot.press("p")
        assert not live.feed.paused  # type: ignore[union-attr]
        await pilot.press("p", "greater_than_sign")
        assert live.feed.paused  # type: ignore[union-attr]
        assert live.feed.speed == 2.0  # type: ignore[union-attr]

    drive(live_app(until_s=20.0), step)


def test_choosing_exercise_and_load_by_keys(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        log.set_setting("unit", "lb")

    async def choose(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        await pilot.press("e", *"bench press", "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, LiftDialog)
        assert dialog.query_one(OptionList).option_count
        assert dialog.query_one("#load", Input).has_focus
        await pilot.press(*"225", "enter")
        await at_rest(pilot)
        assert live.lift.exercise is not None
        assert "bench" in live.lift.exercise.id
        assert live.lift.load_kg == pytest.approx(102.06, abs=0.01)
        await pilot.press("plus", "w", "t", "m")
        await at_rest(pilot)
        assert live.lift.load_kg == pytest.approx(104.33, abs=0.01)
        assert live.lift.warmup
        assert live.goal.target_rir == 3
        assert live.muted

    drive(HardsetApp(Desk(path=path)), choose)


def test_a_virtual_sensor_is_followed_lost_and_found_again(drive: Drive) -> None:
    """In real time, three seconds of it: bytes, link, decoder, session, screen."""
    samples, lift = simulated()
    radio = RadioBehaviour(interval_s=0.03, outages=(Outage(0.8, 0.4, "hang_up"),))
    link = VirtualLink(virtual_device("witmotion", samples.slice(0, 500), radio, SEED), 100.0)

    async def follow(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        live.follow(LinkFeed(link), lift)
        states = set()
        while live.board.ended is None:
            states.add((live.board.lost is None, live.board.back is None))
            await pilot.pause(0.02)
        assert live.board.connected is not None
        assert "WT901" in live.board.connected.sensor
        assert (False, True) in states  # lost, not yet back
        assert live.board.back is not None
        assert live.board.ended.received > 100

    drive(HardsetApp(Desk()), follow)


def test_two_sensors_at_once_and_the_next_with_a_key(drive: Drive) -> None:
    async def two(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        first = live.lanes[0]
        _, lift = simulated()
        other = live_app(until_s=20.0).desk.start_feed
        assert other is not None
        live.follow(other()[1], lift, key="second", beside=True)
        await at_rest(pilot)
        assert len(live.lanes) == 2
        assert live.board is live.lanes[1].board
        await pilot.press("n")
        assert live.board is first.board
        live.leave(first)
        assert [lane.key for lane in live.lanes] == ["second"]

    drive(live_app(until_s=20.0), two)


def test_where_the_sensor_sits_is_chosen(drive: Drive) -> None:
    async def choose(pilot: Pilot[None]) -> None:
        live = live_of(pilot)
        await pilot.press("e", *"back squat", "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, LiftDialog)
        assert dialog.query_one("#place", Select).value == "bar"
        await pilot.press(*"80", "tab", "enter", "down", "enter", "shift+tab", "enter")
        await at_rest(pilot)
        assert live.lift.exercise is not None
        assert live.lift.exercise.id == "back_squat"
        assert live.lift.placement is SENSOR_SITES[live.lift.exercise.sensor_sites[1]]

    drive(HardsetApp(Desk()), choose)
