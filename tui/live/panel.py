"""The body of the Live screen: shows a board. It decides nothing and remembers nothing of the set."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Label

from hardset.signal.advice import Action, Advice
from hardset.tracker.coaching import Goal
from hardset.tui.live.board import Board, RepSeen
from hardset.tui.live.lift import Lift
from hardset.tui.live.words import (
    calibration_words,
    clock_words,
    left_figure,
    left_words,
    sensor_words,
    set_words,
    speed_words,
    spread_words,
    tempo_words,
)
from hardset.tui.widgets.big_text import BigText
from hardset.tui.widgets.loss_bar import LossBar
from hardset.tui.widgets.rep_columns import Column, RepColumns
from hardset.tui.widgets.strip_chart import StripChart

CALLS = {Action.ONE_MORE: "ONE MORE", Action.STOP: "STOP"}


class Figure(Vertical):
    """A caption, one large figure, a line beneath."""

    def __init__(self, caption: str, *, id: str, help_topic: str) -> None:
        super().__init__(id=id, classes="figure")
        self._caption = caption
        self.help_topic = help_topic  # of its own: each figure has a page

    def compose(self) -> ComposeResult:
        """Caption, figure, note."""
        yield Label(self._caption, classes="caption")
        yield BigText()
        yield Label("", classes="note")

    def say(self, figure: str, note: str, caption: str | None = None) -> None:
        """Show a figure and what belongs to it."""
        self.query_one(".caption", Label).update(Content(caption or self._caption))
        self.query_one(BigText).update(figure)
        self.query_one(".note", Label).update(Content(note))


class LivePanel(Vertical):
    """Everything between bar and footer."""

    def compose(self) -> ComposeResult:
        """From the top: what is lifted, the sensor, three figures, loss, a column per rep, the stage."""
        with Horizontal(id="head"):
            yield Label("", id="lift")
            yield Label("", id="goal")
        yield Label("", id="sensor")
        with Horizontal(id="figures"):
            yield Figure("reps", id="reps", help_topic="reps")
            yield Figure("last rep", id="velocity", help_topic="velocity")
            yield Figure("reps left", id="left", help_topic="reps-left")
        yield LossBar(id="loss")
        with Horizontal(id="middle"):
            yield RepColumns(id="columns")
            yield Label("", id="beside")
        with Horizontal(id="stage"):
            yield StripChart(id="trace")
            with Container(id="call"):
                yield BigText(id="call-word")
                yield Label("", id="call-why")
        yield Label("", id="foot")

    def on_resize(self) -> None:
        """On a phone velocity stands alone on top, else between the other two."""
        before = "#reps" if self.screen.has_class("-narrow") else "#left"
        self.query_one("#figures").move_child(self.query_one("#velocity"), before=self.query_one(before))

    @property
    def trace(self) -> StripChart:
        """The moving picture."""
        return self.query_one("#trace", StripChart)

    def show_lift(self, lift: str, *aims: str) -> None:
        """What is lifted, and what is aimed for."""
        self._say("#lift", lift)
        self._say("#goal", " · ".join(aims))

    def show_sensor(self, board: Board, lift: Lift) -> None:
        """The sensor strip; about once a second."""
        classes = self.screen.classes
        words, state = sensor_words(board, lift, brief="-narrow" in classes, wide="-wide" in classes)
        self.say_sensor(words, state)

    def say_sensor(self, words: str, state: str) -> None:
        """The sensor strip in so many words; state: good, near, stop or quiet."""
        strip = self.query_one("#sensor", Label)
        strip.update(Content(words))
        strip.set_classes(state)

    def show_last_time(self, words: str) -> None:
        """Last time's set, beside the columns of this one."""
        self._say("#beside", words)

    def show_set(self, board: Board, goal: Goal) -> None:
        """Everything that changes with a rep."""
        self._figures(board)
        newest = board.reps[-1] if board.reps else None
        self.query_one(LossBar).show(newest.velocity_loss_pct if newest else None, goal.loss_limit_pct)
        fastest = max((one.rep.speed for one in board.reps), default=0.0)
        self.query_one(RepColumns).show(
            [_column(place, one) for place, one in enumerate(board.reps, 1)],
            limit=fastest * (1 - goal.loss_limit_pct / 100) if board.reps else None,
            settled=board.over is not None,
        )
        self._say("#foot", _foot(board))
        self._call(board, board.advice(goal))

    def show_rest(self, board: Board, now_s: float) -> None:
        """The clock between sets; now_s on the clock of the samples."""
        if board.over is not None:
            rest_s = now_s - board.over.scored.measured.end_s
            self.query_one("#call-word", BigText).update(clock_words(rest_s))

    def _figures(self, board: Board) -> None:
        reps, velocity, left = (self.query_one(f"#{name}", Figure) for name in ("reps", "velocity", "left"))
        if not board.reps:
            reps.say("0", "none yet")
            velocity.say("-", "")
            left.say("-", "")
            return
        newest = board.reps[-1]
        doubtful = sum(one.rep.doubtful for one in board.reps)
        state = "settled" if board.over is not None else "so far"
        reps.say(str(len(board.reps)), f"{doubtful} doubtful" if doubtful else state)
        velocity.say(speed_words(newest.rep), spread_words(newest.rep))
        if newest.rir is None:
            left.say("?", "not known yet")
        else:
            left.say(
                left_figure(newest.rir), left_words(newest.rir), f"left, {calibration_words(newest.rir)}"
            )

    def _call(self, board: Board, advice: Advice | None) -> None:
        """The stage: the trace while all is quiet, a word when it matters, the clock while resting."""
        stage = self.query_one("#stage")
        word = CALLS.get(advice.action) if advice is not None else None
        stage.set_class(word is not None or board.over is not None, "-speaks")
        stage.set_class(advice is not None and advice.action is Action.STOP, "-stop")
        stage.set_class(advice is not None and advice.action is Action.ONE_MORE, "-near")
        stage.set_class(board.over is not None, "-rest")
        if word is not None and advice is not None:
            self.query_one("#call-word", BigText).update(word)
            self._say("#call-why", advice.why)
        elif board.over is not None:
            self._say("#call-why", f"rest · {set_words(board.over.scored)}")

    def _say(self, selector: str, words: str) -> None:
        self.query_one(selector, Label).update(Content(words))


def _column(place: int, one: RepSeen) -> Column:
    doubtful = one.rep.doubtful
    return Column(f"{place}{'?' if doubtful else ''}", one.rep.speed, speed_words(one.rep), doubtful)


def _foot(board: Board) -> str:
    if not board.reps:
        return ""
    rep = board.reps[-1].rep
    rom = f"{rep.rom_m:.2f} m" if rep.rom_m is not None else f"{rep.rom_deg or 0:.0f}°"
    words = [tempo_words(rep), f"range {rom}"]
    words += [
        f"rep {place} is doubtful: {one.rep.doubt}"
        for place, one in enumerate(board.reps, 1)
        if one.rep.doubt
    ][-1:]
    return "   ".join(words)
