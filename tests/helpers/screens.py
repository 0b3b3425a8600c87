"""What tests of the screens share: sets to feed them, and sessions that are worked out once.

Nothing waits for time: a recording is played at once up to a moment and paused there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from textual.pilot import Pilot

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.delivery import notifications
from hardset.tracker.demo_workout import demo_set
from hardset.tracker.facts import Connected, Fact
from hardset.tracker.session import Session
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.catalogue import exercise
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.recording_feed import RecordingFeed
from hardset.tui.screens.live import LiveScreen

SEED = 7
LEFT = 1
NOTE = "demo: nothing is kept"


@cache
def simulated(exercise_id: str = "back_squat") -> tuple[SampleBatch, Lift]:
    """The first set that `hardset demo` shows, and what is lifted in it."""
    recording = simulate(demo_set(exercise_id, SEED, LEFT), SEED)
    return recording.samples, Lift(exercise(exercise_id), Placement(recording.placement), 100.0)


@cache
def told(exercise_id: str) -> list[tuple[float, list[Fact]]]:
    """When the session knew what, by the stamp of the newest sample; told by the real session, once."""
    samples, lift = simulated(exercise_id)
    session = Session(lift.exercise, lift.placement)
    facts = [
        (float(batch.time_s[-1]), session.feed(batch, float(batch.time_s[-1])))
        for batch in notifications(samples)
    ]
    end_s = float(samples.time_s[-1])
    return [*facts, (end_s, session.finish(end_s))]


class RememberedSession(Session):
    """A session of a simulated set whose facts were worked out before: pictures need them many times."""

    def __init__(self, exercise_id: str) -> None:
        super().__init__()
        self._facts = list(told(exercise_id))

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """As the real one says it."""
        return [Connected(at_s, sensor, model, asked_rate_hz)]

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Everything that was known with these samples."""
        return self._until(now_s, ended=False)

    def finish(self, at_s: float) -> list[Fact]:
        """What was said at the end, if this is the end."""
        return self._until(at_s, ended=True)

    def _until(self, now_s: float, *, ended: bool) -> list[Fact]:
        facts: list[Fact] = []
        while len(self._facts) > (0 if ended else 1) and self._facts[0][0] <= now_s:
            facts += self._facts.pop(0)[1]
        return facts


class QuickDesk(Desk):
    """A desk whose sessions remember."""

    def open_session(self, lift: Lift, set_on: bool) -> Session:
        """By the exercise."""
        assert lift.exercise is not None
        return RememberedSession(lift.exercise.id)


def live_app(
    *,
    until_s: float | None = None,
    exercise_id: str = "back_squat",
    theme: str = "hardset-dark",
    path: Path | None = None,
) -> HardsetApp:
    """The screens on a simulated set, played at once up to a time and paused there.

    path: a log in which it is kept by a real session; else the session remembers.
    """
    samples, lift = simulated(exercise_id)

    def start() -> tuple[Lift, Feed]:
        return lift, RecordingFeed(samples, sensor="WT901BLE67", speed=None, until_s=until_s)

    desk = QuickDesk(note=NOTE, start_feed=start) if path is None else Desk(path=path, start_feed=start)
    return HardsetApp(desk, theme=theme)


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait until workers and sessions have nothing to do, all of it was heard, and it is painted."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, HardsetApp)
    quick = ("log", "last-time", "prepare", "read")
    while any(one.group in quick and not one.is_finished for one in app.workers) or (
        app.live is not None and app.live.behind
    ):
        await pilot.pause()
    await pilot.pause()
    if isinstance(app.screen, LiveScreen):
        app.screen.paint()
    await pilot.pause()
