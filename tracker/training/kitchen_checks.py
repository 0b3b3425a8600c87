"""The kitchen: energy, protein and its spread, carbohydrate, water."""

from __future__ import annotations

from hardset.tracker.training.check import Case, Check, Status
from hardset.tracker.training.exercise_history import Z80
from hardset.tracker.training.nutrition import (
    DAYS_NEEDED,
    DailyMean,
    WeightTrend,
    body_weight_kg,
    dry_mornings,
    intake,
    weight_trend,
)
from hardset.tracker.training.sessions import last_days

WEIGHT_DAYS = 42
FEWEST_WEIGHINGS = 5
FEWEST_DAYS = 5
CARBOHYDRATE_G_PER_KG = 3.0
"""At least 3-5 g/kg (Iraki 2019)."""
PROTEIN_MEALS = 3.0


def kitchen_checks(case: Case) -> tuple[Check, ...]:
    """Surplus, protein, spread, carbohydrate, hydration."""
    trend = weight_trend(case.history, last_days(case.end, WEIGHT_DAYS))
    weight_kg = body_weight_kg(case.history, trend, case.settings.body_weight_kg)
    eaten = intake(case.history, case.days, weight_kg)
    return (
        surplus(case, trend),
        _protein(case, eaten.protein_g_per_kg, weight_kg),
        _spread(eaten.protein_meals),
        _carbohydrate(eaten.carbohydrate_g_per_kg),
        _hydration(case, eaten.water_l),
    )


def surplus(case: Case, trend: WeightTrend | None) -> Check:
    """What body weight says of energy, with its interval."""
    low, high = case.settings.surplus_pct
    want = f"{low:g}-{high:g} % above maintenance"
    differs = (
        f"{low:g}-{high:g} % is reasonable; beginners may take 10-20 % (Iraki 2019), and 15 % instead of 5 % "
        "mostly added skinfold (Helms 2023). 7,700 kcal a kilogram is true of fat and too much for muscle, "
        "and water moves the first weeks of a change: take the percentage as a range."
    )
    if trend is None or trend.days < DAYS_NEEDED or trend.weighings < FEWEST_WEIGHINGS:
        told = "No body weight" if trend is None else f"Body weight for {trend.days} days"
        return Check(
            "surplus",
            "kitchen",
            "unknown",
            None if trend is None else round(trend.surplus_pct, 1),
            want,
            f"{told}: four weeks are needed to tell 5 % from 0.",
            "Weigh yourself every morning: hardset weigh KG.",
            differs=differs,
        )
    p_enough = trend.p_surplus_above(low)
    status: Status = "short" if p_enough < 0.2 else "ok" if p_enough >= 0.5 else "unknown"
    action = {
        "short": "Eat 150-250 kcal a day more, and look at the trend again in four weeks.",
        "ok": "Keep it."
        if trend.surplus80_pct[0] <= high
        else "More than needed: what is above mostly becomes fat. Eat a little less.",
        "unknown": "Go on weighing: the interval still holds both too little and enough.",
    }[status]
    weight = min(0.45, max(0.36, 0.35 + 0.01 * (low - trend.surplus_pct)))
    return Check(
        "surplus",
        "kitchen",
        status,
        round(trend.surplus_pct, 1),
        want,
        _surplus_words(trend),
        action,
        weight=weight if status == "short" else 0.0,
        differs=differs,
    )


def _surplus_words(trend: WeightTrend) -> str:
    low, high = trend.surplus80_pct
    half = Z80 * trend.se_kg_per_week
    basis = (
        "the energy you logged"
        if trend.maintenance_known
        else "an assumed maintenance (no energy was logged)"
    )
    return (
        f"Weight {trend.kg_per_week:+.2f} kg a week (80 % interval {trend.kg_per_week - half:+.2f} to "
        f"{trend.kg_per_week + half:+.2f}; {trend.weight_pct_per_week:+.2f} % of body weight) in "
        f"{trend.days} days: a surplus of {trend.surplus_pct:+.0f} % ({low:+.0f} to {high:+.0f}) at "
        f"{trend.maintenance_kcal:.0f} kcal, {basis}."
    )


def _protein(case: Case, told: DailyMean | None, weight_kg: float | None) -> Check:
    low, high = case.settings.protein_g_per_kg
    want = f"{low:g}-{high:g} g/kg a day"
    if told is None or told.days < FEWEST_DAYS:
        days = 0 if told is None else told.days
        evidence = f"Protein of {days} days in the last {case.days.count} is known."
        if weight_kg is None:
            evidence = "Without a body weight protein per kg is unknown."
        value = None if told is None else round(told.mean, 2)
        action = "Log what you eat for a week: hardset eat --protein G."
        return Check("protein", "kitchen", "unknown", value, want, evidence, action)
    short = told.mean + Z80 * told.se < low
    return Check(
        "protein",
        "kitchen",
        "short" if short else "ok",
        round(told.mean, 2),
        want,
        f"{told.mean:.1f} g/kg a day (80 % interval {told.mean - Z80 * told.se:.1f} to "
        f"{told.mean + Z80 * told.se:.1f}) on the {told.days} days that were logged.",
        f"Eat {(low - told.mean) * (weight_kg or 0.0):.0f} g more protein a day." if short else "Keep it.",
        weight=(low - told.mean) / low if short else 0.0,
        differs="The gain flattens at 1.6 g/kg; 2.2 is the upper end of that figure's interval "
        "(Morton 2018: 1.62, 1.03-2.20), not a better target.",
    )


def _spread(told: DailyMean | None) -> Check:
    want = "3-5 meals a day with at least 0.3 g/kg protein"
    if told is None or told.days < FEWEST_DAYS:
        evidence = "Too few days were logged meal by meal."
        return Check(
            "protein_spread", "kitchen", "unknown", None, want, evidence, "Log each meal for a week."
        )
    short = told.mean + Z80 * told.se < PROTEIN_MEALS
    return Check(
        "protein_spread",
        "kitchen",
        "short" if short else "ok",
        round(told.mean, 2),
        want,
        f"{told.mean:.1f} meals a day with 0.3 g/kg protein or more, on {told.days} days.",
        "Split the protein over one more meal." if short else "Keep it.",
        weight=0.08 if short else 0.0,
        differs="The day's sum matters far more than its spread (0.4 g/kg at four meals is a proposal: "
        "Schoenfeld & Aragon 2018).",
    )


def _carbohydrate(told: DailyMean | None) -> Check:
    want = "at least 3-5 g/kg a day"
    if told is None or told.days < FEWEST_DAYS:
        action = "Optional: hardset eat --protein G --carbs G."
        return Check("carbohydrate", "kitchen", "unknown", None, want, "Not logged.", action)
    short = told.mean + Z80 * told.se < CARBOHYDRATE_G_PER_KG
    evidence = f"{told.mean:.1f} g/kg a day on {told.days} days (Iraki 2019: 3-5 and more)."
    action = "Eat more carbohydrate around training." if short else "Keep it."
    status: Status = "short" if short else "ok"
    weight = 0.1 if short else 0.0
    return Check("carbohydrate", "kitchen", status, round(told.mean, 2), want, evidence, action, weight)


def _hydration(case: Case, told: DailyMean | None) -> Check:
    want = "no morning 2 % under the weight's trend"
    differs = (
        "A target in litres has no evidence; losing 2.5-5 % of body weight cuts the work of a set "
        "(Judelson 2007)."
    )
    value = None if told is None else round(told.mean, 2)
    drunk = "" if told is None else f" {told.mean:.1f} l a day on {told.days} days."
    dry = dry_mornings(case.history, last_days(case.end, 14))
    if dry is None:
        evidence = f"Too few weighings in two weeks to see dry mornings.{drunk}"
        action = "Optional: weigh yourself in the morning; hardset eat --water L."
        return Check("hydration", "kitchen", "unknown", value, want, evidence, action, differs=differs)
    short = dry >= 3
    evidence = f"{dry} mornings of the last two weeks were 2 % lighter than the trend: a hint only.{drunk}"
    action = "Drink more in the evening and with training." if short else "Keep it."
    status: Status = "short" if short else "ok"
    weight = 0.08 if short else 0.0
    return Check("hydration", "kitchen", status, value, want, evidence, action, weight, differs)
