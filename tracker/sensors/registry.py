"""All kinds of sensors that are known, and which of them an advertisement is."""

from __future__ import annotations

from collections.abc import Iterable

from hardset.tracker.sensors.metamotion import METAMOTION
from hardset.tracker.sensors.movella import MOVELLA_DOT
from hardset.tracker.sensors.movesense import MOVESENSE, MOVESENSE_ACCELERATION
from hardset.tracker.sensors.polar import POLAR_H10, POLAR_OH1, POLAR_VERITY_SENSE
from hardset.tracker.sensors.protocol import SensorModel
from hardset.tracker.sensors.witmotion import WITMOTION


def models() -> tuple[SensorModel, ...]:
    """Every known kind of sensor."""
    return (
        WITMOTION,
        MOVESENSE,
        MOVESENSE_ACCELERATION,
        POLAR_H10,
        POLAR_OH1,
        POLAR_VERITY_SENSE,
        METAMOTION,
        MOVELLA_DOT,
    )


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
