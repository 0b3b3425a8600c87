"""The body of the History screen: three pictures of one exercise, and its sessions. It decides nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import DataTable, Label, Static

from hardset.tracker.training.settings import Settings
from hardset.tracker.training.strength import Strength
from hardset.tui.history.pictures import one_rm, profile_chart, velocity_over_time
from hardset.tui.history.words import (
    COLUMNS,
    headline,
    profile_words,
    record_words,
    session_row,
    trend_words,
    velocity_words,
)
from hardset.tui.widgets.plot import Plot

VIEWS = ("strength", "profile", "at-load")
NAMES = {"strength": "1RM", "profile": "load-velocity profile", "at-load": "velocity at a load"}
MOST_ROWS = 80
"""Sessions in the table, the newest; `hardset history --all` prints all. More would stop the screen."""
EMPTY = (
    "No sets yet.\n\nMeasure one in Live (1), log one by hand (hardset log),\n"
    "or bring your log along (hardset import)."
)


class Picture(Vertical):
    """A caption over a chart."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="view")

    def compose(self) -> ComposeResult:
        """Caption, chart."""
        yield Label("", classes="caption")
        yield Plot()


class HistoryPanel(Vertical):
    """Headline, records, pictures, sessions."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view = 0

    def compose(self) -> ComposeResult:
        """From the top."""
        yield Label("", id="headline")
        yield Label("", id="best")
        yield Label("", id="views")
        with Horizontal(id="pictures"):
            for name in VIEWS:
                yield Picture(id=name)
        yield DataTable(id="sessions", cursor_type="row", zebra_stripes=True)
        yield Static(EMPTY, id="empty")

    def on_mount(self) -> None:
        """Columns stay; one picture is up."""
        self.query_one(DataTable).add_columns(*COLUMNS)
        self._put_view()

    def next_view(self) -> None:
        """Another picture."""
        self.view = (self.view + 1) % len(VIEWS)
        self._put_view()

    def _put_view(self) -> None:
        for number, name in enumerate(VIEWS):
            self.query_one(f"#{name}").set_class(number == self.view, "-on")
        parts = [
            Content.styled(f" {NAMES[name]} ", "reverse" if number == self.view else "$text-muted")
            for number, name in enumerate(VIEWS)
        ]
        self.query_one("#views", Label).update(Content(" ").join(parts))

    def show(self, known: Strength | None, settings: Settings, load_kg: float | None) -> None:
        """Everything about one exercise; None: there is nothing in the log."""
        self.set_class(known is None, "-empty")
        table: DataTable[str] = self.query_one(DataTable)
        table.clear()
        if known is None:
            return
        self.query_one("#headline", Label).update(Content(headline(known, settings)))
        self.query_one("#best", Label).update(Content(record_words(known, settings)))
        self._draw("strength", trend_words(known))
        self.query_one("#strength Plot", Plot).show(
            one_rm(known.sessions, settings), "No set has said anything of the 1RM yet."
        )
        self._draw("profile", profile_words(known.profile, settings))
        self.query_one("#profile Plot", Plot).show(
            None if known.profile is None else profile_chart(known.profile, settings),
            "Needs sets with a sensor on the bar.",
        )
        self.show_load(known, settings, load_kg)
        for session in reversed(known.sessions[-MOST_ROWS:]):
            table.add_row(*session_row(session, settings))

    def show_load(self, known: Strength, settings: Settings, load_kg: float | None) -> None:
        """Velocity at one load over time."""
        self._draw("at-load", velocity_words(known, load_kg, settings))
        chart = None if load_kg is None else velocity_over_time(known.by_load[load_kg])
        self.query_one("#at-load Plot", Plot).show(chart, "Needs sets with a sensor on the bar.")

    def _draw(self, name: str, caption: str) -> None:
        self.query_one(f"#{name} .caption", Label).update(Content(caption))
