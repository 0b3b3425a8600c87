"""The screens that there are, one number key each. A screen that is not in the table is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardset.tui.screens.base import ModeScreen


@dataclass(frozen=True, slots=True)
class Mode:
    """One screen and the key that opens it."""

    id: str
    key: str
    title: str
    screen: str
    """module:Class below `hardset.tui.screens`; imported after the first paint, or when it is opened."""
    purpose: str
    """What it shows, for the palette."""

    def load_class(self) -> type[ModeScreen]:
        """The screen's class; its module is imported the first time."""
        module, name = self.screen.split(":")
        loaded: type[ModeScreen] = getattr(import_module(f"hardset.tui.screens.{module}"), name)
        return loaded

    def load(self) -> ModeScreen:
        """A fresh screen of this mode."""
        return self.load_class()()


MODES = (
    Mode("live", "1", "Live", "live:LiveScreen", "The set that is on: reps, velocity, reps left"),
    Mode(
        "review",
        "2",
        "Review",
        "review:ReviewScreen",
        "Every set: velocity, reps left, movement; corrections",
    ),
    Mode("week", "3", "Week", "week:WeekScreen", "Hard sets of each muscle, and which sets they were"),
    Mode("history", "4", "History", "history:HistoryScreen", "One exercise over time: 1RM, profile, records"),
    Mode("legs", "5", "Legs", "legs:LegsScreen", "What holds the legs back; weight, meals, sleep"),
    Mode("sensors", "6", "Sensors", "sensors:SensorsScreen", "Find and connect sensors, straps, real rate"),
    Mode("settings", "7", "Settings", "settings:SettingsScreen", "Units, plates, targets, theme, lifter"),
)
"""In the order of their keys. Keys are fixed: 1 Live, 2 Review, 3 Week, 4 History, 5 Legs, 6 Sensors,
7 Settings."""
