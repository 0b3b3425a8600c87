"""The Sensors screen: what is in sight, what streams, virtual ones, no Bluetooth. Pictures were looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from screens import at_rest, in_sight, scripted_app
from textual.pilot import Pilot
from textual.widgets import DataTable

from hardset.tracker.errors import NoBluetoothAdapter
from hardset.tracker.sensors.bluetooth import Found
from hardset.tracker.training.log import Log
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.screens.sensors import VIRTUAL_NAMES, SensorsScreen

Drive = Callable[..., None]
Snap = Callable[..., bool]
SIZES = [(80, 24), (120, 40)]


async def no_adapter(seconds: float) -> Sequence[Found]:
    raise NoBluetoothAdapter("No Bluetooth adapters found.")


async def look(pilot: Pilot[None]) -> None:
    await pilot.press("6")
    await at_rest(pilot)
    await pilot.press("s")
    await at_rest(pilot)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, SensorsScreen)
    screen.show_lanes()


def on(pilot: Pilot[None]) -> SensorsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SensorsScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_sensors_in_sight(snap: Snap, size: tuple[int, int]) -> None:
    app = scripted_app(until_s=24.0)
    app.desk.scan = in_sight
    assert snap(app, size, doing=look)


def test_picture_without_bluetooth(snap: Snap) -> None:
    assert snap(HardsetApp(Desk(scan=no_adapter)), doing=look)


def test_without_bluetooth_a_notice_says_what_to_do(drive: Drive) -> None:
    async def scan(pilot: Pilot[None]) -> None:
        await look(pilot)
        (notice,) = pilot.app._notifications
        assert "plug in one" in notice.message
        assert on(pilot).query_one(DataTable).row_count == 0
        await pilot.press("s")  # it can be tried again
        await at_rest(pilot)
        assert len(pilot.app._notifications) == 2

    drive(HardsetApp(Desk(scan=no_adapter)), scan)


def test_only_known_kinds_are_offered(drive: Drive) -> None:
    async def scan(pilot: Pilot[None]) -> None:
        await look(pilot)
        table = on(pilot).query_one(DataTable)
        assert [table.get_row_at(row)[0] for row in range(table.row_count)] == [
            "WT901BLE67",
            "Movesense 174630000192",
            "MetaWear",
        ]

    drive(HardsetApp(Desk(scan=in_sight)), scan)


def test_a_virtual_sensor_streams_to_live_and_is_not_kept(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    async def connect(pilot: Pilot[None]) -> None:
        await pilot.press("6", "v")
        await pilot.pause()
        assert on(pilot).query_one(DataTable).row_count == len(VIRTUAL_NAMES)
        await pilot.press("down", "enter")
        app = pilot.app
        assert isinstance(app, HardsetApp)
        assert app.live is not None
        while not app.live.lanes or app.live.board.status is None:
            await pilot.pause(0.05)
        assert app.live.lanes[0].key == f"virtual:{VIRTUAL_NAMES[1]}"
        assert app.live.lift.exercise is not None
        await pilot.press("enter")
        assert len(app.live.lanes) == 1  # connected already
        await pilot.press("d")
        assert not app.live.lanes

    drive(HardsetApp(Desk(path=path)), connect)
    with Log.open(path) as log:
        assert not log.history().sets
        assert log.connection.execute("select count(*) from recordings").fetchone()[0] == 0
