"""Ctrl-C and SIGTERM end a session cleanly: what is open is settled and kept, the sensor is stopped."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def ending_by_signal(stop: Callable[[], None]) -> Iterator[None]:
    """Within the block the first signal calls `stop`; a second one ends the program at once.

    Only in the main thread. `stop` runs between any two lines of it: it may set a flag and no more.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]

    def restore() -> None:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop()

    for number in numbers:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()
