"""Sets and loads as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardset.tracker.training.records import LoggedSet, Meal
from hardset.tracker.training.settings import Settings

if TYPE_CHECKING:
    from hardset.signal.rir_load import LoadSuggestion
    from hardset.tracker.training.proximity import Proximity

AMOUNTS = (
    ("protein_g", "g protein"),
    ("energy_kcal", "kcal"),
    ("carbohydrate_g", "g carbohydrate"),
    ("water_l", "l water"),
)
"""What is told of a meal: field and unit."""


def count_words(number: int, name: str) -> str:
    """'1 set', '2 sets'."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def load_words(load_kg: float | None, settings: Settings, digits: int = 2) -> str:
    """'100 kg', '225 lb', or that nobody said one."""
    if load_kg is None:
        return "without a load"
    # A load typed in lb comes back with the rounding of kg: a hundredth is finer than any plate.
    return f"{round(settings.from_kg(load_kg), digits):g} {settings.unit}"


def plates_words(load: LoadSuggestion) -> str:
    """'each side 25 + 15 + 1.25 kg', or that the bar is empty."""
    if not load.per_side:
        return "the empty bar"
    return f"each side {' + '.join(f'{plate:g}' for plate in load.per_side)} {load.unit}"


def set_words(one: LoggedSet, settings: Settings) -> str:
    """One set in a line."""
    words = f"Set {one.id}: {one.exercise} {load_words(one.load_kg, settings)} x {one.reps}"
    if one.warmup:
        words += ", warm-up"
    if one.failed:
        words += ", then a failed attempt"
    if one.felt_rir is not None:
        words += f", felt {one.felt_rir:g} left"
    loss = velocity_loss_pct(one)
    if loss is not None:
        words += f", velocity loss {loss:.0f} %"
    if one.rir_pmf is not None:
        # numpy takes 0.1 s to load: not for a set by hand.
        from hardset.tracker.training.proximity import proximity

        known = proximity(one)
        words += (
            f", {known.estimate.median} left, hard with {known.p_within(settings.hard_rir):.0%} probability"
        )
    return f"{words} ({one.at:%Y-%m-%d %H:%M})"


def meal_words(one: Meal) -> str:
    """'40 g protein, 650 kcal': what was told of a meal."""
    amounts = ((getattr(one, name), unit) for name, unit in AMOUNTS)
    return ", ".join(f"{amount:g} {unit}" for amount, unit in amounts if amount is not None)


def set_json(one: LoggedSet, settings: Settings) -> dict[str, Any]:
    """One set for programs; reps in reserve from whatever is known of its end, none of a warm-up."""
    from hardset.tracker.training.catalogue import catalogue
    from hardset.tracker.training.proximity import hard_credit, proximity

    known, entry = proximity(one), catalogue().get(one.exercise)
    ballistic = entry is not None and entry.ballistic
    loss = velocity_loss_pct(one)
    return {
        "set": one.id,
        "at": one.at.isoformat(timespec="seconds"),
        "workout": one.workout,
        "exercise": one.exercise,
        "load_kg": None if one.load_kg is None else round(one.load_kg, 4),
        "reps": one.reps,
        "warmup": one.warmup,
        "failed": one.failed,
        "felt_rir": one.felt_rir,
        "velocities": [round(velocity, 4) for velocity in one.velocities],
        "velocity_loss_pct": None if loss is None else round(loss, 2),
        "rir": None if one.warmup else {**rir_json(known), "pmf": [round(p, 6) for p in known.estimate.pmf]},
        "p_hard": round(hard_credit(one, ballistic=ballistic, hard_rir=settings.hard_rir), 6),
        "calibrated": one.calibrated,
    }


def rir_json(known: Proximity) -> dict[str, Any]:
    """Reps in reserve for programs."""
    answer = known.estimate
    return {
        "median": answer.median,
        "low80": round(answer.low80, 3),
        "high80": round(answer.high80, 3),
        "known_by": str(known.source),
    }


def velocity_loss_pct(one: LoggedSet) -> float | None:
    """100·(fastest rep of this set - last rep)/fastest rep of this set; None without velocities."""
    if not one.velocities:
        return None
    fastest = max(one.velocities)
    return 100.0 * (fastest - one.velocities[-1]) / fastest if fastest > 0 else 0.0
