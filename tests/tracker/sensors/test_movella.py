"""DOT notifications as its specification lays them out."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import feed, in_dps

from hardset.tracker.sensors import movella
from hardset.tracker.sensors.movella import BATTERY, MEDIUM_PAYLOAD, MOVELLA_DOT
from hardset.tracker.sensors.protocol import Notification

RATE = bytes.fromhex(
    "1b 41 00 00 00 00 00 00 00 00 00 00 0a e8 1c 41 00 00 80 3f 00 00 20 c0 00 00 b4 42" + 12 * "00"
)
FREE = bytes.fromhex("40 42 0f 00 00 00 00 3f 00 00 80 be 00 00 10 41 00 00 00 00")
QUATERNION = bytes.fromhex(
    "36 82 00 00 00 00 80 3f" + 12 * "00" + "00 00 00 3f 00 00 80 be 00 00 00 3e 00 02 00 00" + 4 * "00"
)


def test_the_rate_mode() -> None:
    assert movella.read_measurement(RATE) == pytest.approx((16667, 0, 0, 9.80665, 1, -2.5, 90))
    got = feed(MOVELLA_DOT.decoder(60.0), MEDIUM_PAYLOAD, [RATE])
    assert got.acceleration_mps2[0] == pytest.approx([0, 0, 9.80665])
    assert in_dps(got)[0] == pytest.approx([1, -2.5, 90])


def test_modes_without_gravity() -> None:
    free = movella.read_measurement(FREE, movella.FREE_ACCELERATION_MODE)
    assert free == (1_000_000, 0.5, -0.25, 9.0)
    read = movella.read_measurement(QUATERNION, movella.EXTENDED_QUATERNION_MODE)
    assert read == (33334, 1, 0, 0, 0, 0.5, -0.25, 0.125, 0x200, 0, 0)


def test_commands_are_the_documented_bytes() -> None:
    rate, start = MOVELLA_DOT.start(100.0)
    assert start.payload.hex(" ") == "01 01 15"
    assert MOVELLA_DOT.stop()[0].payload.hex(" ") == "01 00 15"
    assert len(rate.payload) == 32
    assert (rate.payload[0], rate.payload[24:26]) == (0x10, b"\x3c\x00")
    assert sum(rate.payload[1:24]) + sum(rate.payload[26:]) == 0


def test_the_clock_wraps_and_what_fell_out_is_counted() -> None:
    step = 16_667
    ticks = [(2**32 - 40 * step + k * step) % 2**32 for k in range(80) if k not in (60, 61)]
    decoder = MOVELLA_DOT.decoder(60.0)
    got = feed(decoder, MEDIUM_PAYLOAD, [t.to_bytes(4, "little") + RATE[4:] for t in ticks], 1 / 60)
    assert len(got) == 78
    steps = np.diff(got.time_s)
    assert steps[:58] == pytest.approx(1 / 60, rel=0.03)
    assert decoder.counts.missing_samples == 2


def test_battery_and_rubbish() -> None:
    decoder = MOVELLA_DOT.decoder(60.0)
    assert decoder.feed(Notification(BATTERY, b"\x2a\x00", 0.0)) is None
    assert decoder.battery_pct == 42
    nan = RATE[:4] + np.full(6, np.nan, "<f4").tobytes()
    assert len(feed(decoder, MEDIUM_PAYLOAD, [nan, RATE[:20], b""])) == 0
    assert decoder.counts.rejected_bytes == 48
