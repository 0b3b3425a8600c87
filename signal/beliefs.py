"""What may anchor the drift of an integrated acceleration: three beliefs, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Belief:
    """What anchors the drift."""

    stand_together: bool
    """Quiet stretches that share one velocity stand still, to begin with; otherwise only dead ones do."""
    stills_help: bool
    """Quiet stretches that turn out slow are anchors later on."""


BELIEFS = (Belief(False, True), Belief(True, True), Belief(False, False))
