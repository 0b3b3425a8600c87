"""A recording, or a capture of notifications, through the live path at any speed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from hardset.tracker.capture import read_capture
from hardset.tracker.delivery import notifications
from hardset.tracker.facts import Fact, Warned
from hardset.tracker.receiver import Listener, Receiver
from hardset.tracker.recordings import RecordingFile
from hardset.tracker.sensors.protocol import Notification

Say = Callable[[Fact], None]
SLEEP_S = 0.1
"""A stop is noticed within this."""


class Pace:
    """Waits until a time of the recording is due; speed is times real time, 0 never waits."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._begin: tuple[float, float] | None = None
        self.stopped = False

    def stop(self) -> None:
        """End the replay."""
        self.stopped = True

    def wait(self, at_s: float) -> None:
        """Until this time is due, or the replay is to end."""
        if self._speed <= 0:
            return
        if self._begin is None:
            self._begin = time.monotonic(), at_s
        due_s = self._begin[0] + (at_s - self._begin[1]) / self._speed
        while not self.stopped and (left_s := due_s - time.monotonic()) > 0:
            time.sleep(min(left_s, SLEEP_S))


def replay_recording(recording: RecordingFile, listener: Listener, say: Say, pace: Pace) -> None:
    """Play the samples as a radio would have delivered them, on the recording's own clock."""
    samples = recording.samples
    now_s = float(samples.time_s[0])
    facts = listener.connected(now_s, recording.path.name, "recording", None)
    facts += [Warned(now_s, warning) for warning in recording.warnings]
    for batch in notifications(samples):
        pace.wait(float(batch.time_s[-1]))
        if pace.stopped:
            break
        now_s = float(batch.time_s[-1])
        facts += listener.feed(batch, now_s)
        _say(facts, say)
    _say(facts + listener.finish(now_s), say)


def replay_capture(path: Path, listener: Listener, say: Say, pace: Pace) -> None:
    """Decode and play what a radio brought. Raises FileUnreadable and LineNotUnderstood."""
    now_s = 0.0
    receiver = Receiver(listener, lambda: now_s, origin_s=0.0)
    for event in read_capture(path):
        at_s = event.arrived_s if isinstance(event, Notification) else event.at_s
        pace.wait(at_s)
        if pace.stopped:
            break
        now_s = max(now_s, at_s)
        _say(receiver.take([event]), say)
    _say(receiver.finish(), say)


def _say(facts: list[Fact], say: Say) -> None:
    for fact in facts:
        say(fact)
    facts.clear()
