"""Strokes of a settled motion -> repetitions with their metrics and standard deviations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hardset.signal.edges import movement_edges
from hardset.signal.exercise import Exercise
from hardset.signal.holds import turning_points
from hardset.signal.motion import Motion
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import SegmentRotation
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray
from hardset.signal.strokes import ANGLE_LIMITS, Strokes
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turning import MEASURED_SHARE, alike_edges, hold_speed, look_around

EDGE_SD_S = 0.010
"""Error of one turning point as far as it moves mean velocity: 0.008 s at the start and 0.011 s at the end of
simulated reps, where lockouts ring."""
DRIFT_SHARE = 0.5
"""Of the drift that a motion allows for, what settled sets with a gyroscope show (simulated; 1 without)."""
SCALE_SD = 0.008
"""Scale error of each axis that a rest of the sensor does not show."""
GYRO_SCALE_SD = 0.012
ANGLE_SD_DEG, ANGLE_EDGE_SD_S, LOST_SHARE = 1.0, 0.042, 0.3
"""On simulated limbs: flesh and strap (degrees), both turning points together (s), and how much of the
time without samples is an error of duration."""
MUCH_LOST_S = 0.12
PAUSE_MPS = 0.03
DESCENT_WITHIN_S = 9.0


def bar_repetitions(
    motion: Motion,
    strokes: Strokes,
    time_s: FloatArray,
    doubts: tuple[str | None, ...],
    mounting_sd_m: FloatArray | None = None,
    drift_share: float = DRIFT_SHARE,
) -> tuple[Repetition, ...]:
    """Repetitions of a bar from the strokes that were kept.

    mounting_sd_m: (k,) how uncertain each rise is because nobody knows how far off the bar the sensor sits.
    drift_share: of the standard deviation that the motion states for its drift.
    """
    drift_sd = drift_share * motion.height_gain_sd(strokes.bottom, strokes.top)
    if mounting_sd_m is not None:
        drift_sd = np.hypot(drift_sd, mounting_sd_m)
    before, after = (drift_share * motion.velocity_sd(at) for at in (strokes.bottom, strokes.top))
    reps: list[Repetition] = []
    for i in range(len(strokes)):
        zero_sd = (float(before[i]), float(after[i]))
        start, end = turning_points(motion.velocity_mps, int(strokes.bottom[i]), int(strokes.top[i]), zero_sd)
        rom = _at(motion.height_m, end) - _at(motion.height_m, start)
        seconds = max((end - start) / GRID_HZ, 1.0 / GRID_HZ)
        mean = rom / seconds
        inside = slice(round(start), round(end) + 1)
        sd = float(
            np.sqrt(
                (drift_sd[i] / seconds) ** 2 + 2 * (mean * EDGE_SD_S / seconds) ** 2 + (mean * SCALE_SD) ** 2
            )
        )
        timing = _timing(motion.velocity_mps, strokes, i, start, end)
        reps.append(
            replace(
                _framed(i, timing, time_s, (start, end), doubts[i]),
                mean_velocity_mps=mean,
                mean_velocity_sd_mps=sd,
                mean_propulsive_velocity_mps=_propulsive(motion, inside),
                peak_velocity_mps=float(motion.velocity_mps[inside].max()),
                rom_m=rom,
            )
        )
    return tuple(reps)


def limb_repetitions(
    rotation: SegmentRotation,
    strokes: Strokes,
    time_s: FloatArray,
    doubts: tuple[str | None, ...],
    exercise: Exercise | None = None,
    lost_s: FloatArray | None = None,
) -> tuple[Repetition, ...]:
    """Repetitions of a thigh or shank; the angle rises in the concentric phase.

    exercise: says how far the load travels, and so how slow a hold is; lost_s: (k,) time without samples
    in and around each stroke.
    """
    lost = np.zeros(len(strokes)) if lost_s is None else lost_s
    reps: list[Repetition] = []
    speed = rotation.smoothed().velocity_radps
    hold = MEASURED_SHARE * hold_speed(float(np.median(strokes.rise)), exercise) if len(strokes) else 0.0
    looks = [look_around(speed, int(b), int(t)) for b, t in zip(strokes.bottom, strokes.top, strict=True)]
    edges = alike_edges(speed, looks, hold, [bool(much) for much in lost > MUCH_LOST_S])
    for i, (start, end) in enumerate(edges):
        rom = float(np.degrees(_at(rotation.angle_rad, end) - _at(rotation.angle_rad, start)))
        seconds = max((end - start) / GRID_HZ, 1.0 / GRID_HZ)
        mean = rom / seconds
        timing = _timing(speed, strokes, i, start, end, ANGLE_LIMITS.slow)
        reps.append(
            replace(
                _framed(i, timing, time_s, (start, end), doubts[i]),
                mean_angular_velocity_dps=mean,
                mean_angular_velocity_sd_dps=_angular_sd(mean, rom, seconds, float(lost[i])),
                rom_deg=rom,
            )
        )
    return tuple(reps)


def _framed(
    position: int, timing: _Timing, time_s: FloatArray, edges: tuple[float, float], doubt: str | None
) -> Repetition:
    """A rep of which only the times are known yet."""
    return Repetition(
        number=position + 1,
        eccentric_start_s=None if timing.down_start is None else _time(time_s, timing.down_start),
        concentric_start_s=_time(time_s, edges[0]),
        concentric_end_s=_time(time_s, edges[1]),
        mean_velocity_mps=None,
        mean_velocity_sd_mps=None,
        mean_propulsive_velocity_mps=None,
        peak_velocity_mps=None,
        rom_m=None,
        mean_angular_velocity_dps=None,
        mean_angular_velocity_sd_dps=None,
        rom_deg=None,
        eccentric_s=timing.eccentric_s,
        bottom_pause_s=timing.bottom_pause_s,
        top_pause_s=timing.top_pause_s,
        doubt=doubt,
    )


def _angular_sd(mean_dps: float, rom_deg: float, seconds: float, lost_s: float) -> float:
    """Standard deviation of a mean angular velocity, °/s: angle, turning points, scale, lost samples."""
    share = (
        (ANGLE_SD_DEG / max(rom_deg, 1.0)) ** 2
        + (ANGLE_EDGE_SD_S / seconds) ** 2
        + GYRO_SCALE_SD**2
        + (LOST_SHARE * lost_s / seconds) ** 2
    )
    return float(mean_dps * np.sqrt(share))


def with_hidden(reps: tuple[Repetition, ...], hidden_after: tuple[int, ...]) -> tuple[Repetition, ...]:
    """Put in the reps that must have happened while samples were lost, after the given positions.

    Rhythm says that they were there; their figures are means of their neighbours, with the neighbours'
    difference and 20 % as standard deviation, and they are doubtful.
    """
    out: list[Repetition] = []
    for i, rep in enumerate(reps):
        out.append(rep)
        if i in hidden_after and i + 1 < len(reps):
            out.append(_between(rep, reps[i + 1]))
    return tuple(replace(rep, number=number) for number, rep in enumerate(out, 1))


def _between(before: Repetition, after: Repetition) -> Repetition:
    seconds = 0.5 * (before.concentric_s + after.concentric_s)
    middle = 0.5 * (before.concentric_end_s + after.concentric_start_s)

    def mean(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else 0.5 * (a + b)

    def spread(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else float(np.hypot(a - b, 0.2 * 0.5 * (a + b)))

    return Repetition(
        number=0,
        eccentric_start_s=None,
        concentric_start_s=middle - 0.5 * seconds,
        concentric_end_s=middle + 0.5 * seconds,
        mean_velocity_mps=mean(before.mean_velocity_mps, after.mean_velocity_mps),
        mean_velocity_sd_mps=spread(before.mean_velocity_mps, after.mean_velocity_mps),
        mean_propulsive_velocity_mps=mean(
            before.mean_propulsive_velocity_mps, after.mean_propulsive_velocity_mps
        ),
        peak_velocity_mps=mean(before.peak_velocity_mps, after.peak_velocity_mps),
        rom_m=mean(before.rom_m, after.rom_m),
        mean_angular_velocity_dps=mean(before.mean_angular_velocity_dps, after.mean_angular_velocity_dps),
        mean_angular_velocity_sd_dps=spread(
            before.mean_angular_velocity_dps, after.mean_angular_velocity_dps
        ),
        rom_deg=mean(before.rom_deg, after.rom_deg),
        eccentric_s=None,
        bottom_pause_s=None,
        top_pause_s=None,
        doubt="counted by rhythm: it lies in a gap of the radio; its figures are its neighbours' mean",
    )


class _Timing:
    """The eccentric phase before a stroke and the pauses around, in grid positions and seconds."""

    __slots__ = ("bottom_pause_s", "down_start", "eccentric_s", "top_pause_s")

    def __init__(self) -> None:
        self.down_start: float | None = None
        self.eccentric_s: float | None = None
        self.bottom_pause_s: float | None = None
        self.top_pause_s: float | None = None


def _timing(
    velocity: FloatArray, strokes: Strokes, i: int, start: float, end: float, slow: float = PAUSE_MPS
) -> _Timing:
    timing = _Timing()
    previous = int(strokes.top[i - 1]) if i else max(int(start - DESCENT_WITHIN_S * GRID_HZ), 0)
    down = _descent(velocity, previous, int(start), slow)
    if down is not None:
        timing.down_start = down[0]
        timing.eccentric_s = (down[1] - down[0]) / GRID_HZ
        timing.bottom_pause_s = max(start - down[1], 0.0) / GRID_HZ
    if i + 1 < len(strokes):
        following = _descent(velocity, int(end), int(strokes.bottom[i + 1]), slow)
        if following is not None:
            timing.top_pause_s = max(following[0] - end, 0.0) / GRID_HZ
    return timing


def _descent(velocity: FloatArray, start: int, end: int, slow: float) -> tuple[float, float] | None:
    """Edges of the last clear downward movement between two grid positions; None where there is none."""
    fall = -velocity[start : end + 1]
    if fall.size < 5 or float(fall.max()) < 3 * slow:
        return None
    return movement_edges(-velocity, start, end, slow)


def _propulsive(motion: Motion, inside: slice) -> float:
    """Mean velocity until acceleration first falls under -9.81 m/s² after the peak."""
    velocity, acceleration = motion.velocity_mps[inside], motion.acceleration_mps2[inside]
    braking = np.flatnonzero(acceleration < -STANDARD_GRAVITY_MPS2)
    stop = int(braking[0]) if braking.size and braking[0] > 1 else velocity.size
    return float(velocity[:stop].mean())


def _at(track: FloatArray, position: float) -> float:
    return float(np.interp(position, np.arange(track.size), track))


def _time(time_s: FloatArray, position: float) -> float:
    return float(time_s[0] + position / GRID_HZ)
