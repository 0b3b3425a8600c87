"""Keys of a recording that plays: pause, step, seek, speed."""

from __future__ import annotations

from textual.binding import Binding

from hardset.tui.live.feeds import Feed, Playable
from hardset.tui.screens.base import ModeScreen

ACTIONS = ("pause", "step", "seek", "speed")


REPLAY_KEYS: tuple[Binding, ...] = (
    Binding("p", "pause", "Pause", tooltip="Pause the recording, or go on"),
    Binding("full_stop", "step", "Step", key_display=".", tooltip="Half a second further", show=False),
    Binding("left_square_bracket", "seek(-5)", "Seek", key_display="[ ]", tooltip="Five seconds back"),
    Binding(
        "right_square_bracket", "seek(5)", "Seek", key_display="]", show=False, tooltip="Five seconds on"
    ),
    Binding("less_than_sign", "speed(0.5)", "Slower", key_display="<", show=False, tooltip="Half the speed"),
    Binding(
        "greater_than_sign", "speed(2)", "Faster", key_display=">", show=False, tooltip="Twice the speed"
    ),
)


class ReplayKeys(ModeScreen):
    """A screen that follows a feed; where this can be played, these keys play it."""

    @property
    def feed(self) -> Feed | None:
        """What is followed."""
        raise NotImplementedError

    def start_over(self) -> None:
        """Follow the same feed from its beginning."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a recording can be played."""
        return isinstance(self.feed, Playable) if action in ACTIONS else True

    def action_pause(self) -> None:
        """Pause the recording, or go on."""
        if isinstance(self.feed, Playable):
            self.feed.pause()

    def action_step(self) -> None:
        """Half a second further."""
        if isinstance(self.feed, Playable):
            self.feed.step()

    def action_seek(self, seconds: int) -> None:
        """Go back or on in the recording; going back plays it anew up to there, in a moment."""
        feed = self.feed
        if isinstance(feed, Playable) and not feed.go_to(feed.at_s + seconds):
            self.start_over()

    def action_speed(self, factor: float) -> None:
        """Play quicker or slower."""
        if isinstance(self.feed, Playable):
            self.feed.change_speed(factor)
            self.notify(f"{self.feed.speed:g} times real time", timeout=2)
