"""Pictures of the Live screen. Each was looked at before it was kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from screens import scripted_app
from textual.pilot import Pilot

from hardset.tracker.facts import SignalBack, SignalLost
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.screens.live import FactsTold, LiveScreen

Snap = Callable[..., bool]
GOING_ON_S, STOP_S = 24.0, 41.0
SIZES = [(80, 24), (120, 40), (50, 30)]


@pytest.mark.parametrize("size", SIZES)
def test_a_set_goes_on(snap: Snap, size: tuple[int, int]) -> None:
    assert snap(scripted_app(until_s=GOING_ON_S), size)


@pytest.mark.parametrize("size", SIZES)
def test_stop(snap: Snap, size: tuple[int, int]) -> None:
    assert snap(scripted_app(until_s=STOP_S), size)


@pytest.mark.parametrize("size", SIZES)
def test_the_set_is_over(snap: Snap, size: tuple[int, int]) -> None:
    assert snap(scripted_app(), size)


@pytest.mark.parametrize("theme", ["hardset-light", "ansi-dark"])
def test_other_themes(snap: Snap, theme: str) -> None:
    assert snap(scripted_app(until_s=STOP_S, theme=theme))


def test_a_limb_turns_and_a_rep_is_doubtful(snap: Snap) -> None:
    assert snap(scripted_app(until_s=27.0, exercise_id="leg_extension"))


def test_no_sensor_yet(snap: Snap) -> None:
    assert snap(HardsetApp(Desk()))


@pytest.mark.parametrize("back", [False, True])
def test_the_sensor_is_lost_and_back(snap: Snap, back: bool) -> None:
    async def lose(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        following = screen.lanes[0].following
        lost_s = following.newest_s
        screen.post_message(FactsTold(following, [SignalLost(lost_s, "the sensor hung up")]))
        if back:
            screen.post_message(FactsTold(following, [SignalBack(lost_s + 2.5, 2.5)]))

    assert snap(scripted_app(until_s=GOING_ON_S), doing=lose)


def test_choosing_what_is_lifted(snap: Snap) -> None:
    async def choose(pilot: Pilot[None]) -> None:
        await pilot.press("e", *"curl")

    assert snap(scripted_app(until_s=GOING_ON_S), doing=choose)
