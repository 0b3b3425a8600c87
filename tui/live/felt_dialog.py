"""After a set: how many reps were left, as it felt. One key answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

MOST = 6


class FeltDialog(ModalScreen[float | None]):
    """Gives what was felt, or None when it was closed without an answer."""

    help_topic = "felt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        *(Binding(str(n), f"dismiss({n})", f"{n} left", show=False) for n in range(MOST + 1)),
    ]

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(id="felt"):
            yield Label("How many more full reps could you have done?")
            yield Label(f"0 … {MOST}   (0: not a single one)", id="felt-keys")
            yield Label("Esc: don't say", classes="quiet")
