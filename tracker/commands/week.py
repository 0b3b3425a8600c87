"""`hardset week`: hard sets of each muscle."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import json_option, log_options, open_log, today_option

if TYPE_CHECKING:
    from rich.console import Console

    from hardset.tracker.training.hard_sum import HardSum
    from hardset.tracker.training.records import TrainingHistory
    from hardset.tracker.training.settings import Settings
    from hardset.tracker.training.volume import MuscleVolume, Volume

WEEKS = 6
WIDE, BAR_CELLS, NARROW_BAR_CELLS = 92, 20, 10
WITH_BARS, WITH_BANDS = 67, 55
"""Columns of the terminal from which bars, and bands, find room beside the figures."""
BLOCKS = " ▁▂▃▄▅▆▇█"
VERDICTS = {"under": "▼ under", "in": "● in", "over": "▲ over"}
COLOURS = {"under": "yellow", "in": "green", "over": "magenta"}


@click.command(
    short_help="Count the hard sets of each muscle in a week.",
    epilog="Example:  hardset week --week 2026-W47",
)
@click.option("--week", "name", metavar="WEEK", help="ISO week such as 2026-W47; without it this week.")
@click.option("--muscle", metavar="NAME", help="The sets behind one muscle, and how much each gave.")
@today_option
@log_options
@json_option
def week(
    name: str | None, muscle: str | None, today: datetime | None, db: Path | None, lifter: str, as_json: bool
) -> None:
    """Count the hard sets of each muscle in a week.

    A set counts with the probability that it ended within 3 reps of failure (settings hard_rir), half
    for a muscle that only helps. The range holds the truth in 80 of 100 weeks like this one, where the
    probabilities are right.
    """
    from hardset.tracker.training.catalogue import MUSCLES, catalogue
    from hardset.tracker.training.sessions import iso_week, week_days, weeks_before
    from hardset.tracker.training.times import now
    from hardset.tracker.training.volume import calf_volume, rolling_volume, trend, week_volume
    from hardset.tracker.training.waiting import waiting_sets, waiting_words

    end = (today or now()).date()
    chosen = name or iso_week(end)
    if muscle is not None and muscle not in MUSCLES:
        problem = f"'{muscle}' is no muscle; there are {', '.join(MUSCLES)}"
        raise click.BadParameter(problem, param_hint="--muscle")
    weeks = weeks_before(chosen, WEEKS)
    # Two days more than is counted: a day begins earlier in some places than in others.
    first = min(week_days(weeks[0]).first, end - timedelta(days=6)) - timedelta(days=2)
    with open_log(db, lifter) as log:
        history = log.history(datetime.combine(first, time(), UTC))
        settings = log.settings()
        days = week_days(chosen)
        waiting = [one for one in waiting_sets(log) if days.holds(one.at.date())]
    exercises = catalogue()
    counted = week_volume(history, chosen, exercises, settings)
    earlier = trend(history, weeks, exercises, settings)
    if as_json:
        from hardset.tracker.training.contract import week_to_json

        rolling = rolling_volume(history, end, exercises, settings)
        click.echo(json.dumps(week_to_json(counted, rolling, earlier, waiting)))
        return
    from rich.console import Console

    if muscle is not None:
        print_sets(Console(highlight=False), counted.of(muscle), history, settings)
        return
    calves, _ = calf_volume(history, counted.days, exercises, settings)
    console = Console(highlight=False)
    print_week(console, counted, earlier, calves)
    if waiting:
        console.print(waiting_words(waiting), markup=False)


def print_week(
    console: Console, counted: Volume, earlier: Mapping[str, Sequence[float]], calves: HardSum
) -> None:
    """A table of the muscles that were trained, and of the legs in any case."""
    from rich import box
    from rich.table import Table

    from hardset.tracker.training.check import words
    from hardset.tracker.training.sessions import iso_week
    from hardset.tracker.training.volume import LEG_MUSCLES

    days, width = counted.days, console.width
    wide, bars, bands = width >= WIDE, width >= WITH_BARS, width >= WITH_BANDS
    who = f" of {counted.lifter}" if counted.lifter else ""
    console.print(
        f"[bold]Week {iso_week(days.first)}[/bold]{who}, {days.first:%d %b} to {days.last:%d %b %Y}"
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    table.add_column("muscle", no_wrap=True)
    table.add_column("hard", justify="right", no_wrap=True)
    table.add_column("80 %", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    if bars:
        table.add_column("hard sets", no_wrap=True)
    if bands:
        table.add_column("band", no_wrap=True)
    table.add_column("", no_wrap=True)
    if bands:
        table.add_column("days", justify="right", no_wrap=True)
    if wide:
        table.add_column("weeks", no_wrap=True)
    for one in counted.muscles:
        if one.all_sets or one.muscle in LEG_MUSCLES:
            low, high = one.hard.interval80
            table.add_row(
                words(one.muscle),
                f"{one.hard_sets:.1f}",
                f"{low:.0f}-{high:.0f}",
                f"{one.all_sets:g}",
                *((bar(one, BAR_CELLS if wide else NARROW_BAR_CELLS),) if bars else ()),
                *((f"{one.band[0]:g}-{one.band[1]:g}",) if bands else ()),
                f"[{COLOURS[one.verdict]}]{VERDICTS[one.verdict][: None if bands else 1]}[/]",
                *((str(one.sessions),) if bands else ()),
                *((sparkline(earlier[one.muscle], one.band[1]),) if wide else ()),
            )
    console.print(table)
    for line in notes(counted, calves):
        console.print(line, markup=False)


def print_sets(console: Console, one: MuscleVolume, history: TrainingHistory, settings: Settings) -> None:
    """The sets that gave something to a muscle, and how much each."""
    from rich import box
    from rich.table import Table

    from hardset.tracker.training.check import words
    from hardset.tracker.training.shown import load_words

    low, high = one.hard.interval80
    console.print(f"[bold]{words(one.muscle)}[/bold]: {one.hard_sets:.1f} hard sets ({low:.0f}-{high:.0f})")
    logged = {each.id: each for each in history.sets}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for name in ("set", "day", "exercise", "", "weight", "P(hard)", "gives", "by"):
        figures = name in ("weight", "P(hard)", "gives")
        table.add_column(name, justify="right" if figures else "left", no_wrap=name != "exercise")
    for gave in one.contributions:
        each = logged[gave.set_id]
        table.add_row(
            str(gave.set_id),
            f"{each.at:%a %d %b}",
            words(gave.exercise),
            f"{load_words(each.load_kg, settings)} x {each.reps}",
            f"{gave.weight:g}",
            f"{gave.p_hard:.2f}",
            f"{gave.credit:.2f}",
            str(gave.source),
        )
    console.print(table)


def bar(one: MuscleVolume, width: int) -> str:
    """Hard sets as a bar over the band: █ surely, ▓ within the interval, ░ the band."""
    full = 1.25 * max(one.band[1], one.hard_sets)
    low, high = one.hard.interval80
    cells = []
    for number in range(width):
        middle = (number + 0.5) * full / width
        if middle <= low:
            cells.append("█")
        elif middle <= high:
            cells.append("▓")
        else:
            cells.append("░" if one.band[0] <= middle <= one.band[1] else "·")
    return "".join(cells)


def sparkline(weeks: Sequence[float], full: float) -> str:
    """One block a week, the last one being the week that is shown."""
    top = max(full, *weeks, 1.0)
    return "".join(BLOCKS[round(sets / top * (len(BLOCKS) - 1))] for sets in weeks)


def notes(counted: Volume, calves: HardSum) -> list[str]:
    """What has to be said beside the table."""
    from hardset.tracker.training.check import words
    from hardset.tracker.training.proximity import Source

    low, high = calves.interval80
    said = [
        "█ sure, ▓ within the range that holds the truth in 80 of 100 such weeks, ░ band.",
        f"Calves, each set once: {calves.mean:.1f} ({low:.0f}-{high:.0f}).",
    ]
    if counted.missing:
        said.append(f"No set of: {', '.join(words(name) for name in counted.missing)}.")
    unknown = {
        c.set_id
        for one in counted.muscles
        for c in one.contributions
        if c.source is Source.UNKNOWN and c.p_hard > 0
    }
    if unknown:
        said.append(
            f"Of {len(unknown)} sets nobody knows how hard they were (no sensor, no --rir): they count as "
            "sets usually do, about half, and the range is wide."
        )
    if counted.uncounted:
        said.append(f"Not counted, muscles unknown: {', '.join(counted.uncounted)}.")
    said.append(
        "Bands are practice, not law (settings bands): 10-20 has evidence, 12-18 for calves is an opinion."
    )
    return said
