"""What a radio brought, decoded once more: with its losses, its charge and its clock."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.tracker.facts import Warned
from hardset.tracker.receiver import Receiver
from hardset.tracker.sensors.events import LinkEvent
from hardset.tracker.sensors.protocol import Notification
from hardset.tui.live.feeds import Sink
from hardset.tui.live.link_feed import Forwarding
from hardset.tui.live.played_feed import PORTION_S, PlayedFeed


class CaptureFeed(PlayedFeed):
    """A capture of notifications that plays; `speed` None hands everything over at once and pauses."""

    def __init__(self, events: Sequence[LinkEvent], *, speed: float | None = 1.0) -> None:
        """Events as `read_capture` gives them; at least one."""
        super().__init__(_at_s(events[0]), _at_s(events[-1]), speed=speed)
        self._events = events
        self._now_s = 0.0
        self._receiver: Receiver | None = None

    @property
    def left(self) -> bool:
        """Events that have not been handed over."""
        return self._next < len(self._events)

    def begin(self, sink: Sink) -> None:
        """A fresh decoder."""
        self._now_s = 0.0
        self._receiver = Receiver(Forwarding(sink), lambda: self._now_s, origin_s=0.0)

    def hand_over(self, sink: Sink, until_s: float) -> bool:
        """All events that are due, one after the other, but not more than a portion."""
        assert self._receiver is not None
        first = self._next
        while self.left and _at_s(self._events[self._next]) <= until_s:
            event = self._events[self._next]
            self._next += 1
            self._now_s = max(self._now_s, _at_s(event))
            for fact in self._receiver.take([event]):
                if isinstance(fact, Warned):
                    sink.warned(fact)
            if _at_s(event) - _at_s(self._events[first]) > PORTION_S:
                break
        return self.left and _at_s(self._events[self._next]) <= until_s

    def end(self, sink: Sink) -> None:
        """The capture is over."""
        assert self._receiver is not None
        self._receiver.finish()


def _at_s(event: LinkEvent) -> float:
    return event.arrived_s if isinstance(event, Notification) else event.at_s
