"""The two themes of the house. Colours name a state, and a word or sign always stands beside them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hardset-dark",
    dark=True,
    primary="#4fc3dc",
    secondary="#8aa4b8",
    accent="#c9a6ff",
    success="#7fd962",
    warning="#ffb454",
    error="#ff6b6b",
    foreground="#e8ecf0",
    background="#0e1318",
    surface="#151b22",
    panel="#202932",
)
LIGHT = Theme(
    name="hardset-light",
    dark=False,
    primary="#0b6580",
    secondary="#4d6272",
    accent="#6a3fb5",
    success="#276f1b",
    warning="#9a4f00",
    error="#b3201a",
    foreground="#171c21",
    background="#fbfbf9",
    surface="#f1f3f4",
    panel="#e1e6ea",
)
THEMES = (DARK, LIGHT)
QUIET = "$secondary"
"""What stands back in a line of text; `$text-muted` is for widgets, in a line it is not quiet."""
