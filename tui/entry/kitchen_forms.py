"""What is asked about body weight, meals and sleep."""

from __future__ import annotations

from hardset.tracker.training.entries import meal_from, night_from, weighing_from
from hardset.tracker.training.records import Meal, Night, Weighing
from hardset.tracker.training.settings import Settings
from hardset.tui.entry.form import Field, FormDialog, Values, typed_number

WHEN = Field("at", "When", "now; or 2026-11-23T07:10")


def weighing_form(settings: Settings) -> FormDialog:
    """Gives a `Weighing`."""

    def read(values: Values) -> Weighing:
        kg = str(values["kg"]).strip() or None
        return weighing_from({"kg": kg, "at": _when(values)}, settings, "The weight")

    fields = (Field("kg", f"Body weight, {settings.unit}", "81.4" if settings.unit == "kg" else "179"), WHEN)
    return FormDialog("Body weight", fields, read, "In the morning, before eating: days compare best so.")


def meal_form() -> FormDialog:
    """Gives a `Meal`."""

    def read(values: Values) -> Meal:
        amounts = {name: typed_number(values[name]) for name in ("protein", "kcal", "carbs", "water")}
        return meal_from({**amounts, "at": _when(values)}, "The meal")

    fields = (
        Field("protein", "Protein, g", "40"),
        Field("kcal", "Energy, kcal", "650"),
        Field("carbs", "Carbohydrate, g", "60"),
        Field("water", "Water, litres", "0.5"),
        WHEN,
    )
    return FormDialog(
        "A meal or a drink", fields, read, "What you don't know stays empty; one amount is enough."
    )


def night_form() -> FormDialog:
    """Gives a `Night`."""

    def read(values: Values) -> Night:
        hours = typed_number(values["hours"])
        return night_from({"hours": hours, "at": _when(values)}, "The night")

    fields = (Field("hours", "Hours of sleep", "7.5"), Field("at", "Woke up on", "today; or 2026-11-23"))
    return FormDialog("Sleep", fields, read, "A second entry for a day takes the place of the first.")


def _when(values: Values) -> str | None:
    return str(values["at"]).strip() or None
