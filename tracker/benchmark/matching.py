"""Which found repetition is which true one, and how far off it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hardset.tracker.benchmark.counters import FoundRep
from hardset.tracker.simulation.truth import TrueRep

Span = tuple[float, float]
"""Start and end, s."""
MIN_OVERLAP = 0.5
"""Share of the shorter concentric phase that must lie inside the other."""


@dataclass(frozen=True, slots=True)
class Match:
    """A true repetition with the one that was found for it."""

    true: TrueRep
    found: FoundRep

    @property
    def mean_velocity_error_mps(self) -> float | None:
        """Measured minus true MV, m/s."""
        return _difference(self.found.mean_velocity_mps, self.true.mean_velocity_mps)

    @property
    def peak_velocity_error_mps(self) -> float | None:
        """Measured minus true peak velocity, m/s."""
        return _difference(self.found.peak_velocity_mps, self.true.peak_velocity_mps)

    @property
    def rom_error_m(self) -> float | None:
        """Measured minus true range of motion, m."""
        return _difference(self.found.rom_m, self.true.rom_m)

    @property
    def angular_velocity_error_pct(self) -> float | None:
        """Measured minus true mean angular velocity, percent of the true one."""
        error = _difference(self.found.mean_angular_velocity_dps, self.true.mean_angular_velocity_dps)
        true = self.true.mean_angular_velocity_dps
        return None if error is None or not true else 100.0 * error / true


def match_reps(true: Sequence[TrueRep], found: Sequence[FoundRep]) -> tuple[Match, ...]:
    """Pair true and found reps one to one by the overlap of their concentric phases."""
    pairs = match_spans(
        [(rep.concentric_start_s, rep.concentric_end_s) for rep in true],
        [(rep.start_s, rep.end_s) for rep in found],
    )
    return tuple(Match(true[i], found[j]) for i, j in pairs)


def match_spans(wanted: Sequence[Span], found: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Pairs (index in wanted, index in found), the best overlap first served, in the order of wanted."""
    candidates = [
        (-share, i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(found)
        if (share := _overlap(one, other)) >= MIN_OVERLAP
    ]
    matched: dict[int, int] = {}
    for _, i, j in sorted(candidates):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return tuple(sorted(matched.items()))


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return shared / shorter if shorter > 0 else 0.0


def _difference(measured: float | None, true: float | None) -> float | None:
    return None if measured is None or true is None else measured - true
