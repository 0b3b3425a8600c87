"""Choosing one of the exercises that the log knows, by a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("down", "to_list", "Choose", show=False),
    ]

    def __init__(self, trained: Sequence[Trained], *, offer_all: bool = False) -> None:
        super().__init__()
        self._trained = trained
        self._offer_all = offer_all

    def compose(self) -> ComposeResult:
        """Name, list."""
        with Vertical(id="choice"):
            yield Label("A few letters of the name; most trained first", classes="quiet")
            yield Input(placeholder="squat", id="letters")
            yield OptionList(id="trained", compact=True)
            yield Label("Enter chooses · Esc cancels", classes="quiet")

    def on_mount(self) -> None:
        """All of them."""
        self._list("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value.strip())

    @on(Input.Submitted)
    def _chosen(self) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            self.dismiss(found.get_option_at_index(found.highlighted).id)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_to_list(self) -> None:
        """From the letters into the list."""
        self.query_one(OptionList).focus()

    def _list(self, letters: str) -> None:
        shown = list(self._trained)
        if letters:
            matcher = Matcher(letters)
            scores = {one.id: max(matcher.match(one.name), matcher.match(one.id)) for one in shown}
            shown = sorted((one for one in shown if scores[one.id] > 0), key=lambda one: -scores[one.id])
        options = [Option(Content(f"{one.name}  ({one.sets})"), id=one.id) for one in shown]
        if self._offer_all and not letters:
            options.insert(0, Option(Content("all exercises"), id=ALL))
        found = self.query_one(OptionList)
        found.clear_options()
        found.add_options(options)
        if options:
            found.highlighted = 0
