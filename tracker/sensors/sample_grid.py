"""The even grid on which a sensor without a clock samples, as far as the arrivals show it.

Sample k was taken at t0 + k * period, and its notification came later than that by whatever the link needed,
never earlier: so all arrivals lie above the line, and the line is the edge of their lower hull that passes
under their middle (Moon, Skelly & Towsley 1999). That holds while nothing is lost. A loss lifts all later
arrivals for good, while a notification that waited is followed by some that did not: on a link with losses
there is no grid, and stamps of a grid would be off by all that was lost.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from hardset.signal.samples import FloatArray

WINDOW_S = 30.0
"""A line is laid through this much: 100 ppm of drift bend it by 0.4 ms."""
POINT_S = 0.25
"""Of the notifications in so much time the promptest one is kept."""
REFIT_S = 1.0
LEAST_POINTS = 8
BEGINS_S = 4.0
"""A line begins with this much: 5 ms of jitter at its ends tilt it by 0.1 %."""
CLEAR_S = 1.2
"""Within this time some notification must have come promptly: connection events every 45 ms and
notifications every 40 ms meet three times a second."""
PROMPT_S = 0.010
PROMPT_SHARE = 0.4
"""Prompt is what is later than the line by less than this, or than this share of the time that a
notification holds, which is what its loss would add."""
LATEST_S = 0.150
"""No notification waits longer on a link that holds; this late, samples were lost."""
LEAST_GROUP = 2.0
"""Samples per notification. Single ones come at most one connection interval late, and links that send
them one by one are the links that lose them."""


class SampleGrid:
    """When the newest sample was taken, by counting; nothing while that cannot be told."""

    def __init__(self) -> None:
        self._points: deque[tuple[int, float]] = deque()
        self._recent: deque[tuple[int, float]] = deque()
        self._count = 0
        self._notifications = 0
        self._fitted_s = -np.inf
        self._line: tuple[float, float] | None = None

    @property
    def period_s(self) -> float | None:
        """Between two samples; None while there is no grid."""
        return None if self._line is None else self._line[1]

    def newest_s(self, count: int, arrived_s: float) -> float | None:
        """When the last of `count` samples that arrived together was taken; None while nobody knows."""
        self._count += count
        self._notifications += 1
        self._keep(arrived_s)
        if arrived_s - self._fitted_s >= REFIT_S:
            self._fitted_s = arrived_s
            self._fit(arrived_s)
        if self._line is None:
            return None
        if self._lost(arrived_s):
            self._begin_anew()
            return None
        return min(self._at(self._count), arrived_s)

    def _at(self, count: int) -> float:
        assert self._line is not None
        return self._line[0] + self._line[1] * count

    def _prompt_s(self, period_s: float) -> float:
        return max(PROMPT_S, PROMPT_SHARE * period_s * self._count / self._notifications)

    def _keep(self, arrived_s: float) -> None:
        """The promptest of each quarter of a second: the one with the fewest seconds per sample so far."""
        self._recent.append((self._count, arrived_s))
        begun_s = self._recent[0][1]
        if arrived_s - begun_s < POINT_S:
            return
        period_s = (arrived_s - begun_s) / max(self._count - self._recent[0][0], 1)
        if self._line is not None:
            period_s = self._line[1]
        self._points.append(min(self._recent, key=lambda point: point[1] - period_s * point[0]))
        self._recent.clear()
        while self._points and arrived_s - self._points[0][1] > WINDOW_S:
            self._points.popleft()

    def _fit(self, arrived_s: float) -> None:
        if len(self._points) < LEAST_POINTS or arrived_s - self._points[0][1] < BEGINS_S:
            return
        if self._count < LEAST_GROUP * self._notifications:
            return
        points = np.array(self._points)
        line = _under(points)
        late = points[:, 1] - line[0] - line[1] * points[:, 0]
        block = ((points[-1, 1] - points[:, 1]) / CLEAR_S).astype(np.int64)
        least = np.full(int(block.max()) + 1, np.inf)
        np.minimum.at(least, block, late)
        least = least[:-1] if np.count_nonzero(block == block.max()) < 3 else least
        if line[1] > 0 and float(least.max()) < self._prompt_s(line[1]):
            self._line = line
        elif self._line is None:
            self._points.popleft()
        else:
            self._begin_anew()

    def _lost(self, arrived_s: float) -> bool:
        if arrived_s - self._at(self._count) > LATEST_S:
            return True
        assert self._line is not None
        since = self._count - CLEAR_S / self._line[1]
        near = [point for point in (*self._points, *self._recent) if point[0] > since]
        late_s = self._prompt_s(self._line[1])
        return all(at_s - self._at(count) > late_s for count, at_s in near)

    def _begin_anew(self) -> None:
        self._points.clear()
        self._recent.clear()
        self._count = self._notifications = 0
        self._line = None


def _under(points: FloatArray) -> tuple[float, float]:
    """Offset and slope of the highest line under all points (n, 2) at their middle."""
    hull: list[tuple[float, float]] = []
    for x, y in points.tolist():
        while len(hull) > 1 and _above(hull[-2], hull[-1], (x, y)):
            hull.pop()
        hull.append((x, y))
    middle = float(points[:, 0].mean())
    right = next(i for i in range(1, len(hull)) if hull[i][0] >= middle)
    (x0, y0), (x1, y1) = hull[right - 1], hull[right]
    slope = (y1 - y0) / (x1 - x0)
    return y0 - slope * x0, slope


def _above(first: tuple[float, float], middle: tuple[float, float], last: tuple[float, float]) -> bool:
    """Whether the middle point lies on or above the line from the first to the last."""
    return (middle[1] - first[1]) * (last[0] - first[0]) >= (last[1] - first[1]) * (middle[0] - first[0])
