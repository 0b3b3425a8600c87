"""What is loaded after the first paint, in a thread: no key has to wait for it later."""

from __future__ import annotations

import gc
from importlib import import_module

from hardset.tui.modes import MODES


def load_analysis() -> None:
    """What a session needs: a second on a slow machine."""
    import_module("hardset.tracker.kept_session")


def load_screens() -> None:
    """The other screens and the help."""
    import_module("hardset.tui.help_screen")
    for mode in MODES:
        mode.load_class()
    # All that is loaded by now stays: looking through it for garbage would stop every thread for 0.1 s.
    gc.freeze()
