"""Correcting the set that is looked at, or one of its reps: each key is one change of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding

from hardset.signal.exercise import Placement
from hardset.tracker.training import editing
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.editing import SAME, SetChanges
from hardset.tracker.training.log import Log
from hardset.tracker.training.set_list import SetReview
from hardset.tracker.training.settings import Settings
from hardset.tui.live.lift import Lift
from hardset.tui.live.lift_dialog import LiftDialog
from hardset.tui.live.log_keys import LogKeys
from hardset.tui.review.rep_list import RepList
from hardset.tui.screens.base import LogTold

SAID_S = 2.0
OF_A_SET = ("delete", "lift", "warmup", "felt", "failed")
CHANGES = (*OF_A_SET, "split", "merge", "undo")
"""What a visitor can't do."""
CORRECTION_KEYS: tuple[Binding, ...] = (
    Binding("x", "delete", "Delete", tooltip="Delete the set or rep, or bring it back"),
    Binding("e", "lift", "Correct", tooltip="Correct exercise and load"),
    Binding("r", "felt", "Felt", tooltip="Say how many reps were left, as it felt"),
    Binding("w", "warmup", "Warm-up", show=False, tooltip="A warm-up, or a work set"),
    Binding("f", "failed", "Failed", show=False, tooltip="It ended with a failed rep, or did not"),
    Binding("s", "split", "Split", tooltip="Make two reps of this one: a turn was missed"),
    Binding("m", "merge", "Merge", tooltip="Make one rep of this and the next: a stall was taken for an end"),
)


class Corrections(LogKeys):
    """A screen that looks at one set, whose keys correct it."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings()
        self.review: SetReview | None = None
        """The set that is looked at."""

    @property
    def reps(self) -> RepList:
        """The reps of the set."""
        return self.query_one(RepList)

    @property
    def reps_have_focus(self) -> bool:
        """Whether keys belong to the reps."""
        return self.is_mounted and self.reps.has_focus

    @property
    def last_set_id(self) -> int | None:
        """The set that is looked at."""
        return self.review.line.logged.id if self.review is not None else None

    def commands(self) -> Iterable[SystemCommand]:
        """What can be corrected, by name."""
        if self.review is None or self.desk.watching:
            return
        yield SystemCommand("Set: correct exercise and load", "Everything follows", self.action_lift)
        yield SystemCommand("Set: warm-up or work set", "Warm-ups count for nothing", self.action_warmup)
        yield SystemCommand("Set: failed or completed", "A failed rep ended it", self.action_failed)
        yield SystemCommand("Set: delete or bring back", "Nothing is thrown away", self.action_delete)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this set or rep allows."""
        if self.desk.watching and action in CHANGES:
            return False
        if action in OF_A_SET:
            return True if self.review is not None else None
        if action in ("split", "merge"):
            return self._rep_allows(action) if self.reps_have_focus else False
        return super().check_action(action, parameters)

    def _rep_allows(self, action: str) -> bool | None:
        rep = self.reps.rep
        stands = rep is not None and not rep.deleted
        return True if stands and not (action == "merge" and self.reps.is_last) else None

    def action_delete(self) -> None:
        """Delete the rep or the set, or bring it back."""
        if self.review is None:
            return
        set_id, deleted = self.review.line.logged.id, self.review.line.deleted
        rep, place = self.reps.rep, self.reps.place
        if self.reps.has_focus and rep is not None and place is not None:
            act = editing.restore_rep if rep.deleted else editing.delete_rep
            said = "back" if rep.deleted else "deleted"
            self._change(f"rep {place} {said}", lambda log: act(log, set_id, place))
        else:
            whole = editing.restore_set if deleted else editing.delete_set
            self._change(f"set {set_id} {'back' if deleted else 'deleted'}", lambda log: whole(log, set_id))

    def action_split(self) -> None:
        """Two reps of one."""
        self._of_rep("split", editing.split_rep)

    def action_merge(self) -> None:
        """One rep of two."""
        self._of_rep("merged with the next", editing.merge_reps)

    def _of_rep(self, said: str, act: Callable[[Log, int, int], None]) -> None:
        set_id, place = self.last_set_id, self.reps.place
        if set_id is not None and place is not None:
            self._change(f"rep {place} {said}", lambda log: act(log, set_id, place))

    def action_lift(self) -> None:
        """Correct exercise and load."""
        if self.review is None:
            return
        one = self.review.line.logged
        placement = Placement(one.placement) if one.placement else Placement.BAR
        lift = Lift(catalogue().get(one.exercise), placement, one.load_kg)

        def told(corrected: Lift | None) -> None:
            if corrected is None or corrected.exercise is None:
                return
            other = corrected.exercise.id != one.exercise
            changes = SetChanges(
                exercise=corrected.exercise.id if other else SAME,
                load_kg=corrected.load_kg if corrected.load_kg != one.load_kg else SAME,
            )
            self._correct(one.id, changes, corrected.in_words(self.settings))

        self.app.push_screen(LiftDialog(lift, self.settings), told)

    def action_warmup(self) -> None:
        """A warm-up, or a work set."""
        if self.review is not None:
            one = self.review.line.logged
            said = "a work set" if one.warmup else "a warm-up"
            self._correct(one.id, SetChanges(warmup=not one.warmup), said)

    def action_failed(self) -> None:
        """It ended with a failed rep, or did not."""
        if self.review is not None:
            one = self.review.line.logged
            said = "no failed rep" if one.failed else "failed"
            self._correct(one.id, SetChanges(failed=not one.failed), said)

    def _correct(self, set_id: int, changes: SetChanges, said: str) -> None:
        if changes.columns():
            self._change(f"set {set_id}: {said}", lambda log: editing.edit_set(log, set_id, changes))

    @work(group="log", thread=True, exit_on_error=False)
    def _change(self, said: str, act: Callable[[Log], None]) -> None:
        with self.desk.log() as log:
            if log is not None:
                act(log)
                log.history()  # what follows is worked out here, once for all screens
        self.post_message(LogTold(said))

    def on_log_told(self, message: LogTold) -> None:
        """Say it shortly: what has changed is seen."""
        message.prevent_default()
        self.notify(message.words, timeout=SAID_S, markup=False)
        self.house.log_changed()
