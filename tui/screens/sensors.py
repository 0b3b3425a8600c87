"""Sensors: which are in sight, which are connected, how well they stream, and where to strap them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.markup import escape
from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import DataTable, Label, Markdown, Static

from hardset.tracker.training.catalogue import exercise
from hardset.tui.desk import VIRTUAL_EXERCISE
from hardset.tui.help_screen import page
from hardset.tui.live.lane import Lane
from hardset.tui.live.lift import Lift
from hardset.tui.live.link_feed import LinkFeed
from hardset.tui.live.words import sensor_words
from hardset.tui.screens.base import ModeScreen

if TYPE_CHECKING:
    from hardset.tracker.sensors.bluetooth import Found

LOOK_EVERY_S = 1.0
VIRTUAL = "virtual:"
VIRTUAL_NAMES = ("witmotion", "movesense", "polar_h10", "polar_verity_sense", "hardset_board")
STRONG_DBM, FAIR_DBM = -65, -80


class Seen(Message):
    """A scan is over."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__()
        self.found = found


def strength_words(rssi_dbm: int | None) -> str:
    """Bars and a word for the strength of a signal."""
    if rssi_dbm is None:
        return "connected already"
    if rssi_dbm >= STRONG_DBM:
        return f"▂▄▆█ strong ({rssi_dbm})"
    return f"▂▄▆  fair ({rssi_dbm})" if rssi_dbm >= FAIR_DBM else f"▂    weak ({rssi_dbm})"


def lane_words(lane: Lane) -> str:
    """How one connected sensor streams: two lines and a verdict on its rate."""
    board, lift = lane.board, lane.following.lift
    words, state = sensor_words(board, lift, wide=True)
    colour = {"good": "$success", "near": "$warning", "stop": "$error", "quiet": "$text-muted"}[state]
    lines = [f"[{colour}]{escape(words)}[/]"]
    status = board.status
    if status is not None and status.rate_hz is not None and board.lost is None and board.ended is None:
        asked = board.connected.asked_rate_hz if board.connected else None
        rate = status.rate_hz
        if asked is None or rate >= 0.85 * asked:
            verdict = "✓ as fast as asked" if asked else "✓ streaming"
        else:
            verdict = f"! {rate:.0f} of {asked:.0f} samples a second come"
        share = 100 * status.missing / max(1, status.received + status.missing)
        lost = "✓ nothing lost" if share < 0.05 else f"{'!' if share > 2 else '✓'} {share:.1f} % lost"
        lines.append(f"[$text-muted]  {verdict} · {lost} · {status.received} samples[/]")
    return "\n".join(lines)


class Straps(VerticalScroll):
    """Where a sensor sits, in words."""

    help_topic = "straps"


class SensorsScreen(ModeScreen):
    """Finds sensors and hands them to Live, which follows them."""

    mode = "sensors"
    help_topic = "sensors"
    CSS_PATH = "sensors.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "scan", "Scan", tooltip="Look for sensors in sight"),
        Binding("c,enter", "connect", "Connect", tooltip="Connect the marked sensor; others stay connected"),
        Binding("v", "virtual", "Virtual", tooltip="Offer virtual sensors: to try the screens without one"),
        Binding("d", "disconnect", "Disconnect", tooltip="Let go of the marked sensor, or the newest one"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Found] = ()
        self._virtual = False
        self._scanning = False

    def body(self) -> ComposeResult:
        """Connected ones, those in sight, and how to strap them."""
        with Horizontal(id="sensors"):
            with Vertical(id="list"):
                yield Label("Connected", classes="caption")
                yield Static("", id="connected")
                yield Label("In sight", classes="caption")
                yield Label("", id="scan-state", classes="quiet")
                yield DataTable(id="in-sight", cursor_type="row", zebra_stripes=True)
            with Straps(id="straps"):
                yield Markdown(page("straps"))

    def on_mount(self) -> None:
        """Columns; what is connected is looked at once a second."""
        table = self.query_one(DataTable)
        table.add_columns("sensor", "kind", "signal", "address")
        self.set_interval(LOOK_EVERY_S, self.show_lanes)
        self.show_lanes()
        self._say_state("press s to look for sensors")

    def show_lanes(self) -> None:
        """What streams, and how well."""
        words = [lane_words(lane) for lane in self._lanes]
        self.query_one("#connected", Static).update("\n".join(words) or "[$text-muted]○ none[/]")
        self.refresh_bindings()

    @property
    def _lanes(self) -> list[Lane]:
        return self.house.live.lanes if self.house.live is not None else []

    @work(group="scan", exclusive=True, exit_on_error=False)
    async def _scan(self) -> None:
        try:
            async with self.desk.radio:
                found = await self.desk.sensors_in_sight()
        finally:
            self._scanning = False
            self._say_state("no scan; s tries again")
            self.refresh_bindings()
        self.post_message(Seen(found))

    @on(Seen)
    def _seen(self, message: Seen) -> None:
        """Fill the table: known kinds first; the others only as a number, they can't be used."""
        known = [one for one in message.found if one.model is not None]
        others = len(message.found) - len(known)
        self._found = known
        self._fill()
        more = f", {others} other devices" if others else ""
        self._say_state(
            f"{len(known)} sensor{'' if len(known) == 1 else 's'} of a known kind{more}"
            if known
            else f"no sensor of a known kind{more}: is it switched on and awake? s looks again"
        )
        if known:
            self.query_one(DataTable).focus()
        self.refresh_bindings()

    def _fill(self) -> None:
        """Sensors in sight, and the virtual ones where they were asked for."""
        table = self.query_one(DataTable)
        table.clear()
        for one in self._found:
            kind = one.model.name if one.model is not None else ""
            table.add_row(one.name or "?", kind, strength_words(one.rssi_dbm), _ending(one.address))
        for name in VIRTUAL_NAMES if self._virtual else ():
            table.add_row(name.replace("_", " "), "virtual", "simulated lifter", "")

    def _say_state(self, words: str) -> None:
        self.query_one("#scan-state", Label).update(escape(words))

    def _marked(self) -> Found | str | None:
        """The sensor in sight, or the name of the virtual one, under the cursor."""
        row = self.query_one(DataTable).cursor_row
        if not self._virtual or row < len(self._found):
            return self._found[row] if 0 <= row < len(self._found) else None
        return VIRTUAL_NAMES[min(row - len(self._found), len(VIRTUAL_NAMES) - 1)]

    # Keys.

    def commands(self) -> Iterable[SystemCommand]:
        """What can be done here, by name."""
        yield SystemCommand("Sensor: scan", "Look for sensors in sight", self.action_scan)
        yield SystemCommand("Sensor: virtual", "Offer virtual sensors, to try things", self.action_virtual)
        if self._lanes:
            yield SystemCommand("Sensor: disconnect", "Let go of a sensor", self.action_disconnect)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer offers what can be done now."""
        if action == "scan":
            return None if self._scanning else True
        if action == "connect":
            return bool(self._found) or self._virtual or None
        if action == "disconnect":
            return bool(self._lanes) or None
        return True

    def action_scan(self) -> None:
        """Look for sensors for some seconds."""
        self._scanning = True
        self._say_state("looking …")
        self.refresh_bindings()
        self._scan()

    @on(DataTable.RowSelected)
    def action_connect(self) -> None:
        """Connect the marked sensor and let Live follow it, beside those that are connected."""
        marked, live = self._marked(), self.house.live
        if marked is None or live is None:
            return
        if any(lane.key == _key(marked) and lane.board.ended is None for lane in live.lanes):
            self.notify(f"{_key(marked)} is connected already", timeout=3, markup=False)
        elif isinstance(marked, str):
            self._connect_virtual(marked)
        else:
            live.drop_ended()
            lift = live.lift if not live.lanes else Lift()
            live.follow(LinkFeed(self.desk.link_to(marked)), lift, key=marked.address, beside=True)
            self.show_lanes()

    @work(group="virtual", exclusive=True, exit_on_error=False)
    async def _connect_virtual(self, name: str) -> None:
        """A simulated lifter begins to squat; nothing of it goes into the log."""
        self._say_state("a simulated lifter gets ready …")
        link = await asyncio.to_thread(self.desk.virtual_link, name)
        self._say_state("1 shows the simulated lifter on Live; nothing of it is kept")
        live = self.house.live
        if live is not None:
            live.drop_ended()
            lift = Lift.of(exercise(VIRTUAL_EXERCISE))
            live.follow(LinkFeed(link), lift, key=VIRTUAL + name, beside=True, kept=False)
            self.show_lanes()

    def action_virtual(self) -> None:
        """Offer the virtual sensors, or no more."""
        self._virtual = not self._virtual
        self._fill()
        if self._virtual:
            self.query_one(DataTable).focus()
        self.refresh_bindings()

    def action_disconnect(self) -> None:
        """Let go of the marked sensor if it is connected, else of the newest one."""
        live, marked = self.house.live, self._marked()
        if live is None or not live.lanes:
            return
        wanted = next((lane for lane in live.lanes if marked and lane.key == _key(marked)), live.lanes[-1])
        live.leave(wanted)
        live.show_lane(live.lanes[-1] if live.lanes else None)
        self.show_lanes()


def _ending(address: str) -> str:
    """Enough of an address to tell two sensors of one name apart."""
    return f"…{address[-5:]}"


def _key(marked: Found | str) -> str:
    return VIRTUAL + marked if isinstance(marked, str) else marked.address
