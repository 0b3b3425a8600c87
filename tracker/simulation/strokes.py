"""Shapes of single strokes: speed over time, both scaled to one.

A shape maps u in 0..1 (share of the stroke's time) to speed with mean 1 over u, so a stroke of
height h in T seconds has the velocity h/T · shape(t/T).
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray

STICK_FLOOR_MPS = 0.05
"""A grinder nearly stops but does not: below 0.02 m/s for 0.1 s it would be two movements by definition."""


def unit_time(samples: int) -> FloatArray:
    """Midpoints of `samples` equal slices of 0..1: a midpoint sum over them is exact enough at 1 kHz."""
    return (np.arange(samples) + 0.5) / samples


def _normalised(shape: FloatArray) -> FloatArray:
    return np.asarray(shape / shape.mean(), dtype=np.float64)


def smooth_step(x: FloatArray) -> FloatArray:
    """0 below 0, 1 above 1, between them a quintic with zero slope and curvature at both ends."""
    c = np.clip(x, 0.0, 1.0)
    return np.asarray(c * c * c * (10.0 + c * (6.0 * c - 15.0)), dtype=np.float64)


def minimum_jerk(samples: int) -> FloatArray:
    """The smooth bell of an unhurried movement between two rests."""
    u = unit_time(samples)
    return _normalised(u * u * (1 - u) * (1 - u))


def concentric(samples: int, peak_at: float, stick_at: float, stick_depth: float) -> FloatArray:
    """Rise to a peak at `peak_at` and stop; `stick_at` and `stick_depth` (0..1) place the sticking region.

    Light reps peak late and stop abruptly (as real bars do); grinders show two peaks.
    """
    u = unit_time(samples)
    rise = 1.15
    fall = rise * (1 - peak_at) / peak_at
    dip = 1.0 - stick_depth * np.exp(-0.5 * ((u - stick_at) / 0.13) ** 2)
    return _normalised(u**rise * (1 - u) ** fall * dip)


def concentric_of(
    samples: int, mean_mps: float, peak_at: float, stick_at: float, stick_depth: float
) -> FloatArray:
    """`concentric` with the dip made shallow enough that the bar never stops in it."""
    depth = stick_depth
    inner = slice(int(0.2 * samples), max(int(0.8 * samples), int(0.2 * samples) + 1))
    while True:
        shape = concentric(samples, peak_at, stick_at, depth)
        if depth <= 0.05 or mean_mps * float(shape[inner].min()) > STICK_FLOOR_MPS:
            return shape
        depth -= 0.05


def eccentric(samples: int, ramp_in: float, ramp_out: float, wobble: float, phase: float) -> FloatArray:
    """A nearly even lowering with soft ends; `wobble` (0..0.4) is how unevenly it is controlled."""
    u = unit_time(samples)
    even = smooth_step(u / ramp_in) * smooth_step((1 - u) / ramp_out)
    return _normalised(even * (1 + wobble * np.sin(2 * np.pi * (1.3 * u + phase))))


def attempt(samples: int) -> FloatArray:
    """A failing push: quick start, then slower and slower until it stands."""
    u = unit_time(samples)
    return _normalised(u**0.8 * (1 - u) ** 1.6)
