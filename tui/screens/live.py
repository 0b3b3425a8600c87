"""Live: the set that is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.timer import Timer

from hardset.signal.advice import Action
from hardset.tracker.coaching import Goal, goal_of, next_goal
from hardset.tracker.facts import (
    Connected,
    Ended,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.training.settings import Settings
from hardset.tui.live.following import Following
from hardset.tui.live.lane import FactsTold, Lane
from hardset.tui.live.lanes import Lanes
from hardset.tui.live.lift import Lift
from hardset.tui.live.lift_dialog import LiftDialog
from hardset.tui.live.log_keys import LOG_KEYS, LastTimeFound, LogKeys
from hardset.tui.live.panel import LivePanel
from hardset.tui.live.replay_keys import REPLAY_KEYS, ReplayKeys
from hardset.tui.loading import load_analysis, load_screens

NOTICE_S = 12.0
"""What was found of a session that had been cut off takes long to read."""
OF_THE_SENSOR = (Connected, SensorStatus, SignalLost, SignalBack, Ended)
CHANGES = ("begin_set", "end_set", "lift", "load", "warmup", "felt", "failed", "undo")
"""What a visitor can't do."""
PAINTS_PER_S = 15
"""Smooth enough for a bar; 30 a second cost twice the time."""
LOAD_STEP_KG = 2.5
LOAD_STEP_LB = 5.0
FLASHES = 6
FLASH_S = 0.18


class LiveScreen(Lanes, ReplayKeys, LogKeys):
    """Owns what is followed, and the board that follows it."""

    mode = "live"
    help_topic = "live"
    CSS_PATH = "live.tcss"
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "begin_set", "Set on", tooltip="A set begins now; even a single rep will count"),
        Binding("space", "end_set", "Set over", tooltip="The set is over: settle it now"),
        Binding("e", "lift", "Exercise", tooltip="Choose exercise and load"),
        Binding("plus,equals_sign", "load(1)", "Load", key_display="+", show=False, tooltip="More load"),
        Binding("minus", "load(-1)", "Load", key_display="-", show=False, tooltip="Less load"),
        Binding("w", "warmup", "Warm-up", show=False, tooltip="The next set is a warm-up, or a work set"),
        Binding("t", "target", "Target", tooltip="How many reps shall be left: 0 to 4, or by velocity loss"),
        Binding("n", "next_lane", "Next sensor", tooltip="Show the next of several sensors"),
        Binding("m", "mute", "Mute", tooltip="No bell, or bell again"),
        *LOG_KEYS,
        *REPLAY_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.goal = Goal()
        self.settings = Settings()
        self.muted = False
        self._painting: Timer | None = None
        self._keys: object = None

    def body(self) -> ComposeResult:
        """The panel."""
        yield LivePanel(id="live")

    @property
    def panel(self) -> LivePanel:
        """The body."""
        return self.query_one(LivePanel)

    @property
    def last_set_id(self) -> int | None:
        """The set that was kept last, while it is on show."""
        return self.board.over.set_id if self.board.over is not None else None

    def on_mount(self) -> None:
        """Show what is on, and begin if a feed lies on the desk."""
        self._painting = self.set_interval(1 / PAINTS_PER_S, self.paint)
        self.take_sensors()
        with self.house.noticing():
            self.settings = self.desk.settings()
            self.goal, self.muted = goal_of(self.settings), not self.settings.sound
        self._show_all()
        self._begin(self.desk.prepare)

    @work(group="prepare", exit_on_error=False)
    async def _begin(self, prepare: Callable[[], None] | None) -> None:
        """Follow the feed that lies on the desk, after what has to be done before."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()  # two threads that compete would paint later
        if self.desk.welcome:
            self.notify(self.desk.welcome, timeout=NOTICE_S, markup=False)
        await asyncio.to_thread(load_analysis)
        with self.house.noticing():
            for words in await asyncio.to_thread(self.desk.recover):
                self.notify(words, timeout=NOTICE_S, markup=False)
                self.house.log_changed()
        if prepare is not None:
            self.panel.say_sensor("… getting ready", "quiet")
            await asyncio.to_thread(prepare)
            self.house.log_changed()
        if self.desk.start_feed is not None:
            lift, feed = await asyncio.to_thread(self.desk.start_feed)
            self.follow(feed, lift)
        await asyncio.to_thread(load_screens)

    def take_sensors(self) -> None:
        """Sensors that other screens open are followed here."""
        self.house.live = self

    def on_screen_suspend(self) -> None:
        """Another screen is up: the session goes on, nothing is painted."""
        if self._painting is not None:
            self._painting.pause()

    def on_screen_resume(self) -> None:
        """Paint again."""
        if self._painting is not None:
            self._painting.resume()

    def on_resize(self, event: events.Resize) -> None:
        """Words are shorter on a narrow screen."""
        self.call_after_refresh(self._show_all)

    def lane_changed(self) -> None:
        """Draw another sensor, or none."""
        self.panel.trace.clear()
        self.panel.show_last_time("")
        self.read_last_time(self.lift)
        self._show_all()

    # What the sensors say.

    def on_last_time_found(self, message: LastTimeFound) -> None:
        """Show it, if it is still about what is lifted."""
        if message.lift == self.lift:
            self.panel.show_last_time(message.words)

    def on_facts_told(self, message: FactsTold) -> None:
        """Follow the facts; those of a session that was left are nobody's any more."""
        lane = next((one for one in self.lanes if one.following is message.following), None)
        if lane is None:
            return
        for fact in message.facts:
            lane.board.take(fact)
            if isinstance(fact, Warned):
                self.notify(fact.text, severity="warning", markup=False)
            if isinstance(fact, SetOver):
                self._set_over(lane.following, fact)
        of_the_set = any(not isinstance(one, SensorStatus) for one in message.facts)
        if of_the_set:
            self._speak(lane)
        if lane is not self.shown:
            return
        if any(isinstance(one, OF_THE_SENSOR) for one in message.facts):
            self.panel.show_sensor(lane.board, self.lift)
        if of_the_set:
            self.panel.show_set(lane.board, self.goal)
            self._refresh_keys()

    def _refresh_keys(self) -> None:
        """Make the footer anew only when it says something else: it is rebuilt whole."""
        board = self.board
        state = (board.in_set, self.last_set_id, board.ended is None, len(self.lanes), self.feed)
        if state != self._keys:
            self._keys = state
            self.refresh_bindings()

    def _set_over(self, following: Following, fact: SetOver) -> None:
        if following.by_hand:
            following.end_set()
        if fact.set_id is not None:
            self.house.log_changed()

    def _speak(self, lane: Lane) -> None:
        """Bell and flash, only when it has become more urgent."""
        action = lane.more_urgent(self.goal)
        if action is not None and not self.muted:
            self.app.bell()
        if action is Action.STOP and lane is self.shown:
            self._flash(FLASHES)

    def _flash(self, times: int) -> None:
        stage = self.query_one("#stage")
        if self.app.animation_level == "none" or times <= 0:
            stage.remove_class("-flash")
            return
        stage.toggle_class("-flash")
        self.set_timer(FLASH_S, lambda: self._flash(times - 1))

    # Painting.

    def paint(self) -> None:
        """Fifteen times a second: the moving picture and the clock; nothing that changes only with a rep."""
        following = self.following
        if following is None:
            return
        chart = self.panel.trace
        if chart.display:
            trace = following.trace
            time_s, track = trace.recent(chart.seconds)
            chart.show(time_s, track, by_angle=trace.by_angle)
        self.panel.show_rest(self.board, following.newest_s)

    def _show_all(self) -> None:
        if not self.is_mounted:
            return
        others = len(self.lanes) - 1
        self.panel.show_lift(
            self.lift.in_words(self.settings),
            self.goal.in_words,
            *(["muted"] if self.muted else []),
            *([f"{others} more: n"] if others > 0 else []),
        )
        self.panel.show_sensor(self.board, self.lift)
        self.panel.show_set(self.board, self.goal)
        self.refresh_bindings()

    def on_log_version(self) -> None:
        """Settings may have changed."""
        with self.house.noticing():
            settings = self.desk.settings()
            if settings != self.settings:
                self.settings, self.goal = settings, goal_of(settings)
                self._show_all()

    # Keys.

    def commands(self) -> Iterable[SystemCommand]:
        """What can be done here, by name."""
        yield SystemCommand("Set: choose exercise and load", "What is lifted next", self.action_lift)
        yield SystemCommand("Set: next target", "How many reps shall be left", self.action_target)
        yield SystemCommand("Sound: mute or unmute", "The bell at 'one more' and 'stop'", self.action_mute)
        if self.following is not None:
            yield SystemCommand("Set: begin now", "Even a single rep will count", self.action_begin_set)
            yield SystemCommand("Set: end now", "Settle the set that is on", self.action_end_set)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer offers what can be done now."""
        if self.desk.watching and action in CHANGES:
            return False
        on = self.board.in_set or (self.following is not None and self.following.by_hand)
        if action == "begin_set":
            return (
                False if on else (True if self.following is not None and self.board.ended is None else None)
            )
        if action == "end_set":
            return on
        if action == "next_lane":
            return len(self.lanes) > 1
        return ReplayKeys.check_action(self, action, parameters) and LogKeys.check_action(
            self, action, parameters
        )

    def action_begin_set(self) -> None:
        """A set begins by hand."""
        if self.following is not None:
            self.following.begin_set()
            self.board.reps, self.board.over = [], None
            self._show_all()

    def action_end_set(self) -> None:
        """The set is over by hand."""
        if self.following is not None:
            self.following.end_set()
            self.refresh_bindings()

    def action_lift(self) -> None:
        """Choose exercise and load."""
        self.app.push_screen(LiftDialog(self.lift, self.settings), self._lift_anew)

    def action_warmup(self) -> None:
        """The next set is a warm-up, or a work set."""
        self._lift_anew(replace(self.lift, warmup=not self.lift.warmup))

    def action_load(self, direction: int) -> None:
        """A step more or less."""
        settings = self.settings
        step = LOAD_STEP_KG if settings.unit == "kg" else LOAD_STEP_LB
        load = settings.from_kg(self.lift.load_kg or 0.0) + direction * step
        self._lift_anew(replace(self.lift, load_kg=settings.to_kg(max(0.0, load))))

    def _lift_anew(self, lift: Lift | None) -> None:
        if lift is None or lift == self.lift:
            return
        self.next_lift = lift
        if self.following is not None:
            self.following.lift_anew(lift)
        self.panel.show_last_time("")
        self.read_last_time(lift)
        self._show_all()

    def action_target(self) -> None:
        """The next target: 0 to 4 left, then by velocity loss."""
        self.goal = next_goal(self.goal)
        self._show_all()

    def action_mute(self) -> None:
        """No bell, or bell again."""
        self.muted = not self.muted
        self._show_all()
