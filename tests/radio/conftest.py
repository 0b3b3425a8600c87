"""Bleak's platform backend is the air of Bumble here; the code under test calls bleak as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from bumble_air import Air
from bumble_bleak import put_on_air
from virtual_time import without_waiting

Work = Callable[[Air], Awaitable[None]]


async def _with(air: Air, work: Work) -> None:
    await air.power_on()
    try:
        await work(air)
    finally:
        await air.power_off()


@pytest.fixture
def on_air(monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], None]:
    """Run a coroutine function with a fresh air around it, in real time."""

    def _run(work: Work) -> None:
        air = Air()
        put_on_air(monkeypatch, air)
        asyncio.run(_with(air, work))

    return _run


@pytest.fixture
def on_quick_air(monkeypatch: pytest.MonkeyPatch) -> Callable[[Air, Work], None]:
    """Run a coroutine function with this air around it, in time that does not wait."""

    def _run(air: Air, work: Work) -> None:
        put_on_air(monkeypatch, air)
        without_waiting(monkeypatch)
        asyncio.run(_with(air, work))

    return _run
