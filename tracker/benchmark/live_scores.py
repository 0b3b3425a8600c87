"""What the lifter saw while it happened: how late, how right, how often taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

IN_TIME_S = 0.35
"""A rep is told in time when it is told this soon after its end, or before."""


@dataclass(frozen=True, slots=True)
class LiveOutcome:
    """What the lifter would have seen of one recording while it happened."""

    delays_s: tuple[float, ...]
    """First word of a rep after the true end of its concentric phase (without truth: batch's end)."""
    mean_velocity_differences_mps: tuple[float, ...]
    """Live minus batch, for reps that both found."""
    shown_count: int
    """Reps on the screen when the (last) set was over."""
    settled_count: int
    """Reps after the set had been looked at as a whole."""
    batch_count: int
    announced: int
    withdrawn: int
    wanted: int = 0
    """True reps (without truth: batch's), whether they were told or not."""
    settled_differences_mps: tuple[float, ...] = ()
    """Settled live MV minus batch MV."""
    duration_s: float = 0.0
    idle: bool = False
    """Nobody lifted: what was told was none, and all of it was taken back."""
    seconds: float = 0.0
    """Processor time that the analyser took until the recording was over, without settling its end."""


@dataclass(frozen=True, slots=True)
class LiveScore:
    """Live figures of several recordings."""

    recordings: int
    delay_median_s: float | None
    delay_95_s: float | None
    mean_velocity_rms_mps: float | None
    """Root mean square of live minus batch MV."""
    shown_same_count_pct: float
    """Percent of recordings that showed batch's count when the set was over."""
    settled_same_count_pct: float
    """The same once the set was settled."""
    withdrawn_pct: float
    """Percent of the reps told in recordings of sets that were taken back."""
    idle_recordings: int
    idle_told: int
    """Reps told where nobody lifted."""
    in_time_pct: float | None
    """Percent of the wanted reps that were told within `IN_TIME_S` of their end."""
    settled_mean_velocity_rms_mps: float | None
    core_pct: float | None
    """Processor time in percent of the time recorded."""


def score_live(outcomes: Sequence[LiveOutcome]) -> LiveScore | None:
    """Pool several recordings; None without any."""
    if not outcomes:
        return None
    delays = [delay for outcome in outcomes for delay in outcome.delays_s]
    differences = [d for outcome in outcomes for d in outcome.mean_velocity_differences_mps]
    idle = [outcome for outcome in outcomes if outcome.idle]
    sets = [outcome for outcome in outcomes if not outcome.idle]
    announced = sum(outcome.announced for outcome in sets)
    settled_differences = [d for outcome in outcomes for d in outcome.settled_differences_mps]
    wanted = sum(outcome.wanted for outcome in outcomes)
    duration_s = sum(outcome.duration_s for outcome in outcomes)
    shown = sum(outcome.shown_count == outcome.batch_count for outcome in outcomes)
    settled = sum(outcome.settled_count == outcome.batch_count for outcome in outcomes)
    return LiveScore(
        recordings=len(outcomes),
        delay_median_s=float(np.median(delays)) if delays else None,
        delay_95_s=float(np.quantile(delays, 0.95)) if delays else None,
        mean_velocity_rms_mps=_rms(differences),
        shown_same_count_pct=100.0 * shown / len(outcomes),
        settled_same_count_pct=100.0 * settled / len(outcomes),
        withdrawn_pct=100.0 * sum(o.withdrawn for o in sets) / announced if announced else 0.0,
        idle_recordings=len(idle),
        idle_told=sum(outcome.announced for outcome in idle),
        in_time_pct=100.0 * sum(delay <= IN_TIME_S for delay in delays) / wanted if wanted else None,
        settled_mean_velocity_rms_mps=_rms(settled_differences),
        core_pct=100.0 * sum(o.seconds for o in outcomes) / duration_s if duration_s else None,
    )


def _rms(differences: Sequence[float]) -> float | None:
    return float(np.sqrt(np.mean(np.square(differences)))) if differences else None
