"""Samples as small blobs, exact to the last bit.

Sensors send 16-bit integers times a scale: where a column is exactly that (checked on every value),
the integers' differences are kept, else the bits of the floats. Bytes are then sorted by
significance and compressed with zlib. At 100 Hz and six axes that is about 10 bytes a sample instead of 56.

Layout: b"HS1", number of columns (uint8), number of samples (uint32), then zlib of, for each column,
kind (uint8), divisor and factor (float64), length (uint32) and the bytes; all little-endian. Columns are
time in s, acceleration x, y, z in m/s² and, with a gyroscope, angular velocity x, y, z in rad/s.
"""

from __future__ import annotations

import math
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch

_MAGIC = b"HS1"
_HEAD = struct.Struct("<3sBI")
_COLUMN = struct.Struct("<BddI")
_BITS, _INTEGERS, _SINGLES = 0, 1, 2
_DEGREE = math.pi / 180.0
# 125: a range of 2000 °/s over 16 bits is 125/2048 of a degree per second a step.
_FACTORS = (STANDARD_GRAVITY_MPS2, _DEGREE, 125.0 * _DEGREE, 125.0 * math.pi / 180.0, 1.0, 9.81)
_DIVISORS = (*(2.0**n for n in range(0, 21)), *(10.0**n for n in range(1, 7)))
_MINUS_ZERO = np.int32(-(2**31))
"""Stands for -0.0, which text files and negated axes bring and integers do not have."""
_PROBE = 8
"""So many values decide whether a scale is worth a look at all of them."""


class SamplesDamagedError(ValueError):
    """A blob that is no chunk of samples."""


def pack(samples: SampleBatch) -> bytes:
    """A blob of any number of samples; `unpack` gives the same bits back."""
    parts = []
    columns = _columns(samples)
    for column in columns:
        kind, divisor, factor, data = _encode(np.ascontiguousarray(column, dtype=np.float64))
        parts.append(_COLUMN.pack(kind, divisor, factor, len(data)) + data)
    return _HEAD.pack(_MAGIC, len(columns), len(samples)) + zlib.compress(b"".join(parts), 6)


def unpack(blob: bytes) -> SampleBatch:
    """The samples of a blob. Raises SamplesDamagedError."""
    try:
        magic, width, count = _HEAD.unpack_from(blob)
        if magic != _MAGIC or width not in (4, 7):
            raise SamplesDamagedError("this is no chunk of samples")
        body = zlib.decompress(blob[_HEAD.size :])
        values = np.empty((count, width))
        at = 0
        for column in range(width):
            kind, divisor, factor, length = _COLUMN.unpack_from(body, at)
            at += _COLUMN.size
            values[:, column] = _decode(kind, divisor, factor, body[at : at + length], count)
            at += length
    except (struct.error, zlib.error, ValueError, KeyError) as error:
        raise SamplesDamagedError(str(error)) from error
    return SampleBatch(
        np.ascontiguousarray(values[:, 0]),
        np.ascontiguousarray(values[:, 1:4]),
        np.ascontiguousarray(values[:, 4:7]) if width == 7 else None,
    )


def _columns(samples: SampleBatch) -> list[FloatArray]:
    columns = [samples.time_s, *samples.acceleration_mps2.T]
    if samples.angular_velocity_radps is not None:
        columns += [*samples.angular_velocity_radps.T]
    return columns


def _encode(column: FloatArray) -> tuple[int, float, float, bytes]:
    scaled = _as_integers(column)
    if scaled is not None:
        steps, divisor, factor = scaled
        return _INTEGERS, divisor, factor, _by_significance(_differences(steps))
    with np.errstate(over="ignore", invalid="ignore"):
        singles = column.astype(np.float32)
        same = _same_bits(singles.astype(np.float64), column)
    if same:
        return _SINGLES, 1.0, 1.0, _by_significance(singles)
    # The bits of even stamps, read as integers, rise evenly: their second differences are small.
    return _BITS, 1.0, 1.0, _by_significance(_differences(_differences(column.view(np.int64))))


def _decode(kind: int, divisor: float, factor: float, data: bytes, count: int) -> FloatArray:
    match kind:
        case 1:
            steps = np.cumsum(_from_significance(data, np.dtype("<i4"), count), dtype=np.int32)
            return _scaled(steps, divisor, factor)
        case 2:
            return _from_significance(data, np.dtype("<f4"), count).astype(np.float64)
        case 0:
            bits = np.cumsum(np.cumsum(_from_significance(data, np.dtype("<i8"), count)))
            return bits.view(np.float64)
    raise SamplesDamagedError(f"unknown kind of column {kind}")


def _as_integers(column: FloatArray) -> tuple[NDArray[np.int32], float, float] | None:
    """(integers, divisor, factor) where the column is exactly integers / divisor * factor."""
    probe = column[:_PROBE]
    for factor in _FACTORS:
        for divisor in _DIVISORS:
            if _integers(probe, divisor, factor) is not None:
                steps = _integers(column, divisor, factor)
                if steps is not None:
                    return steps, divisor, factor
    return None


def _integers(values: FloatArray, divisor: float, factor: float) -> NDArray[np.int32] | None:
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.rint(values / factor * divisor)
    # Written so that NaN fails as well.
    if not (np.abs(steps) < 2.0**31).all():
        return None
    whole = steps.astype(np.int32)
    whole[(values == 0.0) & np.signbit(values)] = _MINUS_ZERO
    return whole if _same_bits(_scaled(whole, divisor, factor), values) else None


def _scaled(steps: NDArray[np.int32], divisor: float, factor: float) -> FloatArray:
    values: FloatArray = steps / divisor * factor
    values[steps == _MINUS_ZERO] = -0.0
    return values


def _same_bits(first: FloatArray, second: FloatArray) -> bool:
    """Equal to the last bit: minus zero and every NaN count."""
    return bool((first.view(np.int64) == second.view(np.int64)).all())


def _differences(values: NDArray[Any]) -> NDArray[Any]:
    """First value, then differences; overflow wraps and comes back when they are summed."""
    return np.diff(values, prepend=values.dtype.type(0))


def _by_significance(values: NDArray[Any]) -> bytes:
    little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    return little.view(np.uint8).reshape(len(values), values.dtype.itemsize).T.tobytes()


def _from_significance(data: bytes, kind: np.dtype[Any], count: int) -> NDArray[Any]:
    planes = np.frombuffer(data, dtype=np.uint8).reshape(kind.itemsize, count)
    return np.ascontiguousarray(planes.T).reshape(-1).view(kind)
