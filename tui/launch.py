"""The screens as the commands open them: on the log, on a demonstration, on a recording."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hardset.tracker.commands.options import default_path
from hardset.tracker.simulation.known import simulated_placement
from hardset.tracker.storage.database import is_there
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.log import Log
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.link_feed import LinkFeed
from hardset.tui.live.recording_feed import RecordingFeed

DEMO_NOTE = "demo: nothing kept"


def open_screens(path: Path, lifter: str) -> None:
    """On a lifter's log, made where there is none. Raises a DatabaseProblem before anything is drawn."""
    screens_on(path, lifter).run()


def screens_on(path: Path, lifter: str) -> HardsetApp:
    """The screens on a lifter's log, in the colours that were chosen. Raises a DatabaseProblem."""
    desk = desk_on(path, lifter)
    return HardsetApp(desk, theme=desk.settings().theme)


def desk_on(path: Path, lifter: str) -> Desk:
    """The desk of a lifter's log; what is new about it is said. Raises a DatabaseProblem."""
    new_file = not is_there(path)
    with Log.open(path, lifter) as log:
        others = [name for name in log.lifters() if name]
        new_lifter = lifter and log.known_id is None
        said = [log.brought_up_to_date] if log.brought_up_to_date else []
    if new_file and path != default_path():
        said.append(f"{path} is new: a training log begins there.")
    if new_lifter:
        there = f" (there is {', '.join(others)})" if others else ""
        said.append(f"{lifter} is new{there}: a log begins with the first entry; 7, lifter, chooses another.")
    return Desk(path=path, lifter=lifter, welcome=" ".join(said))


def open_watching(path: Path, lifter: str) -> None:
    """A visitor's view of a lifter's log. Raises a DatabaseProblem before anything is drawn."""
    from hardset.tui.watching import WatchingApp

    desk = Desk(path=path, lifter=lifter, watching=True, note="looking on")
    WatchingApp(desk, theme=desk.settings().theme).run()


def open_demo(entry: CatalogueEntry, seed: int, speed: float) -> None:
    """On a simulated lifter and a log that is thrown away afterwards. Raises NotSimulated."""
    simulated_placement(entry.id)  # else there is nothing to show

    def start() -> tuple[Lift, Feed]:
        from hardset.tracker.demo_workout import LOAD_KG, demo_link, demo_workout

        workout = demo_workout(entry.id, seed)
        lift = Lift(entry, workout.placement, LOAD_KG)
        if speed == 1.0:
            return lift, LinkFeed(demo_link(workout, seed))
        return lift, RecordingFeed(workout.samples, sensor="simulated sensor", speed=speed)

    with tempfile.TemporaryDirectory(prefix="hardset-demo-") as folder:
        path = Path(folder) / "demo.db"

        def prepare() -> None:
            from hardset.tracker.demo_log import fill_demo_log

            with Log.open(path) as log:
                fill_demo_log(log, date.today())

        HardsetApp(Desk(path=path, note=DEMO_NOTE, prepare=prepare, start_feed=start)).run()


def open_replay(name: str, lift: Lift, feed: Callable[[], Feed]) -> None:
    """On what was recorded; nothing is kept."""
    HardsetApp(Desk(note=f"replay of {name}", start_feed=lambda: (lift, feed()))).run()
