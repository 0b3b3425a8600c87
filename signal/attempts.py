"""The failed attempt after the last rep: it is no rep, and the best evidence there is of nothing left.

It looks like a rep that stops: the bar comes down as for another one, rises slowly, and turns back short
of the top. It is too unlike the others to stand in their chain, so it is looked for by itself.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.motion import Motion
from hardset.signal.repetition import Rejected
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import HEIGHT_LIMITS, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ

WITHIN_S = 9.0
"""From the top of the last rep to the bottom of the attempt."""
SHARE = (0.18, 0.75)
"""Of the usual rise; in simulated sets attempts reach 20-65 %."""
DESCENT_SHARE = 0.6
"""Before it the bar comes down by at least this share of the usual rise ..."""
FALLS_BACK_SHARE = 0.5
"""... and after it by at least this share of what it rose."""
AS_FAST = 0.95
"""An attempt is no faster than the last rep that succeeded."""
LEAST_S = 0.4


def failed_attempt(motion: Motion, reps: Strokes, time_s: FloatArray) -> Rejected | None:
    """The attempt that follows the reps of a set, or None.

    motion: settled motion of the stretch; reps: its repetitions in order; time_s: (n,) the grid.
    """
    if len(reps) < 2:
        return None
    usual = float(np.median(reps.rise))
    last_top = int(reps.top[-1])
    last_speed = float(reps.rise[-1] / reps.duration_s[-1])
    height = motion.height_m
    strokes, _ = candidate_strokes(height, motion.velocity_mps, HEIGHT_LIMITS)
    for i in np.flatnonzero(strokes.bottom > last_top):
        bottom, top = int(strokes.bottom[i]), int(strokes.top[i])
        if (bottom - last_top) / GRID_HZ > WITHIN_S:
            break
        came_down = float(height[last_top : bottom + 1].max() - height[bottom])
        fell_back = float(height[top] - height[top:].min())
        if (
            SHARE[0] <= strokes.rise[i] / usual < SHARE[1]
            and came_down >= DESCENT_SHARE * usual
            and fell_back >= FALLS_BACK_SHARE * strokes.rise[i]
            and strokes.duration_s[i] >= LEAST_S
            and strokes.rise[i] / strokes.duration_s[i] <= AS_FAST * last_speed
        ):
            return Rejected(float(time_s[bottom]), float(time_s[top]), "attempt")
    return None
