"""Finding one of many by a few letters of its name: a line to type in, and the list that it narrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from hardset.tracker.training.catalogue import CatalogueEntry


@dataclass(frozen=True, slots=True)
class Named:
    """One of the list."""

    id: str
    name: str
    note: str = ""
    """Stands behind the name, and is not searched."""
    searched: bool = True
    """False for one that is there only while nothing is typed."""


def named(entries: Iterable[CatalogueEntry]) -> tuple[Named, ...]:
    """Exercises of the catalogue."""
    return tuple(Named(one.id, one.name) for one in entries)


def matching(letters: str, names: Sequence[Named]) -> list[Named]:
    """Those whose name or id holds these letters in this order, the best first; all for no letters."""
    letters = letters.strip()
    if not letters:
        return list(names)
    matcher = Matcher(letters)
    scored = [(max(matcher.match(one.name), matcher.match(one.id)), one) for one in names if one.searched]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score > 0]


class NamePicker(Vertical):
    """Tells what was chosen as `NamePicker.Chosen`; Enter in the line takes the marked one."""

    DEFAULT_CSS = """
    NamePicker { height: auto; }
    NamePicker #letters { border: none; height: 1; width: 1fr; background: $panel; padding: 0 1; }
    NamePicker #letters:focus { background-tint: $primary 20%; }
    NamePicker #found { border: none; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "to_list", "Choose", show=False)]

    class Chosen(Message):
        """One was chosen."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, names: Sequence[Named], *, marked: str | None = None, example: str = "squat") -> None:
        """marked: id of the one that is marked while nothing is typed; else the first."""
        super().__init__()
        self._names = tuple(names)
        self._marked = marked
        self._example = example

    def compose(self) -> ComposeResult:
        """Letters, list."""
        yield Input(placeholder=self._example, id="letters")
        yield OptionList(id="found")

    def on_mount(self) -> None:
        """All of them."""
        self._list("")

    def focus_letters(self) -> None:
        """To the line."""
        self.query_one("#letters", Input).focus()

    def action_to_list(self) -> None:
        """From the letters into the list."""
        self.query_one(OptionList).focus()

    @on(Input.Changed, "#letters")
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#letters")
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self.post_message(self.Chosen(option.id))

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is not None:
            self.post_message(self.Chosen(event.option.id))

    def _list(self, letters: str) -> None:
        found, shown = self.query_one(OptionList), matching(letters, self._names)
        found.clear_options()
        found.add_options([Option(Content(one.name + one.note), id=one.id) for one in shown])
        ids = [one.id for one in shown]
        marked = ids.index(self._marked) if self._marked in ids and not letters.strip() else 0
        found.highlighted = marked if shown else None
