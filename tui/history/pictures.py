"""One exercise over time as charts: 1RM, velocity at one load, load-velocity profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from hardset.signal.load_velocity import Z80
from hardset.tracker.training.exercise_history import ExerciseSession
from hardset.tracker.training.overload import DETECTABLE_MPS
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.strength import Profile
from hardset.tui.widgets.plot import Area, Chart, Dots, Level, Line, Tick, ticks

MOST_TICKS = 5
SPARE = 0.08


def one_rm(over_time: Sequence[ExerciseSession], settings: Settings) -> Chart | None:
    """1RM of each session in the lifter's unit, with its 80 % interval; None without any."""
    known = [one for one in over_time if one.e1rm_kg is not None]
    if not known:
        return None
    value = [settings.from_kg(one.e1rm_kg[0]) for one in known if one.e1rm_kg is not None]
    ends = [one.e1rm_80_kg for one in known if one.e1rm_80_kg is not None]
    low, high = ([settings.from_kg(end[side]) for end in ends] for side in (0, 1))
    x, span, marks = _calendar([one.at.date() for one in known])
    layers = (
        (Area(x, low, high, "wide"), Line(x, value, "line"), Dots(x, value, "line"))
        if len(x) > 1
        else (Dots(x, value, "line", low=low, high=high),)
    )
    return Chart(layers, span, _spare(min(low), max(high)), x_ticks=marks, unit=settings.unit)


def velocity_over_time(days: Mapping[date, float]) -> Chart | None:
    """Fastest rep of each day at one load; the band is what two days differ by anyway."""
    if not days:
        return None
    ordered = sorted(days)
    x, span, marks = _calendar(ordered)
    y = [days[day] for day in ordered]
    first = float(np.mean(y[:2]))
    layers = (
        Area(span, [first - DETECTABLE_MPS] * 2, [first + DETECTABLE_MPS] * 2, "lower"),
        Line(x, y, "line"),
        Dots(x, y, "line"),
    )
    low, high = min(*y, first - DETECTABLE_MPS), max(*y, first + DETECTABLE_MPS)
    return Chart(layers, span, _spare(low, high), x_ticks=marks, y_digits=2, unit="m/s")


def profile_chart(profile: Profile, settings: Settings) -> Chart:
    """Fastest reps against load, the line through them, and where it meets the failure velocity."""
    loads = [settings.from_kg(point.load_kg) for point in profile.points]
    speeds = [point.velocity_mps for point in profile.points]
    line = profile.line
    most_kg = max(point.load_kg for point in profile.points)
    e1rm_kg = None if line is None else line.e1rm_kg
    end_kg = max(most_kg, e1rm_kg or 0.0) * 1.04
    start_kg = 0.94 * min(point.load_kg for point in profile.points)
    low, high = profile.failure_mps, max(speeds)
    layers: list[Area | Level | Line | Dots] = []
    if line is not None:
        at_kg = np.linspace(start_kg, end_kg, 40)
        fitted = np.array([line.velocity_at(float(load)) for load in at_kg])
        x = [settings.from_kg(float(load)) for load in at_kg]
        spread = Z80 * fitted[:, 1]
        layers.append(Area(x, fitted[:, 0] - spread, fitted[:, 0] + spread, "wide"))
        layers.append(Line(x, fitted[:, 0], "quiet"))
        high = max(high, float(fitted[0, 0]))
    layers.append(Level(profile.failure_mps, "stop", "failure"))
    layers.append(Dots(loads, speeds, "line"))
    if e1rm_kg is not None:
        layers.append(Dots([settings.from_kg(e1rm_kg)], [profile.failure_mps], "near", "◆"))
    span = (settings.from_kg(start_kg), settings.from_kg(end_kg))
    marks: tuple[Tick, ...] = tuple((load, f"{load:g} {settings.unit}") for load in ticks(*span, MOST_TICKS))
    return Chart(tuple(layers), span, _spare(min(low, *speeds), high), x_ticks=marks, y_digits=2, unit="m/s")


def _calendar(days: Sequence[date]) -> tuple[list[float], tuple[float, float], tuple[Tick, ...]]:
    """Days since the first, their range with a little room, and a few of them named."""
    x = [float((day - days[0]).days) for day in days]
    room = max(1.0, 0.03 * x[-1])
    step = max(1, -(-len(days) // MOST_TICKS))
    marks = tuple((at, f"{day:%d %b}") for at, day in list(zip(x, days, strict=True))[::step])
    return x, (-room, x[-1] + room), marks


def _spare(low: float, high: float) -> tuple[float, float]:
    room = SPARE * (high - low) or 1.0
    return low - room, high + room
