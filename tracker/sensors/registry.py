"""All kinds of sensors that are known, and which of them an advertisement is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hardset.tracker.sensors.generic import generic_model
from hardset.tracker.sensors.metamotion import METAMOTION
from hardset.tracker.sensors.movella import MOVELLA_DOT
from hardset.tracker.sensors.movesense import MOVESENSE, MOVESENSE_ACCELERATION
from hardset.tracker.sensors.polar import POLAR_H10, POLAR_OH1, POLAR_VERITY_SENSE
from hardset.tracker.sensors.profile_reader import read_profile
from hardset.tracker.sensors.protocol import SensorModel
from hardset.tracker.sensors.witmotion import WITMOTION

OWN_PROFILES = Path(__file__).parent / "profiles"
WITH_A_DECODER: tuple[SensorModel, ...] = (
    WITMOTION,
    MOVESENSE,
    MOVESENSE_ACCELERATION,
    POLAR_H10,
    POLAR_OH1,
    POLAR_VERITY_SENSE,
    METAMOTION,
    MOVELLA_DOT,
)


def profile_folder() -> Path:
    """Where the user's own profiles lie: HARDSET_PROFILES, or `profiles` in the data folder."""
    import platformdirs

    named = os.environ.get("HARDSET_PROFILES")
    return Path(named) if named else platformdirs.user_data_path("hardset", appauthor=False) / "profiles"


def models() -> tuple[SensorModel, ...]:
    """Every known kind of sensor; a profile of the user's takes the place of one with its id.

    Raises FileUnreadable or ProfileNotUnderstood for a profile that can't be used.
    """
    return _models(profile_folder())


@cache
def _models(folder: Path) -> tuple[SensorModel, ...]:
    paths = (*sorted(folder.glob("*.toml")), *sorted(OWN_PROFILES.glob("*.toml")))
    known: dict[str, SensorModel] = {}
    # The user's come first: of two that fit an advertisement as well, the first is taken.
    for model in (*(generic_model(read_profile(path)) for path in paths), *WITH_A_DECODER):
        known.setdefault(model.id, model)
    return tuple(known.values())


def model_by_id(id: str) -> SensorModel | None:
    """The kind of sensor with this id, as in settings and captures."""
    return next((model for model in models() if model.id == id), None)


def recognise(name: str | None, service_uuids: Iterable[str]) -> SensorModel | None:
    """The kind of sensor behind an advertisement: by its name first, then by its services; else None.

    A longer beginning of the name wins over a shorter one, upper and lower case are alike.
    """
    known = models()
    spelled = (name or "").casefold()
    fitting = [
        (len(prefix), model)
        for model in known
        for prefix in model.name_prefixes
        if spelled.startswith(prefix.casefold())
    ]
    if fitting:
        return max(fitting, key=lambda found: found[0])[1]
    offered = {uuid.lower() for uuid in service_uuids}
    return next((model for model in known if offered & set(model.service_uuids)), None)
