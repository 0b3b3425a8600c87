"""Samples of a recording, handed over as a radio would, at any speed."""

from __future__ import annotations

from collections.abc import Sequence

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.delivery import notifications
from hardset.tui.live.feeds import Sink
from hardset.tui.live.played_feed import PORTION_S, PlayedFeed


class RecordingFeed(PlayedFeed):
    """A recording that plays; `speed` None hands everything over at once, up to `until_s`, and pauses."""

    def __init__(
        self,
        samples: SampleBatch,
        *,
        sensor: str,
        model: str = "recording",
        speed: float | None = 1.0,
        until_s: float | None = None,
    ) -> None:
        super().__init__(float(samples.time_s[0]), float(samples.time_s[-1]), speed=speed, until_s=until_s)
        self._parts: Sequence[SampleBatch] = list(notifications(samples))
        self._sensor, self._model = sensor, model

    @property
    def left(self) -> bool:
        """Samples that have not been handed over."""
        return self._next < len(self._parts)

    def begin(self, sink: Sink) -> None:
        """The recording streams."""
        sink.connected(self._first_s, self._sensor, self._model, None)

    def hand_over(self, sink: Sink, until_s: float) -> bool:
        """All parts that are due, joined, but not more than a portion."""
        due: list[SampleBatch] = []
        while self.left and self._parts[self._next].time_s[-1] <= until_s:
            due.append(self._parts[self._next])
            self._next += 1
            if due[-1].time_s[-1] - due[0].time_s[0] > PORTION_S:
                break
        if due:
            sink.samples(joined(due), float(due[-1].time_s[-1]))
        return self.left and bool(self._parts[self._next].time_s[-1] <= until_s)

    def end(self, sink: Sink) -> None:
        """The recording is over."""
        sink.ended(self._last_s)
