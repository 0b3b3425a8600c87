"""Legs: the diagnosis of the log, and where weight, meals and sleep are logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.check import words
from hardset.tracker.training.diagnosis import Diagnosis, diagnose
from hardset.tracker.training.records import LoggedSet, TrainingHistory
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import load_words, meal_words
from hardset.tui.entry.entry_keys import KITCHEN, LOG_SET, UNDO, EntryKeys
from hardset.tui.legs.check_rows import AREAS, FIXED_ID, check_page, check_row, fixed_page
from hardset.tui.theme import QUIET

STATES = {"none": "-good", "too_early": "-quiet"}


@dataclass(frozen=True, slots=True)
class LegsSeen:
    """The diagnosis and what it was made from."""

    diagnosis: Diagnosis
    history: TrainingHistory
    settings: Settings


class LegsRead(Message):
    """The log has been looked at."""

    def __init__(self, seen: LegsSeen) -> None:
        super().__init__()
        self.seen = seen


class CheckPage(VerticalScroll):
    """All about the marked check."""

    help_topic = "check"


class LegsScreen(EntryKeys):
    """The one thing to change, then every check."""

    mode = "legs"
    help_topic = "legs"
    CSS_PATH = "legs.tcss"
    AUTO_FOCUS = "#checks"
    BINDINGS: ClassVar[list[BindingType]] = [*KITCHEN, LOG_SET, UNDO]

    def __init__(self) -> None:
        super().__init__()
        self._seen: LegsSeen | None = None

    def body(self) -> ComposeResult:
        """Verdict, checks, one of them in full, what was logged last."""
        with VerticalScroll(id="verdict", can_focus=False):
            yield Static("", id="verdict-words")
        with Container(id="legs"):
            yield OptionList(id="checks")
            with CheckPage(id="page"):
                yield Static("", id="page-words")
        yield Static("", id="lately", markup=False)

    def on_mount(self) -> None:
        """Look at the log."""
        self.read_legs()

    def on_log_version(self) -> None:
        """Look again."""
        self.read_legs()

    @work(group="read", thread=True, exclusive=True, exit_on_error=False)
    def read_legs(self) -> None:
        """Diagnose; answers with `LegsRead`."""
        with self.desk.log() as log:
            if log is None:
                return
            history, settings = log.history(), log.settings()
        self.post_message(LegsRead(LegsSeen(diagnose(history, catalogue(), settings), history, settings)))

    def last_sets(self) -> dict[str, LoggedSet]:
        """The newest work set of each exercise."""
        if self._seen is None:
            return {}
        return {one.exercise: one for one in self._seen.history.sets if not one.warmup}

    @on(LegsRead)
    def _show(self, message: LegsRead) -> None:
        self._seen = seen = message.seen
        self.entry_settings = seen.settings
        self._show_verdict(seen)
        self._show_checks(seen.diagnosis)
        self.query_one("#lately", Static).update(lately_words(seen))

    def _show_verdict(self, seen: LegsSeen) -> None:
        limiting = seen.diagnosis.limiting
        box = self.query_one("#verdict")
        box.border_title = limiting.headline
        box.border_subtitle = f"until {seen.diagnosis.end:%d %b %Y}" if seen.history.sets else None
        box.set_classes(STATES.get(limiting.area, "-short"))
        told = Content.assemble(limiting.evidence, "\n", (f"→ {limiting.action}", "bold"))
        self.query_one("#verdict-words", Static).update(told)

    def _show_checks(self, diagnosis: Diagnosis) -> None:
        listed = self.query_one("#checks", OptionList)
        marked = None if listed.highlighted_option is None else listed.highlighted_option.id
        listed.clear_options()
        for area, title in AREAS.items():
            listed.add_option(_heading(title))
            of_area = [one for one in diagnosis.checks if one.area == area]
            listed.add_options([Option(check_row(one), id=one.cause) for one in of_area])
        listed.add_option(_heading("What can't be changed"))
        fixed = Content.assemble(("· always  ", QUIET), "limbs, insertions, fibres")
        listed.add_option(Option(fixed, id=FIXED_ID))
        causes = [one.cause for one in diagnosis.checks]
        wanted = marked or diagnosis.limiting.cause
        listed.highlighted = listed.get_option_index(wanted if wanted in (*causes, FIXED_ID) else causes[0])

    @on(OptionList.OptionHighlighted, "#checks")
    def _show_page(self, event: OptionList.OptionHighlighted) -> None:
        if self._seen is None or event.option.id is None:
            return
        page = self.query_one(CheckPage)
        page.scroll_home(animate=False)
        told = self.query_one("#page-words", Static)
        if event.option.id == FIXED_ID:
            page.border_title = "What can't be changed"
            told.update(fixed_page())
        else:
            check = self._seen.diagnosis.check(event.option.id)
            page.border_title = words(check.cause)
            told.update(check_page(check))

    @on(OptionList.OptionSelected, "#checks")
    def _to_page(self) -> None:
        self.query_one(CheckPage).focus()


def lately_words(seen: LegsSeen) -> str:
    """What was logged last: weight, meal, night."""
    history = seen.history
    said = []
    if history.weighings:
        weighing = history.weighings[-1]
        said.append(f"{load_words(weighing.weight_kg, seen.settings, 1)} on {weighing.at:%d %b}")
    if history.nights:
        said.append(f"{history.nights[-1].hours:.1f} h of sleep until {history.nights[-1].day:%d %b}")
    if history.meals:
        said.append(f"{history.meals[-1].at:%d %b} {meal_words(history.meals[-1])}")
    return (
        f"Logged last: {' · '.join(said)}" if said else "Nothing logged of weight, meals and sleep: w, e, s"
    )


def _heading(title: str) -> Option:
    return Option(Content.styled(title, "bold $primary"), disabled=True)
