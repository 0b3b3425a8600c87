"""Bytes of Polar's measurement data: control-point parameters, raw samples, and delta blocks.

Layout as in the vendor's technical documentation of its BLE SDK.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.tracker.sensors.model import widened

IntArray = NDArray[np.int64]

ACC, GYRO, SDK_MODE = 2, 5, 9
RATE, RESOLUTION, RANGE, RANGE_MILLI, CHANNELS, FACTOR, SECURITY = range(7)
PARAMETER_BYTES = {RATE: 2, RESOLUTION: 2, RANGE: 2, RANGE_MILLI: 4, CHANNELS: 1, FACTOR: 4, SECURITY: 16}
AXES = 3
MOST_SAMPLES = 1024
"""In one notification: more is no measurement but mangled bytes."""
MOST_BITS = 32

_HEADER = struct.Struct("<BQB")
_FLOAT = struct.Struct("<f")
HEADER_BYTES = _HEADER.size


@dataclass(frozen=True, slots=True)
class Frame:
    """One notification of measurement data."""

    measurement: int
    last_ns: int
    """Device time of its last sample; only differences mean something."""
    is_delta: bool
    type: int
    content: bytes


def read_frame(payload: bytes) -> Frame | None:
    """Header and content of a notification; None when it is too short."""
    if len(payload) <= HEADER_BYTES:
        return None
    measurement, last_ns, kind = _HEADER.unpack_from(payload)
    return Frame(measurement & 0x3F, last_ns, bool(kind & 0x80), kind & 0x7F, payload[HEADER_BYTES:])


def frame_header(measurement: int, last_ns: int, *, is_delta: bool, type: int) -> bytes:
    """The ten bytes before the samples."""
    return _HEADER.pack(measurement, last_ns, is_delta << 7 | type)


def read_parameters(data: bytes) -> dict[int, tuple[int, ...]] | None:
    """Values of each parameter id in a settings list; None where it breaks off or is not understood."""
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    while at + 2 <= len(data):
        id, count = data[at], data[at + 1]
        size = PARAMETER_BYTES.get(id)
        at += 2
        if size is None or at + size * count > len(data):
            return None
        found[id] = tuple(
            int.from_bytes(data[start : start + size], "little")
            for start in range(at, at + size * count, size)
        )
        at += size * count
    return found if at == len(data) else None


def parameters(**values: int) -> bytes:
    """A settings list with one value each, by the lower-case names of the parameters."""
    ids = {"rate": RATE, "resolution": RESOLUTION, "range": RANGE, "channels": CHANNELS}
    return b"".join(
        bytes((ids[name], 1)) + value.to_bytes(PARAMETER_BYTES[ids[name]], "little")
        for name, value in values.items()
    )


def factor_of(found: dict[int, tuple[int, ...]]) -> float | None:
    """The factor that a start answer gives for the samples, or None."""
    values = found.get(FACTOR)
    if not values:
        return None
    factor = float(_FLOAT.unpack(values[0].to_bytes(4, "little"))[0])
    return factor if math.isfinite(factor) and factor > 0 else None


def raw_samples(content: bytes, width: int) -> IntArray | None:
    """(n, 3) signed integers of 1, 2 or 3 bytes; None when the length does not fit."""
    if len(content) % (AXES * width):
        return None
    columns = np.frombuffer(content, dtype=np.uint8).reshape(-1, width).astype(np.int64)
    values = columns @ (np.int64(1) << np.arange(0, 8 * width, 8, dtype=np.int64))
    return _signed(values, 8 * width).reshape(-1, AXES)


def delta_samples(content: bytes, resolution: int) -> IntArray | None:
    """(n, 3) integers: a first sample of `resolution` bits, then blocks of differences from it on."""
    head = AXES * ((resolution + 7) // 8)
    first = raw_samples(content[:head], head // AXES) if len(content) >= head else None
    if first is None:
        return None
    blocks, at, n = [first], head, 1
    while at + 2 <= len(content):
        bits, count = content[at], content[at + 1]
        at += 2
        size = (bits * count * AXES + 7) // 8
        n += count
        if not 0 < bits <= MOST_BITS or at + size > len(content) or n > MOST_SAMPLES:
            return None
        blocks.append(_unpack(content[at : at + size], bits, count))
        at += size
    return np.cumsum(np.concatenate(blocks), axis=0) if at == len(content) else None


def _unpack(block: bytes, bits: int, count: int) -> IntArray:
    """(count, 3) signed numbers of so many bits, packed from the lowest bit on."""
    stream = np.unpackbits(np.frombuffer(block, dtype=np.uint8), bitorder="little")
    table = stream[: bits * count * AXES].reshape(-1, bits).astype(np.int64)
    values = table @ (np.int64(1) << np.arange(bits, dtype=np.int64))
    return _signed(values, bits).reshape(-1, AXES)


def _signed(values: IntArray, bits: int) -> IntArray:
    return np.where(values >= np.int64(1) << (bits - 1), values - (np.int64(1) << bits), values)


def as_floats(patterns: IntArray) -> NDArray[np.float64]:
    """Integers that are bit patterns of 32-bit floats, to those floats."""
    return widened((patterns & 0xFFFFFFFF).astype(np.uint32).view(np.float32))


def encode_deltas(values: IntArray, resolution: int) -> bytes:
    """(n, 3) integers as a first sample and one block of differences; n from 2 to 256."""
    first = b"".join(int(v).to_bytes((resolution + 7) // 8, "little", signed=True) for v in values[0])
    deltas = np.diff(values, axis=0)
    bits = int(max(np.max(deltas), -1 - np.min(deltas), 0)).bit_length() + 1
    table = (deltas.reshape(-1, 1) >> np.arange(bits, dtype=np.int64)) & 1
    packed = np.packbits(table.astype(np.uint8).ravel(), bitorder="little")
    return first + bytes((bits, len(deltas))) + packed.tobytes()
