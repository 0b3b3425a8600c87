"""What all models and decoders share: who a sensor is, what it has brought, units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.tracker.sensors.protocol import DecoderCounts, Write

MPS2_PER_G = STANDARD_GRAVITY_MPS2
RADPS_PER_DPS = float(np.pi / 180.0)
MOST_MPS2 = 100.0 * MPS2_PER_G
MOST_RADPS = 10_000.0 * RADPS_PER_DPS
"""No motion chip for the wrist reads further than 32 g and 4000 °/s: beyond these, bytes were mangled."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The facts of a `SensorModel`; its subclasses add what to write and the decoder."""

    id: str
    name: str
    name_prefixes: tuple[str, ...]
    service_uuids: tuple[str, ...]
    subscriptions: tuple[str, ...]
    rates_hz: tuple[float, ...]
    has_gyroscope: bool

    def nearest_rate(self, rate_hz: float) -> float:
        """Of the rates it can do, the one closest to the wish; of two as close the faster."""
        return min(self.rates_hz, key=lambda rate: (abs(rate - rate_hz), -rate))


@dataclass(slots=True)
class Tally:
    """`DecoderCounts` of one connection while they grow."""

    notifications: int = 0
    samples: int = 0
    rejected_bytes: int = 0
    missing_samples: int = 0
    clipped_samples: int = 0

    @property
    def counts(self) -> DecoderCounts:
        """As they are now."""
        return DecoderCounts(
            self.notifications,
            self.samples,
            self.rejected_bytes,
            self.missing_samples,
            self.clipped_samples,
        )


class TallyingDecoder:
    """What every decoder knows of its connection besides samples."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._battery_pct: float | None = None
        self._answers: tuple[Write, ...] = ()

    @property
    def counts(self) -> DecoderCounts:
        """What was received so far."""
        return self._tally.counts

    @property
    def battery_pct(self) -> float | None:
        """Charge as last told, percent; None while unknown."""
        return self._battery_pct

    def answers(self) -> tuple[Write, ...]:
        """Writes that the device's replies call for, each given once."""
        answers, self._answers = self._answers, ()
        return answers


def believable(acceleration_mps2: FloatArray, angular_velocity_radps: FloatArray | None) -> bool:
    """True when every value is finite and one that a sensor can read; for sensors that send floats."""
    if not bool((np.abs(acceleration_mps2) <= MOST_MPS2).all()):
        return False
    return angular_velocity_radps is None or bool((np.abs(angular_velocity_radps) <= MOST_RADPS).all())


def widened(values: NDArray[np.floating[Any]]) -> FloatArray:
    """Floats of a notification as 64-bit ones; a signalling NaN among them is nothing to warn of here."""
    with np.errstate(invalid="ignore"):
        return values.astype(np.float64)


def clipped_rows(words: NDArray[np.int16]) -> int:
    """Rows of 16-bit words (n, k) in which one is at the end of its range."""
    return int(np.count_nonzero(((words == 32767) | (words == -32768)).any(axis=1)))
