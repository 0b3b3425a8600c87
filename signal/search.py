"""Where the sets are in a recording of any length.

A finder looks at one stretch and names the most regular set in it. The search hands it stretches: the
recording is cut where the bar lies dead for long, long stretches are taken in windows that grow while a
set reaches their end, and what is left on either side of a set is searched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from hardset.signal.stillness import Quiet
from hardset.signal.timebase import GRID_HZ

WINDOW_S = 120.0
LONGEST_WINDOW_S = 420.0
STRIDE_S = 80.0
DEAD_BREAK_S = 25.0
"""A bar that lies dead this long has ended its set; cluster rests (10-15 s) stay inside."""
KEEP_DEAD_S = 4.0
SHORTEST_S = 4.0
CLEAR_OF_END_S = 31.0
"""A set whose last rep lies this far before the window's end is over."""


class Found(Protocol):
    """What a finder returns: it knows where on the grid its reps begin and end."""

    @property
    def first(self) -> int:
        """Grid index of the first rep's beginning."""

    @property
    def last(self) -> int:
        """Grid index of the last rep's end."""


F = TypeVar("F", bound=Found)


def stretches(size: int, quiet: Quiet) -> list[tuple[int, int]]:
    """(start, end) grid indices between long dead rests; a little of the rest stays on either side."""
    keep = int(KEEP_DEAD_S * GRID_HZ)
    start, out = 0, []
    for begin, end, dead in zip(quiet.start, quiet.end, quiet.dead, strict=True):
        if dead and end - begin > DEAD_BREAK_S * GRID_HZ:
            out.append((start, min(int(begin) + keep, size)))
            start = max(int(end) - keep, 0)
    out.append((start, size))
    return [(a, b) for a, b in out if b - a >= SHORTEST_S * GRID_HZ]


def search(start: int, end: int, find: Callable[[int, int], F | None]) -> Iterator[F]:
    """Every set between two grid indices, in order of time."""
    at = start
    while end - at >= SHORTEST_S * GRID_HZ:
        stop = min(at + int(WINDOW_S * GRID_HZ), end)
        found = find(at, stop)
        while (
            found is not None
            and stop < end
            and stop - found.last < CLEAR_OF_END_S * GRID_HZ
            and stop - at < LONGEST_WINDOW_S * GRID_HZ
        ):
            stop = min(stop + int(0.5 * WINDOW_S * GRID_HZ), end)
            found = find(at, stop) or found
        if found is None:
            if stop >= end:
                return
            at += int(STRIDE_S * GRID_HZ)
            continue
        if found.first - at >= SHORTEST_S * GRID_HZ:
            yield from search(at, found.first, find)
        yield found
        at = max(found.last + 1, at + 1)
