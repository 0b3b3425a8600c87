"""What Live has to do with the log: last time's set, marks after a set, undo. All of it in workers."""

from __future__ import annotations

from datetime import datetime

from textual import work
from textual.binding import Binding
from textual.message import Message

from hardset.tracker.training.editing import SetChanges, edit_set
from hardset.tracker.training.last_time import last_time
from hardset.tui.live.felt_dialog import FeltDialog
from hardset.tui.live.lift import Lift
from hardset.tui.live.words import last_time_words, left_in_log
from hardset.tui.screens.base import LogTold, ModeScreen


class LastTimeFound(Message):
    """What was done last time, read from the log."""

    def __init__(self, lift: Lift, words: str) -> None:
        super().__init__()
        self.lift = lift
        self.words = words


LOG_KEYS: tuple[Binding, ...] = (
    Binding("r", "felt", "Felt", tooltip="Say how many reps were left, as it felt"),
    Binding("f", "failed", "Failed", tooltip="The last set ended with a rep that failed"),
    Binding("u", "undo", "Undo", show=False, tooltip="Take back the last change of the log"),
)


class LogKeys(ModeScreen):
    """A screen after whose sets something can be said."""

    @property
    def last_set_id(self) -> int | None:
        """The set that was kept last, while it is on show."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks need a set that was kept, and undo a log."""
        if action in ("felt", "failed"):
            return True if self.last_set_id is not None else (False if self.desk.path is None else None)
        return self.desk.path is not None if action == "undo" else True

    def action_felt(self) -> None:
        """How many were left, as it felt."""
        if (set_id := self.last_set_id) is not None:

            def told(felt: float | None) -> None:
                if felt is not None:
                    self._mark(set_id, SetChanges(felt_rir=felt))

            self.app.push_screen(FeltDialog(), told)

    def action_failed(self) -> None:
        """The last set ended with a rep that failed."""
        if self.last_set_id is not None:
            self._mark(self.last_set_id, SetChanges(failed=True))

    @work(group="log", thread=True, exit_on_error=False)
    def _mark(self, set_id: int, changes: SetChanges) -> None:
        with self.desk.log() as log:
            if log is None:
                return
            edit_set(log, set_id, changes)
            marked = next((one for one in log.history().sets if one.id == set_id), None)
        if marked is not None:
            self.post_message(LogTold(f"set {set_id}: {left_in_log(marked)}"))

    @work(group="last-time", thread=True, exclusive=True, exit_on_error=False)
    def read_last_time(self, lift: Lift) -> None:
        """Look up what was done last time; answers with `LastTimeFound`."""
        if lift.exercise is None:
            return
        with self.desk.log() as log:
            if log is None:
                return
            history, settings = log.history(exercise=lift.exercise.id), log.settings()
        now = datetime.now().astimezone()
        last = last_time(history, lift.exercise.id, lift.load_kg, now)
        self.post_message(LastTimeFound(lift, last_time_words(last, settings)))
