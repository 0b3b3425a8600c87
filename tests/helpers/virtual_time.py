"""An event loop that does not wait: time jumps to the next thing that is due.

A minute of radio passes in seconds, the same on an idle and on a busy machine. While a job runs in a
thread of the loop's, time stands still until it is done.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import pytest


class _Selector(selectors.DefaultSelector):
    """Instead of sleeping it moves the clock."""

    now_s = 0.0
    jobs = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or (self.jobs and timeout > 0):
            return super().select(None)
        ready = super().select(0)
        if not ready:
            self.now_s += max(0.0, timeout)
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Everything of asyncio works as ever; `time()` is the clock that jumps."""

    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now_s

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        self._clock.jobs += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._job_done)
        return future

    def _job_done(self, _future: asyncio.Future[Any]) -> None:
        self._clock.jobs -= 1


def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on `asyncio.run` and `time.monotonic` follow the clock that jumps."""
    loops: list[VirtualTimeLoop] = []

    def new_loop() -> VirtualTimeLoop:
        loops.append(VirtualTimeLoop())
        return loops[-1]

    monkeypatch.setattr(asyncio.events, "new_event_loop", new_loop)
    monkeypatch.setattr(time, "monotonic", lambda: loops[-1].time() if loops else 0.0)
