"""The exercises: what they train, where the sensor sits, what is known of their velocities.

The figures and their sources stand in `exercises.toml`, other programs' names in `aliases.toml`; the user's
own exercises are added to them, and one of the same id takes the place of ours. Nothing is read before it
is asked for.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from hardset.signal.exercise import Exercise, FailureVelocityPrior, Phase, Placement
from hardset.tracker.errors import UnknownExercise
from hardset.tracker.training.own_exercises import KnownWords, own_file, read_own

MUSCLES = (
    *("quadriceps", "hamstrings", "glutes", "adductors", "abductors", "gastrocnemius", "soleus"),
    *("chest", "lats", "mid_back", "lower_back", "traps", "front_delts", "side_delts", "rear_delts"),
    *("biceps", "triceps", "forearms", "abs", "tibialis"),
)
"""Every muscle that sets are counted for, from the legs up."""

SENSOR_SITES = {
    "bar": Placement.BAR,
    "wrist": Placement.WRIST,
    "thigh": Placement.THIGH,
    "shank": Placement.SHANK,
    # These go up and down as a bar does, and are read in the same way.
    "stack": Placement.BAR,
    "pelvis": Placement.BAR,
    "foot": Placement.BAR,
}
"""Where a sensor may sit, and how the pipeline reads it there."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One exercise. What is not known is None or empty."""

    id: str
    name: str
    movement: str
    """Movement class: squat, hip_hinge, knee_flexion, straight_knee_calf ..."""
    direct: tuple[str, ...]
    """Muscles for which a set counts as one."""
    indirect: tuple[str, ...]
    """Muscles for which a set counts as half."""
    sensor_sites: tuple[str, ...]
    """Where a sensor can sit, the best place first; keys of `SENSOR_SITES`."""
    first_phase: Phase | None
    concentric_down_on: tuple[str, ...]
    height_unsure_on: tuple[str, ...]
    rom_m: tuple[float, float] | None
    rom_deg: tuple[float, float] | None
    joint: str | None
    joint_deg: tuple[float, float] | None
    first_rep_mps: tuple[float, float] | None
    """Mean velocity of a first rep at 60-80 % 1RM, slowest and fastest, m/s."""
    failure_velocity: FailureVelocityPrior | None
    fails_by_rom: bool
    ballistic: bool
    """True where no set counts as a hard set."""
    sources: dict[str, str]
    """Field group (muscles, rom, velocity, failure) to its source; what is absent is general knowledge."""
    aliases: tuple[str, ...] = ()
    """What Strong, Hevy and lifters call it."""

    @property
    def signal(self) -> Exercise:
        """What the pipeline may know of it, with the sensor at its best place."""
        return self.signal_at(SENSOR_SITES[self.sensor_sites[0]])

    def signal_at(self, placement: Placement | None) -> Exercise:
        """What the pipeline may know of it, with the sensor at a given place."""
        if placement is None:
            return self.signal
        return Exercise(
            id=self.id,
            first_phase=self.first_phase,
            rom_m=self.rom_m,
            rom_deg=self.rom_deg,
            failure_velocity=self.failure_velocity,
            concentric_down=placement in self.concentric_down_on,
            height_unsure=placement in self.height_unsure_on,
            fails_by_rom=self.fails_by_rom,
        )


def exercise(id: str) -> CatalogueEntry:
    """The entry of an exercise id. Raises UnknownExercise, which names the three closest."""
    entries = catalogue()
    if id not in entries:
        closest = difflib.get_close_matches(id.lower().replace(" ", "_"), entries, n=3, cutoff=0.0)
        raise UnknownExercise(id, tuple(closest))
    return entries[id]


def catalogue() -> dict[str, CatalogueEntry]:
    """All exercises by id: ours in the order of the file, then the user's own.

    Raises FileUnreadable or LabelNotUnderstood for a file of own exercises that can't be used.
    """
    path = own_file()
    if path is None:
        return _shipped()
    return _with_own(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _shipped() -> dict[str, CatalogueEntry]:
    raw = _toml("exercises.toml")
    aliases = _toml("aliases.toml")
    priors = raw["failure_velocity"]
    return {
        row["id"]: _entry(row, priors.get(row.get("failure_velocity")), aliases.get(row["id"], ()))
        for row in raw["exercise"]
    }


@lru_cache(maxsize=4)
def _with_own(path: Path, _changed_ns: int) -> dict[str, CatalogueEntry]:
    """Read anew when the file has changed."""
    shipped = _shipped()
    known = KnownWords(
        MUSCLES, tuple(SENSOR_SITES), tuple(dict.fromkeys(e.movement for e in shipped.values()))
    )
    own = {
        row["id"]: _entry(row, row.get("failure_velocity"), row["aliases"]) for row in read_own(path, known)
    }
    return {**shipped, **own}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _entry(row: dict[str, Any], prior: dict[str, float] | None, aliases: Sequence[str]) -> CatalogueEntry:
    return CatalogueEntry(
        id=row["id"],
        name=row["name"],
        movement=row["movement"],
        direct=tuple(row["direct"]),
        indirect=tuple(row["indirect"]),
        sensor_sites=tuple(row["sensor_sites"]),
        first_phase=row.get("first_phase"),
        concentric_down_on=tuple(row.get("concentric_down_on", ())),
        height_unsure_on=tuple(row.get("height_unsure_on", ())),
        rom_m=_range(row, "rom_m"),
        rom_deg=_range(row, "rom_deg"),
        joint=row.get("joint"),
        joint_deg=_range(row, "joint_deg"),
        first_rep_mps=_range(row, "first_rep_mps"),
        failure_velocity=None
        if prior is None
        else FailureVelocityPrior(**prior, published=row.get("failure_published", False)),
        fails_by_rom=row.get("fails_by_rom", False),
        ballistic=row.get("ballistic", False),
        sources={key.removesuffix("_source"): row[key] for key in row if key.endswith("_source")},
        aliases=tuple(aliases),
    )


def _range(row: dict[str, Any], key: str) -> tuple[float, float] | None:
    if key not in row:
        return None
    low, high = row[key]
    return float(low), float(high)
