"""Boards that a profile describes: ours, two open ones, and what users write themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feeding import cut, feed, in_dps, in_g, swing

from hardset.signal.samples import joined
from hardset.tracker.errors import FileUnreadable, ProfileNotUnderstood
from hardset.tracker.sensors.generic import Generic, generic_model
from hardset.tracker.sensors.profile_reader import read_profile
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.registry import OWN_PROFILES, model_by_id, models, recognise
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_board import BoardFirmware
from hardset.tracker.sensors.virtual_radio import RadioBehaviour

DATA = "c21c340b-31f2-4da2-ab20-716f9ed67c3a"
OTHER = "c21c340b-31f2-4da2-ab20-716f9ed67c3b"
HEAD = 'id = "mine"\nname = "My board"\nname_prefixes = ["Mine"]\nrates_hz = [50, 100]\n'
STREAM = f'[[stream]]\ncharacteristic = "{DATA}"\n'
AXES = '"acc_x:{0}", "acc_y:{0}", "acc_z:{0}"'
SAMPLE = f"sample = [{AXES.format('i16')}]\n"
UNIT = 'acceleration = { unit = "mg" }\n'


def model(tmp_path: Path, text: str) -> Generic:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return generic_model(read_profile(path))


def test_six_floats_and_microseconds_each(tmp_path: Path) -> None:
    """The layout of gym-imu, an ESP32-C3 for squats."""
    gyro = AXES.format("f32").replace("acc", "gyr")
    board = model(
        tmp_path,
        HEAD
        + STREAM
        + f'sample = [{AXES.format("f32")}, {gyro}, "time:i64"]\ntime_unit = "us"\n'
        + 'acceleration = { unit = "mps2" }\nangular_velocity = { unit = "dps" }\n',
    )
    one = bytes.fromhex(
        "00 00 00 00 00 00 00 00 00 00 18 41 00 00 80 3f 00 00 00 c0 00 00 00 3f 87 d6 12 00 00 00 00 00"
    )
    later = one[:24] + (1_234_567 + 10_000).to_bytes(8, "little")
    got = feed(board.decoder(100.0), DATA, [one + later])
    assert got.acceleration_mps2.tolist() == [[0, 0, 9.5]] * 2
    assert in_dps(got)[0] == pytest.approx([1, -2, 0.5])
    assert np.diff(got.time_s) == pytest.approx(0.01, rel=1e-3)
    decoder = board.decoder(100.0)
    assert len(feed(decoder, DATA, [one[:-1], one + b"\0"])) == 0
    assert decoder.counts.rejected_bytes == 31 + 33


def test_sync_sequence_time_and_count(tmp_path: Path) -> None:
    """The layout of a batching XIAO: acceleration alone."""
    board = model(
        tmp_path,
        HEAD
        + STREAM
        + 'sync = "55 aa"\nheader = ["sequence:u16", "time:u32", "count:u8"]\n'
        + 'sequence_counts = "notifications"\ntime_unit = "us"\n'
        + SAMPLE
        + UNIT,
    )
    payload = bytes.fromhex("55 aa 07 00 40 e2 01 00 02 01 00 02 00 03 00 ff ff fe ff fd ff")
    assert not board.has_gyroscope
    decoder = board.decoder(100.0)
    got = feed(
        decoder, DATA, [payload, payload, payload[:2] + b"\x09\x00" + payload[4:5] + b"\x82" + payload[6:]]
    )
    assert in_g(got)[:2] * 1000 == pytest.approx(np.array([(1, 2, 3), (-1, -2, -3)]))
    assert len(got) == 2  # the second is the first again; the third has a time before it
    assert decoder.counts.missing_samples == 2


def test_lines_of_text_that_break_anywhere(tmp_path: Path) -> None:
    """Nordic UART with a column map: millis, acceleration, angular velocity, two that nobody wants."""
    board = model(
        tmp_path,
        HEAD
        + STREAM
        + 'format = "text"\ntime_unit = "ms"\n'
        + 'columns = ["time", "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z", "skip", "skip"]\n'
        + 'acceleration = { unit = "mps2" }\nangular_velocity = { unit = "dps" }\n',
    )
    lines = [f"{1000 + 40 * k},{k},-1.5,9.8,{2 * k},0,-{k},21.5,hum\r\n" for k in range(5)]
    stream = ("9.8,1,2,3\r\n" + "".join(lines)).encode()
    for at in range(1, len(stream)):
        decoder = board.decoder(50.0)
        got = feed(decoder, DATA, cut(stream, (at,)), step_s=0.0)
        assert got.acceleration_mps2[:, 0].tolist() == [0, 1, 2, 3, 4], at
        assert in_dps(got)[:, 2] == pytest.approx([0, -1, -2, -3, -4])
        assert np.diff(got.time_s) == pytest.approx(0.04, abs=1e-3)
    decoder = board.decoder(50.0)
    feed(decoder, DATA, [b"x\n1,2\nnan,1,1,1,1,1,1,1,1\n", b"y" * 600, b"y" * 600])
    assert decoder.counts.samples == 0
    assert decoder.counts.rejected_bytes == 26 + 1200


def test_two_characteristics(tmp_path: Path) -> None:
    """An Arduino Nano: acceleration in one, angular velocity in the other."""
    gyro = AXES.format("f32").replace("acc", "gyr")
    board = model(
        tmp_path,
        HEAD
        + STREAM
        + f'sample = [{AXES.format("f32")}]\nacceleration = {{ unit = "g" }}\n'
        + f'[[stream]]\ncharacteristic = "{OTHER}"\nsample = [{gyro}]\n'
        + 'angular_velocity = { unit = "dps" }\n',
    )
    assert board.has_gyroscope
    assert board.subscriptions == (DATA, OTHER)
    decoder = board.decoder(50.0)
    batches = []
    for k in range(10):
        for place, characteristic in enumerate((DATA, OTHER)):
            payload = np.array([k, 0, 1], "<f4").tobytes()
            batches.append(decoder.feed(Notification(characteristic, payload, 0.02 * k + 0.001 * place)))
    got = joined([batch for batch in batches if batch is not None])
    assert in_g(got)[:, 0] == pytest.approx(np.arange(10))
    assert in_dps(got)[:, 0] == pytest.approx(np.arange(10))


@pytest.mark.parametrize("group", [1, 10, 19])
def test_our_own_layout_there_and_back(group: int) -> None:
    motion = swing(12.0, 200.0)
    device = VirtualDevice(BoardFirmware(samples_per_notification=group), motion)
    board = device.model
    device.connect(7.0)
    for write in board.start(200.0):
        device.on_write(write.characteristic, write.payload, 7.0)
    decoder = board.decoder(200.0)
    got = joined([b for n in device.notifications(30.0) if (b := decoder.feed(n)) is not None])
    assert len(got) == len(motion) // group * group
    assert motion.angular_velocity_radps is not None
    assert in_g(got) == pytest.approx(in_g(motion)[: len(got)], abs=0.51 * 16 / 32768)
    assert in_dps(got) == pytest.approx(in_dps(motion)[: len(got)], abs=0.51 * 2000 / 32768)
    assert np.diff(got.time_s) == pytest.approx(0.005, rel=0.03)
    assert decoder.counts.missing_samples == 0
    for write in board.stop():
        device.on_write(write.characteristic, write.payload, 8.0)
    assert device.next_s is None


def test_our_own_layout_tells_every_lost_sample() -> None:
    device = VirtualDevice(BoardFirmware(), swing(30.0, 100.0), RadioBehaviour(loss=0.1))
    device.connect(0.0)
    board = device.model
    for write in board.start(100.0):
        device.on_write(write.characteristic, write.payload, 0.0)
    decoder = board.decoder(100.0)
    got = joined([b for n in device.notifications(60.0) if (b := decoder.feed(n)) is not None])
    assert decoder.counts.missing_samples > 100
    assert len(got) + decoder.counts.missing_samples == pytest.approx(3000, abs=40)


def test_shipped_profiles() -> None:
    assert [write.payload.hex(" ") for write in _known("thingy52").start(100.0)] == [
        "88 13 88 13 e8 03 64 00 00"
    ]
    thingy = np.array([0, 0, 1024, 32, -64, 3200, 1, 2, 3], "<i2").tobytes()
    got = feed(_known("thingy52").decoder(100.0), _known("thingy52").subscriptions[0], [thingy])
    assert in_g(got)[0].tolist() == [0, 0, 1]
    assert in_dps(got)[0] == pytest.approx([1, -2, 100])
    assert _known("microbit").start(60.0)[0].payload == b"\x14\x00"
    microbit = feed(
        _known("microbit").decoder(50.0), _known("microbit").subscriptions[0], [b"\0\0\0\0\xe8\3"]
    )
    assert in_g(microbit)[0] == pytest.approx([0, 0, 1])
    assert len(list(OWN_PROFILES.glob("*.toml"))) == 3


def _known(id: str) -> Generic:
    found = model_by_id(id)
    assert isinstance(found, Generic)
    return found


def test_profiles_of_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARDSET_PROFILES", str(tmp_path))
    (tmp_path / "mine.toml").write_text(HEAD + STREAM + SAMPLE + UNIT)
    found = recognise("Mine 7", [])
    assert found is not None
    assert found.name == "My board"
    assert len(models()) == len({one.id for one in models()})
    with pytest.raises(FileUnreadable):
        read_profile(tmp_path / "nothing.toml")


def test_a_users_profile_may_take_the_place_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARDSET_PROFILES", str(tmp_path))
    text = (OWN_PROFILES / "thingy52.toml").read_text().replace("Nordic Thingy:52", "My Thingy")
    (tmp_path / "t.toml").write_text(text)
    found = recognise("Thingy", [])
    assert found is not None
    assert found.name == "My Thingy"


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("id = ", "", "no TOML"),
        (HEAD.replace("mine", "My Board"), "id", "does not fit"),
        (HEAD, "stream", "missing"),
        (HEAD + STREAM + UNIT, "stream[0].sample", "missing"),
        (HEAD + STREAM + SAMPLE, "stream[0].acceleration", "missing"),
        (HEAD.replace("[50, 100]", "[100, 50]") + STREAM + SAMPLE + UNIT, "rates_hz", "does not fit"),
        (HEAD.replace('["Mine"]', "[]") + STREAM + SAMPLE + UNIT, "name_prefixes", "recognised"),
        (HEAD + "colour = 3\n" + STREAM + SAMPLE + UNIT, "colour", "unknown"),
        (HEAD + STREAM.replace(DATA, "12345") + SAMPLE + UNIT, "stream[0].characteristic", "no UUID"),
        (HEAD + STREAM + SAMPLE.replace("i16", "i17") + UNIT, "stream[0].sample", "i17"),
        (HEAD + STREAM + SAMPLE.replace("acc_y", "acc_x") + UNIT, "stream[0].sample", "twice"),
        (HEAD + STREAM + SAMPLE.replace("acc_y", "roll") + UNIT, "stream[0].sample", "roll"),
        (HEAD + STREAM + SAMPLE + UNIT.replace("mg", "stone"), "stream[0].acceleration.unit", "stone"),
        (
            HEAD + STREAM + SAMPLE + 'acceleration = { unit = "g", per_count = 0 }\n',
            "stream[0].acceleration.per_count",
            "does not fit",
        ),
        (
            HEAD + STREAM + SAMPLE + 'header = ["time:u16"]\ntime_unit = "us"\n' + UNIT,
            "stream[0].time_unit",
            "wraps",
        ),
        (
            HEAD + STREAM + SAMPLE + 'header = ["sequence:u16"]\n' + UNIT,
            "stream[0].sequence_counts",
            "missing",
        ),
        (HEAD + STREAM + SAMPLE + 'sync = "5"\n' + UNIT, "stream[0].sync", "does not fit"),
        (
            HEAD + STREAM + SAMPLE + UNIT + f'[[start]]\ncharacteristic = "{DATA}"\nbytes = "01 {{rate}}"\n',
            "start[0].bytes",
            "does not fit",
        ),
        (HEAD + STREAM + 'format = "text"\ncolumns = ["acc_x"]\n' + UNIT, "stream", "axes"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(tmp_path: Path, text: str, place: str, problem: str) -> None:
    with pytest.raises(ProfileNotUnderstood) as caught:
        model(tmp_path, text)
    assert caught.value.key == place
    assert problem in caught.value.problem
    assert "mine.toml" in str(caught.value)
    assert str(caught.value).endswith(".")
