"""Settings: units, plates, thresholds, targets, theme, whose log; each explained, each taken back with u."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.catalogue import MUSCLES
from hardset.tracker.training.check import words
from hardset.tracker.training.log import Log
from hardset.tracker.training.setting_words import (
    carried_words,
    plates_typed,
    setting_words,
    typed_band,
    typed_value,
)
from hardset.tracker.training.settings import BY_NAME, THEMES, Settings, with_setting
from hardset.tui.entry.entry_keys import UNDO
from hardset.tui.entry.form import ChoiceDialog, Field, FormDialog, Values
from hardset.tui.preferences.pages import (
    GROUPS,
    LIFTER,
    NAMES,
    TYPED,
    choices_of,
    lifter_page,
    lifter_row,
    lifter_words,
    setting_page,
    setting_row,
)
from hardset.tui.screens.base import LogTold, ModeScreen

NEW = "/new"
"""No lifter's name: they come from people."""


@dataclass(frozen=True, slots=True)
class _Kept:
    settings: Settings
    lifters: tuple[str, ...]


class SettingsRead(Message):
    """The settings have been read."""

    def __init__(self, kept: _Kept) -> None:
        super().__init__()
        self.kept = kept


class SettingPage(VerticalScroll):
    """All about the marked setting."""

    help_topic = "settings"


class SettingsScreen(ModeScreen):
    """A list of settings and one of them in full."""

    mode = "settings"
    help_topic = "settings"
    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#names"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "change", "Change", key_display="⏎", tooltip="Change the marked setting; c as well"),
        Binding("r", "usual", "Usual", tooltip="Back to what is usual"),
        UNDO,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._kept: _Kept | None = None

    def body(self) -> ComposeResult:
        """Names and values, one in full."""
        with Container(id="settings"):
            yield OptionList(id="names")
            with SettingPage(id="page"):
                yield Static("", id="page-words")

    def on_mount(self) -> None:
        """Read."""
        self._show()
        self.read_settings()

    def on_log_version(self) -> None:
        """Somebody may have changed them."""
        self.read_settings()

    @work(group="read", thread=True, exclusive=True, exit_on_error=False)
    def read_settings(self) -> None:
        """Read them; answers with `SettingsRead`."""
        with self.desk.log() as log:
            if log is not None:
                self.post_message(SettingsRead(_Kept(log.settings(), tuple(log.lifters()))))

    @on(SettingsRead)
    def _show_read(self, message: SettingsRead) -> None:
        before, self._kept = self._kept, message.kept
        if before is not None and before.settings.theme != message.kept.settings.theme:
            self.house.use_theme(message.kept.settings.theme)
        self._show()

    @property
    def _settings(self) -> Settings:
        return Settings() if self._kept is None else self._kept.settings

    @property
    def _lifters(self) -> tuple[str, ...]:
        return () if self._kept is None else self._kept.lifters

    def _show(self) -> None:
        listed = self.query_one("#names", OptionList)
        marked = self._marked
        listed.clear_options()
        for group, names in GROUPS.items():
            listed.add_option(_heading(group))
            listed.add_options([Option(setting_row(name, self._settings), id=name) for name in names])
        listed.add_option(_heading("Log"))
        others = len({*self._lifters, self.desk.lifter}) - 1
        listed.add_option(Option(lifter_row(self.desk.lifter, others), id=LIFTER))
        listed.highlighted = listed.get_option_index(marked or "unit")

    @property
    def _marked(self) -> str | None:
        option = self.query_one("#names", OptionList).highlighted_option
        return None if option is None else option.id

    @on(OptionList.OptionHighlighted, "#names")
    def _show_page(self, event: OptionList.OptionHighlighted) -> None:
        id = event.option.id
        if id is None:
            return
        page = self.query_one(SettingPage)
        page.border_title = NAMES.get(id, id)
        shown = lifter_page() if id == LIFTER else setting_page(id, self._settings)
        self.query_one("#page-words", Static).update(shown)
        self.refresh_bindings()

    # Keys.

    def commands(self) -> Iterable[SystemCommand]:
        """Every setting by its name."""
        for name in NAMES:
            yield SystemCommand(f"Set: {NAMES[name]}", BY_NAME[name].meaning, self._changing(name))
        yield SystemCommand("Set: lifter", "Whose log", self._changing(LIFTER))

    def _changing(self, name: str) -> Callable[[], None]:
        return lambda: self.change(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is kept, nothing can be set."""
        if action in ("change", "usual", "undo") and self.desk.path is None:
            return None
        return None if action == "usual" and self._marked == LIFTER else True

    @on(OptionList.OptionSelected, "#names")
    def action_change(self) -> None:
        """Change the marked one."""
        if self._marked is not None and self.desk.path is not None:
            self.change(self._marked)

    def action_usual(self) -> None:
        """Back to what is usual."""
        if (name := self._marked) is not None and name != LIFTER:
            self._write(name, lambda log: log.reset_setting(name), f"{NAMES[name]}: usual again")

    def change(self, name: str) -> None:
        """Ask for a new value."""
        if name == LIFTER:
            self._ask_lifter()
        elif name == "bands":
            self._ask_band()
        elif name == "theme" or choices_of(name):
            self._ask_choice(name)
        else:
            self._ask_text(name)

    def _ask_choice(self, name: str) -> None:
        now = getattr(self._settings, name)
        choices = tuple((one, one) for one in THEMES) if name == "theme" else choices_of(name)
        chosen = str(now).lower() if isinstance(now, bool) else str(now)
        title, meaning = NAMES[name], BY_NAME[name].meaning

        def told(id: str | None) -> None:
            if id is not None and id != chosen:
                self.set(name, typed_value(name, id))

        self.app.push_screen(ChoiceDialog(title, choices, chosen, meaning), told)

    def _ask_text(self, name: str) -> None:
        settings, help = self._settings, BY_NAME[name]
        now = getattr(settings, name)
        typed = plates_typed(settings) if name == "plates" else setting_words(settings, name)
        if now is None and name != "plates":
            typed = ""
        elif isinstance(now, int | float):
            typed = f"{now:g}"

        def read(values: Values) -> Any:
            text = str(values["value"])
            if not text.strip():
                return (None,)
            value = typed_value(name, text)
            with_setting(settings, name, value)
            return (value,)

        def told(answer: tuple[Any] | None) -> None:
            if answer is not None and answer[0] is None:
                self._write(name, lambda log: log.reset_setting(name), f"{NAMES[name]}: usual again")
            elif answer is not None:
                self.set(name, answer[0])

        example = TYPED.get(name, help.example)
        field = Field("value", f"empty: {'off' if name == 'stop_at_loss_pct' else 'usual'}", example, typed)
        self.app.push_screen(FormDialog(NAMES[name], (field,), read, help.meaning), told)

    def _ask_band(self) -> None:
        settings = self._settings
        choices = [
            (muscle, f"{words(muscle):14} {low:g}-{high:g}  ({settings.band_ground(muscle)})")
            for muscle in MUSCLES
            for low, high in [settings.band(muscle)]
        ]

        def told(muscle: str | None) -> None:
            if muscle is not None:
                self._ask_band_of(muscle)

        self.app.push_screen(ChoiceDialog(NAMES["bands"], choices, None, BY_NAME["bands"].meaning), told)

    def _ask_band_of(self, muscle: str) -> None:
        settings = self._settings
        low, high = settings.band(muscle)
        own = {name: list(band) for name, band in settings.bands.items() if name != muscle}

        def read(values: Values) -> Any:
            text = str(values["value"])
            bands = {**own, muscle: typed_band(text)} if text.strip() else own
            with_setting(settings, "bands", bands)
            return bands

        def told(bands: Any) -> None:
            if bands is not None:
                self.set("bands", bands)

        field = Field("value", "empty: usual", "12-20", f"{low:g}-{high:g}")
        self.app.push_screen(FormDialog(f"{words(muscle)}: hard sets a week", (field,), read), told)

    def set(self, name: str, value: Any) -> None:
        """Keep a value."""
        self._write(name, lambda log: log.set_setting(name, value), f"{NAMES[name]} changed")

    @work(group="log", thread=True, exit_on_error=False)
    def _write(self, name: str, change: Callable[[Log], object], said: str) -> None:
        with self.desk.log() as log:
            if log is None:
                return
            change(log)
            carried = carried_words(log.settings()) if name == "unit" else ""
        self.post_message(LogTold(f"{said} (u takes it back) {carried}".strip()))

    # Whose log.

    def _ask_lifter(self) -> None:
        live = self.house.live
        if live is not None and live.lanes:
            who = lifter_words(self.desk.lifter)
            problem = f"sensors are connected for {who}: let go of them on Sensors (6, then d) first"
            with self.house.noticing():
                raise EntryNotUnderstood("The lifter", problem)
            return
        names = dict.fromkeys((*self._lifters, self.desk.lifter))
        choices = [(name or " ", lifter_words(name)) for name in names]

        def told(id: str | None) -> None:
            if id == NEW:
                self._ask_name()
            elif id is not None:
                self._use_lifter(id.strip())

        picked = ChoiceDialog("Whose log", [*choices, (NEW, "+ somebody new")], self.desk.lifter or " ")
        self.app.push_screen(picked, told)

    def _ask_name(self) -> None:
        def read(values: Values) -> str:
            name = str(values["name"]).strip()
            if not name:
                raise EntryNotUnderstood("The lifter", "a name has at least one letter")
            return name

        def told(name: str | None) -> None:
            if name is not None:
                self._use_lifter(name)

        self.app.push_screen(FormDialog("Somebody new", (Field("name", "Name", "Ann"),), read), told)

    def _use_lifter(self, name: str) -> None:
        """The other screens read that lifter's log from now on."""
        self.desk.lifter = name
        self._open_lifter()

    @work(group="log", thread=True, exit_on_error=False)
    def _open_lifter(self) -> None:
        with self.desk.log() as log:
            if log is not None:
                log.lifter_id()  # a new name is added
                self.post_message(LogTold(f"the log of {lifter_words(log.lifter)}"))


def _heading(title: str) -> Option:
    return Option(Content.styled(title, "bold $primary"), disabled=True)
