"""The Sensors screen finds, connects and lets go of a sensor on the air; Live follows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bumble_air import Air
from feeding import swing
from textual.pilot import Pilot
from textual.widgets import DataTable

from hardset.tracker.sensors.bluetooth import scan
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.lane import Lane
from hardset.tui.screens.sensors import SensorsScreen

OnAir = Callable[[Callable[[Air], Awaitable[None]]], None]


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    while not true():
        await pilot.pause(0.05)


def lanes(app: HardsetApp) -> list[Lane]:
    assert app.live is not None
    return app.live.lanes


def test_scan_connect_measure_and_let_go(on_air: OnAir) -> None:
    async def work(air: Air) -> None:
        air.add(virtual_device("witmotion", swing(30.0, 200.0)))
        app = HardsetApp(Desk(scan=lambda _seconds: scan(1.0)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("6")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, SensorsScreen)
            await pilot.press("s")
            table = screen.query_one(DataTable)
            await until(pilot, lambda: table.row_count == 1)
            assert "WitMotion" in str(table.get_row_at(0)[1])
            await pilot.press("c")
            await until(pilot, lambda: bool(lanes(app)) and lanes(app)[0].board.connected is not None)
            (lane,) = lanes(app)
            await until(
                pilot, lambda: lane.board.status is not None and lane.board.status.rate_hz is not None
            )
            assert lane.board.status is not None
            assert lane.board.status.rate_hz is not None
            assert 90 < lane.board.status.rate_hz < 110
            await pilot.press("c")  # once is enough
            assert lanes(app) == [lane]
            await pilot.press("d")
            await pilot.pause()
            assert lanes(app) == []

    on_air(work)
