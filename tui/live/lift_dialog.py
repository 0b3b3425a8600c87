"""Choosing what is lifted: exercise by a few letters of its name, load, where the sensor sits."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Select
from textual.widgets.option_list import Option

from hardset.tracker.training.catalogue import SENSOR_SITES, CatalogueEntry, catalogue
from hardset.tracker.training.settings import Settings
from hardset.tui.live.lift import Lift


def matching(letters: str) -> list[CatalogueEntry]:
    """Exercises whose name or id holds these letters in this order, the best first; all for none."""
    entries = list(catalogue().values())
    if not letters.strip():
        return entries
    matcher = Matcher(letters)
    scored = [(max(matcher.match(one.name), matcher.match(one.id)), one) for one in entries]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score > 0]


class LiftDialog(ModalScreen[Lift | None]):
    """Gives the lift, or None when it was closed without a choice."""

    help_topic = "lift"
    CSS_PATH = "lift_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("down", "to_list", "Choose", show=False),
    ]

    def __init__(self, lift: Lift, settings: Settings) -> None:
        super().__init__()
        self._lift = lift
        self._settings = settings
        self._chosen = lift.exercise

    def compose(self) -> ComposeResult:
        """Name, list, load, place."""
        load = "" if self._lift.load_kg is None else f"{self._settings.from_kg(self._lift.load_kg):g}"
        with Vertical(id="dialog"):
            yield Label("Exercise: a few letters of its name", classes="caption")
            yield Input(placeholder="squat", id="name")
            yield OptionList(id="found")
            with Horizontal(id="load-row"):
                yield Label(f"Load, {self._settings.unit}", classes="caption")
                yield Input(load, placeholder="100", type="number", id="load")
            with Horizontal(id="place-row"):
                yield Label("Sensor on", classes="caption")
                yield Select[str]([("-", "")], value="", allow_blank=False, compact=True, id="place")
            yield Label("Enter goes on · Tab changes field · Esc cancels", classes="quiet")

    def on_mount(self) -> None:
        """All exercises, the present one marked."""
        self._list("")
        self._say_place()

    @on(Input.Changed, "#name")
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#name")
    def _name_done(self) -> None:
        found = self.query_one(OptionList)
        if found.option_count and found.highlighted is not None:
            self._choose(found.get_option_at_index(found.highlighted).id)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option.id)

    @on(Input.Submitted, "#load")
    def _load_done(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self._chosen is None:
            self.query_one("#name", Input).focus()
            return
        try:
            load = float(text) if text else None
        except ValueError:
            return
        load_kg = None if load is None else self._settings.to_kg(load)
        place = SENSOR_SITES[str(self.query_one("#place", Select).value)]
        self.dismiss(Lift(self._chosen, place, load_kg))

    def action_to_list(self) -> None:
        """From the name into the list."""
        self.query_one(OptionList).focus()

    def _choose(self, id: str | None) -> None:
        if id is not None:
            self._chosen = catalogue()[id]
            self._say_place()
            self.query_one("#load", Input).focus()

    def _list(self, letters: str) -> None:
        found = self.query_one(OptionList)
        found.clear_options()
        entries = matching(letters)
        found.add_options([Option(one.name, id=one.id) for one in entries])
        if entries:
            found.highlighted = 0
            if not letters and self._chosen is not None:
                found.highlighted = [one.id for one in entries].index(self._chosen.id)

    def _say_place(self) -> None:
        """Where the sensor can sit for this exercise, the best place first."""
        if self._chosen is None:
            return
        sites = self._chosen.sensor_sites
        now = self._lift.placement if self._chosen is self._lift.exercise else None
        place = self.query_one("#place", Select)
        place.set_options([(f"{site} (best)" if site == sites[0] else site, site) for site in sites])
        place.value = next((site for site in sites if SENSOR_SITES[site] is now), sites[0])
