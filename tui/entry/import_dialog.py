"""Another program's log: the file is read, what would be added is shown, then it is added."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hardset.tracker.errors import HardsetError
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.interchange.imported import ParsedLog
from hardset.tracker.training.interchange.importing import IGNORED, ImportPlan, do_import, plan_import
from hardset.tracker.training.interchange.reader import read_log
from hardset.tracker.training.shown import count_words
from hardset.tui.desk import Desk

ADD, UNIT = "add", "unit"
PROBLEMS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the lifter decides about a file."""

    path: Path
    unit: str
    mapping: dict[str, str] = field(default_factory=dict)


class _Planned(Message):
    def __init__(self, choices: _Choices, parsed: ParsedLog, plan: ImportPlan) -> None:
        super().__init__()
        self.choices = choices
        self.parsed = parsed
        self.plan = plan


class _Added(Message):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class _Refused(Message):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class PathSuggester(Suggester):
    """Completes the name of a file or folder."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that begins so; folders end with a stroke."""
        folder, _, start = value.rpartition("/")
        try:
            inside = sorted(
                Path(f"{folder}/" if folder or value.startswith("/") else ".").expanduser().iterdir()
            )
        except OSError:
            return None
        for one in inside:
            if start and one.name.startswith(start) and (one.is_dir() or one.suffix in (".csv", ".json")):
                return value[: len(value) - len(start)] + one.name + ("/" if one.is_dir() else "")
        return None


def plan_words(parsed: ParsedLog, plan: ImportPlan) -> list[str]:
    """What was found in the file."""
    program = "hardset itself" if parsed.program == "hardset" else parsed.program.capitalize()
    said = [f"An export of {program}: {count_words(len(parsed.sets), 'set')}."]
    if plan.sets:
        said.append(f"From {plan.sets[0].at:%d %b %Y} to {plan.sets[-1].at:%d %b %Y}.")
    if plan.already_there:
        said.append(f"In the log already, not added again: {count_words(plan.already_there, 'set')}.")
    said += [f"No sets, passed over: {n} {reason}." for reason, n in parsed.skipped.items()]
    said += [f"! {problem}" for problem in parsed.problems[:PROBLEMS_SHOWN]]
    if (more := len(parsed.problems) - PROBLEMS_SHOWN) > 0:
        said.append(f"! and {more} more lines.")
    if plan.unknown:
        said.append("Not in the catalogue, left out; Enter on a name chooses what it is:")
    return said


class ImportDialog(ModalScreen[str | None]):
    """Gives what was done in words, or None when nothing was."""

    CSS_PATH = "form.tcss"
    help_topic = "import"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, desk: Desk, unit: str) -> None:
        super().__init__()
        self._desk = desk
        self._unit = unit
        self._planned: _Planned | None = None
        self._names: dict[str, tuple[str, ...]] = {}
        """Unknown names met so far, and what they may be."""

    def compose(self) -> ComposeResult:
        """The path, then what was found."""
        with Vertical(id="form") as form:
            form.border_title = "Import Strong or Hevy"
            yield Input(
                placeholder="path of the CSV that Strong or Hevy exported",
                suggester=PathSuggester(use_cache=False),
                id="path",
            )
            yield Static("", id="wrong", markup=False)
            yield Static("", id="found", markup=False)
            yield OptionList(id="decide", markup=False)
            yield Static(
                "Enter reads the file · → completes a name · Esc cancels", classes="quiet", id="keys"
            )

    def on_mount(self) -> None:
        """Nothing is decided before the file is read."""
        self.query_one("#decide").display = False

    @on(Input.Submitted)
    def _read(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._names = {}
            self._plan(_Choices(Path(event.value.strip()).expanduser(), self._unit))

    @on(Input.Changed)
    def _another(self) -> None:
        self.query_one("#wrong", Static).update("")
        self.query_one("#found", Static).update("")
        self.query_one("#decide").display = False

    @work(group="read", thread=True, exclusive=True)
    def _plan(self, choices: _Choices) -> None:
        try:
            parsed = read_log(choices.path, choices.unit)
            with self._desk.log() as log:
                if log is not None:
                    self.post_message(_Planned(choices, parsed, plan_import(log, parsed, choices.mapping)))
        except HardsetError as error:
            self.post_message(_Refused(str(error)))

    @work(group="log", thread=True)
    def _import(self, planned: _Planned) -> None:
        try:
            with self._desk.log() as log:
                if log is not None:
                    do_import(log, planned.parsed, planned.plan, planned.choices.path.name)
        except HardsetError as error:
            self.post_message(_Refused(str(error)))
            return
        name = planned.choices.path.name
        said = f"imported {count_words(len(planned.plan.sets), 'set')} from {name} (u takes it back)"
        self.post_message(_Added(said))

    @on(_Refused)
    def _say_refused(self, message: _Refused) -> None:
        self.query_one("#wrong", Static).update(f"✗ {message.words}")

    @on(_Added)
    def _done(self, message: _Added) -> None:
        self.dismiss(message.words)

    @on(_Planned)
    def _show(self, message: _Planned) -> None:
        self._planned = message
        for one in message.plan.unknown:
            self._names.setdefault(one.name, one.closest)
        self.query_one("#found", Static).update("\n".join(plan_words(message.parsed, message.plan)))
        decide = self.query_one("#decide", OptionList)
        at = decide.highlighted or 0
        decide.clear_options()
        decide.add_options(self._decisions(message))
        decide.highlighted = min(at, decide.option_count - 1)
        decide.display = True
        decide.focus()
        self.query_one("#keys", Static).update("Enter adds, or changes the marked line · Esc cancels")

    def _decisions(self, planned: _Planned) -> list[Option]:
        n = len(planned.plan.sets)
        words = f"▶ add {count_words(n, 'set')} to the log" if n else "– nothing new to add"
        options = [Option(words, id=ADD, disabled=not n)]
        if not planned.parsed.unit_told:
            options.append(Option(f"  weights are read as {planned.choices.unit} (not told)", id=UNIT))
        for number, name in enumerate(self._names):
            id = planned.choices.mapping.get(name, IGNORED)
            meant = catalogue()[id].name if id != IGNORED else "left out"
            options.append(Option(f"  {name} → {meant}", id=f"name-{number}"))
        return options

    @on(OptionList.OptionSelected)
    def _decide(self, event: OptionList.OptionSelected) -> None:
        planned, id = self._planned, event.option.id
        if planned is None or id is None:
            return
        choices = planned.choices
        if id == ADD:
            self._import(planned)
        elif id == UNIT:
            other = "lb" if choices.unit == "kg" else "kg"
            self._plan(_Choices(choices.path, other, choices.mapping))
        else:
            name = list(self._names)[int(id.removeprefix("name-"))]
            ways = (IGNORED, *self._names[name])
            now = ways.index(choices.mapping.get(name, IGNORED))
            mapping = {**choices.mapping, name: ways[(now + 1) % len(ways)]}
            self._plan(_Choices(choices.path, choices.unit, mapping))
