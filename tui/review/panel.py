"""The body of the Review screen: the list, and one set in full. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hardset.tracker.training.set_list import SetLine, SetReview
from hardset.tracker.training.set_trace import SetTrace
from hardset.tracker.training.settings import Settings
from hardset.tui.review.pictures import movement
from hardset.tui.review.rep_list import RepList
from hardset.tui.review.set_list import SetList
from hardset.tui.review.words import comparison, figures, notes, state, title
from hardset.tui.widgets.plot import Plot, Tone

SHADED: tuple[tuple[Tone, str], ...] = (("lift", "lifting"), ("lower", "lowering"))
VIEWS = ("movement", "earlier", "notes")
NAMES = {"movement": "movement", "earlier": "earlier sets", "notes": "doubts"}
EMPTY = (
    "No sets yet.\n\nMeasure one in Live (1), log one by hand (hardset log),\n"
    "or bring your log along (hardset import)."
)


class ReviewPanel(Horizontal):
    """Sets at the left, the one under the cursor at the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view = 0

    def compose(self) -> ComposeResult:
        """List; head, reps, and below them one of three pictures, or all three where there is room."""
        with Vertical(id="left"):
            yield Label("", id="filter")
            yield SetList(id="sets")
        with Vertical(id="set"):
            yield Label("", id="title")
            yield Label("", id="figures")
            yield Label("", id="state")
            yield RepList(id="reps")
            yield Label("", id="views")
            with Horizontal(id="lower"):
                with Vertical(id="movement", classes="view"):
                    yield Label("", id="legend")
                    yield Plot(id="position")
                    yield Plot(id="speed")
                with Vertical(id="beside"):
                    with VerticalScroll(id="earlier", classes="view", can_focus=False):
                        yield Static("", id="comparison")
                    with VerticalScroll(id="notes", classes="view", can_focus=False):
                        yield Static("", id="doubts")
        yield Static(EMPTY, id="empty")

    def on_mount(self) -> None:
        """One view is up."""
        self._put_view()

    def next_view(self) -> None:
        """Another picture below the reps."""
        self.view = (self.view + 1) % len(VIEWS)
        self._put_view()

    def _put_view(self) -> None:
        for number, name in enumerate(VIEWS):
            self.query_one(f"#{name}").set_class(number == self.view, "-on")
        self.query_one("#beside").set_class(VIEWS[self.view] != "movement", "-on")
        parts = [
            Content.styled(f" {NAMES[name]} ", "reverse" if number == self.view else "$text-muted")
            for number, name in enumerate(VIEWS)
        ]
        self.query_one("#views", Label).update(Content(" ").join(parts))

    def _put_legend(self, trace: SetTrace | None) -> None:
        """What the shades of the movement mean, and whether today's figures are the log's."""
        words = Content("")
        if trace is not None:
            plot = self.query_one("#position", Plot)
            words = Content.assemble(
                *(part for tone, name in SHADED for part in (("██", plot.colour(tone)), f" {name}  "))
            )
            if not trace.agrees:
                words += Content.styled("  measured otherwise today", "$warning")
        self.query_one("#legend", Label).update(words)

    def show_list(
        self, lines: Sequence[SetLine], settings: Settings, caption: str, *, keep: int | None
    ) -> None:
        """List the sets of a filter."""
        self.set_class(not lines, "-empty")
        self.query_one("#filter", Label).update(Content(f"{caption} · {len(lines)} sets"))
        self.query_one(SetList).show(lines, settings, keep=keep)

    def show_set(self, review: SetReview | None, settings: Settings, *, same_set: bool) -> None:
        """Everything but the movement."""
        self.query_one(RepList).show(review, same_set=same_set)
        texts = (
            ("", "", "") if review is None else (title(review.line, settings), figures(review), state(review))
        )
        for name, words in zip(("title", "figures", "state"), texts, strict=True):
            self.query_one(f"#{name}", Label).update(Content(words))
        self.query_one("#set").set_class(review is not None and review.line.deleted, "-deleted")
        rows = [] if review is None else comparison(review, settings)
        self.query_one("#comparison", Static).update(
            Content("\n").join(
                Content.styled(words, "bold $primary" if this else "$text-muted" if n == 0 else "")
                for n, (words, this) in enumerate(rows)
            )
        )
        self.query_one("#doubts", Static).update(Content("" if review is None else notes(review)))

    def show_trace(self, review: SetReview | None, trace: SetTrace | None) -> None:
        """The movement, or why there is none."""
        position, speed = self.query_one("#position", Plot), self.query_one("#speed", Plot)
        self._put_legend(trace)
        if trace is not None:
            above, below = movement(trace)
            position.show(above)
            speed.show(below)
            return
        coming = review is not None and review.has_samples
        words = "" if review is None else "…" if coming else "No samples of this set were kept."
        position.show(None, words)
        speed.show(None)
