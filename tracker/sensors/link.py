"""A sensor over Bluetooth that is held on to: connected, watched, and connected again after every loss."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Protocol

from bleak.backends.device import BLEDevice
from bleak.exc import BleakDeviceNotFoundError

from hardset.tracker.errors import HardsetError, SensorRefused
from hardset.tracker.sensors.bluetooth import Found, find_again
from hardset.tracker.sensors.connection import Connection
from hardset.tracker.sensors.events import Emit, LinkDown, LinkNote
from hardset.tracker.sensors.protocol import SensorModel, Write
from hardset.tracker.sensors.radio_errors import RADIO_ERRORS, bluetooth_problem, in_words

log = logging.getLogger(__name__)

FIRST_TRIES_S = (0.0, 0.5, 1.5)
"""Pauses before the attempts of the first connection: interference breaks about one in ten."""
BACK_OFF_S = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Pauses before the attempts after a loss; the last one repeats."""
SILENT_S = 1.0
"""Connected and nothing comes: the lifter is told. The slowest connection intervals are 0.2 s."""
STALL_S = 3.0
"""Connected and nothing comes: connect anew."""
FIRST_DATA_S = 6.0
"""A sensor that was just started may take a while."""
LOOK_S = 4.0
"""So long a lost sensor is looked for before the next attempt."""
AWAY_S = 30.0
"""A sensor that is away for so long may be switched off: say it once."""
BATTERY_EVERY_S = 300.0
WATCH_S = 0.25


class Link(Protocol):
    """Whatever brings the notifications of one sensor: Bluetooth, or a virtual sensor."""

    async def run(self, emit: Emit) -> None:
        """Stream until `stop`. Raises HardsetError when there is no first connection."""
        ...

    def answer(self, writes: Sequence[Write]) -> None:
        """Write these soon; called in the event loop's thread."""
        ...

    def stop(self) -> None:
        """End cleanly; `run` returns soon after."""
        ...


class BluetoothLink:
    """One sensor that was found. `run` it once."""

    def __init__(self, found: Found, rate_hz: float, radio: asyncio.Lock) -> None:
        """radio: held while scanning or connecting, since adapters do one such thing at a time."""
        self._device: BLEDevice = found.device
        self._label = found.label
        self._model: SensorModel | None = found.model
        self._rate_hz = rate_hz
        self._radio = radio
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._answers: deque[Write] = deque()

    async def run(self, emit: Emit) -> None:
        """Stream until `stop`. Raises BluetoothProblem, SensorNotKnown, SensorRefused."""
        connection = await self._unless_stopped(self._first(emit))
        while connection is not None:
            try:
                reason = await self._watch(connection, emit)
            except BaseException:
                await connection.drop()
                raise
            if reason is None:
                await connection.leave()
                return
            emit(LinkDown(time.monotonic(), reason))
            await connection.drop()
            connection = await self._unless_stopped(self._again(emit))

    def answer(self, writes: Sequence[Write]) -> None:
        """Write these soon."""
        self._answers.extend(writes)
        self._wake.set()

    def stop(self) -> None:
        """Stop the sensor and part from it."""
        self._stopping.set()
        self._wake.set()

    async def _first(self, emit: Emit) -> Connection:
        error: BaseException | None = None
        for pause_s in FIRST_TRIES_S:
            await asyncio.sleep(pause_s)
            try:
                return await self._open(emit)
            except RADIO_ERRORS as problem:
                log.debug("connecting %s: %r", self._label, problem)
                error = problem
                if (stated := bluetooth_problem(problem)) is not None:
                    raise stated from problem
        raise SensorRefused(self._label, in_words(error or TimeoutError())) from error

    async def _again(self, emit: Emit) -> Connection:
        """Until it works: straight, then looking for it first, by turns."""
        lost_s = time.monotonic()
        told = look_first = False
        pauses = deque(BACK_OFF_S)
        while True:
            await asyncio.sleep(pauses[0])
            if len(pauses) > 1:
                pauses.popleft()
            try:
                if look_first:
                    async with self._radio:
                        self._device = await find_again(self._device.address, LOOK_S) or self._device
                return await self._open(emit)
            except BleakDeviceNotFoundError:
                look_first = True  # the system has forgotten the device: only a scan brings it back
            except (*RADIO_ERRORS, HardsetError) as problem:
                log.debug("reconnecting %s: %r", self._label, problem)
                look_first = not look_first
                # It may have sent something before the attempt failed.
                emit(LinkDown(time.monotonic(), in_words(problem)))
            if not told and time.monotonic() - lost_s > AWAY_S:
                told = True
                words = f"{self._label} is away for {AWAY_S:.0f} s; is it switched on? Still looking for it"
                emit(LinkNote(time.monotonic(), words))

    async def _open(self, emit: Emit) -> Connection:
        self._answers.clear()
        connection = Connection(self._device, self._label, emit, self._wake.set)
        try:
            async with self._radio:
                self._model = await connection.open(self._model, self._rate_hz)
        except BaseException:
            await connection.drop()
            raise
        return connection

    async def _watch(self, connection: Connection, emit: Emit) -> str | None:
        """Until the link is of no more use: why; None when it is to end."""
        battery_s = time.monotonic()
        silence_told = False
        while not self._stopping.is_set():
            now_s = time.monotonic()
            silent_s = now_s - connection.heard_s
            if connection.gone:
                return "the sensor hung up or went out of range"
            if silent_s > (STALL_S if connection.streams else FIRST_DATA_S):
                return f"connected, but nothing came for {silent_s:.0f} s"
            silent = connection.streams and silent_s > SILENT_S
            if silent and not silence_told:
                emit(LinkDown(now_s, f"connected, but nothing came for {silent_s:.0f} s"))
            silence_told = silent
            try:
                await self._write_answers(connection)
                if now_s >= battery_s:
                    battery_s = now_s + BATTERY_EVERY_S
                    await connection.ask_battery()
            except RADIO_ERRORS as problem:
                return f"it does not take commands ({in_words(problem)})"
            await self._sleep()
        return None

    async def _write_answers(self, connection: Connection) -> None:
        while self._answers:
            await connection.write([self._answers.popleft()])

    async def _sleep(self) -> None:
        """Until something happens, or the next look is due."""
        # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the event.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WATCH_S):
                await self._wake.wait()
        self._wake.clear()

    async def _unless_stopped(self, work: Coroutine[None, None, Connection]) -> Connection | None:
        """What the work gives; None when it was broken off because everything is to end."""
        working = asyncio.create_task(work)
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            return None
        finally:
            for task in (working, stopping):
                task.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)
