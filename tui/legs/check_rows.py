"""Checks of the diagnosis as rows of a list and as one page each."""

from __future__ import annotations

from textual.content import Content

from hardset.tracker.training.check import STATUS_WORDS, Check, words
from hardset.tracker.training.diagnosis import FIXED
from hardset.tui.theme import QUIET

COLOURS = {"ok": "$success", "short": "$warning", "unknown": QUIET}
AREAS = {"gym": "Gym", "kitchen": "Kitchen", "recovery": "Recovery"}
FIXED_ID = "fixed"
_A_WEEK = "{:.1f} a week"
VALUES = {
    "overload": "{:+.1f} % a week",
    "surplus": "{:+.0f} %",
    "protein": "{:.1f} g/kg",
    "protein_spread": "{:.1f} meals",
    "carbohydrate": "{:.1f} g/kg",
    "hydration": "{:.1f} l a day",
    "recovery": "{:.0f} h",
    "sleep": "{:.1f} h",
}
"""How the figure of a check is written; the others are sets or sessions a week."""
KEYS = {
    "surplus": "w logs body weight",
    "hydration": "w logs body weight, e what you drink",
    "protein": "e logs a meal",
    "protein_spread": "e logs a meal",
    "carbohydrate": "e logs a meal",
    "sleep": "s logs a night",
}
"""What can be logged here for a check."""


def value_words(one: Check) -> str:
    """The figure that was looked at; '–' where there is none."""
    if one.value is None:
        return "–"
    if one.cause == "intensity":
        return f"{100 * one.value:.0f} % hard"
    return VALUES.get(one.cause, _A_WEEK).format(one.value)


def check_row(one: Check) -> Content:
    """Status in sign and word, name, figure."""
    colour = COLOURS[one.status]
    return Content.assemble(
        (f"{STATUS_WORDS[one.status]:9} ", colour),
        f"{words(one.cause):19}",
        (value_words(one), QUIET),
    )


def check_page(one: Check) -> Content:
    """All about one check."""
    colour = COLOURS[one.status]
    lines = [
        Content.assemble((STATUS_WORDS[one.status], f"{colour} bold"), f": {value_words(one)}"),
        Content.assemble(("wanted  ", QUIET), one.want),
        Content(""),
        Content(one.evidence),
        Content.styled(f"→ {one.action}", "bold"),
    ]
    if one.cause in KEYS:
        lines.append(Content.styled(f"Here: {KEYS[one.cause]}.", "$primary"))
    if one.differs:
        lines += [Content(""), Content.styled(f"≠ Not quite what is told: {one.differs}", QUIET)]
    return Content("\n").join(lines)


def fixed_page() -> Content:
    """What cannot be changed."""
    return Content("\n\n").join(Content(line) for line in FIXED)
