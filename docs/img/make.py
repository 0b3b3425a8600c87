"""Draws the pictures of the screens in this folder, from the script that the tests' pictures follow.

PYTHONPATH=tests/helpers python docs/img/make.py
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from screens import at_rest, scripted_app

HERE = Path(__file__).parent
PICTURES = {
    "live-80x24": ((80, 24), 24.0),
    "live-120x40": ((120, 40), 24.0),
    "live-phone": ((50, 30), 24.0),
    "live-stop": ((80, 24), 41.0),
    "live-rest": ((80, 24), None),
}


async def draw(name: str, size: tuple[int, int], until_s: float | None) -> None:
    """One picture."""
    app = scripted_app(until_s=until_s)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await at_rest(pilot)
        (HERE / f"{name}.svg").write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    for name, (size, until_s) in PICTURES.items():
        asyncio.run(draw(name, size, until_s))
