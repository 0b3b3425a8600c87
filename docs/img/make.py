"""Draws the pictures of the screens in this folder, from the script that the tests' pictures follow.

PYTHONPATH=tests/helpers python docs/img/make.py
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from example_log import example_log
from screens import at_rest, in_sight, scripted_app

from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.launch import DEMO_NOTE

HERE = Path(__file__).parent
PICTURES = {
    "live-80x24": ((80, 24), 24.0),
    "live-120x40": ((120, 40), 24.0),
    "live-phone": ((50, 30), 24.0),
    "live-stop": ((80, 24), 41.0),
    "live-rest": ((80, 24), None),
}
OF_THE_LOG = {
    "review-80x24": ("review", (80, 24)),
    "review-120x40": ("review", (120, 40)),
    "history-80x24": ("history", (80, 24)),
    "history-120x40": ("history", (120, 40)),
    "week-80x24": ("week", (80, 24)),
    "week-120x40": ("week", (120, 40)),
    "legs-80x24": ("legs", (80, 24)),
    "legs-120x40": ("legs", (120, 40)),
    "settings-80x24": ("settings", (80, 24)),
    "settings-120x40": ("settings", (120, 40)),
}
"""Screens that show a log: six simulated weeks."""


async def draw(name: str, app: HardsetApp, size: tuple[int, int], *keys: str) -> None:
    """One picture, after some keys."""
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await at_rest(pilot)
        for key in keys:
            await pilot.press(key)
            await at_rest(pilot)
        (HERE / f"{name}.svg").write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    for name, (size, until_s) in PICTURES.items():
        asyncio.run(draw(name, scripted_app(until_s=until_s), size))
    for size in ((80, 24), (120, 40)):
        app = scripted_app(until_s=24.0)
        app.desk.scan = in_sight
        asyncio.run(draw(f"sensors-{size[0]}x{size[1]}", app, size, "6", "s"))
    with TemporaryDirectory() as folder:
        desk = Desk(path=example_log(Path(folder)), note=DEMO_NOTE)
        for name, (screen, size) in OF_THE_LOG.items():
            asyncio.run(draw(name, HardsetApp(desk, start=screen), size))
