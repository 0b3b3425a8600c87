"""One sensor of the Live screen: what is followed, and the board that follows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.message import Message

from hardset.signal.advice import Action
from hardset.tracker.coaching import Goal
from hardset.tracker.facts import Fact
from hardset.tui.live.board import Board
from hardset.tui.live.following import Following


@dataclass(slots=True, eq=False)
class Lane:
    """Several may run at once: bar and thigh, or two lifters. One is on show."""

    following: Following
    key: str
    """What it was opened for: a sensor's address, or a name."""
    board: Board = field(default_factory=Board)
    said: Action | None = None
    """The last word that was said aloud, so that nothing is said twice."""

    def more_urgent(self, goal: Goal) -> Action | None:
        """A word that has to be said now, once."""
        advice = self.board.advice(goal)
        action = advice.action if advice is not None else None
        before, self.said = self.said, action
        return None if action is before or action is Action.GO_ON else action


class FactsTold(Message):
    """The session has something to say."""

    def __init__(self, following: Following, facts: list[Fact]) -> None:
        super().__init__()
        self.following = following
        self.facts = facts
