"""What a lifter can set: units, own plates, thresholds, targets; each with its meaning and its ground.

One table names every setting; the command, the screen and the checks are made from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import MUSCLES

Unit = Literal["kg", "lb"]
KG_PER_LB = 0.45359237
PairsOfPlates = tuple[tuple[float, int], ...]
"""(weight of one plate, number of pairs)."""

USUAL_BAR = {"kg": 20.0, "lb": 45.0}
USUAL_PAIRS: dict[str, PairsOfPlates] = {
    "kg": ((25.0, 4), (20.0, 1), (15.0, 1), (10.0, 1), (5.0, 1), (2.5, 1), (1.25, 1)),
    "lb": ((45.0, 6), (35.0, 1), (25.0, 1), (10.0, 2), (5.0, 1), (2.5, 1)),
}
HEAVIEST = 250
"""Bars and plates, in either unit: 100 kg are 220 lb."""
USUAL_BAND = (10.0, 20.0)
CALF_BAND = (12.0, 18.0)
CALVES = ("gastrocnemius", "soleus")
THEMES = ("hardset-dark", "hardset-light", "ansi-dark", "ansi-light")
"""Colours of the screens; the last two are the terminal's own sixteen."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one lifter. Loads are kept in kg everywhere; `unit` is what is shown and typed."""

    unit: Unit = "kg"
    bar: float | None = None
    """The bar's weight in `unit`; None: 20 kg or 45 lb."""
    plates: PairsOfPlates | None = None
    """Own plates in `unit`; None: a usual gym's."""
    hard_rir: int = 3
    target_rir: int = 2
    stop_at_loss_pct: float | None = None
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Own bands of weekly hard sets by muscle; the others keep the usual one."""
    protein_g_per_kg: tuple[float, float] = (1.6, 2.2)
    surplus_pct: tuple[float, float] = (5.0, 10.0)
    sleep_h: float = 7.0
    body_weight_kg: float | None = None
    theme: str = THEMES[0]
    sound: bool = True

    @property
    def bar_in_unit(self) -> float:
        """The bar's weight in `unit`."""
        return USUAL_BAR[self.unit] if self.bar is None else self.bar

    @property
    def pairs_in_unit(self) -> PairsOfPlates:
        """(weight of one plate in `unit`, pairs)."""
        return USUAL_PAIRS[self.unit] if self.plates is None else self.plates

    def band(self, muscle: str) -> tuple[float, float]:
        """Weekly hard sets of a muscle to aim for: opinion of practitioners, not a measured limit."""
        own = self.bands.get(muscle)
        if own is not None:
            return own
        return CALF_BAND if muscle in CALVES else USUAL_BAND

    def band_ground(self, muscle: str) -> str:
        """Where that band comes from, in a word or two."""
        if muscle in self.bands:
            return "yours"
        return "opinion" if muscle in CALVES else "practice, some evidence"

    def to_kg(self, load: float) -> float:
        """A load typed in `unit`, kg."""
        return load if self.unit == "kg" else load * KG_PER_LB

    def from_kg(self, load_kg: float) -> float:
        """A load in `unit`."""
        return load_kg if self.unit == "kg" else load_kg / KG_PER_LB


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """What the command and the screen say about one setting."""

    name: str
    meaning: str
    example: str
    ground: str
    """'yours', 'opinion' of practitioners, or the study."""
    read: Callable[[Any], Any]
    """A value of JSON to the field's value; ValueError or TypeError names what is wrong."""


def _one_of(*allowed: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value

    return read


def _number(low: float, high: float, *, whole: bool = False, optional: bool = False) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value is None and optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number from {low:g} to {high:g}" + (" or null" if optional else ""))
        if whole and value != int(value):
            raise ValueError("must be a whole number")
        return int(value) if whole else float(value)

    return read


def _range(low: float, high: float) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise ValueError("must be two numbers such as [10, 20]")
        first, second = (_number(low, high)(one) for one in value)
        if first > second:
            raise ValueError("must have the smaller number first")
        return first, second

    return read


def _bands(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError('must be an object such as {"quadriceps": [12, 20]}')
    for muscle in value:
        if muscle not in MUSCLES:
            raise ValueError(f"'{muscle}' is no muscle; there are {', '.join(MUSCLES)}")
    return {muscle: _range(0, 60)(band) for muscle, band in value.items()}


def _plates(value: Any) -> Any:
    if value is None:
        return None
    wanted = ValueError('must be pairs by weight such as {"20": 2, "10": 1, "1.25": 1}')
    items = list(value.items()) if isinstance(value, Mapping) else value
    if not isinstance(items, list | tuple):
        raise wanted
    pairs = []
    for item in items:
        if not isinstance(item, list | tuple) or len(item) != 2:
            raise wanted
        try:
            weight, count = float(item[0]), item[1]
        except (TypeError, ValueError):
            raise wanted from None
        if not 0 < weight <= HEAVIEST or isinstance(count, bool) or count not in range(21):
            raise ValueError(f"has plates over 0 to {HEAVIEST} each, 0 to 20 pairs of them")
        pairs.append((weight, int(count)))
    return tuple(sorted(pairs, reverse=True))


def _true_or_false(value: Any) -> Any:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


SETTINGS = (
    SettingHelp("unit", "Unit in which loads are shown and typed.", "lb", "yours", _one_of("kg", "lb")),
    SettingHelp(
        "bar", "Weight of your bar, in that unit.", "20", "yours", _number(1, HEAVIEST, optional=True)
    ),
    SettingHelp("plates", "Your pairs of plates by weight.", '{"20": 2, "1.25": 1}', "yours", _plates),
    SettingHelp(
        "hard_rir",
        "A set counts as hard when at most so many reps were left.",
        "2",
        "opinion; growth falls slowly with reps left (Robinson 2024)",
        _number(0, 6, whole=True),
    ),
    SettingHelp(
        "target_rir", "Reps in reserve at which 'stop' is said.", "1", "opinion", _number(0, 8, whole=True)
    ),
    SettingHelp(
        "stop_at_loss_pct",
        "Say 'stop' at this velocity loss instead, percent.",
        "20",
        "opinion",
        _number(1, 90, optional=True),
    ),
    SettingHelp(
        "bands",
        "Weekly hard sets to aim for, by muscle (10-20, calves 12-18).",
        '{"quadriceps": [12, 20]}',
        "opinion of practitioners",
        _bands,
    ),
    SettingHelp(
        "protein_g_per_kg",
        "Protein a day per kg of body weight.",
        "[1.6, 2.2]",
        "Morton 2018: plateau at 1.62, interval 1.03-2.20",
        _range(0.5, 5),
    ),
    SettingHelp(
        "surplus_pct",
        "Energy above maintenance to aim for, percent.",
        "[5, 10]",
        "opinion",
        _range(-30, 50),
    ),
    SettingHelp("sleep_h", "Hours of sleep to aim for.", "7.5", "opinion", _number(3, 14)),
    SettingHelp(
        "body_weight_kg",
        "Your weight in kg where you do not weigh yourself.",
        "80",
        "yours",
        _number(20, 400, optional=True),
    ),
    SettingHelp("theme", "Colours of the screens.", "hardset-light", "yours", _one_of(*THEMES)),
    SettingHelp("sound", "Beep when the set should end.", "false", "yours", _true_or_false),
)
"""Every setting, in the order in which they are listed."""

BY_NAME = {one.name: one for one in SETTINGS}
assert set(BY_NAME) == {one.name for one in fields(Settings)}


def with_setting(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one of them changed. Raises EntryNotUnderstood, which says what is possible."""
    if name not in BY_NAME:
        raise EntryNotUnderstood("settings", f"there is no '{name}', there are {', '.join(BY_NAME)}")
    help = BY_NAME[name]
    try:
        return replace(settings, **{name: help.read(value)})
    except (TypeError, ValueError) as error:
        raise EntryNotUnderstood(f"setting {name}", f"{error}, for instance {help.example}") from None


def carried_over(before: Settings, unit: Unit) -> dict[str, Any]:
    """Own bar and plates with the same masses in another unit, as values of JSON; usual ones stay usual.

    What no bar or plate can weigh (250 kg are 551 lb) gives way to the usual.
    """
    if unit == before.unit:
        return {}
    carried: dict[str, Any] = {}
    if before.bar is not None:
        carried["bar"] = _in_unit(before.bar, unit)
    if before.plates is not None:
        carried["plates"] = [[_in_unit(weight, unit), count] for weight, count in before.plates]
    return {name: value if _can_be(name, value) else None for name, value in carried.items()}


def _can_be(name: str, value: Any) -> bool:
    try:
        BY_NAME[name].read(value)
    except ValueError:
        return False
    return True


def _in_unit(weight: float, unit: Unit) -> float:
    """The weight in `unit`, told in the other one."""
    exact = weight / KG_PER_LB if unit == "lb" else weight * KG_PER_LB
    # There and back again 1.25 kg are 1.25 kg.
    return round(exact, 3) if abs(exact - round(exact, 3)) < 1e-6 else round(exact, 9)


def settings_from_rows(rows: Mapping[str, str]) -> Settings:
    """Settings from the database's JSON texts by name; what is unknown to this version is left alone."""
    settings = Settings()
    for name, text in rows.items():
        if name in BY_NAME:
            settings = with_setting(settings, name, json.loads(text))
    return settings
