"""How a board's notification is laid out, as data: the part of a profile that the decoder follows."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

AXES = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
HEADER_FIELDS = ("sequence", "time", "count", "battery", "skip")
SAMPLE_FIELDS = (*AXES, "time", "skip")
WHOLE_TYPES = {"u8": "u1", "u16": "u2", "u32": "u4", "u64": "u8"}
NUMBER_TYPES = {**WHOLE_TYPES, "i8": "i1", "i16": "i2", "i32": "i4", "i64": "i8", "f32": "f4", "f64": "f8"}
TIME_UNITS_S = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
SHORTEST_WRAP_S = 10.0
"""A clock that wraps sooner can't be carried on over a hole."""

SequenceCounts = Literal["samples", "notifications"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The device's clock as it is sent."""

    tick_s: float
    bits: int
    stamp_of: Literal["first", "last", "each"]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A counter that tells what is missing."""

    bits: int
    counts: SequenceCounts


@dataclass(frozen=True, slots=True)
class BinaryLayout:
    """Bytes that a notification begins with, then samples up to its end or as many as it says."""

    sync: bytes
    header: np.dtype[np.void]
    sample: np.dtype[np.void]
    axes: tuple[str, ...]
    """Which of the six axes each sample holds."""


@dataclass(frozen=True, slots=True)
class TextLayout:
    """Lines of numbers, one a sample, that may break anywhere across notifications."""

    separator: str
    columns: tuple[str, ...]
    """Names of the columns, of the axes, `time` and `skip`."""
    axes: tuple[str, ...]
    """Which of the six axes each line holds."""


def axes_among(names: Collection[str]) -> tuple[str, ...]:
    """Those of the six axes that are among these names, in their usual order."""
    return tuple(axis for axis in AXES if axis in names)


@dataclass(frozen=True, slots=True)
class Stream:
    """What comes through one characteristic."""

    characteristic: str
    layout: BinaryLayout | TextLayout
    clock: Clock | None
    sequence: Sequence | None
    acceleration_unit_mps2: float
    """One count of acceleration, m/s²."""
    angular_velocity_unit_radps: float


@dataclass(frozen=True, slots=True)
class Command:
    """A write with places for the rate."""

    characteristic: str
    template: str
    with_response: bool
    pause_s: float

    def payload(self, rate_hz: float) -> bytes:
        """The bytes for this rate."""
        return b"".join(_part(word, rate_hz) for word in self.template.split())


_PLACE = re.compile(r"\{(rate_hz|period_ms|period_us):(u8|u16|u32)(be)?\}")
_WHOLE_STRUCTS = {"u8": "B", "u16": "H", "u32": "I"}


def _part(word: str, rate_hz: float) -> bytes:
    place = _PLACE.fullmatch(word)
    if place is None:
        return bytes.fromhex(word)
    value = {"rate_hz": rate_hz, "period_ms": 1e3 / rate_hz, "period_us": 1e6 / rate_hz}[place[1]]
    return struct.pack((">" if place[3] else "<") + _WHOLE_STRUCTS[place[2]], round(value))
