"""Choosing one of the exercises that the log knows, by a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from hardset.tui.widgets.name_picker import Named, NamePicker

ALL = "*"
"""Stands for every exercise."""


@dataclass(frozen=True, slots=True)
class Trained:
    """An exercise and how many sets of it there are."""

    id: str
    name: str
    sets: int


class ExerciseDialog(ModalScreen[str | None]):
    """Gives the exercise's id, `ALL` where that is offered, None when it was closed."""

    help_topic = "exercise-choice"
    CSS_PATH = "exercise_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, trained: Sequence[Trained], *, offer_all: bool = False) -> None:
        super().__init__()
        every = (Named(ALL, "all exercises", searched=False),) if offer_all else ()
        self._names = (*every, *(Named(one.id, one.name, f"  ({one.sets})") for one in trained))

    def compose(self) -> ComposeResult:
        """Name, list."""
        with Vertical(id="choice"):
            yield Label("A few letters of the name; most trained first", classes="quiet")
            yield NamePicker(self._names)
            yield Label("Enter chooses · Esc cancels", classes="quiet")

    def on_name_picker_chosen(self, message: NamePicker.Chosen) -> None:
        """That one."""
        self.dismiss(message.id)
