"""Entries as people and files give them, checked: fields to sets, weights, meals and nights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.log import NewSet
from hardset.tracker.training.records import Meal, Night, Weighing
from hardset.tracker.training.settings import KG_PER_LB, Settings
from hardset.tracker.training.times import now, typed_time

MOST_KG = 1000.0
MOST_REPS = 200
MOST_RIR = 20.0
Fields = Mapping[str, Any]


def set_from(fields: Fields, settings: Settings, where: str) -> NewSet:
    """exercise, load, reps; rir, at, warmup, failed, note. Raises EntryNotUnderstood or UnknownExercise."""
    _only(fields, where, ("exercise", "load", "reps", "rir", "at", "warmup", "failed", "note"))
    id = fields.get("exercise")
    if not isinstance(id, str):
        raise EntryNotUnderstood(where, "'exercise' must be an id such as back_squat")
    failed = flag(fields, "failed", where)
    return NewSet(
        exercise=exercise(id).id,
        load_kg=load_kg_from(fields.get("load"), settings, where),
        # Of a failed single no rep was completed.
        reps=reps_from(fields.get("reps"), where, least=0 if failed else 1),
        at=_at(fields, where),
        warmup=flag(fields, "warmup", where),
        failed=failed,
        felt_rir=number(fields, "rir", where, 0, MOST_RIR),
        note=_text(fields, "note", where),
    )


def weighing_from(fields: Fields, settings: Settings, where: str) -> Weighing:
    """kg (or a text such as '176 lb'), at."""
    _only(fields, where, ("kg", "at"))
    weight_kg = load_kg_from(fields.get("kg"), settings, where)
    if weight_kg is None or not 20 <= weight_kg <= 400:
        raise EntryNotUnderstood(where, "a body weight lies between 20 and 400 kg")
    return Weighing(_at(fields, where), weight_kg)


def meal_from(fields: Fields, where: str) -> Meal:
    """protein, kcal, carbs, water, at; at least one amount."""
    _only(fields, where, ("protein", "kcal", "carbs", "water", "at"))
    meal = Meal(
        at=_at(fields, where),
        protein_g=number(fields, "protein", where, 0, 500),
        energy_kcal=number(fields, "kcal", where, 0, 10000),
        carbohydrate_g=number(fields, "carbs", where, 0, 2000),
        water_l=number(fields, "water", where, 0, 20),
    )
    if (meal.protein_g, meal.energy_kcal, meal.carbohydrate_g, meal.water_l) == (None,) * 4:
        raise EntryNotUnderstood(where, "say at least one of protein, kcal, carbs and water")
    return meal


def night_from(fields: Fields, where: str) -> Night:
    """hours, at: the day on which the sleep ended."""
    _only(fields, where, ("hours", "at"))
    hours = number(fields, "hours", where, 0, 24)
    if hours is None:
        raise EntryNotUnderstood(where, "'hours' is missing")
    return Night(_at(fields, where).date(), hours)


def load_kg_from(value: object, settings: Settings, where: str) -> float | None:
    """A load in the lifter's unit, or with its own ('100 kg', '225lb'); None for 'bw': body weight alone."""
    if isinstance(value, str):
        text = value.strip().lower().replace(",", ".")
        if text in ("bw", "-"):
            return None
        unit = text[-2:] if text.endswith(("kg", "lb")) else settings.unit
        try:
            amount = float(text.removesuffix(unit))
        except ValueError:
            amount = math.nan
        load_kg = amount * (1.0 if unit == "kg" else KG_PER_LB)
    elif value is None:
        return None
    else:
        load_kg = settings.to_kg(float(value)) if isinstance(value, int | float) else math.nan
    if isinstance(value, bool) or not 0 <= load_kg <= MOST_KG:
        example = "'100', '100 kg', '225 lb' or 'bw'"
        raise EntryNotUnderstood(where, f"{value!r} is no load from 0 to {MOST_KG:g} kg such as {example}")
    return load_kg


def reps_from(value: object, where: str, least: int = 1) -> int:
    """A count of repetitions; 8.0, as tables write it, is 8."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST_REPS:
        raise EntryNotUnderstood(where, f"reps must be a whole number from {least} to {MOST_REPS}")
    return value


def number(fields: Fields, name: str, where: str, low: float, high: float) -> float | None:
    """A number within limits; None where it is missing or null."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise EntryNotUnderstood(where, f"{name} must be a number from {low:g} to {high:g}")
    return float(value)


def flag(fields: Fields, name: str, where: str) -> bool:
    """True or false; false where it is missing."""
    value = fields.get(name)
    if value not in (None, True, False) or (isinstance(value, int) and not isinstance(value, bool)):
        raise EntryNotUnderstood(where, f"{name} must be true or false")
    return bool(value)


def _text(fields: Fields, name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise EntryNotUnderstood(where, f"{name} must be text")
    return value or None


def _at(fields: Fields, where: str) -> datetime:
    value = fields.get("at")
    if value is None:
        return now()
    if not isinstance(value, str):
        raise EntryNotUnderstood(where, "at must be a time such as 2026-11-23T18:05")
    return typed_time(value, where)


def _only(fields: Fields, where: str, allowed: tuple[str, ...]) -> None:
    """A misspelt name must not be lost in silence."""
    for name in fields:
        if name not in allowed:
            raise EntryNotUnderstood(where, f"there is no '{name}', only {', '.join(allowed)}")
