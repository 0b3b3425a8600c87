"""Stretch of the 80 % interval by calibration state, as data with its provenance.

Rebuilt by `tests/accuracy/rir_calibrate.py` (seed 11, 60 lifters a family): sets to failure of the
three simulated kinds of lifter, sensor sd 0.02 and 0.05 m/s, cut 0-8 reps before their end, every
true RIR counting alike. Aim: 85 %. No real sets have entered: none are public.
"""

from __future__ import annotations

INTERVAL_FACTORS: dict[str, tuple[float, float]] = {
    "own units, 0": (0.95, 0.92),  # 89.9% -> 85.0%, 13422 sets
    "own units, 1-2": (0.96, 0.90),  # 88.3% -> 85.0%, 13422 sets
    "own units, 3+": (0.99, 0.89),  # 87.4% -> 85.0%, 26844 sets
    "published, 0": (0.97, 0.90),  # 88.6% -> 85.0%, 13422 sets
    "published, 1-2": (0.96, 0.91),  # 88.2% -> 85.0%, 13422 sets
    "published, 3+": (0.98, 0.90),  # 87.4% -> 85.0%, 26844 sets
}
"""Class -> factors on the arms below and above the median."""


def calibration_class(published: bool, failures: int) -> str:
    """Class of interval: prior of the exercise and number of known sets to failure."""
    known = "0" if failures == 0 else "1-2" if failures < 3 else "3+"
    return f"{'published' if published else 'own units'}, {known}"


def interval_factors(published: bool, failures: int) -> tuple[float, float]:
    """Factors on the interval's arms below and above the median."""
    return INTERVAL_FACTORS.get(calibration_class(published, failures), (1.0, 1.0))
