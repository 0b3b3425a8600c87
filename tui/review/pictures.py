"""The movement of a set as charts: height or angle above, velocity below, the phases shaded."""

from __future__ import annotations

from hardset.tracker.training.set_trace import SetTrace
from hardset.tui.widgets.plot import Chart, Level, Line, Span, Tick, Tone, ticks

SHADES: dict[str, Tone] = {"concentric": "lift", "eccentric": "lower"}
MOST_TICKS = 6


def movement(trace: SetTrace) -> tuple[Chart, Chart]:
    """Position over time, and velocity; both over the same seconds."""
    time_s = (0.0, float(trace.time_s[-1]))
    spans = tuple(Span(one.start_s, one.end_s, SHADES[one.kind]) for one in trace.phases)
    marks: tuple[Tick, ...] = tuple((t, f"{t:.0f} s") for t in ticks(*time_s, MOST_TICKS))
    unit, per = ("°", "°/s") if trace.by_angle else ("m", "m/s")
    position = trace.position
    fastest = float(max(trace.velocity.max(), -trace.velocity.min()))
    first = Chart(
        (*spans, Line(trace.time_s, position, "accent")),
        time_s,
        (-0.04 * float(position.max()), 1.04 * float(position.max())),
        y_digits=0 if trace.by_angle else 2,
        unit=unit,
    )
    second = Chart(
        (*spans, Level(0.0), Line(trace.time_s, trace.velocity, "line")),
        time_s,
        (-1.05 * fastest, 1.05 * fastest),
        x_ticks=marks,
        y_digits=0 if trace.by_angle else 1,
        unit=per,
    )
    return first, second
