"""Rest: hours between hard sessions of a muscle, and sleep where it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.proximity import hard_credit
from hardset.tracker.training.records import LoggedSet, Night
from hardset.tracker.training.sessions import Days, sessions
from hardset.tracker.training.volume import weights_of

REST_H = 48.0
"""Two to three days between hard sessions of a muscle are usual advice (48-72 h)."""
SHORT_H = 40.0
"""Monday evening to Wednesday noon is no offence: the same hour two days on, less a third of a day."""
HARD_SESSION_SETS = 3.0
"""Expected hard sets of a muscle from which a session needs rest after it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Gaps between the hard sessions of one muscle, from the end of one to the end of the next."""

    muscle: str
    gaps_h: tuple[float, ...]

    @property
    def median_h(self) -> float:
        """The usual gap, hours."""
        return median(self.gaps_h)

    @property
    def short_share(self) -> float:
        """Share of the gaps that are too short."""
        return sum(gap < SHORT_H for gap in self.gaps_h) / len(self.gaps_h)


def rest_of(
    muscle: str, sets: Sequence[LoggedSet], exercises: Mapping[str, CatalogueEntry], hard_rir: int
) -> Rest | None:
    """Rest between hard sessions of a muscle; None before three of them."""
    ends = []
    for session in sessions(one for one in sets if not one.warmup):
        hard = 0.0
        for one in session.sets:
            entry = exercises.get(one.exercise)
            if entry is not None:
                credit = hard_credit(one, ballistic=entry.ballistic, hard_rir=hard_rir)
                hard += dict(weights_of(entry)).get(muscle, 0.0) * credit
        if hard >= HARD_SESSION_SETS:
            ends.append(session.sets[-1].at)
    if len(ends) < 3:
        return None
    gaps = (late - early for early, late in pairwise(ends))
    return Rest(muscle, tuple(gap.total_seconds() / 3600.0 for gap in gaps))


def mean_sleep_h(nights: Sequence[Night], days: Days) -> tuple[float, int] | None:
    """Mean hours of sleep and the number of nights told; None without any."""
    told = [night.hours for night in nights if days.holds(night.day)]
    return (sum(told) / len(told), len(told)) if told else None
