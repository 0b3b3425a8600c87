"""Quiet stretches, and how far each may be taken for standstill.

Quiet means that acceleration is nought, not velocity: a slow eccentric and a grinding sticking region
look still. So every quiet stretch is only a candidate; its weight as an anchor of zero velocity is the
probability that it stands still given the velocity that all else says it has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from hardset.signal.drift import HOLE_REFERENCE_S, HOLE_VELOCITY_SD_MPS
from hardset.signal.motion import Anchors
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.spline import KNOT_S
from hardset.signal.timebase import GRID_HZ

QUIET_MEAN_MPS2 = 0.25
QUIET_SD_MPS2 = 0.45
QUIET_S = 0.25
PIECE_S = 0.6
"""Long quiet is judged in pieces: a lifter who waits and then sinks slowly is quiet all along."""
STILL_SD_MPS = 0.02
"""Sway of a lifter who stands still: 5 mm at 0.4 Hz is 0.012 m/s."""
MOVING_SPREAD_MPS = 0.5
"""Velocities that a quiet stretch may have when it is not still."""
PRIOR_STILL = 0.6
PRIOR_DEAD = 0.97
DEAD_S = 0.4
"""A recording may begin so shortly before the bar is picked up."""
DEAD_SD_MPS2 = 0.15
DEAD_VELOCITY_SD_MPS = 0.04
"""Noise of a cheap sensor at rest is 0.02-0.1 m/s²; hands that hold a bar add more."""
DEAD_TURN_RADPS = 0.06
RESTLESS_MPS = 0.06
STILL_WORTH = 2.0
DRIFT_STEP_MPS = 0.02
DRIFT_MPS2 = 0.02
"""Drift of an integrated cheap sensor: in most simulated sets under 0.02 m/s². With 0.05 a bar lowered at
0.1 m/s within 5 s passes for one that waits."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Stretches without vertical acceleration, (k,) each."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    dead: BoolArray
    """True where not even a hand trembles: the bar lies in the rack or on the floor."""
    lost: FloatArray
    """Variance of the velocity that was lost in holes of the radio up to each, (m/s)²."""

    def take(self, which: BoolArray) -> Quiet:
        """Some of them."""
        return Quiet(self.start[which], self.end[which], self.dead[which], self.lost[which])


def quiet_stretches(acceleration: FloatArray, rotation_radps: FloatArray, hole_s: FloatArray) -> Quiet:
    """Where vertical acceleration (n,) stays near zero for at least `QUIET_S`."""
    mean = uniform_filter1d(acceleration, int(0.2 * GRID_HZ), mode="nearest")
    sd = _running_sd(acceleration, 0.3)
    quiet = (np.abs(mean) < QUIET_MEAN_MPS2) & (sd < QUIET_SD_MPS2) & (hole_s < 0.15)
    floor = float(np.quantile(sd, 0.05))
    pieces: list[tuple[int, int]] = []
    dead: list[bool] = []
    for start, end in _runs(quiet):
        if end - start < QUIET_S * GRID_HZ:
            continue
        lifeless = (
            end - start >= DEAD_S * GRID_HZ
            and float(np.median(sd[start:end])) < min(1.5 * floor + 0.03, DEAD_SD_MPS2)
            and float(np.median(rotation_radps[start:end])) < DEAD_TURN_RADPS
        )
        if lifeless:
            pieces.append((start, end))
        else:
            cuts = np.linspace(start, end, 1 + max(round((end - start) / (PIECE_S * GRID_HZ)), 1)).astype(int)
            pieces += list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
        dead += [lifeless] * (len(pieces) - len(dead))
    table = np.array(pieces, dtype=np.int64).reshape(-1, 2)
    rate = HOLE_VELOCITY_SD_MPS**2 * hole_s**2 / HOLE_REFERENCE_S**3
    lost = np.concatenate([[0.0], np.cumsum(rate)]) / GRID_HZ
    return Quiet(table[:, 0], table[:, 1], np.array(dead, dtype=np.bool_), lost[table[:, 0]])


def stand_together(quiet: Quiet, velocity: FloatArray, own_sd: float) -> Quiet:
    """The quiet stretches that share one velocity, which is then zero.

    velocity: (n,) believed so far, m/s, each value uncertain by own_sd (infinite for acceleration that
    was just integrated). Between two standstills it may only change by drift and by holes; so a chain of
    stretches is chosen whose steps these explain, the one with most quiet in it. A stretch alone says
    nothing: quiet is no acceleration, not no velocity, and a slow eccentric is as quiet as a wait.
    """
    count = quiet.start.size
    if count == 0:
        return quiet
    level = np.array([velocity[a:b].mean() for a, b in zip(quiet.start, quiet.end, strict=True)])
    middle = 0.5 * (quiet.start + quiet.end) / GRID_HZ
    seconds = np.minimum((quiet.end - quiet.start) / GRID_HZ, 1.5)
    worth = STILL_WORTH * seconds * np.where(quiet.dead, 3.0, 1.0) - 0.5 * (level / own_sd) ** 2
    best, previous = worth.copy(), np.full(count, -1)
    for i in range(1, count):
        drift = DRIFT_STEP_MPS**2 + (DRIFT_MPS2 * (middle[i] - middle[:i])) ** 2
        drift += quiet.lost[i] - quiet.lost[:i]
        total = best[:i] - 0.5 * (level[i] - level[:i]) ** 2 / drift
        j = int(np.argmax(total))
        if total[j] > 0:
            best[i], previous[i] = worth[i] + total[j], j
    chosen = np.zeros(count, dtype=np.bool_)
    at = int(np.argmax(best))
    while at >= 0:
        chosen[at] = best[at] > 0
        at = int(previous[at])
    return quiet.take(chosen)


def anchors_of(quiet: Quiet) -> Anchors:
    """Zero velocity all along these stretches."""
    step = int(KNOT_S * GRID_HZ)
    pieces = [
        np.arange(start + step // 2, end, step, dtype=np.int64)
        for start, end in zip(quiet.start, quiet.end, strict=True)
    ]
    index = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
    return Anchors.standstill(index, np.full(index.size, 1.5 * STILL_SD_MPS))


def restless_s(quiet: Quiet, velocity: FloatArray, allowed: BoolArray) -> float:
    """Seconds of quiet in which velocity (n,) is clearly not zero, outside the allowed points (n,)."""
    seconds = 0.0
    for start, end in zip(quiet.start, quiet.end, strict=True):
        v = velocity[start:end][~allowed[start:end]]
        if v.size > 0.25 * GRID_HZ and abs(float(np.mean(v))) > RESTLESS_MPS:
            seconds += v.size / GRID_HZ
    return seconds


def dead_anchors(quiet: Quiet) -> Anchors:
    """Anchors of zero velocity where the bar lay dead, whatever velocity is believed."""
    dead = quiet.take(quiet.dead)
    return still_anchors(dead, np.zeros(int(quiet.end.max(initial=0))), DEAD_VELOCITY_SD_MPS)


def still_anchors(quiet: Quiet, velocity: FloatArray, velocity_sd: float) -> Anchors:
    """Anchors of zero velocity in quiet stretches, each as firm as it is likely to be a standstill.

    velocity: (n,) what is believed so far, m/s, with that standard deviation.
    """
    indices: list[NDArray[np.int64]] = []
    sds: list[FloatArray] = []
    step = int(KNOT_S * GRID_HZ)
    for start, end, dead in zip(quiet.start, quiet.end, quiet.dead, strict=True):
        v = float(np.mean(velocity[start:end]))
        prior = PRIOR_DEAD if dead else PRIOR_STILL
        still = prior * _normal(v, float(np.hypot(velocity_sd, STILL_SD_MPS)))
        moving = (1 - prior) * _normal(v, MOVING_SPREAD_MPS)
        probability = max(still / (still + moving), prior if dead else 0.0)
        if probability < 0.05:
            continue
        index = np.arange(start + step // 2, end, step, dtype=np.int64)
        indices.append(index)
        sds.append(np.full(index.size, STILL_SD_MPS * 1.5 / probability))
    if not indices:
        return Anchors.none()
    index = np.concatenate(indices)
    return Anchors.standstill(index, np.concatenate(sds))


def _running_sd(values: FloatArray, seconds: float) -> FloatArray:
    width = int(seconds * GRID_HZ)
    mean = uniform_filter1d(values, width, mode="nearest")
    square = uniform_filter1d(values**2, width, mode="nearest")
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0.0)))


def _normal(value: float, sd: float) -> float:
    return float(np.exp(-0.5 * (value / sd) ** 2) / sd)


def _runs(mask: BoolArray) -> list[tuple[int, int]]:
    """(start, end) of each stretch of True, end excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
