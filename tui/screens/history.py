"""History: one exercise over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message

from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.strength import Strength, strength
from hardset.tui.history.panel import VIEWS, HistoryPanel
from hardset.tui.review.words import exercise_name
from hardset.tui.screens.base import ModeScreen
from hardset.tui.widgets.exercise_dialog import ExerciseDialog, Trained


class HistoryRead(Message):
    """The log has been read."""

    def __init__(self, known: Strength | None, trained: Sequence[Trained], settings: Settings) -> None:
        super().__init__()
        self.known = known
        self.trained = trained
        self.settings = settings


class HistoryScreen(ModeScreen):
    """Owns which exercise is shown; a worker reads and computes."""

    mode = "history"
    help_topic = "history"
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,e", "choose", "Exercise", key_display="/", tooltip="Choose the exercise"),
        Binding(
            "left_square_bracket", "other(-1)", "Other", key_display="[ ]", tooltip="More trained exercise"
        ),
        Binding(
            "right_square_bracket", "other(1)", "Other", show=False, key_display="]", tooltip="Less trained"
        ),
        Binding("v", "view", "View", tooltip="1RM, load-velocity profile, velocity at a load"),
        Binding("l", "load", "Load", tooltip="Another load in 'velocity at a load'"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.exercise: str | None = None
        """The exercise that was chosen; None: the one trained most."""
        self.known: Strength | None = None
        self.trained: Sequence[Trained] = ()
        self.settings = Settings()
        self.load_kg: float | None = None

    def body(self) -> ComposeResult:
        """The panel."""
        yield HistoryPanel(id="history")

    @property
    def panel(self) -> HistoryPanel:
        """The body."""
        return self.query_one(HistoryPanel)

    @property
    def view(self) -> str:
        """Which picture is up on a screen with room for one."""
        return VIEWS[self.panel.view]

    def on_mount(self) -> None:
        """Read."""
        self.read()

    def on_log_version(self) -> None:
        """Read again."""
        self.read()

    @work(group="read", thread=True, exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """The sets of the exercise; answers with `HistoryRead`."""
        wanted = self.exercise
        with self.desk.log() as log:
            sets = () if log is None else log.history().sets
            settings = Settings() if log is None else log.settings()
        counted = Counter(one.exercise for one in sets)
        trained = [Trained(id, exercise_name(id), count) for id, count in counted.most_common()]
        if wanted not in counted:
            wanted = trained[0].id if trained else None
        known = None
        if wanted is not None:
            of_it = [one for one in sets if one.exercise == wanted]
            known = strength(wanted, of_it, catalogue().get(wanted))
        self.post_message(HistoryRead(known, trained, settings))

    def on_history_read(self, message: HistoryRead) -> None:
        """Show it."""
        before = self.known
        self.known, self.trained, self.settings = message.known, message.trained, message.settings
        known = message.known
        loads = [] if known is None else list(known.by_load)
        other = before is None or known is None or before.exercise != known.exercise
        if other or self.load_kg not in loads:
            self.load_kg = loads[0] if loads else None
        self.panel.show(known, self.settings, self.load_kg)
        self.refresh_bindings()

    def commands(self) -> Iterable[SystemCommand]:
        """What can be looked at."""
        if self.known is not None:
            yield SystemCommand("History: choose the exercise", "By a few letters", self.action_choose)
            yield SystemCommand("History: next picture", "1RM, profile, velocity", self.action_view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing without sets; another load only where there are several."""
        if action == "load":
            return True if self.known is not None and len(self.known.by_load) > 1 else None
        if action in ("choose", "other", "view"):
            return True if self.known is not None else None
        return True

    def action_choose(self) -> None:
        """Choose the exercise by a few letters."""
        self.app.push_screen(ExerciseDialog(self.trained), self._chosen)

    def _chosen(self, exercise: str | None) -> None:
        if exercise is not None:
            self.exercise = exercise
            self.read()

    def action_other(self, by: int) -> None:
        """The exercise that is trained next more or less."""
        ids = [one.id for one in self.trained]
        if self.known is not None and ids:
            self._chosen(ids[(ids.index(self.known.exercise) + by) % len(ids)])

    def action_view(self) -> None:
        """The next picture."""
        self.panel.next_view()

    def action_load(self) -> None:
        """Another load."""
        known = self.known
        if known is not None and self.load_kg is not None:
            loads = list(known.by_load)
            self.load_kg = loads[(loads.index(self.load_kg) + 1) % len(loads)]
            self.panel.show_load(known, self.settings, self.load_kg)
