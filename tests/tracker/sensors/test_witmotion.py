"""WitMotion frames: the bytes of real sensors and of the documents, and what they say."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import cut, feed, in_dps, in_g, swing

from hardset.signal.samples import joined
from hardset.tracker.sensors import witmotion
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_radio import RadioBehaviour
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware, encode_frames
from hardset.tracker.sensors.witmotion import NOTIFY, WITMOTION, WitMotionDecoder

AT_REST = bytes.fromhex("55 61 00 00 00 00 00 08 00 00 00 00 00 00 00 00 00 00 00 00")
CHARGED = bytes.fromhex("55 71 64 00 8e 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00")
TURNED = bytes.fromhex("55 61 00 00 00 00 00 08 a4 00 5c ff 00 00 00 00 00 20 00 c0")
FAST = bytes.fromhex("55 61 00 f8 00 04 00 0a 00 40 00 80 ff 7f 01 00 ff ff ff 7f")

WITHOUT_CLOCK = bytes.fromhex("55 71 96 00" + 16 * "00")


def knowing_decoder() -> WitMotionDecoder:
    """One that has been told the output mode, so that it holds nothing back."""
    decoder = WitMotionDecoder()
    assert decoder.feed(Notification(NOTIFY, WITHOUT_CLOCK, 0.0)) is None
    return decoder


GOLDEN = [
    # Captured from a WT901BLE68; the last four bytes (pitch, yaw) were not in the capture.
    ("55 61 35 ff 59 ff 0a 08 00 00 00 00 00 00 b9 fc", (-0.0991, -0.0815, 1.0049), (0, 0, 0), -4.609),
    (
        "55 61 e4 03 eb f4 3f 00 7c 02 02 ff 33 00 52 fe",
        (0.4863, -1.3853, 0.0308),
        (38.818, -15.503, 3.113),
        -2.362,
    ),
    (
        "55 61 9c ff c2 ff d0 07 92 fe 7b ff 20 00 29 fe",
        (-0.0488, -0.0303, 0.9766),
        (-22.339, -8.118, 1.953),
        -2.587,
    ),
    (TURNED.hex(), (0, 0, 1), (10.0098, -10.0098, 0), 0),
    (FAST.hex(), (-1, 0.5, 1.25), (1000, -2000, 1999.939), 0.005493),
]


@pytest.mark.parametrize(("text", "acc_g", "gyro_dps", "roll_deg"), GOLDEN)
def test_frames_decode_to_the_quoted_values(
    text: str, acc_g: tuple[float, ...], gyro_dps: tuple[float, ...], roll_deg: float
) -> None:
    frame = bytes.fromhex(text).ljust(20, b"\0")
    decoded = feed(knowing_decoder(), NOTIFY, [frame])
    assert in_g(decoded)[0] == pytest.approx(acc_g, abs=6e-5)
    assert in_dps(decoded)[0] == pytest.approx(gyro_dps, abs=6e-4)
    units = witmotion.in_units(witmotion.motion_words(frame))[0]
    assert units[:3] == pytest.approx(acc_g, abs=6e-5)
    assert units[6] == pytest.approx(roll_deg, abs=6e-4)


def test_all_three_angles() -> None:
    units = witmotion.in_units(witmotion.motion_words(TURNED + FAST))
    assert units[0, 6:] == pytest.approx([0, 45, -90])
    assert units[1, 6:] == pytest.approx([0.005493, -0.005493, 179.9945], abs=1e-4)


def test_register_replies() -> None:
    magnetometer = witmotion.read_reply(bytes.fromhex("55 71 3A 00 68 01 69 00 7A 00" + 10 * "00"))
    assert (magnetometer.address, magnetometer.words[:3]) == (0x3A, (360, 105, 122))
    quaternion = witmotion.read_reply(
        bytes.fromhex("55 71 51 00 82 5a 00 00 82 5a 00 00 00 00 00 00 00 00 00 00")
    )
    assert quaternion.address == witmotion.QUATERNION
    assert [word / 32768 for word in quaternion.words[:4]] == pytest.approx(
        [0.707092, 0, 0.707092, 0], abs=1e-6
    )
    assert witmotion.read_reply(CHARGED).words[0] / 100 == 3.98


def test_the_clock_is_in_the_frame_of_mode_2() -> None:
    frame = bytes.fromhex("55 61 00 00 00 00 00 08 a4 00 00 00 00 00 40 e2 01 00 00 20")
    words = witmotion.motion_words(frame)
    assert witmotion.clock_ms(words).tolist() == [123456]
    assert witmotion.in_units(words)[0, 8] == 45


def test_a_frame_in_two_notifications_and_a_reply_after_it() -> None:
    first = bytes.fromhex(AT_REST.hex() + "55 61 00 00 00 00 00")
    second = bytes.fromhex("0a 00 00 00 00 00 00 00 00 00 00 00 00" + CHARGED.hex())
    decoder = knowing_decoder()
    assert in_g(feed(decoder, NOTIFY, [first, second]))[:, 2].tolist() == [1.0, 1.25]
    assert decoder.battery_pct == 100
    assert decoder.counts.rejected_bytes == 0


@pytest.mark.parametrize(
    ("volts", "percent"), [(4.2, 100), (3.96, 100), (3.93, 90), (3.8, 50), (3.45, 5), (3.3, 0)]
)
def test_charge_as_the_vendor_shows_it(volts: float, percent: float) -> None:
    assert witmotion.charge_pct(volts) == percent


def test_commands_are_the_documented_bytes() -> None:
    written = [write.payload.hex(" ") for write in WITMOTION.start(180.0)]
    assert written == [
        "ff aa 69 88 b5",
        "ff aa 03 0b 00",
        "ff aa 1f 02 00",
        "ff aa 96 02 00",
        "ff aa 27 96 00",
    ]
    assert WITMOTION.ask_battery()[0].payload.hex(" ") == "ff aa 27 64 00"
    assert WITMOTION.stop()[-1].payload.hex(" ") == "ff aa 96 00 00"
    assert not any(write.with_response for write in WITMOTION.start(100.0))


def test_cut_anywhere_gives_the_same_samples() -> None:
    stream = AT_REST + TURNED + CHARGED + FAST + AT_REST
    whole = feed(knowing_decoder(), NOTIFY, [stream])
    assert len(whole) == 4
    places = [(at,) for at in range(1, len(stream))] + [(at, at + 1) for at in range(1, len(stream) - 1)]
    for place in [*places, tuple(range(1, len(stream)))]:
        decoder = knowing_decoder()
        pieces = feed(decoder, NOTIFY, cut(stream, place))
        assert np.array_equal(pieces.acceleration_mps2, whole.acceleration_mps2), place
        assert (decoder.battery_pct, decoder.counts.rejected_bytes) == (100, 0)


def test_a_lost_piece_costs_only_the_frame_it_was_of() -> None:
    decoder = knowing_decoder()
    decoded = feed(decoder, NOTIFY, [AT_REST + TURNED[:7], FAST, AT_REST])
    assert in_g(decoded)[:, 2].tolist() == [1.0, 1.25, 1.0]
    assert decoder.counts.rejected_bytes == 7


def test_a_header_inside_a_frame_is_no_frame() -> None:
    decoy = bytearray(AT_REST)
    decoy[8:10] = b"\x55\x61"
    noise = b"\x01\x02\x03"
    decoder = knowing_decoder()
    decoded = feed(decoder, NOTIFY, [noise + bytes(decoy) + AT_REST + bytes(decoy), bytes(decoy)])
    assert in_g(decoded)[:, 2].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert decoder.counts.rejected_bytes == 3


def test_frames_with_a_date_behind_them() -> None:
    date = bytes((26, 11, 23, 9, 30, 0, 0x10, 0x02))
    for group in (1, 3):
        decoded = feed(knowing_decoder(), NOTIFY, [(FAST + date) * group] * 4)
        assert in_g(decoded)[:, 2].tolist() == [1.25] * 4 * group


@pytest.mark.parametrize("group", [1, 2, 8])
def test_what_goes_in_comes_out(group: int) -> None:
    motion = swing(4.0, 200.0)
    device = VirtualDevice(WitMotionFirmware(frames_per_notification=group), motion)
    device.connect(50.0)
    replies: list[Notification] = []
    for write in WITMOTION.start(200.0):
        replies += device.on_write(write.characteristic, write.payload, 50.0)
    decoder = WITMOTION.decoder(200.0)
    assert [decoder.feed(reply) for reply in replies] == [None]  # which output mode it has
    batches = [batch for n in device.notifications(60.0) if (batch := decoder.feed(n)) is not None]
    got = joined(batches)
    assert len(got) == (len(motion) // group) * group
    sent = motion.slice(0, len(got))
    assert sent.angular_velocity_radps is not None
    assert got.angular_velocity_radps is not None
    error = np.abs(got.acceleration_mps2 - sent.acceleration_mps2).max()
    assert error <= 0.501 * witmotion.ACC_UNIT
    error = np.abs(got.angular_velocity_radps - sent.angular_velocity_radps).max()
    assert error <= 0.501 * witmotion.GYRO_UNIT
    assert (np.diff(got.time_s) > 0).all()
    assert device.finished(60.0)
    (reply,) = device.on_write(witmotion.WRITE, witmotion.read_command(witmotion.BATTERY), 55.0)
    decoder.feed(reply)
    assert decoder.battery_pct == 100


@pytest.mark.parametrize("interval_s", [0.0, 0.045])
def test_the_clock_is_used_where_it_ticks(interval_s: float) -> None:
    motion = swing(10.0, 100.0)
    firmware = WitMotionFirmware(frames_per_notification=3, knows_clock_mode=True)
    device = VirtualDevice(firmware, motion, RadioBehaviour(interval_s=interval_s))
    device.connect(50.0)
    decoder = WITMOTION.decoder(100.0)
    assert isinstance(decoder, WitMotionDecoder)
    early = device.notifications(50.45)  # angles at 10 Hz, while the settings are on their way
    for write in WITMOTION.start(100.0):
        early += device.on_write(write.characteristic, write.payload, 50.45)
    notifications = early + device.notifications(70.0)
    got = joined([b for n in notifications if (b := decoder.feed(n)) is not None])
    assert decoder.has_clock
    assert decoder.answers() == ()
    assert len(got) == pytest.approx(955, abs=2)
    assert np.diff(got.time_s) == pytest.approx(0.01, abs=2e-4)
    assert decoder.counts.missing_samples == 0


def test_angles_are_no_clock_and_are_asked_for_again() -> None:
    decoder = WitMotionDecoder()  # this sensor does not answer
    frames = [AT_REST[:14] + bytes((n % 7, 0, 3, 0, 0, 0)) for n in range(400)]
    stamps = feed(decoder, NOTIFY, frames).time_s
    assert not decoder.has_clock
    assert stamps == pytest.approx(100.0 + 0.01 * np.arange(400))
    assert [write.payload.hex(" ") for write in decoder.answers()] == ["ff aa 69 88 b5", "ff aa 96 00 00"]
    assert decoder.answers() == ()


def test_readings_at_the_end_of_the_range_are_counted() -> None:
    motion = swing(0.1, 100.0)
    frames = encode_frames(motion.acceleration_mps2 * 100, motion.angular_velocity_radps * 0.0, None)  # type: ignore[operator]
    decoder = knowing_decoder()
    decoder.feed(Notification(NOTIFY, frames, 0.0))
    assert decoder.counts.clipped_samples == len(motion)
