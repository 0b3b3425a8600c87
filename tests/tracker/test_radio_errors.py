"""What bleak and the system raise, as a sentence with a next step."""

from __future__ import annotations

import asyncio
import errno

import pytest
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
from hardset.tracker.sensors.radio_errors import bluetooth_problem, in_words, log_stray

Reason = BleakBluetoothNotAvailableReason


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), NoBluetoothService),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), NoBluetoothService),
        (PermissionError(errno.EACCES, "Permission denied"), BluetoothForbidden),
        (EOFError(), NoBluetoothService),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["not provided"]), NoBluetoothService),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", ["rejected"]), BluetoothForbidden),
        (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), BluetoothOff),
        *(
            (BleakBluetoothNotAvailableError("No adapter.", reason), kind)
            for reason, kind in (
                (Reason.NO_BLUETOOTH, NoBluetoothAdapter),
                (Reason.NO_BLE_CENTRAL_ROLE, NoBluetoothAdapter),
                (Reason.POWERED_OFF, BluetoothOff),
                (Reason.DENIED_BY_USER, BluetoothForbidden),
                (Reason.DENIED_BY_SYSTEM, BluetoothForbidden),
                (Reason.DENIED_BY_UNKNOWN, BluetoothForbidden),
                (Reason.UNKNOWN, BluetoothFailed),
            )
        ),
    ],
)
def test_trouble_of_this_computer_is_named(error: Exception, kind: type[BluetoothProblem]) -> None:
    problem = bluetooth_problem(error)
    assert type(problem) is kind
    sentence = str(problem)
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0, "one sentence"


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        BleakError("failed to discover services, device disconnected"),
        BleakDBusError("org.bluez.Error.Failed", ["le-connection-abort-by-local"]),
    ],
)
def test_trouble_of_the_sensor_is_not_blamed_on_the_computer(error: Exception) -> None:
    assert bluetooth_problem(error) is None


def test_every_reason_that_bleak_knows_has_words() -> None:
    for reason in Reason:
        assert bluetooth_problem(BleakBluetoothNotAvailableError("off", reason)) is not None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "no answer in time"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no such file or directory"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/run/Bus"), "no such file: /run/Bus"),
        (BleakError("Not  connected.\n"), "Not connected"),
        (EOFError(), "EOFError"),
    ],
)
def test_the_system_is_quoted_on_one_line(error: Exception, words: str) -> None:
    assert in_words(error) == words


def test_what_a_broken_attempt_leaves_behind_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    try:
        log_stray(loop, {"message": "never retrieved", "exception": BrokenPipeError(32, "Broken pipe")})
        assert not caplog.records
        log_stray(loop, {"message": "a fault of ours", "exception": ZeroDivisionError()})
        assert "a fault of ours" in caplog.text
    finally:
        loop.close()
