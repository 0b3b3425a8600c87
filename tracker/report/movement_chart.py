"""A drawing of a recording: the movement that was found in it, the reps, what is none, and the holes.

For whoever wants to know why a count is what it is, before believing or doubting it.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.analysis import RecordingAnalysis
from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.signal.stretch import Track
from hardset.tracker.report.svg import Point, Scale, figure, line, path, rect, round_steps, text

WIDTH, LEFT, RIGHT = 720.0, 44.0, 712.0
MOVES_TOP, MOVES_BOTTOM = 26.0, 176.0
SHAKES_TOP, SHAKES_BOTTOM = 196.0, 256.0
HEIGHT = 288.0
MOST_POINTS = 1400
"""Twice as many as there are pixels across: more only make the file larger."""
LEAST_SHAKE_G = 0.3


def movement_chart(samples: SampleBatch, analysis: RecordingAnalysis) -> str:
    """Height (or angle) of each set over the whole recording, above the length of the acceleration."""
    x = Scale((float(samples.time_s[0]), float(samples.time_s[-1])), (LEFT, RIGHT))
    reps = sum(len(one.reps) for one in analysis.sets)
    marks = [
        *_spans(x, analysis),
        *_movement(x, analysis.tracks),
        *_shaking(x, samples),
        *_seconds(x, samples),
    ]
    return figure(WIDTH, HEIGHT, f"Movement of the sensor with {reps} reps marked", marks)


def legend(analysis: RecordingAnalysis) -> str:
    """What the drawing shows, in words."""
    what = "angle of the segment, degrees" if any(t.by_angle for t in analysis.tracks) else "height, m"
    return (
        f"Above: {what}, as estimated. Blue: concentric phases of reps by number; brown: doubtful ones; "
        "light grey: what was found to be no rep, with the reason; dark grey: no samples. Below: length of "
        "the acceleration less one g, in g."
    )


def _spans(x: Scale, analysis: RecordingAnalysis) -> list[str]:
    """Boxes behind the curve: holes, reps and rejected movements."""
    marks = [_box(x, gap.start_s, gap.end_s, "hole", SHAKES_BOTTOM) for gap in analysis.sensor.gaps]
    for one in analysis.sets:
        for rejected in one.rejected:
            marks.append(_box(x, rejected.start_s, rejected.end_s, "none", MOVES_BOTTOM))
            marks.append(text(x(rejected.start_s), MOVES_BOTTOM + 14, rejected.reason, "small"))
        for rep in one.reps:
            kind = "doubt" if rep.doubtful else "rep"
            marks.append(_box(x, rep.concentric_start_s, rep.concentric_end_s, kind, MOVES_BOTTOM))
            middle = x((rep.concentric_start_s + rep.concentric_end_s) / 2)
            marks.append(text(middle, MOVES_TOP - 8, str(rep.number), "label", "middle"))
    return marks


def _box(x: Scale, start_s: float, end_s: float, kind: str, bottom: float) -> str:
    return rect(x(start_s), MOVES_TOP, x(end_s) - x(start_s), bottom - MOVES_TOP, kind)


def _movement(x: Scale, tracks: tuple[Track, ...]) -> list[str]:
    if not tracks:
        return [text((LEFT + RIGHT) / 2, (MOVES_TOP + MOVES_BOTTOM) / 2, "no set found", "label", "middle")]
    low = min(float(track.position.min()) for track in tracks)
    high = max(float(track.position.max()) for track in tracks)
    y = Scale((low, high), (MOVES_BOTTOM, MOVES_TOP))
    marks = []
    for step in round_steps(low, high):
        marks.append(line((LEFT, y(step)), (RIGHT, y(step)), "grid"))
        marks.append(text(LEFT - 4, y(step) + 3, f"{step:g}", "small", "end"))
    return [*marks, *(path(_points(x, y, t.time_s, t.position), "curve") for t in tracks)]


def _shaking(x: Scale, samples: SampleBatch) -> list[str]:
    length_g = np.linalg.norm(samples.acceleration_mps2, axis=1) / STANDARD_GRAVITY_MPS2 - 1.0
    most = max(float(np.quantile(np.abs(length_g), 0.995)), LEAST_SHAKE_G)
    y = Scale((-most, most), (SHAKES_BOTTOM, SHAKES_TOP))
    return [
        line((LEFT, y(0)), (RIGHT, y(0)), "grid"),
        text(LEFT - 4, y(most) + 6, f"{most:.1f} g", "small", "end"),
        path(_points(x, y, samples.time_s, np.clip(length_g, -most, most)), "shaking"),
    ]


def _seconds(x: Scale, samples: SampleBatch) -> list[str]:
    marks = []
    for step in round_steps(float(samples.time_s[0]), float(samples.time_s[-1]), 10):
        marks.append(line((x(step), SHAKES_BOTTOM), (x(step), SHAKES_BOTTOM + 4), "axis"))
        marks.append(text(x(step), SHAKES_BOTTOM + 17, f"{step:g} s", "small", "middle"))
    return marks


def _points(x: Scale, y: Scale, time_s: FloatArray, value: FloatArray) -> list[Point]:
    """A curve thinned to its highest and lowest value in every short piece, so that no spike is lost."""
    piece = max(1, -(-2 * time_s.size // MOST_POINTS))
    points = []
    for start in range(0, time_s.size, piece):
        part = value[start : start + piece]
        for at in sorted({int(part.argmin()), int(part.argmax())}):
            points.append((x(float(time_s[start + at])), y(float(part[at]))))
    return points
