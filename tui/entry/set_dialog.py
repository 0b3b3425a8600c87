"""A set that no sensor measured: exercise by a few letters, load, reps, what was left."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.entries import set_from
from hardset.tracker.training.log import NewSet
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import load_words
from hardset.tui.entry.form import Field, FormDialog, Values, typed_number
from hardset.tui.live.lift_dialog import matching


class SetDialog(FormDialog):
    """Gives a `NewSet`, or None when it was closed."""

    help_topic = "log-set"
    BINDINGS = [  # noqa: RUF012
        Binding("down", "to_list", "Choose", show=False),
    ]

    def __init__(self, settings: Settings, last: Mapping[str, LoggedSet]) -> None:
        """last: the newest work set of each exercise that is known."""
        super().__init__(
            "Log a set",
            (
                Field("load", f"Load, {settings.unit}", "100, 225 lb, or bw: body weight alone"),
                Field("reps", "Reps", "8"),
                Field("rir", "Felt reps left", "2; empty: don't say"),
                Field("at", "When", "now; or 2026-11-23T18:05"),
                Field("warmup", "warm-up: counts for no muscle", tick=True),
                Field("failed", "a further rep was tried and failed", tick=True),
            ),
            self._set,
        )
        self._settings = settings
        self._last = last
        self._exercise: str | None = None

    def before_fields(self) -> ComposeResult:
        """The exercise."""
        yield Input(placeholder="exercise: a few letters of its name", id="name")
        yield OptionList(id="found")
        yield Label("", id="chosen", markup=False)

    def on_mount(self) -> None:
        """All exercises."""
        self._list("")

    def action_to_list(self) -> None:
        """From the name into the list."""
        if self.query_one("#name", Input).has_focus:
            self.query_one(OptionList).focus()

    @on(Input.Changed, "#name")
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#name")
    def _name_done(self) -> None:
        found = self.query_one(OptionList)
        if found.option_count and found.highlighted is not None:
            self._choose(found.get_option_at_index(found.highlighted).id)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option.id)

    def _list(self, letters: str) -> None:
        """Best matches first; what was trained lately stands on top while nothing is typed."""
        found = self.query_one(OptionList)
        entries = matching(letters)
        if not letters.strip():
            entries.sort(key=lambda one: one.id not in self._last)
        found.clear_options()
        found.add_options([Option(one.name, id=one.id) for one in entries])
        found.highlighted = 0 if entries else None

    def _choose(self, id: str | None) -> None:
        if id is None:
            return
        self._exercise = id
        words, last = catalogue()[id].name, self._last.get(id)
        if last is not None:
            words += f" · last {load_words(last.load_kg, self._settings)} x {last.reps}"
            load = self.query_one("#load", Input)
            if not load.value and last.load_kg is not None:
                load.value = f"{round(self._settings.from_kg(last.load_kg), 2):g}"
        self.query_one("#chosen", Label).update(words)
        self.query_one("#load", Input).focus()

    def _set(self, values: Values) -> NewSet:
        if self._exercise is None:
            raise EntryNotUnderstood("The set", "choose an exercise first")
        if not str(values["load"]).strip():
            raise EntryNotUnderstood("The set", "say the load, or bw for body weight alone")
        if not str(values["reps"]).strip():
            raise EntryNotUnderstood("The set", "say how many reps")
        fields = {
            "exercise": self._exercise,
            "load": values["load"],
            "reps": typed_number(values["reps"]),
            "rir": typed_number(values["rir"]),
            "at": str(values["at"]).strip() or None,
            "warmup": values["warmup"],
            "failed": values["failed"],
        }
        return set_from(fields, self._settings, "The set")
