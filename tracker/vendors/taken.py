"""What a file's columns were taken for, in a sentence."""

from __future__ import annotations

from hardset.tracker.vendors.layout import Clock, Layout, Quantity, Triple


def taken_for(layout: Layout, clock: Clock) -> str:
    """For instance: time from "Time (s)"; angular velocity, °/s, from "wx(deg/s)" ..."""
    parts = [f'time from "{clock.name}"']
    for triple in layout.triples:
        parts.append(f"{triple.quantity}, {triple.unit}, from {_names(triple)}")
    if Quantity.ANGULAR_VELOCITY not in {triple.quantity for triple in layout.triples}:
        parts.append("no gyroscope")
    return f"read as a file of {layout.source}: " + "; ".join(parts)


def _names(triple: Triple) -> str:
    return ", ".join(f'"{name}"' for name in triple.names)
