"""A set that no sensor measured: exercise by a few letters, load, reps, what was left."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.widgets import Input, Label

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.entries import set_from
from hardset.tracker.training.log import NewSet
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import load_words
from hardset.tui.entry.form import Field, FormDialog, Values, typed_number
from hardset.tui.widgets.name_picker import NamePicker, named


class SetDialog(FormDialog):
    """Gives a `NewSet`, or None when it was closed."""

    help_topic = "log-set"

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
        """The exercise; what was trained lately stands on top."""
        entries = sorted(catalogue().values(), key=lambda one: one.id not in self._last)
        yield NamePicker(named(entries), example="exercise: a few letters of its name")
        yield Label("", id="chosen", markup=False)

    def on_name_picker_chosen(self, message: NamePicker.Chosen) -> None:
        """The exercise is known: what was lifted last time, and on to the load."""
        self._exercise = id = message.id
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
