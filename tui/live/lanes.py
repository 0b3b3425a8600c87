"""What is followed: one sensor or several, each with its session and its board; one is on show."""

from __future__ import annotations

from textual.worker import Worker, WorkerState

from hardset.tracker.facts import Fact
from hardset.tui.desk import unkept_session
from hardset.tui.live.board import Board
from hardset.tui.live.feeds import Feed
from hardset.tui.live.following import Following
from hardset.tui.live.lane import FactsTold, Lane
from hardset.tui.live.lift import Lift
from hardset.tui.screens.base import ModeScreen


class Lanes(ModeScreen):
    """A screen that owns what is followed. Facts arrive as `FactsTold`."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes: list[Lane] = []
        self.shown: Lane | None = None
        """The sensor on show."""
        self.next_lift = Lift()
        """Chosen for the first sensor."""

    def lane_changed(self) -> None:
        """Another sensor, or none, is on show: everything is drawn anew."""
        raise NotImplementedError

    @property
    def board(self) -> Board:
        """What is known of the sensor on show."""
        return self.shown.board if self.shown is not None else Board()

    @property
    def lift(self) -> Lift:
        """What is lifted, or chosen for the first sensor."""
        return self.following.lift if self.following is not None else self.next_lift

    @property
    def behind(self) -> int:
        """What the sessions have not done yet."""
        return sum(lane.following.behind for lane in self.lanes)

    @property
    def feed(self) -> Feed | None:
        """Where samples come from."""
        return self.following.feed if self.following is not None else None

    @property
    def following(self) -> Following | None:
        """What the sensor on show brings."""
        return self.shown.following if self.shown is not None else None

    def on_unmount(self) -> None:
        """Settle and keep what is on; the program waits for the thread."""
        self.leave()

    def follow(
        self, feed: Feed, lift: Lift, *, key: str = "", beside: bool = False, kept: bool = True
    ) -> None:
        """Begin a session on a feed and show it. beside: the others go on, else they are settled first."""
        if not beside:
            self.leave()
        opening = self.desk.open_session if kept else unkept_session
        lane = Lane(Following(feed, lift, opening, self._hear), key)
        self.lanes.append(lane)
        self._run_session(lane)
        self._run_feed(lane)
        self.show_lane(lane)

    def show_lane(self, lane: Lane | None) -> None:
        """Put one sensor on show."""
        self.shown = lane
        self.lane_changed()

    def start_over(self) -> None:
        """Follow the same feed from its beginning."""
        if self.feed is not None:
            self.follow(self.feed, self.lift)

    def leave(self, lane: Lane | None = None) -> None:
        """Follow one sensor, or all of them, no more; what is on is settled and kept."""
        for one in [lane] if lane is not None else list(self.lanes):
            for worker in self.workers:
                if worker.group == "feed" and worker.name == _name(one):
                    worker.cancel()
            one.following.leave()
            self.lanes.remove(one)
        if self.shown not in self.lanes:
            self.shown = self.lanes[-1] if self.lanes else None

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A sensor that could not be connected is followed no more; why is told."""
        failed = event.state is WorkerState.ERROR and event.worker.group == "feed"
        for lane in [one for one in self.lanes if failed and _name(one) == event.worker.name]:
            self.leave(lane)
            self.show_lane(self.shown)

    def drop_ended(self) -> None:
        """Forget sensors from which nothing will come any more."""
        for lane in [one for one in self.lanes if one.board.ended is not None]:
            self.leave(lane)

    def _hear(self, following: Following, facts: list[Fact]) -> None:
        self.post_message(FactsTold(following, facts))

    def _run_feed(self, lane: Lane) -> None:
        self.run_worker(lane.following.run_feed(), _name(lane), "feed", exit_on_error=False)

    def _run_session(self, lane: Lane) -> None:
        run = lane.following.run_session
        self.run_worker(run, _name(lane), "session", exit_on_error=False, thread=True)

    def action_next_lane(self) -> None:
        """Show the next of several sensors."""
        if self.shown is not None:
            at = self.lanes.index(self.shown)
            self.show_lane(self.lanes[(at + 1) % len(self.lanes)])


def _name(lane: Lane) -> str:
    return f"lane-{id(lane)}"
