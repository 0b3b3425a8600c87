"""Reps in reserve in as few characters as a table has room for."""

from __future__ import annotations

from hardset.signal.rir_answer import FAR, RirEstimate


def rir_words(rir: RirEstimate) -> str:
    """Reps in reserve with the 80 % interval: '2 (1-4)', or '6+' where a figure would be false."""
    span = f"({rir.low80:.0f}-{rir.high80:.0f})"
    return f"{FAR}+ {span}" if rir.median >= FAR else f"{rir.median} {span}"
