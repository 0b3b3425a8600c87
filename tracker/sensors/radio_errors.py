"""What bleak and the systems below it raise, in the words of the error tree."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
)

from hardset.tracker.errors import (
    BluetoothFailed,
    BluetoothForbidden,
    BluetoothOff,
    BluetoothProblem,
    NoBluetoothAdapter,
    NoBluetoothService,
)

log = logging.getLogger(__name__)

RADIO_ERRORS = (BleakError, OSError, EOFError, TimeoutError, NotImplementedError)
"""Whatever a call of bleak may raise because of the radio. Without a D-Bus socket it is a plain OSError."""

_BY_REASON: dict[BleakBluetoothNotAvailableReason, type[BluetoothProblem]] = {
    BleakBluetoothNotAvailableReason.NO_BLUETOOTH: NoBluetoothAdapter,
    BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE: NoBluetoothAdapter,
    BleakBluetoothNotAvailableReason.POWERED_OFF: BluetoothOff,
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: BluetoothForbidden,
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: BluetoothForbidden,
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: BluetoothForbidden,
    BleakBluetoothNotAvailableReason.UNKNOWN: BluetoothFailed,
}
_BY_DBUS_NAME: dict[str, type[BluetoothProblem]] = {
    "org.freedesktop.DBus.Error.ServiceUnknown": NoBluetoothService,
    "org.freedesktop.DBus.Error.NameHasNoOwner": NoBluetoothService,
    "org.freedesktop.DBus.Error.Spawn.ServiceNotFound": NoBluetoothService,
    "org.freedesktop.DBus.Error.AccessDenied": BluetoothForbidden,
    "org.bluez.Error.NotPermitted": BluetoothForbidden,
    "org.bluez.Error.NotAuthorized": BluetoothForbidden,
    "org.bluez.Error.NotReady": BluetoothOff,
}


def bluetooth_problem(error: BaseException) -> BluetoothProblem | None:
    """The trouble with this computer's Bluetooth behind an error; None where the trouble is the sensor's."""
    detail = in_words(error)
    match error:
        case BleakBluetoothNotAvailableError():
            return _BY_REASON[error.reason](detail)
        case BleakDBusError():
            kind = _BY_DBUS_NAME.get(error.dbus_error)
            return None if kind is None else kind(detail)
        case PermissionError():
            return BluetoothForbidden(detail)
        case TimeoutError():
            return None
        case OSError() | EOFError():
            return NoBluetoothService(detail)
    return None


def in_words(error: BaseException) -> str:
    """The system's words for an error, on one line and without a full stop."""
    if isinstance(error, BleakBluetoothNotAvailableError):
        return str(error.args[0]).rstrip(".")
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename else ""
        return f"{error.strerror}{where}".lower() if not where else f"{error.strerror.lower()}{where}"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def log_stray(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's handler: what the radio raises where nobody waits for it goes into the debug log.

    A connection attempt that is given up leaves a call to D-Bus behind, whose pipe then breaks.
    """
    error = context.get("exception")
    if isinstance(error, RADIO_ERRORS):
        log.debug("left behind by the radio: %r", error)
    else:
        loop.default_exception_handler(context)
