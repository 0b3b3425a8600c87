"""The line at the top: which screen this is, which others there are, and what has to be said always."""

from __future__ import annotations

from rich.markup import escape
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from hardset.tui.modes import MODES


class TopBar(Horizontal):
    """Number and title of each mode, a click opens it; the desk's note at the right."""

    help_topic = "general"

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def compose(self) -> ComposeResult:
        """One label a mode, then the note."""
        yield Label("hardset", id="brand")
        for mode in MODES:
            here = mode.id == self._mode
            words = f"{mode.key} {escape(mode.title)}"
            yield Label(
                words if here else f"[@click=app.go('{mode.id}')]{words}[/]",
                classes="mode -here" if here else "mode",
            )
        yield Label("", id="note")

    def on_mount(self) -> None:
        """The note is known once the application is; a replay has its own."""
        note = self.screen.desk.note  # type: ignore[attr-defined]
        self.query_one("#note", Label).update(escape(note))
        self.set_class(bool(note), "-noted")
