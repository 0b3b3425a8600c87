"""Choosing what is lifted: exercise by a few letters of its name, load, where the sensor sits."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Select

from hardset.tracker.training.catalogue import SENSOR_SITES, catalogue
from hardset.tracker.training.settings import Settings
from hardset.tui.live.lift import Lift
from hardset.tui.widgets.name_picker import NamePicker, named


class LiftDialog(ModalScreen[Lift | None]):
    """Gives the lift, or None when it was closed without a choice."""

    help_topic = "lift"
    CSS_PATH = "lift_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
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
            chosen = None if self._chosen is None else self._chosen.id
            yield NamePicker(named(catalogue().values()), marked=chosen)
            with Horizontal(id="load-row"):
                yield Label(f"Load, {self._settings.unit}", classes="caption")
                yield Input(load, placeholder="100", type="number", id="load")
            with Horizontal(id="place-row"):
                yield Label("Sensor on", classes="caption")
                yield Select[str]([("-", "")], value="", allow_blank=False, compact=True, id="place")
            yield Label("Enter goes on · Tab changes field · Esc cancels", classes="quiet")

    def on_mount(self) -> None:
        """The places of the present exercise."""
        self._say_place()

    def on_name_picker_chosen(self, message: NamePicker.Chosen) -> None:
        """The exercise is known: on to its load."""
        self._chosen = catalogue()[message.id]
        self._say_place()
        self.query_one("#load", Input).focus()

    @on(Input.Submitted, "#load")
    def _load_done(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self._chosen is None:
            self.query_one(NamePicker).focus_letters()
            return
        try:
            load = float(text) if text else None
        except ValueError:
            return
        load_kg = None if load is None else self._settings.to_kg(load)
        place = SENSOR_SITES[str(self.query_one("#place", Select).value)]
        self.dismiss(Lift(self._chosen, place, load_kg))

    def _say_place(self) -> None:
        """Where the sensor can sit for this exercise, the best place first."""
        if self._chosen is None:
            return
        sites = self._chosen.sensor_sites
        now = self._lift.placement if self._chosen is self._lift.exercise else None
        place = self.query_one("#place", Select)
        place.set_options([(f"{site} (best)" if site == sites[0] else site, site) for site in sites])
        place.value = next((site for site in sites if SENSOR_SITES[site] is now), sites[0])
