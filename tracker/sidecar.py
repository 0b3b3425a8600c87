"""NAME.json beside NAME.csv: what people know of a recording."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.tracker.errors import FileUnreadable, LabelNotUnderstood

_PLACEMENT_WORDS = {
    "bar_centre": Placement.BAR,
    "bar_center": Placement.BAR,
    "bar_end": Placement.BAR,
    "stack": Placement.BAR,
    "carriage": Placement.BAR,
    "pelvis": Placement.BAR,
    "foot": Placement.BAR,
}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is known of a recording beside its samples. Every field may be unknown (None)."""

    exercise: str | None = None
    placement: Placement | None = None
    load_kg: float | None = None
    lifter: str | None = None
    reps: int | None = None
    """Repetitions, counted by a person."""
    tier: str | None = None
    """Group in which a benchmark counts this recording."""
    radio: str | None = None
    """Kind of link that the samples came over, for recordings of a simulator."""


def write_sidecar(path: Path, sidecar: Sidecar) -> None:
    """Write the known fields as JSON. Raises OSError."""
    fields = {
        "exercise": sidecar.exercise,
        "placement": None if sidecar.placement is None else sidecar.placement.value,
        "load_kg": sidecar.load_kg,
        "lifter": sidecar.lifter,
        "reps": sidecar.reps,
        "tier": sidecar.tier,
        "radio": sidecar.radio,
    }
    known = {key: value for key, value in fields.items() if value is not None}
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_sidecar(recording: Path) -> Sidecar:
    """What NAME.json says beside NAME.csv; all unknown where there is none.

    Raises LabelNotUnderstood for JSON that can't be used. Keys it does not know are ignored.
    """
    path = recording.with_suffix(".json")
    if not path.is_file():
        return Sidecar()
    raw = read_json_object(path)
    return Sidecar(
        exercise=_text(path, raw, "exercise"),
        placement=placement_from(path, raw.get("placement")),
        load_kg=number_from(path, raw, "load_kg"),
        lifter=_text(path, raw, "lifter"),
        reps=count_from(path, raw.get("reps")),
        tier=_text(path, raw, "tier"),
        radio=_text(path, raw, "radio"),
    )


def read_json_object(path: Path) -> dict[str, object]:
    """A JSON file that must hold an object. Raises FileUnreadable or LabelNotUnderstood."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileUnreadable(path, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise LabelNotUnderstood(path, f"not valid JSON ({error})", "an object") from error
    if not isinstance(raw, dict):
        raise LabelNotUnderstood(path, "not a JSON object", 'something like {"exercise": "back_squat"}')
    return raw


def placement_from(path: Path, value: object) -> Placement | None:
    """A placement word of a sidecar or index; 'bar_centre' and the like are the bar."""
    if value is None or value == "":
        return None
    word = str(value).lower()
    if word in _PLACEMENT_WORDS:
        return _PLACEMENT_WORDS[word]
    try:
        return Placement(word)
    except ValueError:
        expected = "one of " + ", ".join(p.value for p in Placement)
        raise LabelNotUnderstood(path, f"unknown placement '{value}'", expected) from None


def count_from(path: Path, value: object) -> int | None:
    """A number of repetitions, 0 or more."""
    if value is None or value == "":
        return None
    try:
        count = int(str(value))
    except ValueError:
        count = -1
    if count < 0:
        raise LabelNotUnderstood(path, f"reps is '{value}'", "a whole number")
    return count


def number_from(path: Path, raw: dict[str, object], key: str) -> float | None:
    """A finite number, or None where the key is absent or null."""
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise LabelNotUnderstood(path, f"{key} is '{value}'", "a number")
    return float(value)


def _text(path: Path, raw: dict[str, object], key: str) -> str | None:
    value = raw.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise LabelNotUnderstood(path, f"{key} is '{value}'", "text")
