"""How far a bar turned during a stroke, held against the other strokes of its set.

A sensor strapped to a bar feels 'up' move by some degrees from the bottom of a rep to its top, and by about
the same in every rep, for the same hands hold it on the same path. A bar that is picked up, put away or
rolled aside turns otherwise. Angles hardly drift, so this speaks where heights do not.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import BoolArray, FloatArray

SPREAD_RAD = 0.05
"""Reps differ by this much more than those of one set tell: with it 95 of 100 reps of people are within 1.95
spreads of the others of their set (bars and wrists; 1.0-1.7 on simulated sets, 2.45 were it a normal one)."""
REP_SPREAD = 1.15
ELSEWHERE_RAD = 0.3
"""A bar that is handled turns by this much more or less than in a rep ..."""
ALIKE = 0.5
"""... or, as often as not, like in a rep: an attempt is one that stops short."""
OUTLIERS = 0.06
LOST_RADPS = 0.3
"""What is lost in holes was not seen to turn, and a stroke's ends are uncertain there. With this, reps of
recordings spoiled on purpose spread like those of the recordings themselves."""


def turn_against(turned: FloatArray, position: int, others: BoolArray, lost_s: float = 0.0) -> float:
    """Log likelihood ratio, anything else over a rep, of how the bar turned during one stroke.

    turned: (k, 3) change of 'up' in the sensor's frame from the bottom to the top of each stroke.
    others: (k,) which strokes are reps of the set. lost_s: time without samples during and around the stroke.
    Between -0.7 (like the others) and 2.1.
    """
    usual = turned[others].mean(axis=0)
    own = float(np.mean(np.sum((turned[others] - usual) ** 2, axis=1))) / 2.0  # it turns in two directions
    spread = own + SPREAD_RAD**2 + (LOST_RADPS * lost_s) ** 2
    far = float(np.sum((turned[position] - usual) ** 2))
    rep = _likelihood(far, REP_SPREAD**2 * spread)
    elsewhere = _likelihood(far, spread + ELSEWHERE_RAD**2)
    handled = ALIKE * rep + (1 - ALIKE) * elsewhere
    return float(np.log(handled / ((1 - OUTLIERS) * rep + OUTLIERS * elsewhere)))


def _likelihood(squared: float, variance: float) -> float:
    """Of a deviation in two directions, up to a constant."""
    return float(np.exp(-0.5 * squared / variance)) / variance
