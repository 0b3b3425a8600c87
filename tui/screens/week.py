"""Week: hard sets of each muscle, and the sets behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hardset.tracker.training.check import words
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.sessions import iso_week, sessions, week_days
from hardset.tracker.training.times import now
from hardset.tracker.training.week_overview import WeekOverview, newest_trained_week, week_overview
from hardset.tracker.training.week_words import missing_words, sets_of_unknown_effort
from hardset.tui.entry.entry_keys import IMPORT, LOG_SET, UNDO, EntryKeys
from hardset.tui.week.muscle_detail import muscle_detail, muscle_title
from hardset.tui.week.rows import OPINION, Columns, full_scale, is_shown, muscle_row

EMPTY = (
    "No set is logged yet.\n\n"
    "l  logs one by hand\ni  takes over the log of Strong or Hevy\n1  opens Live, where a sensor counts them"
)
LEGEND = f"█ sure  ▓ 80 % range  ░ band: practice, not law  {OPINION} opinion  ½ set that helps"


class WeekRead(Message):
    """A week has been counted."""

    def __init__(self, seen: WeekOverview) -> None:
        super().__init__()
        self.seen = seen


class Muscles(OptionList):
    """One row a muscle."""

    help_topic = "muscles"


class Detail(VerticalScroll):
    """The sets behind the marked muscle."""

    help_topic = "muscle-sets"


class WeekScreen(EntryKeys):
    """Shows one ISO week; the newest with a set until another one is chosen."""

    mode = "week"
    help_topic = "week"
    CSS_PATH = "week.tcss"
    AUTO_FOCUS = "#muscles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,left_square_bracket", "back(1)", "Before", key_display="←", tooltip="The week before"),
        Binding("right,right_square_bracket", "back(-1)", "After", key_display="→", tooltip="The week after"),
        Binding("t", "newest", "Newest", show=False, tooltip="The newest week with a set"),
        Binding("a", "everything", "All", tooltip="Show or hide muscles that were not trained"),
        LOG_SET,
        IMPORT,
        UNDO,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._week: str | None = None
        """Chosen by the lifter; None: the newest with a set."""
        self._seen: WeekOverview | None = None
        self._everything = False

    def body(self) -> ComposeResult:
        """Title, muscles, the sets of one of them."""
        yield Label("", id="title", markup=False)
        with Container(id="week"):
            with Vertical(id="left"):
                yield Label("", id="head", markup=False)
                yield Muscles(id="muscles")
                yield Static("", id="missing", markup=False)
                yield Label(LEGEND, id="legend", markup=False)
            with Detail(id="detail"):
                yield Static("", id="sets")
        yield Static(EMPTY, id="empty", markup=False)

    def on_mount(self) -> None:
        """Read."""
        self.query_one("#empty").display = False
        self.read_week()

    def on_log_version(self) -> None:
        """Count again."""
        self.read_week()

    @work(group="read", thread=True, exclusive=True, exit_on_error=False)
    def read_week(self) -> None:
        """Count the chosen week; answers with `WeekRead`."""
        with self.desk.log() as log:
            if log is None:
                return
            week = self._week or newest_trained_week(log, now().date())
            seen = week_overview(log, week)
        self.post_message(WeekRead(seen))

    @on(WeekRead)
    def _show_read(self, message: WeekRead) -> None:
        self._seen = message.seen
        self.entry_settings = message.seen.settings
        self._show()

    def last_sets(self) -> dict[str, LoggedSet]:
        """The newest work set of each exercise in the weeks that were read."""
        if self._seen is None:
            return {}
        return {one.exercise: one for one in self._seen.history.sets if not one.warmup}

    # What is shown.

    def on_resize(self, event: events.Resize) -> None:
        """Bars are as wide as there is room."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        seen = self._seen
        if seen is None or not self.is_mounted:
            return
        empty = not seen.history.sets and self._week is None
        self.query_one("#empty").display = empty
        self.query_one("#week").display = not empty
        self.query_one("#title", Label).update(self._title(seen))
        self._show_muscles(seen)
        self.query_one("#missing", Static).update("\n".join(self._remarks(seen)))

    def _title(self, seen: WeekOverview) -> str:
        days, this = seen.counted.days, iso_week(now().date())
        worked = [one for one in days.of(seen.history.sets) if not one.warmup]
        visits = len(sessions(worked))
        which = " (this week)" if seen.week == this else ""
        who = f" · {seen.counted.lifter}" if seen.counted.lifter else ""
        said = f"‹ {seen.week}{which} ›  {days.first:%d %b} to {days.last:%d %b %Y}{who}"
        return f"{said}  ·  {len(worked)} work sets, {visits} session{'' if visits == 1 else 's'}"

    def _remarks(self, seen: WeekOverview) -> list[str]:
        said = []
        if seen.counted.missing and seen.counted.days.of(seen.history.sets):
            said.append(f"✗ {missing_words(seen.counted)}")
        if unknown := sets_of_unknown_effort(seen.counted):
            said.append(f"? Nobody said how hard {unknown} of the sets were: they count about half.")
        if seen.waiting:
            several = len(seen.waiting) > 1
            which = f"{len(seen.waiting)} measured sets have" if several else "1 measured set has"
            said.append(f"? {which} no exercise yet: say it on Review (2, then e).")
        if seen.counted.uncounted:
            said.append(f"? Muscles unknown, not counted: {', '.join(map(words, seen.counted.uncounted))}.")
        return said

    def _show_muscles(self, seen: WeekOverview) -> None:
        listed = self.query_one(Muscles)
        columns = Columns.within(listed.size.width - 1)
        self.query_one("#head", Label).update(columns.head)
        shown = [one for one in seen.counted.muscles if is_shown(one, everything=self._everything)]
        full = full_scale(seen.counted.muscles)
        marked = self._marked_id
        listed.clear_options()
        listed.add_options([Option(muscle_row(one, seen, columns, full), id=one.muscle) for one in shown])
        ids = [one.muscle for one in shown]
        listed.highlighted = ids.index(marked) if marked in ids else 0

    @property
    def _marked_id(self) -> str | None:
        option = self.query_one(Muscles).highlighted_option
        return None if option is None else option.id

    @on(OptionList.OptionHighlighted, "#muscles")
    def _show_sets(self, event: OptionList.OptionHighlighted) -> None:
        if self._seen is None or event.option.id is None:
            return
        one = self._seen.counted.of(event.option.id)
        detail = self.query_one(Detail)
        detail.border_title = muscle_title(one)
        detail.scroll_home(animate=False)
        self.query_one("#sets", Static).update(
            muscle_detail(one, self._seen, detail.scrollable_content_region.width)
        )

    @on(OptionList.OptionSelected, "#muscles")
    def _to_sets(self) -> None:
        self.query_one(Detail).focus()

    # Keys.

    def commands(self) -> Iterable[SystemCommand]:
        """What can be done here, by name."""
        yield SystemCommand("Week: before", "The week before", lambda: self.action_back(1))
        yield SystemCommand("Week: after", "The week after", lambda: self.action_back(-1))
        yield SystemCommand("Week: newest", "The newest week with a set", self.action_newest)
        yield SystemCommand("Week: all muscles", "Also those not trained", self.action_everything)
        yield from super().commands()

    def action_back(self, weeks: int) -> None:
        """So many weeks back; not into the future."""
        shown = self._week or (self._seen.week if self._seen is not None else iso_week(now().date()))
        monday = week_days(shown).first - timedelta(weeks=weeks)
        if monday <= now().date() and monday.year > date.min.year + 1:
            self._week = iso_week(monday)
            self.read_week()

    def action_newest(self) -> None:
        """The newest week with a set."""
        self._week = None
        self.read_week()

    def action_everything(self) -> None:
        """Show or hide muscles that were not trained."""
        self._everything = not self._everything
        self._show()
