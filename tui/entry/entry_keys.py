"""What can be put into the log from several screens: sets, weight, meals, sleep, another program's log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding

from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.records import LoggedSet, Meal, Night, Weighing
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import load_words, meal_words
from hardset.tui.entry.form import FormDialog
from hardset.tui.entry.import_dialog import ImportDialog
from hardset.tui.entry.kitchen_forms import meal_form, night_form, weighing_form
from hardset.tui.entry.set_dialog import SetDialog
from hardset.tui.screens.base import LogTold, ModeScreen

LOG_SET = Binding("l", "log_set", "Log set", tooltip="Log a set that no sensor measured")
UNDO = Binding("u", "undo", "Undo", tooltip="Take back the last change of the log")
IMPORT = Binding("i", "import_log", "Import", tooltip="Take over the log of Strong or Hevy")
KITCHEN = (
    Binding("w", "weigh", "Weigh", tooltip="Log your body weight"),
    Binding("e", "eat", "Eat", tooltip="Log a meal or a drink"),
    Binding("s", "sleep", "Sleep", tooltip="Log how long you slept"),
)
WRITING = ("log_set", "undo", "import_log", "weigh", "eat", "sleep")


class EntryKeys(ModeScreen):
    """A screen from which the log can be added to."""

    entry_settings: Settings = Settings()
    """Of the lifter, as read last."""

    def last_sets(self) -> dict[str, LoggedSet]:
        """The newest work set of each exercise, as far as this screen knows."""
        return {}

    def commands(self) -> Iterable[SystemCommand]:
        """What can be logged, by name."""
        if self.desk.path is None:
            return
        yield SystemCommand("Log: a set by hand", "A set that no sensor measured", self.action_log_set)
        yield SystemCommand("Log: body weight", "Weigh in", self.action_weigh)
        yield SystemCommand("Log: a meal or a drink", "Protein, energy, water", self.action_eat)
        yield SystemCommand("Log: sleep", "Hours of a night", self.action_sleep)
        yield SystemCommand("Log: import Strong or Hevy", "Another program's log", self.action_import_log)
        yield SystemCommand("Log: undo", "Take back the last change", self.action_undo)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is kept, nothing can be logged."""
        return self.desk.path is not None or None if action in WRITING else True

    def action_log_set(self) -> None:
        """A set by hand."""

        def told(new: NewSet) -> None:
            load = load_words(new.load_kg, self.entry_settings)
            name = new.exercise.replace("_", " ")
            self._write(lambda log: log.add_set(new), f"logged {name} {load} x {new.reps}")

        self._ask(SetDialog(self.entry_settings, self.last_sets()), told)

    def action_weigh(self) -> None:
        """Body weight."""

        def told(one: Weighing) -> None:
            words = f"logged {load_words(one.weight_kg, self.entry_settings)} of body weight"
            self._write(lambda log: log.weigh(one), words)

        self._ask(weighing_form(self.entry_settings), told)

    def action_eat(self) -> None:
        """A meal."""

        def told(one: Meal) -> None:
            self._write(lambda log: log.eat(one), f"logged {meal_words(one)}")

        self._ask(meal_form(), told)

    def action_sleep(self) -> None:
        """A night."""

        def told(one: Night) -> None:
            self._write(lambda log: log.sleep(one), f"logged {one.hours:g} h of sleep until {one.day}")

        self._ask(night_form(), told)

    def action_import_log(self) -> None:
        """Another program's log; the dialogue reads it, shows what would be added, and adds it."""

        def told(words: str | None) -> None:
            if words:
                self.on_log_told(LogTold(words))

        self.app.push_screen(ImportDialog(self.desk, self.entry_settings.unit), told)

    def _ask(self, dialog: FormDialog, told: Callable[[Any], None]) -> None:
        self.app.push_screen(dialog, lambda answer: told(answer) if answer is not None else None)

    @work(group="log", thread=True, exit_on_error=False)
    def _write(self, change: Callable[[Log], object], words: str) -> None:
        with self.desk.log() as log:
            if log is None:
                return
            change(log)
        self.post_message(LogTold(f"{words} (u takes it back)"))
