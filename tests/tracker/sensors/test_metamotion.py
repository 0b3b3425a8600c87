"""MetaMotion notifications: the bytes of the vendor's own tests, and what they say."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import feed, in_dps, in_g

from hardset.signal.samples import joined
from hardset.tracker.sensors import metamotion
from hardset.tracker.sensors.metamotion import METAMOTION, NOTIFY, MetaMotionDecoder
from hardset.tracker.sensors.protocol import Notification

LSB_PER_G = {2: 16384.0, 4: 8192.0, 8: 4096.0, 16: 2048.0}
LSB_PER_DPS = {2000: 16.4, 1000: 32.8, 500: 65.6}
GOLDEN = [
    ("03 04 16 c4 94 a2 2a d0", LSB_PER_G[4], [(-1.872, -2.919, -1.495)]),
    (
        "03 05 62 b7 53 0d e9 fd 16 d0 4d 0e 57 02 8a ff a1 05 0a 01",
        LSB_PER_G[8],
        [(-4.539, 0.833, -0.131), (-2.995, 0.894, 0.146), (-0.029, 0.352, 0.065)],
    ),
    ("13 05 3e 43 ff 7f 00 80", LSB_PER_DPS[500], [(262.409, 499.497, -499.512)]),
    (
        "13 07 09 15 ad 26 08 de 8a 1a 0d 26 65 e4 8d 20 ac 27 73 ec",
        LSB_PER_DPS[1000],
        [(164.177, 301.860, -265.122), (207.134, 296.982, -215.457), (254.055, 309.634, -152.591)],
    ),
]


@pytest.mark.parametrize(("text", "per_unit", "expected"), GOLDEN)
def test_data_at_the_range_of_the_vector(
    text: str, per_unit: float, expected: list[tuple[float, ...]]
) -> None:
    words = metamotion.data_words(bytes.fromhex(text))
    assert words is not None
    assert words / per_unit == pytest.approx(np.array(expected), abs=6e-4)


def test_the_same_bytes_through_the_decoder_at_our_ranges() -> None:
    got = feed(MetaMotionDecoder(100.0), NOTIFY, [bytes.fromhex(GOLDEN[1][0]), bytes.fromhex(GOLDEN[3][0])])
    assert in_g(got) == pytest.approx(2 * np.array(GOLDEN[1][2]), abs=2e-3)  # 16 g instead of 8 g
    assert in_dps(got) == pytest.approx(2 * np.array(GOLDEN[3][2]), abs=2e-3)
    assert (np.diff(got.time_s) > 0).all()


def test_connection_parameters() -> None:
    assert metamotion.connection_interval(7.5, 15.0, 6000.0).hex(" ") == "11 09 06 00 0c 00 00 00 58 02"
    # The vendor's vector has latency 128; ours is always 0.
    expected = bytes.fromhex("11 09 58 02 20 03 00 00 66 06")
    assert metamotion.connection_interval(750.0, 1000.0, 16380.0) == expected


@pytest.mark.parametrize("register", ["8c", "cc"])
def test_battery(register: str) -> None:
    decoder = MetaMotionDecoder(100.0)
    decoder.feed(Notification(NOTIFY, bytes.fromhex(f"11 {register} 63 34 10"), 0.0))
    assert decoder.battery_pct == 99


@pytest.mark.parametrize(
    ("acc_reply", "gyro_reply", "expected"),
    [
        (
            "03 80 04 00",
            "13 80 01 00",
            ["03 03 a8 03", "13 03 28 00", "13 05 01", "03 05 01"],
        ),
        (
            "03 80 01 01",
            "13 80 00 01",
            ["03 03 28 0c", "13 03 28 00", "13 07 01", "03 1c 01"],
        ),
    ],
)
def test_each_chip_gets_its_own_settings(acc_reply: str, gyro_reply: str, expected: list[str]) -> None:
    assert [write.payload.hex(" ") for write in METAMOTION.start(100.0)][1:] == ["03 80", "13 80"]
    decoder = METAMOTION.decoder(100.0)
    for reply in (acc_reply, gyro_reply):
        assert decoder.answers() == ()
        decoder.feed(Notification(NOTIFY, bytes.fromhex(reply), 0.0))
    written = [write.payload.hex(" ") for write in decoder.answers()]
    assert written[:4] == expected
    assert sorted(written[4:6]) == ["03 02 01 00", "13 02 01 00"]
    assert written[6:] == ["03 01 01", "13 01 01"]
    assert decoder.counts.rejected_bytes == 0


def test_a_board_without_a_gyroscope_sends_acceleration_alone() -> None:
    decoder = METAMOTION.decoder(50.0)
    replies = [bytes.fromhex("03 80 01 01"), bytes.fromhex("13 80")]
    got = feed(decoder, NOTIFY, [*replies, bytes.fromhex(GOLDEN[0][0])])
    assert got.angular_velocity_radps is None
    assert len(got) == 1
    assert all(write.payload[0] == metamotion.ACCELEROMETER for write in decoder.answers())


@pytest.mark.parametrize("gyro_first", [False, True])
def test_a_lost_half_costs_its_other_half_and_no_more(gyro_first: bool) -> None:
    """Either half may come first; packets of one tick are 1 ms apart, ticks 30 ms."""
    decoder = METAMOTION.decoder(100.0)
    lost = {(40, 0x13), (51, 0x03), (60, 0x03), (60, 0x13), (70, 0x13), (71, 0x13)}
    batches = []
    for k in range(80):
        for place, module in enumerate((0x13, 0x03) if gyro_first else (0x03, 0x13)):
            if (k, module) not in lost:
                payload = bytes((module, 5)) + np.full(9, k, "<i2").tobytes()
                batches.append(decoder.feed(Notification(NOTIFY, payload, 0.03 * k + 0.001 * place)))
    got = joined([batch for batch in batches if batch is not None])
    assert got.angular_velocity_radps is not None
    settled = got.acceleration_mps2[:, 0] > 20 * metamotion.ACC_UNIT  # which comes first is known by then
    acc = np.round(got.acceleration_mps2[settled, 0] / metamotion.ACC_UNIT)
    gyro = np.round(got.angular_velocity_radps[settled, 0] / metamotion.GYRO_UNIT)
    assert acc.tolist() == gyro.tolist()  # each with its own half
    assert acc.size == 3 * (59 - 5)
