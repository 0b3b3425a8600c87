"""Where a header leaves it open, the numbers say whether gravity is in them, and in which unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.tracker.errors import HeaderNotUnderstood
from hardset.tracker.vendors.layout import UNITS, Layout, Quantity, Triple

WITH_GRAVITY_G = (0.7, 1.4)
"""Median magnitude of a recording with gravity in it: most of it is rest and slow movement."""
WITHOUT_GRAVITY_G = 0.6
TAKEN_FOR_G = (0.07, 0.14)
"""1 g read as 1 m/s²: the unit was g."""


def settle(path: Path, layout: Layout, values: FloatArray) -> Layout:
    """The layout with every presumption confirmed or corrected.

    Values are (n, 1 + 3k), as in the file. Raises HeaderNotUnderstood where the numbers don't tell either.
    """
    if _gravity_is_apart(layout):
        return _wrist_units(layout, values)
    triples = []
    for k, triple in enumerate(layout.triples):
        if not triple.presumed or triple.quantity in (Quantity.ANGULAR_VELOCITY, Quantity.GRAVITY):
            triples.append(triple)
        else:
            triples.append(_settled(path, triple, _typical_g(values, k, triple.to_si)))
    return replace(layout, triples=tuple(triples))


def _settled(path: Path, triple: Triple, typical_g: float) -> Triple:
    if TAKEN_FOR_G[0] <= typical_g <= TAKEN_FOR_G[1] and triple.quantity is Quantity.ACCELERATION:
        # Sensor Logger's uncalibrated accelerometer is in g on iOS, in m/s² on Android.
        triple = replace(triple, unit="g")
        typical_g *= STANDARD_GRAVITY_MPS2
    if WITH_GRAVITY_G[0] <= typical_g <= WITH_GRAVITY_G[1]:
        return replace(triple, quantity=Quantity.ACCELERATION)
    if triple.quantity is Quantity.UNTOLD:
        raise HeaderNotUnderstood(
            path,
            f"{', '.join(triple.names)} may be any sensor's: their median magnitude is {typical_g:.2f} g, "
            "where an accelerometer shows 1 g; if the app named the file after the sensor, keep that name",
        )
    if typical_g < WITHOUT_GRAVITY_G:
        return replace(triple, quantity=Quantity.LINEAR)
    return triple


def _gravity_is_apart(layout: Layout) -> bool:
    return {Quantity.LINEAR, Quantity.GRAVITY} <= {triple.quantity for triple in layout.triples}


def _wrist_units(layout: Layout, values: FloatArray) -> Layout:
    """Sensor Logger's watch writes both parts in g, or both in m/s² ("Standardise Units")."""
    k = [triple.quantity for triple in layout.triples].index(Quantity.GRAVITY)
    unit = "m/s²" if _typical_g(values, k, UNITS["m/s²"]) > 0.5 else "g"
    parts = (Quantity.LINEAR, Quantity.GRAVITY)
    return replace(
        layout,
        triples=tuple(replace(t, unit=unit) if t.quantity in parts else t for t in layout.triples),
    )


def _typical_g(values: FloatArray, k: int, to_si: float) -> float:
    magnitude = np.linalg.norm(values[:, 1 + 3 * k : 4 + 3 * k], axis=1)
    magnitude = magnitude[np.isfinite(magnitude)]
    return float(np.median(magnitude)) * to_si / STANDARD_GRAVITY_MPS2 if len(magnitude) else 0.0
