"""How a bar is held: a stroke during which it lies in the hands unlike in all others is handling, not a rep.

Who cleans a bar to the shoulders and turns it over to press it turns the sensor by 100-170°; from one rep of
a set to the next it comes back to the same attitude within a few degrees (0.99 of the reps of three
simulators within 22°; a loose sleeve slipped by 78° over the first two presses of a person). `turned` looks
at the turn within a stroke, this at where it begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray
from hardset.signal.strokes import Strokes

ODD_RAD = float(np.radians(90.0))
ODD_TIMES = 5.0
"""A bar that rolls on the floor differs from rep to rep: then more is asked."""
FEW = 3
"""Among fewer others nothing is usual."""


@dataclass(frozen=True, slots=True)
class Attitude:
    """The direction of 'up' in the sensor's frame at the ends of k strokes."""

    up: FloatArray
    """(k, 2, 3) unit vectors at bottom and top."""

    @staticmethod
    def of(up: FloatArray, strokes: Strokes) -> Attitude:
        """From 'up' along a stretch (n, 3)."""
        return Attitude(np.stack([up[strokes.bottom], up[strokes.top]], axis=1))

    def is_odd(self, one: int, others: NDArray[np.int64]) -> bool:
        """Whether a stroke begins or ends in an attitude that is not that of the others."""
        if others.size < FEW:
            return False
        usual = np.median(self.up[others], axis=0)
        away = float(_angles(self.up[one], usual).max())
        spread = float(np.median(_angles(self.up[others], usual).max(axis=-1)))
        return away > max(ODD_RAD, ODD_TIMES * spread)


def _angles(up: FloatArray, usual: FloatArray) -> FloatArray:
    """(..., 2) angles between directions (..., 2, 3) and usual ones (2, 3), rad."""
    along = np.sum(up * usual, axis=-1) / np.linalg.norm(usual, axis=-1)
    return np.asarray(np.arccos(np.clip(along, -1.0, 1.0)))
