"""What every screen of a mode has: the bar at the top, its body, the footer."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult, SystemCommand
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from hardset.tui.widgets.key_footer import KeyFooter
from hardset.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from hardset.tui.app import HardsetApp
    from hardset.tui.desk import Desk


class LogTold(Message):
    """The log has been changed by a worker."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class ModeScreen(Screen[None]):
    """One screen under a number key. Sub-classes give a body, help, bindings and palette commands."""

    mode: ClassVar[str]
    """Id in `modes.MODES`."""
    help_topic: ClassVar[str] = "general"
    """Page in `help/` for the screen; a widget inside may have its own `help_topic`."""

    def compose(self) -> ComposeResult:
        """Bar, body, footer."""
        yield TopBar(self.mode)
        yield from self.body()
        yield KeyFooter(compact=True, show_command_palette=False)

    def body(self) -> ComposeResult:
        """What stands between bar and footer."""
        raise NotImplementedError

    def on_log_version(self) -> None:
        """The log has changed: read again what is shown of it. Called whether it is on show or not."""

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers while this screen is up; names are `Group: verb`."""
        return ()

    def on_log_told(self, message: LogTold) -> None:
        """The log has changed: say what, and let every screen read again."""
        self.notify(message.words, markup=False)
        self.house.log_changed()

    def action_undo(self) -> None:
        """Take back the last change of the log."""
        self._undo()

    @work(group="log", thread=True, exit_on_error=False)
    def _undo(self) -> None:
        with self.desk.log() as log:
            undone = None if log is None else log.undo()
        self.post_message(LogTold("nothing to undo" if undone is None else f"undone: {undone.words}"))

    def on_mount(self) -> None:
        """The application tells opened screens when the log changes."""
        self.house.opened.append(self)
        # What a screen is made of stays: the collector would stop the loop for 0.15 s to walk over it.
        self.call_after_refresh(gc.freeze)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker of this screen has failed or ended; a stated problem becomes a notice."""
        self.house.on_worker_state_changed(event)

    @property
    def house(self) -> HardsetApp:
        """The application, with its type."""
        return cast("HardsetApp", self.app)

    @property
    def desk(self) -> Desk:
        """What the screens may ask the tracker for."""
        return self.house.desk
