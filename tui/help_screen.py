"""`?`: the page of the focused widget, and the keys that work right now."""

from __future__ import annotations

from importlib import resources
from typing import ClassVar

from rich.markup import escape
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static

GENERAL = "general"


def topic_of(node: DOMNode) -> str:
    """The help page of a widget: its own `help_topic`, or that of the nearest one around it."""
    for one in node.ancestors_with_self:
        topic = getattr(one, "help_topic", None)
        if topic:
            return str(topic)
    return GENERAL


def page(topic: str) -> str:
    """The Markdown of a help page, `help/TOPIC.md`."""
    return resources.files("hardset.tui").joinpath("help", f"{topic}.md").read_text(encoding="utf-8")


class HelpScreen(ModalScreen[None]):
    """A page over the screen; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "dismiss", "Close", key_display="Esc")
    ]

    def __init__(self, topic: str, bindings: list[ActiveBinding]) -> None:
        super().__init__()
        self.topic = topic
        self._bindings_shown = bindings

    def compose(self) -> ComposeResult:
        """The page, then the keys."""
        with VerticalScroll(id="help"):
            yield Markdown(page(self.topic))
            yield Static(self._keys(), id="help-keys")
        yield Static("Esc closes", id="help-foot")

    def _keys(self) -> str:
        """Keys of this place with what they do; greyed ones don't work at this moment."""
        lines = []
        for active in self._bindings_shown:
            binding = active.binding
            if not binding.description:
                continue
            shown = escape(self.app.get_key_display(binding))
            said = escape(binding.tooltip or binding.description)
            line = f"[b]{shown:>9}[/b]  {said}"
            lines.append(line if active.enabled else f"[dim]{line} (not now)[/dim]")
        return "\n".join(dict.fromkeys(lines))
