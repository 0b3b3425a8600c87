"""Review: the sets of the log, one of them in full, and every correction of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList

from hardset.tracker.errors import NotInLog
from hardset.tracker.training.set_list import SetLine, SetReview, set_lines, set_review
from hardset.tracker.training.set_trace import SetTrace, Traces
from hardset.tracker.training.settings import Settings
from hardset.tui.review.corrections import CORRECTION_KEYS, Corrections
from hardset.tui.review.panel import VIEWS, ReviewPanel
from hardset.tui.review.rep_list import RepList
from hardset.tui.review.replay import Replayable, ReplayScreen, replayable
from hardset.tui.review.set_list import SetList
from hardset.tui.review.words import exercise_name
from hardset.tui.widgets.exercise_dialog import ALL, ExerciseDialog, Trained


class ListRead(Message):
    """The list of sets has been read."""

    def __init__(self, lines: Sequence[SetLine], settings: Settings) -> None:
        super().__init__()
        self.lines = lines
        self.settings = settings


class SetRead(Message):
    """One set has been read; None: it is gone, or the log could not be read."""

    def __init__(self, set_id: int, review: SetReview | None) -> None:
        super().__init__()
        self.set_id = set_id
        self.review = review


class TraceRead(Message):
    """The movement of a set has been worked out."""

    def __init__(self, set_id: int, trace: SetTrace | None) -> None:
        super().__init__()
        self.set_id = set_id
        self.trace = trace


class ReadingOver(Message):
    """The reader has nothing more to do for that set."""

    def __init__(self, set_id: int) -> None:
        super().__init__()
        self.set_id = set_id


class ReplayFound(Message):
    """The samples of a set are there to be played."""

    def __init__(self, replay: Replayable | None) -> None:
        super().__init__()
        self.replay = replay


class ReviewScreen(Corrections):
    """Owns which set is looked at; a worker reads, handlers show."""

    mode = "review"
    help_topic = "review"
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", tooltip="Only the sets of one exercise"),
        *CORRECTION_KEYS,
        Binding("p", "replay", "Replay", tooltip="Play the set once more through the Live screen"),
        Binding("v", "view", "View", tooltip="Below the reps: movement, earlier sets, doubts"),
        Binding("u", "undo", "Undo", tooltip="Take back the last change of the log"),
        Binding("right", "to_reps", "Reps", show=False, tooltip="To the reps of the set"),
        Binding("left,escape", "to_list", "Sets", show=False, tooltip="Back to the list of sets"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[SetLine] = ()
        self.exercise: str | None = None
        """Only its sets are listed; None: all."""
        self.trace: SetTrace | None = None
        self.wanted: int | None = None
        """The set under the cursor, read or being read."""
        self._traces = Traces()
        self._reading = False

    def body(self) -> ComposeResult:
        """The list beside the set."""
        yield ReviewPanel(id="review")

    @property
    def panel(self) -> ReviewPanel:
        """The body."""
        return self.query_one(ReviewPanel)

    def on_mount(self) -> None:
        """Read, unless the application tells soon that the log is ready."""
        self.read_list()

    def on_log_version(self) -> None:
        """Everything is read again."""
        self.read_list()

    # Reading.

    @work(group="read", thread=True, exit_on_error=False)
    def read_list(self) -> None:
        """All sets; answers with `ListRead`."""
        with self.desk.log() as log:
            lines = () if log is None else set_lines(log)
            settings = Settings() if log is None else log.settings()
        self.post_message(ListRead(lines, settings))

    def on_list_read(self, message: ListRead) -> None:
        """List the sets; the one on show is read anew."""
        self.lines, self.settings = message.lines, message.settings
        self._list()
        if self.wanted is not None:
            self._read_wanted()

    def _list(self) -> None:
        wanted = self.exercise
        shown = [one for one in self.lines if wanted is None or one.logged.exercise == wanted]
        caption = "all exercises" if wanted is None else exercise_name(wanted)
        self.panel.show_list(shown, self.settings, caption, keep=self.wanted)
        if not shown:
            self.wanted = None
            self._show(None)

    @on(OptionList.OptionHighlighted, "#sets")
    def _moved(self) -> None:
        set_id = self.query_one(SetList).set_id
        if set_id is not None and set_id != self.wanted:
            self.wanted = set_id
            self._read_wanted()

    def _read_wanted(self) -> None:
        """One reader at a time: whoever runs through the list reads only where he stops."""
        if not self._reading and self.wanted is not None:
            self._reading = True
            self.read_set(self.wanted)

    @work(group="read", thread=True, exit_on_error=False)
    def read_set(self, set_id: int) -> None:
        """One set, then its movement if it is still looked at; answers with messages."""
        try:
            with self.desk.log() as log:
                try:
                    review = None if log is None else set_review(log, set_id)
                except NotInLog:  # undone meanwhile: the list, which is being read, knows
                    review = None
                self.post_message(SetRead(set_id, review))
                if log is not None and review is not None and review.has_samples and self.wanted == set_id:
                    self.post_message(TraceRead(set_id, self._traces.of(log, set_id)))
        finally:
            self.post_message(ReadingOver(set_id))

    def on_set_read(self, message: SetRead) -> None:
        """Show it, if it is still looked at."""
        if message.set_id == self.wanted:
            self._show(message.review)

    def on_trace_read(self, message: TraceRead) -> None:
        """Draw the movement, if the set is still looked at."""
        if message.set_id == self.wanted and self.review is not None:
            self.trace = message.trace
            self.panel.show_trace(self.review, self.trace)

    def on_reading_over(self, message: ReadingOver) -> None:
        """Go on with the set under the cursor, where that is another one by now."""
        self._reading = False
        if message.set_id != self.wanted:
            self._read_wanted()

    def _show(self, review: SetReview | None) -> None:
        same = review is not None and review.line.logged.id == self.last_set_id
        self.review = review
        if not same:
            self.trace = None
        self.panel.show_set(review, self.settings, same_set=same)
        if not same or (review is not None and not review.has_samples):
            self.panel.show_trace(review, None)
        self.refresh_bindings()

    # Keys.

    def commands(self) -> Iterable[SystemCommand]:
        """What can be done with the set that is looked at."""
        yield SystemCommand("Sets: of one exercise", "Filter the list", self.action_filter)
        if self.review is not None:
            if self.review.has_samples:
                yield SystemCommand("Set: replay", "Through the Live screen", self.action_replay)
            yield from super().commands()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this set or rep allows."""
        if action == "replay":
            return True if self.review is not None and self.review.has_samples else None
        if action == "filter":
            return (True if self.lines else None) if not self.reps_have_focus else False
        if action == "to_reps":
            return True if self.lines else None
        return super().check_action(action, parameters)

    @on(RepList.Moved)
    def _rep_moved(self) -> None:
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Keys belong to the list or to the reps."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#sets")
    def _opened(self) -> None:
        if self.query_one(SetList).set_id is None:
            self.query_one(SetList).show_more()
        else:
            self.action_to_reps()

    def action_to_reps(self) -> None:
        """To the reps, where there are any."""
        if self.reps.rep is not None:
            self.reps.focus()

    def action_to_list(self) -> None:
        """Back to the sets; once more: all of them."""
        sets = self.query_one(SetList)
        if sets.has_focus and self.exercise is not None:
            self._filtered(ALL)
        sets.focus()

    def action_view(self) -> None:
        """The next picture below the reps."""
        self.panel.next_view()

    def action_filter(self) -> None:
        """Choose whose sets are listed."""
        counted = Counter(one.logged.exercise for one in self.lines if one.logged.exercise)
        trained = [Trained(id, exercise_name(id), count) for id, count in counted.most_common()]
        self.app.push_screen(ExerciseDialog(trained, offer_all=True), self._filtered)

    def _filtered(self, exercise: str | None) -> None:
        if exercise is not None:
            self.exercise = None if exercise == ALL else exercise
            self._list()

    def action_replay(self) -> None:
        """Play the set through the Live screen."""
        if self.review is not None:
            self._find_replay(self.review.line)

    @work(group="read", thread=True, exit_on_error=False)
    def _find_replay(self, line: SetLine) -> None:
        with self.desk.log() as log:
            found = None if log is None else replayable(log, line)
        self.post_message(ReplayFound(found))

    def on_replay_found(self, message: ReplayFound) -> None:
        """Play it."""
        if message.replay is None:
            self.notify("No samples of this set were kept.", severity="warning")
        elif self.house.screen is self:
            self.app.push_screen(ReplayScreen(message.replay))

    @property
    def view(self) -> str:
        """Which picture is below the reps on a screen with room for one."""
        return VIEWS[self.panel.view]
