"""Samples come back from a blob with the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.tracker.storage.samples import SamplesDamagedError, pack, unpack

N = 50
RNG = np.random.default_rng(6)
COUNTS = RNG.integers(-4000, 4000, (N, 6))
TIME = 81234.5 + 0.01 * np.arange(N)


def same_bits(first: SampleBatch, second: SampleBatch) -> bool:
    gyros = first.angular_velocity_radps, second.angular_velocity_radps
    pairs = [(first.time_s, second.time_s), (first.acceleration_mps2, second.acceleration_mps2)]
    if gyros[0] is not None and gyros[1] is not None:
        pairs.append((gyros[0], gyros[1]))
    elif gyros != (None, None):
        return False
    return all(a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in pairs)


def batch(acceleration: FloatArray, gyro: FloatArray | None, time_s: FloatArray = TIME) -> SampleBatch:
    return SampleBatch(time_s, np.ascontiguousarray(acceleration), gyro)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40).flatmap(lambda n: arrays(np.float64, (n, 7), elements=st.floats(width=64))))
def test_any_floats_come_back_bit_by_bit(values: FloatArray) -> None:
    whole = SampleBatch(
        np.ascontiguousarray(values[:, 0]),
        np.ascontiguousarray(values[:, 1:4]),
        np.ascontiguousarray(values[:, 4:]),
    )
    assert same_bits(unpack(pack(whole)), whole)


SENSORS = {
    "16 bits of 16 g and 2000 °/s": (
        COUNTS[:, :3] / 32768 * 16 * STANDARD_GRAVITY_MPS2,
        np.deg2rad(COUNTS[:, 3:] / 32768 * 2000),
    ),
    "thousandths of a g, no gyroscope": (COUNTS[:, :3] / 1000 * STANDARD_GRAVITY_MPS2, None),
    "m/s² as text with two digits": (np.round(COUNTS[:, :3] / 400, 2), np.round(COUNTS[:, 3:] / 999, 3)),
}


@pytest.mark.parametrize("name", SENSORS)
def test_what_a_sensor_sends_is_kept_small(name: str) -> None:
    acceleration, gyro = SENSORS[name]
    one = batch(acceleration, gyro)
    axes = 3 if gyro is None else 6
    assert same_bits(unpack(pack(one)), one)
    # 13 random bits an axis cannot be kept in less than 1.6 bytes; floats would take 8.
    assert len(pack(one)) / N < 3.2 * axes


def test_minus_zero_costs_little_and_comes_back() -> None:
    acceleration = COUNTS[:, :3] / 1000 * STANDARD_GRAVITY_MPS2
    acceleration[::7] = -0.0
    one = batch(acceleration, None)
    back = unpack(pack(one))
    assert same_bits(back, one)
    assert np.signbit(back.acceleration_mps2[0]).all()
    assert len(pack(one)) / N < 3.6 * 3


def test_single_precision_takes_half() -> None:
    singles = RNG.normal(size=(N, 6)).astype(np.float32).astype(np.float64)
    one = batch(singles[:, :3], np.ascontiguousarray(singles[:, 3:]))
    assert same_bits(unpack(pack(one)), one)
    assert len(pack(one)) / N < 5 * 6


@pytest.mark.parametrize("cut", [0, 3, 8, 20, -1])
def test_a_damaged_blob_is_told(cut: int) -> None:
    blob = pack(batch(COUNTS[:, :3] / 1000.0, None))
    with pytest.raises(SamplesDamagedError):
        unpack(blob[:cut])
    with pytest.raises(SamplesDamagedError):
        unpack(b"XYZ" + blob[3:])
