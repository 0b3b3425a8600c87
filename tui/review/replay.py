"""A logged set played once more through the very Live screen; nothing of it is kept a second time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hardset.tracker.storage.database import stated
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.log import Log
from hardset.tracker.training.rir_log import state_before
from hardset.tracker.training.set_list import SetLine
from hardset.tracker.training.set_trace import SetSamples, set_samples
from hardset.tracker.training.settings import Settings
from hardset.tui.desk import Desk
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.recording_feed import RecordingFeed
from hardset.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from hardset.signal.rir import LifterState
    from hardset.tracker.session import Session


@dataclass(frozen=True, slots=True)
class Replayable:
    """A set with its samples and what was known of the lifter before it."""

    line: SetLine
    kept: SetSamples
    state: LifterState | None
    settings: Settings


def replayable(log: Log, line: SetLine) -> Replayable | None:
    """What a replay needs; None where no samples were kept. Raises a DatabaseProblem."""
    one = line.logged
    kept = set_samples(log, one.id)
    if kept is None:
        return None
    with stated(log.path):
        id = log.known_id
        known = id is not None and bool(one.exercise) and not line.deleted
        state = (
            state_before(log.connection, id, one.exercise, line.on_limb, one.id)
            if known and id is not None
            else None
        )
    return Replayable(line, kept, state, log.settings())


@dataclass(slots=True)
class ReplayDesk(Desk):
    """A desk on which one set lies, and no log."""

    state: LifterState | None = None
    shown_as: Settings = field(default_factory=Settings)

    def settings(self) -> Settings:
        """The lifter's, as they are in the log."""
        return self.shown_as

    def open_session(self, lift: Lift, set_on: bool) -> Session:
        """A session that is kept nowhere."""
        from hardset.tui.review.replaying import replayed_session  # brings the analysis: a second

        return replayed_session(self.state, lift, set_on)


class ReplayScreen(LiveScreen):
    """Live on a recording; Esc leads back."""

    CSS_PATH = "../screens/live.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", tooltip="Back to the set in Review")
    ]

    def __init__(
        self, replay: Replayable, *, speed: float | None = 1.0, until_s: float | None = None
    ) -> None:
        super().__init__()
        one = replay.line.logged
        entry = catalogue().get(one.exercise)
        lift = Lift(entry, replay.kept.placement, one.load_kg)

        def start() -> tuple[Lift, Feed]:
            name = f"set {one.id}"
            return lift, RecordingFeed(replay.kept.samples, sensor=name, speed=speed, until_s=until_s)

        self._desk = ReplayDesk(
            note=f"replay of set {one.id}, not kept",
            start_feed=start,
            state=replay.state,
            shown_as=replay.settings,
        )

    @property
    def desk(self) -> Desk:
        """Its own: nothing is kept."""
        return self._desk

    def take_sensors(self) -> None:
        """Sensors go to the Live screen itself."""

    def on_unmount(self) -> None:
        """No longer told of the log."""
        self.house.opened.remove(self)

    def action_back(self) -> None:
        """To Review."""
        self.app.pop_screen()
