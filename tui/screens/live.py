"""Live: the set that is on."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from hardset.signal.advice import Action
from hardset.signal.samples import SampleBatch
from hardset.signal.trace import LiveTrace
from hardset.tracker.coaching import Goal
from hardset.tracker.facts import Connected, Ended, Fact, SensorStatus, SignalBack, SignalLost, Warned
from hardset.tracker.session import Session
from hardset.tui.live.board import Board
from hardset.tui.live.feeds import Feed, Playable
from hardset.tui.live.lift import Lift
from hardset.tui.live.panel import LivePanel
from hardset.tui.live.session_thread import Job, SessionThread
from hardset.tui.screens.base import ModeScreen

OF_THE_SENSOR = (Connected, SensorStatus, SignalLost, SignalBack, Ended)
PAINTS_PER_S = 15
"""Smooth enough for a bar; 30 a second cost twice the time."""


class FactsTold(Message):
    """The session's thread has something to say."""

    def __init__(self, facts: list[Fact], source: SessionThread) -> None:
        super().__init__()
        self.facts = facts
        self.source = source


class LiveScreen(ModeScreen):
    """Owns one feed, one session in its thread, and the board that follows it."""

    mode = "live"
    help_topic = "live"
    CSS_PATH = "live.tcss"
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mute", "Mute", tooltip="No bell, or bell again"),
        Binding("p", "pause", "Pause", tooltip="Pause the recording, or go on"),
        Binding("full_stop", "step", "Step", key_display=".", tooltip="Half a second further"),
        Binding("left_square_bracket", "seek(-5)", "-5 s", key_display="[", tooltip="Five seconds back"),
        Binding("right_square_bracket", "seek(5)", "+5 s", key_display="]", tooltip="Five seconds on"),
        Binding("less_than_sign", "speed(0.5)", "Slower", key_display="<", show=False),
        Binding("greater_than_sign", "speed(2)", "Faster", key_display=">", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.lift = Lift()
        self.goal = Goal()
        self.muted = False
        self._feed: Feed | None = None
        self._thread: SessionThread | None = None
        self._trace = LiveTrace(by_angle=False)
        self._newest_s = 0.0
        self._said: Action | None = None
        self._painting: Timer | None = None

    def body(self) -> ComposeResult:
        """The panel."""
        yield LivePanel(id="live")

    @property
    def panel(self) -> LivePanel:
        """The body."""
        return self.query_one(LivePanel)

    @property
    def behind(self) -> int:
        """Jobs that the session's thread has not done yet."""
        return self._thread.behind if self._thread is not None else 0

    def on_mount(self) -> None:
        """Show what is on, and begin if a feed lies on the desk."""
        self._painting = self.set_interval(1 / PAINTS_PER_S, self.paint)
        self._show_all()
        if self.desk.start_feed is not None:
            lift, feed = self.desk.start_feed()
            self.follow(feed, lift)

    def on_screen_suspend(self) -> None:
        """Another screen is up: the session goes on, nothing is painted."""
        if self._painting is not None:
            self._painting.pause()

    def on_screen_resume(self) -> None:
        """Paint again."""
        if self._painting is not None:
            self._painting.resume()

    def on_unmount(self) -> None:
        """Settle and keep what is on; the program waits for the thread."""
        self._leave()

    # Following a feed.

    def follow(self, feed: Feed, lift: Lift) -> None:
        """Begin a session on a feed; the one before is settled first."""
        self._leave()
        self.lift, self._feed = lift, feed
        self.board = Board()
        self._trace = LiveTrace(by_angle=lift.by_angle)
        self._newest_s, self._said = 0.0, None
        thread = SessionThread(self._open_session, lambda facts: self._hear(facts, thread))
        self._thread = thread
        self._run_session(thread)
        self._run_feed(feed)
        self._show_all()

    def _open_session(self) -> Session:
        return Session(self.lift.exercise, self.lift.placement)

    def _hear(self, facts: list[Fact], thread: SessionThread) -> None:
        self.post_message(FactsTold(facts, thread))

    def _leave(self) -> None:
        self.workers.cancel_group(self, "feed")
        if self._thread is not None:
            at_s = self._newest_s
            self._thread.do(lambda session: session.finish(at_s))
            self._thread.stop()
            self._thread = None

    @work(group="feed", exclusive=True, exit_on_error=False)
    async def _run_feed(self, feed: Feed) -> None:
        await feed.run(self)

    @work(group="session", thread=True, exit_on_error=False)
    def _run_session(self, thread: SessionThread) -> None:
        thread.run()

    # What the feed tells (the Sink).

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> None:
        """A sensor streams."""
        self._do(lambda session: session.connected(at_s, sensor, model, asked_rate_hz))

    def samples(self, batch: SampleBatch, now_s: float) -> None:
        """New samples: into the picture at once, to the session in its thread."""
        self._newest_s = now_s
        self._trace.update(batch)
        self._do(lambda session: session.feed(batch, now_s))

    def device_says(self, battery_pct: float | None, missing: int) -> None:
        """Charge and losses by the device's own count."""

        def told(session: Session) -> list[Fact]:
            session.device_says(battery_pct, missing)
            return []

        self._do(told)

    def signal_lost(self, at_s: float, reason: str) -> None:
        """Nothing comes any more."""
        self._do(lambda session: session.signal_lost(at_s, reason))

    def ended(self, at_s: float) -> None:
        """Nothing will come any more."""
        self._do(lambda session: session.finish(at_s))

    def _do(self, job: Job) -> None:
        if self._thread is not None:
            self._thread.do(job)

    # What the session tells.

    def on_facts_told(self, message: FactsTold) -> None:
        """Follow the facts; those of a session that was left are not ours any more."""
        if message.source is not self._thread:
            return
        for fact in message.facts:
            self.board.take(fact)
            if isinstance(fact, Warned):
                self.notify(fact.text, severity="warning", markup=False)
        if any(isinstance(one, OF_THE_SENSOR) for one in message.facts):
            self.panel.show_sensor(self.board)
        if any(not isinstance(one, SensorStatus) for one in message.facts):
            self.panel.show_set(self.board, self.goal)
            self._speak()
            self.refresh_bindings()

    def _speak(self) -> None:
        """Bell and flash, only when it has become more urgent."""
        advice = self.board.advice(self.goal)
        action = advice.action if advice is not None else None
        before, self._said = self._said, action
        if action is before or action not in (Action.ONE_MORE, Action.STOP):
            return
        if not self.muted:
            self.app.bell()
        if action is Action.STOP:
            self._flash(6)

    def _flash(self, times: int) -> None:
        stage = self.query_one("#stage")
        if self.app.animation_level == "none" or times <= 0:
            stage.remove_class("-flash")
            return
        stage.toggle_class("-flash")
        self.set_timer(0.18, lambda: self._flash(times - 1))

    # Painting.

    def paint(self) -> None:
        """Fifteen times a second: the moving picture and the clock; nothing that changes only with a rep."""
        panel = self.panel
        chart = panel.trace
        if chart.display and self._feed is not None:
            time_s, track = self._trace.recent(chart.seconds)
            chart.show(time_s, track, by_angle=self._trace.by_angle)
        if self.board.over is not None:
            panel.show_rest(self.board, self._newest_s - self.board.over.scored.measured.end_s)

    def _show_all(self) -> None:
        self.panel.show_lift(self.lift, self.goal, muted=self.muted)
        self.panel.show_sensor(self.board)
        self.panel.show_set(self.board, self.goal)
        self.panel.trace.clear()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer offers what can be done now."""
        if action in ("pause", "step", "seek", "speed"):
            return isinstance(self._feed, Playable)
        return True

    def action_mute(self) -> None:
        """No bell, or bell again."""
        self.muted = not self.muted
        self.panel.show_lift(self.lift, self.goal, muted=self.muted)

    def action_pause(self) -> None:
        """Pause the recording, or go on."""
        if isinstance(self._feed, Playable):
            self._feed.pause()

    def action_step(self) -> None:
        """Half a second further."""
        if isinstance(self._feed, Playable):
            self._feed.step()

    def action_seek(self, seconds: int) -> None:
        """Go back or on in the recording; going back plays it anew up to there, in a moment."""
        if isinstance(self._feed, Playable) and not self._feed.go_to(self._feed.at_s + seconds):
            self.follow(self._feed, self.lift)

    def action_speed(self, factor: float) -> None:
        """Play quicker or slower."""
        if isinstance(self._feed, Playable):
            self._feed.change_speed(factor)
            self.notify(f"{self._feed.speed:g} times real time", timeout=2)
