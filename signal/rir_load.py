"""The next set's load: from the 1RM to what the user's own plates can make, in kg or lb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hardset.signal.rir_evidence import check_positive

Unit = Literal["kg", "lb"]
KG_PER_LB = 0.45359237
_FINE = 1000  # plates are counted in thousandths of their unit: 1.25 and 0.625 stay exact


@dataclass(frozen=True, slots=True)
class Plates:
    """A bar and the pairs of plates that the user owns, all in one unit."""

    unit: Unit
    bar: float
    pairs: tuple[tuple[float, int], ...]
    """(weight of one plate, number of pairs)."""

    def __post_init__(self) -> None:
        check_positive("bar", (self.bar,))
        check_positive("plate", tuple(weight for weight, _ in self.pairs))
        if any(count < 0 for _, count in self.pairs):
            raise ValueError("the number of pairs of plates cannot be negative")


USUAL_KG = Plates("kg", 20.0, ((25.0, 4), (20.0, 1), (15.0, 1), (10.0, 1), (5.0, 1), (2.5, 1), (1.25, 1)))
USUAL_LB = Plates("lb", 45.0, ((45.0, 6), (35.0, 1), (25.0, 1), (10.0, 2), (5.0, 1), (2.5, 1)))


@dataclass(frozen=True, slots=True)
class LoadSuggestion:
    """What to put on the bar next."""

    wanted_kg: float
    load_kg: float
    unit: Unit
    load_in_unit: float
    per_side: tuple[float, ...]
    """Plates on each side, heaviest first, in `unit`."""
    words: str
    """'82.5 kg', or '81 kg, 1 kg short' where the plates cannot make it."""


def next_load(e1rm_kg: float, reps: int, rir: float, plates: Plates = USUAL_KG) -> LoadSuggestion:
    """Load for `reps` that leaves `rir` in reserve (Epley 1985), as near as the plates come."""
    check_positive("e1rm_kg", (e1rm_kg,))
    if reps < 1 or not rir >= 0:
        raise ValueError("a set has at least one rep, and reps in reserve from 0 up")
    possible = reps + rir
    # A single without reserve is the 1RM itself, which Epley's line misses by a thirtieth.
    wanted = e1rm_kg / (1.0 + possible / 30.0) if possible > 1 else e1rm_kg
    return round_to_plates(wanted, plates)


def round_to_plates(wanted_kg: float, plates: Plates) -> LoadSuggestion:
    """The nearest load that the plates can make, the lighter one of two equally near."""
    check_positive("wanted_kg", (wanted_kg,))
    factor = 1.0 if plates.unit == "kg" else KG_PER_LB
    wanted = wanted_kg / factor
    sides = _loadable(plates)
    side = min(sides, key=lambda s: (round(abs(plates.bar + 2 * s / _FINE - wanted), 6), s))
    load = plates.bar + 2 * side / _FINE
    # To half a unit a scale in the gym is not better: 82.3 wanted and 82.5 loaded is no shortage.
    off = load - wanted
    words = f"{load:g} {plates.unit}"
    if abs(off) >= 0.5:
        words += f", {_plain(abs(off))} {plates.unit} {'short' if off < 0 else 'over'}"
    return LoadSuggestion(wanted_kg, load * factor, plates.unit, load, sides[side], words)


def _plain(amount: float) -> str:
    return f"{round(2 * amount) / 2:g}"


def _loadable(plates: Plates) -> dict[int, tuple[float, ...]]:
    """Every weight one side can carry, in thousandths, with fewest plates first come."""
    sides: dict[int, tuple[float, ...]] = {0: ()}
    for weight, count in sorted(plates.pairs, reverse=True):
        for side, used in list(sides.items()):
            for n in range(1, count + 1):
                total = side + n * round(weight * _FINE)
                candidate = used + (weight,) * n
                if total not in sides or len(candidate) < len(sides[total]):
                    sides[total] = candidate
    return sides
