"""The session in a thread of its own: jobs in, facts out. It never touches a widget."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING

from hardset.tracker.facts import Connected, Ended, Fact

if TYPE_CHECKING:
    from hardset.tracker.session import Session

Job = Callable[["Session"], list[Fact]]


class SessionThread:
    """Runs jobs on one session, in order. `run` is the body of the thread."""

    def __init__(self, opening: Callable[[], Session], tell: Callable[[list[Fact]], None]) -> None:
        self._opening = opening
        self._tell = tell
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._session: Session | None = None
        self._session_over = False
        self._asked = 0
        self._done = 0
        self._connected: Connected | None = None

    @property
    def behind(self) -> int:
        """Jobs that wait or run."""
        return self._asked - self._done

    def do(self, job: Job) -> None:
        """Queue a job; from any thread."""
        self._asked += 1
        self._jobs.put(job)

    def renew(self, at_s: float, opening: Callable[[], Session]) -> None:
        """Finish the session and open another on the same sensor; from any thread."""

        def renewed(session: Session) -> list[Fact]:
            over = [] if self._session_over else session.finish(at_s)
            facts: list[Fact] = [one for one in over if not isinstance(one, Ended)]
            self._session = opening()
            self._session_over = False
            known = self._connected
            if known is not None:  # the screen knows that it is connected, the new session does not
                self._session.connected(at_s, known.sensor, known.model, known.asked_rate_hz)
            return facts

        self.do(renewed)

    def finish(self, at_s: float) -> None:
        """Settle and keep what is on; a second time there is nothing to do. From any thread."""

        def finished(session: Session) -> list[Fact]:
            if self._session_over:
                return []
            self._session_over = True
            return session.finish(at_s)

        self.do(finished)

    def stop(self) -> None:
        """No more jobs: the thread ends after those that wait."""
        self._jobs.put(None)

    def run(self) -> None:
        """Work until stopped. The session is opened here: what it keeps belongs to this thread."""
        self._session = self._opening()
        while (job := self._jobs.get()) is not None:
            try:
                facts = job(self._session)
                self._connected = next((one for one in facts if isinstance(one, Connected)), self._connected)
                if facts:
                    self._tell(facts)
            finally:
                self._done += 1
