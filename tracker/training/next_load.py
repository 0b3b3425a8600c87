"""What to put on the bar next: from the lifter's sets to a load that the own plates can make."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hardset.signal.load_velocity import Z80, combine
from hardset.signal.rir_learning import LOAD_FORGET_DAYS
from hardset.signal.rir_load import LoadSuggestion, Plates, next_load, round_to_plates
from hardset.tracker.errors import NotInLog
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.exercise_history import ExerciseSession, exercise_sessions
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.settings import Settings

LEAST_SD_SHARE = 0.05
"""No 1RM that was not lifted is known better: 3.6-5 % between days even in the laboratory (Hughes 2018)."""


@dataclass(frozen=True, slots=True)
class NextLoad:
    """The load for the next set of an exercise, and how sure it is."""

    exercise: str
    reps: int
    rir: float
    e1rm_kg: float
    e1rm_sd_kg: float
    sessions: int
    """Sessions that the 1RM was worked out from."""
    last_at: datetime
    suggestion: LoadSuggestion
    low80_kg: float
    high80_kg: float
    """Loads that the ends of the 1RM's 80 % interval ask for."""
    on_bar: bool
    """False for machines and dumbbells: the plates of a bar do not bear on them."""

    @property
    def e1rm_80_kg(self) -> tuple[float, float]:
        """80 % interval of the 1RM, kg."""
        return self.e1rm_kg - Z80 * self.e1rm_sd_kg, self.e1rm_kg + Z80 * self.e1rm_sd_kg


def plates_of(settings: Settings) -> Plates:
    """The lifter's own bar and plates."""
    return Plates(settings.unit, settings.bar_in_unit, settings.pairs_in_unit)


def suggest(
    entry: CatalogueEntry,
    sets: Sequence[LoggedSet],
    settings: Settings,
    at: datetime,
    *,
    reps: int | None = None,
    rir: float | None = None,
) -> NextLoad:
    """The next load from all sets of one exercise; reps: None for as many as in the last session's top set.

    Raises NotInLog where no set tells a 1RM.
    """
    telling = [one for one in exercise_sessions(sets, entry) if one.e1rm_kg is not None]
    if not telling:
        known = "log one with its load and --rir, or measure one"
        raise NotInLog(f"set of {entry.id} that tells how strong you are", known)
    e1rm_kg, sd_kg = _now(telling, at)
    wanted_reps = telling[-1].top.logged.reps if reps is None else reps
    wanted_rir = float(settings.target_rir) if rir is None else rir
    plates = plates_of(settings)

    def load_for(strength_kg: float) -> LoadSuggestion:
        return next_load(strength_kg, max(wanted_reps, 1), wanted_rir, plates)

    return NextLoad(
        exercise=entry.id,
        reps=max(wanted_reps, 1),
        rir=wanted_rir,
        e1rm_kg=e1rm_kg,
        e1rm_sd_kg=sd_kg,
        sessions=len(telling),
        last_at=telling[-1].at,
        suggestion=load_for(e1rm_kg),
        low80_kg=load_for(e1rm_kg - Z80 * sd_kg).wanted_kg,
        high80_kg=load_for(e1rm_kg + Z80 * sd_kg).wanted_kg,
        on_bar="bar" in entry.sensor_sites,
    )


def on_the_bar(load_kg: float, settings: Settings) -> LoadSuggestion:
    """What to put on the bar for a load: the nearest that the own plates can make."""
    return round_to_plates(load_kg, plates_of(settings))


def _now(telling: Sequence[ExerciseSession], at: datetime) -> tuple[float, float]:
    """1RM and its sd today: what was lifted long ago counts for less."""
    faded = []
    for one in telling:
        assert one.e1rm_kg is not None
        value, sd = one.e1rm_kg
        days = max(0.0, (at - one.at).total_seconds() / 86400.0)
        faded.append((value, sd * math.exp(0.5 * days / LOAD_FORGET_DAYS)))
    value, sd = combine(faded)
    return value, max(sd, LEAST_SD_SHARE * value)
