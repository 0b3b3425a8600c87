"""One feed followed: its samples into the picture at once, and to the session in its thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hardset.signal.samples import SampleBatch
from hardset.signal.trace import LiveTrace
from hardset.tracker.facts import Fact, Warned
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.session_thread import Job, SessionThread

if TYPE_CHECKING:
    from hardset.tracker.session import Session

OpenSession = Callable[[Lift, bool], "Session"]
"""What is lifted, and whether the lifter said that a set is on."""


class Following:
    """A feed, its session and its trace. `run_feed` belongs on the event loop, `run_session` in a thread.

    `hear` is called in either of them, with facts in their order.
    """

    def __init__(
        self, feed: Feed, lift: Lift, opening: OpenSession, hear: Callable[[Following, list[Fact]], None]
    ) -> None:
        self.feed = feed
        self.lift = lift
        self.trace = LiveTrace(by_angle=lift.by_angle)
        self.newest_s = 0.0
        """Stamp of the newest sample."""
        self.by_hand = False
        """The lifter said that a set is on: one rep is enough for a set."""
        self._opening = opening
        self._hear = hear
        self._thread = SessionThread(lambda: opening(lift, False), lambda facts: hear(self, facts))

    @property
    def behind(self) -> int:
        """Jobs that the session has not done yet."""
        return self._thread.behind

    async def run_feed(self) -> None:
        """Until the feed ends or is cancelled."""
        await self.feed.run(self)

    def run_session(self) -> None:
        """Until `leave`."""
        self._thread.run()

    def leave(self) -> None:
        """Settle and keep what is on; the thread ends by itself."""
        self._thread.finish(self.newest_s)
        self._thread.stop()

    def lift_anew(self, lift: Lift) -> None:
        """Another exercise or load from here on: what is on is settled first."""
        if lift.by_angle != self.lift.by_angle:
            self.trace = LiveTrace(by_angle=lift.by_angle)
        self.lift = lift
        self._renew()

    def begin_set(self) -> None:
        """The lifter says that a set begins: what was before does not belong to it."""
        self.by_hand = True
        self._renew()

    def end_set(self) -> None:
        """The lifter says that the set is over: it is settled at once."""
        self.by_hand = False
        self._renew()

    def _renew(self) -> None:
        lift, by_hand, at_s = self.lift, self.by_hand, self.newest_s
        self._thread.renew(at_s, lambda: self._opening(lift, by_hand))

    # The Sink.

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> None:
        """A sensor streams."""
        self._do(lambda session: session.connected(at_s, sensor, model, asked_rate_hz))

    def samples(self, batch: SampleBatch, now_s: float) -> None:
        """New samples."""
        self.newest_s = now_s
        self.trace.update(batch)
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

    def waited(self, at_s: float) -> None:
        """Time has passed without samples."""
        self._do(lambda session: session.wait(at_s))

    def warned(self, warning: Warned) -> None:
        """Something the lifter should know."""
        self._hear(self, [warning])

    def ended(self, at_s: float) -> None:
        """Nothing will come any more: settle."""
        self._thread.finish(at_s)

    def _do(self, job: Job) -> None:
        self._thread.do(job)
