"""Settings as people read and type them: '10-20', '20x2, 10, 1.25', 'usual'."""

from __future__ import annotations

import json
import re
from typing import Any

from hardset.tracker.training.check import words
from hardset.tracker.training.settings import Settings

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|to|\s)\s*({_NUMBER})")
_PLATES = re.compile(rf"({_NUMBER})(?:\s*[x×*:]\s*(\d+))?")
RANGES = ("protein_g_per_kg", "surplus_pct")


def setting_words(settings: Settings, name: str) -> str:
    """The present value of a setting; what is usual stands there with its value."""
    value = getattr(settings, name)
    if name == "bar":
        usual = "" if value is not None else " (usual)"
        return f"{settings.bar_in_unit:g} {settings.unit}{usual}"
    if name == "plates":
        usual = "" if value is not None else " (usual)"
        return plates_typed(settings) + usual
    if name == "bands":
        own = [f"{words(muscle)} {low:g}-{high:g}" for muscle, (low, high) in value.items()]
        return ", ".join([*own, "others usual" if own else "usual: 10-20, calves 12-18"])
    if isinstance(value, tuple):
        return f"{value[0]:g}-{value[1]:g}" if value[0] >= 0 else f"{value[0]:g} to {value[1]:g}"
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "body_weight_kg":
        return "not told" if value is None else f"{value:g} kg"
    return "off" if value is None else f"{value:g}" if isinstance(value, float | int) else str(value)


def carried_words(settings: Settings) -> str:
    """What a change of the unit has done to an own bar and plates; empty where both are usual ones."""
    own = [name for name in ("bar", "plates") if getattr(settings, name) is not None]
    if not own:
        return ""
    told = ", ".join(f"{name} {setting_words(settings, name)}" for name in own)
    unit = "" if own == ["bar"] else f" {settings.unit}"
    return f"Your own weigh what they did: {told}{unit}; 'usual' takes a usual gym's in {settings.unit}."


def plates_typed(settings: Settings) -> str:
    """Pairs of plates: '25x4, 20, 1.25'."""
    pairs = settings.pairs_in_unit
    return ", ".join(f"{weight:g}" if count == 1 else f"{weight:g}x{count}" for weight, count in pairs)


def typed_value(name: str, text: str) -> Any:
    """What was typed as a value of JSON, to be checked by `with_setting`; JSON itself is understood too."""
    text = text.strip()
    plain = text.replace(",", ".") if name in RANGES else text
    if name in RANGES and (pair := _RANGE.fullmatch(plain)):
        return [float(pair[1]), float(pair[2])]
    if name == "plates":
        # Before JSON is tried: a single plate is a number as well.
        parts = [_PLATES.fullmatch(item.strip()) for item in text.split(",") if item.strip()]
        if parts and all(parts):
            return {part[1]: int(part[2] or 1) for part in parts if part is not None}
    if name == "sound" and text in ("on", "off"):
        return text == "on"
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def typed_band(text: str) -> Any:
    """A band such as '12-20', as a value of JSON."""
    pair = _RANGE.fullmatch(text.strip())
    return [float(pair[1]), float(pair[2])] if pair else text.strip()
