"""Polar frames: the bytes of the vendor's own tests and documents, and what they say."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import feed, in_dps, in_g, swing
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.sensors import polar, polar_frames
from hardset.tracker.sensors.polar import CONTROL, DATA, POLAR_H10, POLAR_OH1, POLAR_VERITY_SENSE, Polar
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_polar import PolarFirmware

ACC_0 = bytes.fromhex(
    "02 00 94 35 77 00 00 00 00 80"
    "71 07 F0 6A 9E 8D 0A 38 BE 5C BE BA 2F 96 B3 EE 4B E5 AD FB 42 B9 EB BE 4C FE BA 2F 92 BF EE 4B E4 B1 FB"
    "12 B9 EC BD 3C 3E BB 2F 8F D3 DE 4B E3 B5 F7 D2 B8 ED BD 30 7E 7B 2F 8B E3 CE 8B E2 BA F7 A2 B8 EE BC 20"
    "BE 7B 2F 88 F3 CE CB E1 BD EF 52 F8 EF BC 18 FE 3B 2F 84 03 BF CB E0 C2 EF 32 B8 F0 BB 04 4E BC 2E 81 13"
    "AF 0B E0 C6 EF F2 F7 F1 B9 FC 7D BC 2E 7D 27 9F 4B DF CA EB C2 F7 F2 B8 EC CD 7C 2E 7B 37 8F 4B DE CE E3"
    "92 F7 F3 B8 E0 0D FD 2D 77 4B 7F CB DD D2 DF 62 37 F5 B7 D4 4D BD 2D 74 5B 6F CB DC D7 D7 32 37 F6 B5 C8"
    "8D 7D 2D 71 6B 4F 4B DC DC D3 F2 36 F7 B4 BC DD FD 2C 6F 7B 3F 4B DB E0 CF D2 36 F8 B2 B0 2D BE 2C 6C 8F"
    "1F CB DA E3 C7 A2 76 F9"
)


def frame(text: str) -> polar_frames.Frame:
    read = polar_frames.read_frame(bytes.fromhex(text))
    assert read is not None
    return read


def test_raw_acceleration() -> None:
    read = frame("02 00 94 35 77 00 00 00 00 01 F7 FF FF FF E7 03 F8 FF FE FF E5 03")
    assert read.last_ns == 2_000_000_000
    mg = polar.acceleration_mg(read, 1.0)
    assert mg is not None
    assert mg.tolist() == [[-9, -1, 999], [-8, -2, 997]]


def test_raw_acceleration_through_the_decoder() -> None:
    text = "02 00 00 e7 e3 2e 50 74 0a 01 00 00 00 00 e8 03 0a 00 f6 ff ed 03 30 f8 dc 05 ff 7f"
    assert frame(text).last_ns == 753_315_200_000_000_000
    got = feed(POLAR_H10.decoder(200.0), DATA, [bytes.fromhex(text)])
    assert in_g(got) * 1000 == pytest.approx(np.array([(0, 0, 1000), (10, -10, 1005), (-2000, 1500, 32767)]))
    assert np.diff(got.time_s) == pytest.approx(1 / 200)


@pytest.mark.parametrize(
    ("text", "last_ns", "expected"),
    [
        (
            "02 65 00 00 00 00 00 00 00 81 F1 FF 14 00 F0 03 06 01 7B 0F 08",
            101,
            [(-15, 20, 1008), (-20, 17, 1008)],
        ),
        (
            "05 FF FF FF FF FF FF FF 7F 80 EA FF 08 00 0D 00 03 01 DF 00",
            2**63 - 1,
            [(-22, 8, 13), (-23, 11, 16)],
        ),
        (
            "05 00 94 35 77 00 00 00 00 81 00 00 80 3F 00 00 20 41 00 00 A0 41 1C 01 00 00 A0 01 00 00 08"
            " CD CC EC 0D",
            2_000_000_000,
            [(1, 10, 20), (10, 20, 1.1)],
        ),
    ],
)
def test_deltas(text: str, last_ns: int, expected: list[tuple[float, ...]]) -> None:
    read = frame(text)
    assert read.last_ns == last_ns
    decode = polar.acceleration_mg if read.measurement == polar_frames.ACC else polar.angular_velocity_dps
    values = decode(read, 1.0)
    assert values is not None
    assert values == pytest.approx(np.array(expected), abs=1e-6)


def test_many_deltas_with_the_factor_of_the_verity_sense() -> None:
    read = polar_frames.read_frame(ACC_0)
    assert read is not None
    raw = polar_frames.delta_samples(read.content, 16)
    assert raw is not None
    assert raw.shape == (57, 3)
    assert raw[[0, 1, -1]].tolist() == [
        [1905, 27376, -29282],
        [2095, 27271, -29367],
        [12274, 20173, -32449],
    ]
    mg = polar.acceleration_mg(read, 2.44e-4)
    assert mg is not None
    whole_mg = np.trunc(mg[[0, 1, -1]]).astype(int).tolist()
    assert whole_mg == [[464, 6679, -7144], [511, 6654, -7165], [2994, 4922, -7917]]


def test_blocks_of_the_documents_walk_through() -> None:
    # Only the head of a block of 29 is printed there; the rest of it is filled up with zeros.
    block = bytes.fromhex("FC 07 FF 0C 13 F2") + bytes(29 * 3 - 6)
    values = polar_frames.delta_samples(bytes.fromhex("D0 FF 65 01 E4 0F 08 1D") + block, 16)
    assert values is not None
    assert values[:3].tolist() == [[-48, 357, 4068], [-52, 364, 4067], [-40, 383, 4053]]


def test_control_point_parameters() -> None:
    settings = polar_frames.read_parameters(
        bytes.fromhex("00 01 34 00 01 01 10 00 02 04 F5 00 F4 01 E8 03 D0 07 04 01 03")
    )
    assert settings == {0: (52,), 1: (16,), 2: (245, 500, 1000, 2000), 4: (3,)}
    assert polar_frames.read_parameters(bytes.fromhex("00 02 34 00")) is None


def test_commands_are_the_documented_bytes() -> None:
    (acc,) = POLAR_H10.start(200.0)
    assert acc.payload.hex(" ") == "02 02 00 01 c8 00 01 01 10 00 02 01 08 00"
    verity = [write.payload.hex(" ") for write in POLAR_VERITY_SENSE.start(50.0)]
    assert verity == [
        "02 02 00 01 34 00 01 01 10 00 02 01 08 00 04 01 03",
        "02 05 00 01 34 00 01 01 10 00 02 01 d0 07 04 01 03",
    ]
    assert POLAR_VERITY_SENSE.start(104.0)[0].payload.hex(" ") == "02 09"
    assert POLAR_OH1.stop()[0].payload.hex(" ") == "03 02"


def test_the_start_answer_gives_the_factor() -> None:
    content = bytes.fromhex("02 65 00 00 00 00 00 00 00 80") + np.array([1000, 0, 2000], "<i2").tobytes()
    content += bytes((1, 1, 0))
    for answer, factor in [
        ("F0 02 02 00 00 05 01 00 00 00 3B", 2.0**-9),
        ("F0 02 02 07 00 05 01 00 00 00 3B", 8 / 32768),  # refused
        ("F0 02 02 00 00 05 01 00 00 C0 7F", 8 / 32768),  # not a number
    ]:
        decoder = POLAR_VERITY_SENSE.decoder(52.0)
        decoder.feed(Notification(CONTROL, bytes.fromhex(answer), 0.0))
        assert isinstance(decoder, polar.PolarDecoder)
        for number in range(60):  # angular velocity never comes: acceleration goes alone
            payload = content[:1] + (number * 40_000_000).to_bytes(8, "little") + content[9:]
            batch = decoder.feed(Notification(DATA, payload, 0.04 * number))
        assert batch is not None
        assert batch.angular_velocity_radps is None
        assert in_g(batch)[0] == pytest.approx([1000 * factor, 0, 2000 * factor])


@given(
    arrays(np.int64, st.tuples(st.integers(2, 60), st.just(3)), elements=st.integers(-32768, 32767)),
)
def test_deltas_go_back_to_the_same_numbers(values: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    decoded = polar_frames.delta_samples(polar_frames.encode_deltas(values, 16), 16)
    assert decoded is not None
    assert decoded.tolist() == values.tolist()


def test_a_frame_that_breaks_off_is_none() -> None:
    read = polar_frames.read_frame(ACC_0)
    assert read is not None
    whole = {3 * 2: 1}  # the first sample alone, before any block, is a frame too
    for end in range(len(read.content)):
        values = polar_frames.delta_samples(read.content[:end], 16)
        assert (0 if values is None else len(values)) == whole.get(end, 0)


def run(model: Polar, rate_hz: float, motion: SampleBatch) -> tuple[SampleBatch, polar.PolarDecoder]:
    device = VirtualDevice(PolarFirmware(model), motion)
    decoder = model.decoder(rate_hz)
    device.connect(5.0)
    for write in model.start(rate_hz):
        (reply,) = device.on_write(write.characteristic, write.payload, 5.0)
        assert reply.payload[3] == 0
        assert decoder.feed(reply) is None
    notifications = device.notifications(60.0)
    assert max(len(n.payload) for n in notifications) <= 244
    return joined([batch for n in notifications if (batch := decoder.feed(n)) is not None]), decoder


@pytest.mark.parametrize("rate_hz", [50.0, 200.0])
def test_what_goes_into_an_h10_comes_out(rate_hz: float) -> None:
    motion = swing(10.0, rate_hz)
    got, decoder = run(POLAR_H10, rate_hz, motion)
    assert len(got) >= len(motion) - 36
    error = np.abs(got.acceleration_mps2 - motion.acceleration_mps2[: len(got)]).max()
    assert error <= 0.501 * polar.MPS2_PER_MG
    assert np.diff(got.time_s) == pytest.approx(1 / rate_hz, rel=0.03)
    assert decoder.counts.missing_samples == 0


@pytest.mark.parametrize("rate_hz", [52.0, 208.0])
def test_both_halves_of_a_verity_sense_come_out_together(rate_hz: float) -> None:
    motion = swing(10.0, rate_hz)
    got, decoder = run(POLAR_VERITY_SENSE, rate_hz, motion)
    assert len(got) >= len(motion) - 2 * 36
    error = np.abs(got.acceleration_mps2 - motion.acceleration_mps2[: len(got)]).max()
    assert error <= 0.501 * 8 / 32768 * 9.80665
    assert motion.angular_velocity_radps is not None
    assert in_dps(got) == pytest.approx(
        np.degrees(motion.angular_velocity_radps[: len(got)]), abs=0.51 * 2000 / 32768
    )
    assert decoder.counts.missing_samples == 0
    assert decoder.counts.rejected_bytes == 0


def test_a_lost_frame_of_angular_velocity_takes_its_samples_along() -> None:
    motion = swing(10.0, 52.0)
    device = VirtualDevice(PolarFirmware(POLAR_VERITY_SENSE), motion)
    decoder = POLAR_VERITY_SENSE.decoder(52.0)
    device.connect(0.0)
    for write in POLAR_VERITY_SENSE.start(52.0):
        device.on_write(write.characteristic, write.payload, 0.0)
    notifications = device.notifications(60.0)
    lost = [n for n in notifications if n.payload[0] == polar_frames.GYRO][4]
    batches = [decoder.feed(n) for n in notifications if n is not lost]
    got = joined([batch for batch in batches if batch is not None])
    assert got.angular_velocity_radps is not None
    assert decoder.counts.missing_samples == pytest.approx(36, abs=1)
    assert np.diff(got.time_s).max() == pytest.approx(37 / 52, abs=0.03)
