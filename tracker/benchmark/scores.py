"""Figures of merit of a counter over many recordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hardset.tracker.benchmark.matching import Match

SLOW_MPS = 0.5
"""Where reps in reserve live: slower reps are scored on their own as well."""
Z80 = 1.2816
"""|error| <= 1.2816 sd in 80 % of cases if the stated sd is honest."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one counter made of one recording."""

    file: str
    group: str
    """Placement and tier: 'bar, clean'."""
    labelled: int
    counted: int

    @property
    def error(self) -> int:
        """Counted minus labelled."""
        return self.counted - self.labelled


@dataclass(frozen=True, slots=True)
class CountScore:
    """Counts of one group of recordings."""

    group: str
    recordings: int
    exact: int
    within_one: int
    mean_absolute_error: float
    misses: tuple[Count, ...]
    """Every recording that was not counted exactly."""

    @property
    def exact_pct(self) -> float:
        """Percent of recordings counted exactly; for idle ones, of those without any rep."""
        return 100.0 * self.exact / self.recordings

    @property
    def within_one_pct(self) -> float:
        """Percent of recordings within one rep."""
        return 100.0 * self.within_one / self.recordings


def score_counts(counts: Iterable[Count]) -> tuple[CountScore, ...]:
    """One score per group, in the order in which the groups first appear."""
    groups: dict[str, list[Count]] = {}
    for count in counts:
        groups.setdefault(count.group, []).append(count)
    return tuple(_score_group(group, members) for group, members in groups.items())


def _score_group(group: str, members: Sequence[Count]) -> CountScore:
    errors = [abs(member.error) for member in members]
    return CountScore(
        group=group,
        recordings=len(members),
        exact=sum(error == 0 for error in errors),
        within_one=sum(error <= 1 for error in errors),
        mean_absolute_error=float(np.mean(errors)),
        misses=tuple(member for member in members if member.error),
    )


@dataclass(frozen=True, slots=True)
class ErrorScore:
    """How far measured values are from the true ones, in the unit of the errors."""

    reps: int
    rmse: float
    bias: float
    worst_decile: float
    """Mean absolute error of the worst tenth."""


@dataclass(frozen=True, slots=True)
class MotionScore:
    """Velocity and range of motion of one group of recordings with exact truth."""

    group: str
    true_reps: int
    found_reps: int
    """True reps for which one was found."""
    ghost_reps: int
    """Found reps that are no true ones."""
    mean_velocity_mps: ErrorScore | None
    slow_mean_velocity_mps: ErrorScore | None
    """The same for true MV under 0.5 m/s alone."""
    peak_velocity_mps: ErrorScore | None
    rom_m: ErrorScore | None
    angular_velocity_pct: ErrorScore | None
    coverage80_pct: float | None
    """Percent of reps whose MV error is within 1.2816 of the stated sd; 80 if that is honest."""

    @property
    def found_pct(self) -> float:
        """Percent of true reps that were found."""
        return 100.0 * self.found_reps / self.true_reps if self.true_reps else 100.0


@dataclass(frozen=True, slots=True)
class Matched:
    """The reps of one recording with truth."""

    group: str
    matches: tuple[Match, ...]
    true_reps: int
    found_reps: int


def score_motion(group: str, recordings: Sequence[Matched]) -> MotionScore:
    """Pool the reps of several recordings."""
    matches = [match for recording in recordings for match in recording.matches]
    slow = [match for match in matches if _is_slow(match)]
    return MotionScore(
        group=group,
        true_reps=sum(recording.true_reps for recording in recordings),
        found_reps=len(matches),
        ghost_reps=sum(recording.found_reps for recording in recordings) - len(matches),
        mean_velocity_mps=score_errors(m.mean_velocity_error_mps for m in matches),
        slow_mean_velocity_mps=score_errors(m.mean_velocity_error_mps for m in slow),
        peak_velocity_mps=score_errors(m.peak_velocity_error_mps for m in matches),
        rom_m=score_errors(m.rom_error_m for m in matches),
        angular_velocity_pct=score_errors(m.angular_velocity_error_pct for m in matches),
        coverage80_pct=_coverage(matches),
    )


def _is_slow(match: Match) -> bool:
    true = match.true.mean_velocity_mps
    return true is not None and true < SLOW_MPS


def score_errors(errors: Iterable[float | None]) -> ErrorScore | None:
    """RMSE, bias and worst tenth of the errors that are known; None without any."""
    known = np.array([error for error in errors if error is not None], dtype=np.float64)
    if not known.size:
        return None
    size = np.sort(np.abs(known))
    worst = size[-max(1, round(0.1 * known.size)) :]
    return ErrorScore(
        reps=int(known.size),
        rmse=float(np.sqrt(np.mean(known**2))),
        bias=float(known.mean()),
        worst_decile=float(worst.mean()),
    )


def _coverage(matches: Sequence[Match]) -> float | None:
    inside = [
        abs(match.mean_velocity_error_mps) <= Z80 * match.found.mean_velocity_sd_mps
        for match in matches
        if match.mean_velocity_error_mps is not None and match.found.mean_velocity_sd_mps is not None
    ]
    return 100.0 * sum(inside) / len(inside) if inside else None
