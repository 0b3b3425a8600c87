"""The sets of the log, workout by workout, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hardset.tracker.training.set_list import SetLine
from hardset.tracker.training.settings import Settings
from hardset.tui.review.words import left_brief, load_reps, short_name

AT_ONCE = 120
"""So many sets are listed; Enter on the last line brings as many more. More at once would stop the screen."""
MORE = "more"
NAME_WIDE = 14


class SetList(OptionList):
    """A line a set under a line a workout."""

    help_topic = "set-list"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True)
        self._sets: Sequence[SetLine] = ()
        self._settings = Settings()
        self._wanted = AT_ONCE

    @property
    def set_id(self) -> int | None:
        """The set under the cursor."""
        if self.highlighted is None:
            return None
        name = self.get_option_at_index(self.highlighted).id
        return int(name) if name is not None and name != MORE else None

    def show(self, lines: Sequence[SetLine], settings: Settings, *, keep: int | None) -> None:
        """List sets, newest first; the cursor goes to `keep` if that is among them, else to the newest."""
        self._sets, self._settings = lines, settings
        if keep is not None:
            place = next((n for n, one in enumerate(lines) if one.logged.id == keep), 0)
            self._wanted = max(self._wanted, place + 1)
        options: list[Option] = []
        workout = ""
        for line in lines[: self._wanted]:
            if line.logged.workout != workout:
                workout = line.logged.workout
                options.append(Option(Content.styled(_heading(line), "bold $primary"), disabled=True))
            options.append(Option(self._words(line), id=str(line.logged.id)))
        if len(lines) > self._wanted:
            left = len(lines) - self._wanted
            options.append(Option(Content.styled(f"… {left} older: Enter", "$text-muted"), id=MORE))
        self.clear_options()
        self.add_options(options)
        ids = [one.id for one in options]
        if str(keep) in ids:
            self.highlighted = ids.index(str(keep))
        elif len(options) > 1:
            self.highlighted = 1

    def show_more(self) -> None:
        """As many older ones again."""
        last = self._sets[self._wanted - 1].logged.id
        self._wanted += AT_ONCE
        self.show(self._sets, self._settings, keep=last)

    def _words(self, line: SetLine) -> Content:
        one = line.logged
        sign = "✖" if line.deleted else "w" if one.warmup else "●" if one.velocities else " "
        name = short_name(one.exercise, NAME_WIDE)
        words = f"{sign} {name:<{NAME_WIDE}} {load_reps(one, self._settings):>8} {left_brief(one):>4}"
        return Content.styled(words, "$text-muted" if line.deleted or one.warmup else "")


def _heading(line: SetLine) -> str:
    name = line.logged.workout.partition(" ")[2].partition(" ")[2]
    return f"{line.at:%a %d %b %Y}" + (f" {name}" if name else "")
