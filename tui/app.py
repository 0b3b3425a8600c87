"""The application: modes, themes, help, the palette, and how a stated problem is shown."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from hardset.tracker.errors import HardsetError
from hardset.tracker.training.settings import THEMES as OFFERED
from hardset.tui import modes
from hardset.tui.desk import Desk
from hardset.tui.screens.base import ModeScreen
from hardset.tui.screens.live import LiveScreen
from hardset.tui.theme import THEMES

NARROW, NORMAL, WIDE = 0, 60, 120
SHORT, TALL = 0, 32
NOTICE_S = 8.0
"""A problem and its next step take longer to read than the usual five seconds."""


class HardsetApp(App[None]):
    """Screens over one desk. Number keys switch between them; each keeps its state."""

    TITLE = "hardset"
    CSS_PATH = "hardset.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual's own annotation)
        (NARROW, "-narrow"),
        (NORMAL, "-normal"),
        (WIDE, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(SHORT, "-short"), (TALL, "-tall")]  # noqa: RUF012
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {mode.id: mode.load for mode in modes.MODES}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(mode.key, f"go('{mode.id}')", mode.title, show=False, id=f"mode-{mode.id}")
            for mode in modes.MODES
        ),
        Binding("question_mark,f1", "explain", "Help", key_display="?", tooltip="Explain what has the focus"),
        Binding("q", "quit", "Quit", tooltip="Leave; a set that is on is settled first"),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
    ]

    log_version: reactive[int] = reactive(0)
    """Goes up with every change of the log: screens watch it and read again."""

    def __init__(self, desk: Desk, *, start: str = "live", theme: str = "hardset-dark") -> None:
        super().__init__()
        self.desk = desk
        self.live: LiveScreen | None = None
        """The Live screen, once it has been opened; sensors are followed there."""
        self.opened: list[ModeScreen] = []
        """Screens that have been opened so far."""
        self._start = start
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme if theme in self.available_themes else THEMES[0].name

    def on_mount(self) -> None:
        """Open the first screen; leave in order when told to from outside."""
        self.switch_mode(self._start)
        with suppress(NotImplementedError, ValueError, RuntimeError):  # not the main thread, or Windows
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)

    def on_unmount(self) -> None:
        """What the screens were made of may go."""
        gc.unfreeze()

    def action_go(self, mode: str) -> None:
        """Switch to a mode; a dialogue that is open has to be closed first."""
        if isinstance(self.screen, ModeScreen):
            self.switch_mode(mode)

    def action_explain(self) -> None:
        """Help for the focused widget, or the nearest one around it that has a page."""
        from hardset.tui.help_screen import HelpScreen, topic_of  # brings Markdown; see loading

        if not isinstance(self.screen, HelpScreen):
            topic = topic_of(self.focused or self.screen)
            self.push_screen(HelpScreen(topic, list(self.screen.active_bindings.values())))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: what this screen can do now, other screens, themes."""
        if isinstance(screen, ModeScreen):
            yield from screen.commands()
        for mode in modes.MODES:
            yield SystemCommand(f"Go: {mode.title}", mode.purpose, _calling(self.action_go, mode))
        for theme in OFFERED:
            if theme != self.theme:
                yield SystemCommand(
                    f"Theme: {theme}", "Change the colours", _calling(self.choose_theme, theme)
                )
        yield SystemCommand("Help", "Explain what has the focus", self.action_explain)
        yield SystemCommand("Quit", "Leave hardset", self.action_quit)

    def use_theme(self, name: str) -> None:
        """Change the colours."""
        self.theme = name

    def choose_theme(self, name: str) -> None:
        """Change the colours, and keep that among the lifter's settings; a visitor's choice is not kept."""
        self.use_theme(name)
        if not self.desk.watching:
            self._keep_theme(name)

    @work(group="log", thread=True, exit_on_error=False)
    def _keep_theme(self, name: str) -> None:
        with self.desk.log() as log:
            if log is None:
                return
            log.set_setting("theme", name)
        self.call_from_thread(self.log_changed)

    def watch_log_version(self) -> None:
        """Every screen that has been opened is told, whether it is on show or not."""
        for screen in self.opened:
            screen.on_log_version()

    def log_changed(self) -> None:
        """Say that the log has changed: every screen that shows it reads again."""
        self.log_version += 1

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Around anything that may go wrong by the user's input or device: a notice, no traceback."""
        try:
            yield
        except HardsetError as error:
            self.tell_problem(error)

    def tell_problem(self, error: HardsetError) -> None:
        """Show a stated problem: one sentence with the next step."""
        self.notify(str(error), severity="error", timeout=NOTICE_S, markup=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker's stated problem becomes a notice; anything else is a fault of the program.

        Screens pass on what happened to workers of theirs.
        """
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, HardsetError):
            self.tell_problem(error)
        elif isinstance(error, Exception):
            raise error


def _calling(function: Callable[[str], None], value: modes.Mode | str) -> Callable[[], None]:
    argument = value.id if isinstance(value, modes.Mode) else value
    return lambda: function(argument)
