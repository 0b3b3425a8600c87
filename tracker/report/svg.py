"""Marks of a drawing as SVG text. Nothing is fetched: colours are classes of the page's own style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

Point = tuple[float, float]


def figure(width: float, height: float, said: str, marks: Iterable[str]) -> str:
    """A whole drawing that scales with the page. said: what it shows, for people who don't see it."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(said, quote=True)}" '
        f'style="max-width:{width:g}px" xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )


def rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A filled box; kind: its class."""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}"/>'


def line(start: Point, end: Point, kind: str) -> str:
    """A straight stroke."""
    return (
        f'<line class="{kind}" x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'
    )


def path(points: Sequence[Point], kind: str) -> str:
    """A stroke through points."""
    return f'<polyline class="{kind}" points="{_joined(points)}"/>'


def area(points: Sequence[Point], kind: str) -> str:
    """A filled outline."""
    return f'<polygon class="{kind}" points="{_joined(points)}"/>'


def dot(at: Point, kind: str, radius: float = 2.5) -> str:
    """A round mark."""
    return f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}"/>'


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words; anchor: start, middle or end."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words, quote=False)}</text>'


def _joined(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


class Scale:
    """A straight map from values to places on the page."""

    def __init__(self, values: tuple[float, float], places: tuple[float, float]) -> None:
        self._low, high = values
        self._start, end = places
        self._factor = (end - self._start) / ((high - self._low) or 1.0)

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self._start + (value - self._low) * self._factor


def round_steps(low: float, high: float, at_most: int = 5) -> list[float]:
    """Round values between two ends, for an axis."""
    span = max(high - low, 1e-9)
    step = next(
        size * 10.0**power
        for power in range(-3, 6)
        for size in (1.0, 2.0, 5.0)
        if span / (size * 10.0**power) <= at_most
    )
    first = -int(-low // step)
    return [step * number for number in range(first, int(high // step) + 1)]
