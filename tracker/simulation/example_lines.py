"""A history as lines for `hardset log`, `weigh`, `eat` and `sleep --from`."""

from __future__ import annotations

from typing import Any

from hardset.tracker.training.records import TrainingHistory

Line = dict[str, Any]


def log_lines(history: TrainingHistory) -> list[Line]:
    """Sets that no sensor measured."""
    return [
        {
            "exercise": one.exercise,
            "load": one.load_kg,
            "reps": one.reps,
            "rir": one.felt_rir,
            "at": one.at.isoformat(),
            "warmup": one.warmup,
            "failed": one.failed,
        }
        for one in history.sets
        if not one.velocities
    ]


def weigh_lines(history: TrainingHistory) -> list[Line]:
    """Body weights."""
    return [{"kg": one.weight_kg, "at": one.at.isoformat()} for one in history.weighings]


def eat_lines(history: TrainingHistory) -> list[Line]:
    """Meals."""
    return [
        {
            "protein": one.protein_g,
            "kcal": one.energy_kcal,
            "carbs": one.carbohydrate_g,
            "water": one.water_l,
            "at": one.at.isoformat(),
        }
        for one in history.meals
    ]


def sleep_lines(history: TrainingHistory) -> list[Line]:
    """Nights."""
    return [{"hours": one.hours, "at": one.day.isoformat()} for one in history.nights]
