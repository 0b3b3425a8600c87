"""Movesense packets: a sensor's own bytes, and what they say."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import feed, in_dps, swing

from hardset.signal.samples import joined
from hardset.tracker.sensors import movesense
from hardset.tracker.sensors.movesense import (
    MOVESENSE,
    MOVESENSE_ACCELERATION,
    NOTIFY,
    WRITE,
    MovesenseDecoder,
)
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_movesense import MovesenseFirmware, encode_packet, notifications_of

# Recorded from a sensor: payloads after the two bytes of kind and reference.
ACC_52 = bytes.fromhex(
    "03de010055ab8bbf69f78d4081dd0a412b1387bf975a8d4020840b41e79190bf076d8e401bf10a412b1387bf316e8d40b9660b41"
)
GYRO_52 = bytes.fromhex(
    "03de0100295c8f3f666606c03e0a57beae47a13f85eb01c0295c8fbeae47a13fc3f5e8bf295c8fbe295c8f3f85ebf1bf3e0a57be"
)
MAGN_13 = bytes.fromhex("aca10200de9cfe41708636c2a5026cc1")
IMU6_52 = bytes.fromhex(
    "aca1020094b578bf399b8840cdb20d4155ff7cbf6a60884092c70c4182627cbfa2e988405da00c418bf871bf71248940c38c0c41"
    "48e17abf713daabf3333b3bec3f568bf713daabf3e0ad7beae4721bff628bcbf3e0ad7beae4721bf3333b3bf3e0ad7be"
)
IMU9_52 = IMU6_52 + bytes.fromhex(
    "de9cfe41708636c2a5026cc10a4a0a42750733c293a355c19bc8fd411b8938c287f75fc17cfef541ff742fc2475774c1"
)
ACC = [
    (-1.0911661, 4.4364514, 8.6790781),
    (-1.0552725, 4.4173083, 8.7197571),
    (-1.1294526, 4.4508090, 8.6838636),
    (-1.0552725, 4.4197011, 8.7125788),
]
GYRO = [(1.12, -2.10, -0.21), (1.26, -2.03, -0.28), (1.26, -1.82, -0.28), (1.12, -1.89, -0.21)]
MAGN = [
    (31.8265953, -45.6312866, -14.7506456),
    (34.5723, -44.7573, -13.3524),
    (31.7230, -46.1339, -13.9979),
    (30.7493, -43.8643, -15.2713),
]
IMU_ACC = [
    (-0.9715207, 4.2689481, 8.8561525),
    (-0.9882711, 4.2617693, 8.7987232),
    (-0.9858781, 4.2785196, 8.7891512),
    (-0.9451987, 4.2856984, 8.7843657),
]
IMU_GYRO = [(-0.98, -1.33, -0.35), (-0.91, -1.33, -0.42), (-0.63, -1.47, -0.42), (-0.63, -1.40, -0.42)]

# Eight samples at 104 Hz from 1000 ms on: acceleration (0.5 i, -i, 9.5), angular velocity (i, -i, 0.25 i).
FIRST = bytes.fromhex(
    "0263e80300000000000000000080000018410000003f000080bf000018410000803f000000c0000018410000c03f000040c00000"
    "184100000040000080c000001841000020400000a0c000001841000040400000c0c000001841000060400000e0c0000018410000"
    "000000000080000000000000803f000080bf0000803e00000040000000c00000003f00004040000040c00000403f0000"
)
SECOND = bytes.fromhex(
    "03638040000080c00000803f0000a0400000a0c00000a03f0000c0400000c0c00000c03f0000e0400000e0c00000e03f"
)


@pytest.mark.parametrize(
    ("payload", "ticks", "triples"),
    [
        (ACC_52, 122371, [ACC]),
        (GYRO_52, 122371, [GYRO]),
        (MAGN_13, 172460, [MAGN[:1]]),
        (IMU6_52, 172460, [IMU_ACC, IMU_GYRO]),
        (IMU9_52, 172460, [IMU_ACC, IMU_GYRO, MAGN]),
    ],
)
def test_recorded_packets(payload: bytes, ticks: int, triples: list[list[tuple[float, ...]]]) -> None:
    read = movesense.read_packet(payload, len(triples))
    assert read is not None
    assert read[0] == ticks
    assert read[1] == pytest.approx(np.array(triples), abs=6e-5)


def test_recorded_packets_through_the_decoder() -> None:
    motion = feed(MOVESENSE.decoder(52.0), NOTIFY, [b"\x02\x63" + IMU6_52])
    assert motion.acceleration_mps2 == pytest.approx(np.array(IMU_ACC), abs=1e-6)
    assert in_dps(motion) == pytest.approx(np.array(IMU_GYRO), abs=1e-5)
    assert np.diff(motion.time_s) == pytest.approx(1 / 52)
    alone = feed(MOVESENSE_ACCELERATION.decoder(52.0), NOTIFY, [b"\x02\x61" + ACC_52])
    assert alone.acceleration_mps2 == pytest.approx(np.array(ACC), abs=1e-6)
    assert alone.angular_velocity_radps is None


def check_whole(payloads: list[bytes]) -> None:
    got = feed(MovesenseDecoder(104.0), NOTIFY, payloads)
    i = np.arange(8.0)
    assert np.array_equal(got.acceleration_mps2, np.column_stack([0.5 * i, -i, np.full(8, 9.5)]))
    assert in_dps(got) == pytest.approx(np.column_stack([i, -i, 0.25 * i]))
    assert np.diff(got.time_s) == pytest.approx(1 / 104)


def test_a_packet_in_two_parts() -> None:
    assert (len(FIRST), len(SECOND)) == (152, 48)
    check_whole([FIRST, SECOND])


def test_cut_anywhere_gives_the_same_samples() -> None:
    """The sensor cuts at 150. Only a cut that leaves whole triples of both kinds can't be seen."""
    packet = FIRST[2:] + SECOND[2:]
    cuts = [at for at in range(1, len(packet)) if at == 150 or (at - 4) % 24]
    assert len(cuts) > 180
    for at in cuts:
        check_whole([b"\x02\x63" + packet[:at], b"\x03\x63" + packet[at:]])


def test_a_lost_second_part_costs_its_packet_only() -> None:
    decoder = MovesenseDecoder(104.0)
    later = bytearray(FIRST)
    later[2:6] = (1077 + 77).to_bytes(4, "little")
    got = feed(decoder, NOTIFY, [FIRST, SECOND, FIRST[:2] + b"\x35\x04" + FIRST[4:], bytes(later), SECOND])
    assert len(got) == 16
    assert decoder.counts.rejected_bytes == 150
    assert decoder.counts.missing_samples == 8


def test_a_second_part_alone_is_nothing() -> None:
    decoder = MovesenseDecoder(104.0)
    assert len(feed(decoder, NOTIFY, [SECOND])) == 0
    assert decoder.counts.rejected_bytes == len(SECOND) - 2


def test_commands_are_the_documented_bytes() -> None:
    (write,) = MOVESENSE.start(100.0)
    assert write.payload.hex(" ") == "01 63 2f 4d 65 61 73 2f 49 4d 55 36 2f 31 30 34"
    assert write.with_response
    assert MOVESENSE.stop()[0].payload.hex(" ") == "02 63"
    assert MOVESENSE.rates_hz[-1] == 104  # more would not fit in two parts


def test_values_that_no_sensor_reads_are_no_samples() -> None:
    bad = encode_packet(1, np.full((8, 3), np.nan), np.zeros((8, 3)))
    huge = encode_packet(2, np.zeros((8, 3)), np.full((8, 3), 1e30))
    decoder = MovesenseDecoder(104.0)
    payloads = [part for packet in (bad, huge) for part in notifications_of(99, packet)]
    assert len(feed(decoder, NOTIFY, payloads)) == 0
    assert decoder.counts.rejected_bytes == len(bad) + len(huge)


@pytest.mark.parametrize("rate_hz", MOVESENSE.rates_hz)
def test_what_goes_in_comes_out(rate_hz: float) -> None:
    motion = swing(6.0, rate_hz)
    device = VirtualDevice(MovesenseFirmware(), motion)
    device.connect(20.0)
    assert device.notifications(30.0) == []  # it is silent until it is asked
    decoder = MOVESENSE.decoder(rate_hz)
    for write in (*MOVESENSE.start(rate_hz), *MOVESENSE.ask_battery()):
        for reply in device.on_write(write.characteristic, write.payload, 30.0):
            assert decoder.feed(reply) is None
    got = joined([batch for n in device.notifications(60.0) if (batch := decoder.feed(n)) is not None])
    assert len(got) > 6.0 * rate_hz - 9
    assert got.acceleration_mps2 == pytest.approx(motion.acceleration_mps2[: len(got)], abs=2e-6)
    assert motion.angular_velocity_radps is not None
    assert got.angular_velocity_radps == pytest.approx(motion.angular_velocity_radps[: len(got)], abs=2e-6)
    assert np.diff(got.time_s) == pytest.approx(1 / rate_hz, abs=1.1e-3)
    assert decoder.battery_pct == 87
    assert decoder.counts.missing_samples == 0
    device.disconnect()
    assert device.notifications(70.0) == []


def test_firmware_that_knows_no_angular_velocity() -> None:
    device = VirtualDevice(MovesenseFirmware(does_imu6=False), swing(4.0, 104.0))
    device.connect(0.0)
    decoder = MOVESENSE.decoder(104.0)
    for write in MOVESENSE.start(104.0):
        for reply in device.on_write(write.characteristic, write.payload, 0.0):
            decoder.feed(reply)
    (write,) = decoder.answers()
    assert write.payload == b"\x01\x61/Meas/Acc/104"
    for reply in device.on_write(write.characteristic, write.payload, 0.0):
        decoder.feed(reply)
    got = joined([batch for n in device.notifications(9.0) if (batch := decoder.feed(n)) is not None])
    assert got.angular_velocity_radps is None
    assert len(got) > 400


def test_answers_to_anything() -> None:
    firmware = MovesenseFirmware()
    assert firmware.on_write(WRITE, b"\x00\x01")[0][1][:3] == b"\x01\x01\x01"
    assert firmware.on_write(WRITE, b"\x01\x05/Meas/Acc/1000")[0][1] == b"\x01\x05\x94\x01"
    assert firmware.on_write(WRITE, b"\x02\x05")[0][1] == b"\x01\x05\x94\x01"
    decoder = MovesenseDecoder(104.0)
    assert decoder.feed(Notification(NOTIFY, b"Hello", 0.0)) is None  # what very old firmware says
