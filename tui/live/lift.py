"""What is lifted: exercise, load, where the sensor sits; and how that is said."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.signal.exercise import Placement
from hardset.tracker.training.catalogue import SENSOR_SITES, CatalogueEntry
from hardset.tracker.training.settings import Settings


@dataclass(frozen=True, slots=True)
class Lift:
    """The lifter's choice for the next set."""

    exercise: CatalogueEntry | None = None
    placement: Placement = Placement.BAR
    load_kg: float | None = None
    warmup: bool = False
    """A warm-up counts for nothing in the week."""

    @staticmethod
    def of(exercise: CatalogueEntry, load_kg: float | None = None) -> Lift:
        """With the sensor at the best place for the exercise."""
        return Lift(exercise, SENSOR_SITES[exercise.sensor_sites[0]], load_kg)

    @property
    def by_angle(self) -> bool:
        """True where reps are read from a limb's angle."""
        signal = None if self.exercise is None else self.exercise.signal_at(self.placement)
        return self.placement.rotates and not (signal is not None and signal.by_height)

    def in_words(self, settings: Settings) -> str:
        """'Back squat · 100 kg'."""
        name = self.exercise.name if self.exercise else "no exercise chosen: press e"
        load = "" if self.load_kg is None else f"{settings.from_kg(self.load_kg):g} {settings.unit}"
        parts = [name, load] if load else [name]
        return " · ".join([*parts, "warm-up"] if self.warmup else parts)
