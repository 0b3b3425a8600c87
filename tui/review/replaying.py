"""The session of a replay: nothing is kept, and the estimate begins with what was known then."""

from __future__ import annotations

from hardset.signal.exercise import Placement
from hardset.signal.rir import LifterState
from hardset.tracker.session import NoKeeper, Session
from hardset.tui.live.lift import Lift


def replayed_session(state: LifterState | None, lift: Lift, set_on: bool) -> Session:
    """A session that is kept nowhere."""
    return Session(lift.exercise, lift.placement, set_on=set_on, keeper=_StateKeeper(state))


class _StateKeeper(NoKeeper):
    """Keeps nothing, and knows what was known then."""

    def __init__(self, state: LifterState | None) -> None:
        self._state = state

    def state(self, exercise_id: str | None, placement: Placement) -> LifterState | None:
        """What the sets before this one had taught."""
        return self._state
