"""A capture of a sensor's messages on the Live screen: played, paused, gone back in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from screens import at_rest, simulated
from textual.pilot import Pilot

from hardset.tracker.capture import CaptureWriter, read_capture
from hardset.tracker.sensors.events import LinkEvent, LinkUp
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.capture_feed import CaptureFeed
from hardset.tui.live.feeds import Feed, Playable
from hardset.tui.live.lift import Lift

Drive = Callable[..., None]
TICK_S = 0.05


def captured(path: Path, until_s: float) -> list[LinkEvent]:
    """What a virtual sensor sends in the first set, through a file."""
    samples, _ = simulated()
    device = virtual_device("witmotion", samples, seed=7)
    device.connect(0.0)
    writer = CaptureWriter(path, 0.0)
    writer.write(LinkUp(0.0, "WT901BLE67", device.model, 100.0))
    for write in device.model.start(100.0):
        device.on_write(write.characteristic, write.payload, 0.0)
    for tick in range(int(until_s / TICK_S)):
        for notification in device.notifications(tick * TICK_S):
            writer.write(notification)
    writer.close()
    return list(read_capture(path))


def test_a_capture_plays_and_is_gone_back_in(drive: Drive, tmp_path: Path) -> None:
    events = captured(tmp_path / "set.jsonl", 30.0)
    _, lift = simulated()

    def start() -> tuple[Lift, Feed]:
        return lift, CaptureFeed(events, speed=None)

    async def play(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, HardsetApp)
        assert app.live is not None
        assert isinstance(app.live.feed, Playable)
        assert app.live.board.connected is not None
        assert "WT901BLE67" in app.live.board.connected.sensor
        told = [one.rep.speed for one in app.live.board.reps]
        assert 4 <= len(told) <= 7
        await pilot.press("left_square_bracket", "left_square_bracket")
        await at_rest(pilot)
        assert 1 <= len(app.live.board.reps) < len(told)

    drive(HardsetApp(Desk(start_feed=start)), play)
