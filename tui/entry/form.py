"""Dialogues that ask for a few values: checked before they close, with the problem said where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from hardset.tracker.errors import EntryNotUnderstood, HardsetError

Values = Mapping[str, str | bool]
"""What stands in the fields, by name: text, or whether a box is ticked."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    label: str
    example: str = ""
    """Shown while the field is empty."""
    value: str = ""
    tick: bool = False
    """True for a box to tick instead of a text."""


def problem_words(error: HardsetError) -> str:
    """What is wrong, without the advice that a command line needs."""
    return error.problem if isinstance(error, EntryNotUnderstood) else str(error)


def typed_number(value: str | bool | None) -> Any:
    """A number where the text is one; None for nothing; else the text itself, which the checks refuse."""
    if not isinstance(value, str):
        return value
    text = value.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


class Tick(Checkbox):
    """A box that is empty until it is ticked: no colour is needed to see it."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]
        """What stands in the box."""
        return "✓" if self.value else "·"


class FormDialog(ModalScreen[Any]):
    """Gives what `read` makes of the fields, or None when it was closed."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("ctrl+s", "done", "Done", tooltip="Done, from any field"),
    ]
    help_topic = "entry"

    def __init__(
        self, title: str, fields: Sequence[Field], read: Callable[[Values], Any], explained: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._read = read
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Title, fields, what is wrong, keys."""
        with Vertical(id="form") as form:
            form.border_title = self._title
            if self._explained:
                yield Static(self._explained, id="explained", markup=False)
            yield from self.before_fields()
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="field"):
                        if field.tick:
                            yield Label("", classes="name")
                            yield Tick(field.label, id=field.name, compact=True)
                        else:
                            yield Label(field.label, classes="name")
                            yield Input(field.value, placeholder=field.example, id=field.name)
            yield Static("", id="wrong", markup=False)
            several = "goes on, at the last field it " if len(self._fields) > 1 else ""
            yield Static(f"Enter {several}is done · Esc cancels", classes="quiet")

    def before_fields(self) -> ComposeResult:
        """What stands above the fields."""
        return ()

    def values(self) -> Values:
        """What stands in the fields."""
        return {
            field.name: self.query_one(f"#{field.name}", Checkbox).value
            if field.tick
            else self.query_one(f"#{field.name}", Input).value
            for field in self._fields
        }

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        texts = [field.name for field in self._fields if not field.tick]
        if event.input.id not in texts:
            return
        at = texts.index(event.input.id)
        if at + 1 < len(texts):
            self.query_one(f"#{texts[at + 1]}", Input).focus()
        else:
            self.action_done()

    @on(Input.Changed)
    def _corrected(self) -> None:
        self.say_wrong("")

    def action_done(self) -> None:
        """Check, and close where nothing is wrong."""
        try:
            read = self._read(self.values())
        except HardsetError as error:
            self.say_wrong(problem_words(error))
            return
        self.dismiss(read)

    def say_wrong(self, words: str) -> None:
        """Say what is wrong."""
        self.query_one("#wrong", Static).update(f"✗ {words}" if words else "")


class ChoiceDialog(ModalScreen[str | None]):
    """Gives the id of what was chosen, or None when it was closed."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]
    help_topic = "entry"

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: str | None = None, explained: str = ""
    ) -> None:
        """choices: id and words of each."""
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._chosen = chosen
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(id="form", classes="choice") as form:
            form.border_title = self._title
            if self._explained:
                yield Static(self._explained, id="explained", markup=False)
            yield OptionList(*(Option(words, id=id) for id, words in self._choices), markup=False)
            yield Static("Enter chooses · Esc cancels", classes="quiet")

    def on_mount(self) -> None:
        """Mark what is chosen already."""
        ids = [id for id, _ in self._choices]
        self.query_one(OptionList).highlighted = ids.index(self._chosen) if self._chosen in ids else 0

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
