"""Segment angle and angular velocity: repetitions of a thigh, a shank, or a bar that turns (curls).

The direction of gravity in the sensor frame turns with the segment. Its path over a set lies close to
one great circle; the angle along that circle needs no integration of acceleration and does not drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfiltfilt

from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.timebase import GRID_HZ

STRAP_CUTOFF_HZ = 6.0
"""Skin and strap wobble above this (science: 4-6 Hz for a thigh); reps lie below 2 Hz."""
PADDED = 50
"""Grid points at either end by which a filter is led in."""
EDGE_CUTOFF_HZ = 4.5
"""Where the ends of a swing are measured: they lie where flesh wobbles and the bone hardly turns."""
_STRAP_FILTER = butter(2, STRAP_CUTOFF_HZ, btype="low", fs=GRID_HZ, output="sos")
_EDGE_FILTER = butter(2, EDGE_CUTOFF_HZ, btype="low", fs=GRID_HZ, output="sos")
"""Designed once: a design costs as much as filtering ten seconds."""


@dataclass(frozen=True, slots=True)
class SegmentRotation:
    """Inclination of the sensor about the axis that it mostly turns about."""

    angle_rad: FloatArray
    """(n,) along the main plane of rotation; the sign is arbitrary, `flipped` turns it."""
    velocity_radps: FloatArray
    """(n,) its derivative."""
    planarity: float
    """Share (0-1) of the movement of gravity's direction that lies in that plane."""

    def flipped(self) -> SegmentRotation:
        """The same with the opposite sign."""
        return SegmentRotation(-self.angle_rad, -self.velocity_radps, self.planarity)

    def smoothed(self) -> SegmentRotation:
        """The same without the flesh's wobble about the turning points, see `EDGE_CUTOFF_HZ`."""
        if self.angle_rad.size <= PADDED:
            return self
        angle = np.asarray(sosfiltfilt(_EDGE_FILTER, self.angle_rad, padlen=PADDED))
        return SegmentRotation(angle, np.gradient(angle, 1.0 / GRID_HZ), self.planarity)


def segment_rotation(up: FloatArray, part: BoolArray | None = None) -> SegmentRotation:
    """Angle of the segment from the direction of 'up' in the sensor frame (n, 3), unit vectors.

    part: (n,) where the plane of rotation is taken from (the set, not the walk to it); None: everywhere.
    """
    chosen = up if part is None or np.count_nonzero(part) < 3 else up[part]
    middle = chosen.mean(axis=0)
    spread = chosen - middle
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    _, axes = np.linalg.eigh(spread.T @ spread)
    main = axes[:, -1] - middle * float(axes[:, -1] @ middle)
    main /= max(float(np.linalg.norm(main)), 1e-9)
    angle = np.unwrap(np.arctan2(up @ main, up @ middle))
    if angle.size > PADDED:
        angle = sosfiltfilt(_STRAP_FILTER, angle, padlen=PADDED)
    side = np.cross(middle, main)
    out_of_plane = float(np.mean((chosen @ side) ** 2))
    in_plane = float(np.var(chosen @ main))
    return SegmentRotation(
        angle_rad=np.asarray(angle),
        velocity_radps=np.gradient(angle, 1.0 / GRID_HZ) if angle.size > 1 else np.zeros_like(angle),
        planarity=in_plane / max(in_plane + out_of_plane, 1e-12),
    )
