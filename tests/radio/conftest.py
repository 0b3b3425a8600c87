"""Bleak's platform backend is the air of Bumble here; the code under test calls bleak as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import bleak
import pytest
from bleak.backends import BleakBackend
from bumble_air import Air
from bumble_bleak import Adapter, Client, Scanner


@pytest.fixture
def on_air(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Air], Awaitable[None]]], None]:
    """Run a coroutine function with a fresh air around it."""

    def _backends(air: Air) -> None:
        for kind, name in ((Scanner, "scanner"), (Client, "client"), (Adapter, "adapter")):
            bound = type(kind.__name__, (kind,), {"air": air})
            chosen = (bound, BleakBackend.BLUEZ_DBUS)
            monkeypatch.setattr(bleak, f"get_platform_{name}_backend_type", lambda chosen=chosen: chosen)

    async def _with_air(work: Callable[[Air], Awaitable[None]]) -> None:
        air = Air()
        _backends(air)
        await air.power_on()
        try:
            await work(air)
        finally:
            await air.power_off()

    return lambda work: asyncio.run(_with_air(work))
