"""`hardset week`: hard sets of each muscle."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options, today_option

if TYPE_CHECKING:
    from rich.console import Console

    from hardset.tracker.training.hard_sum import HardSum
    from hardset.tracker.training.records import TrainingHistory
    from hardset.tracker.training.settings import Settings
    from hardset.tracker.training.volume import MuscleVolume, Volume

WIDE, BAR_CELLS, NARROW_BAR_CELLS = 92, 20, 10
WITH_BARS, WITH_BANDS = 67, 55
"""Columns of the terminal from which bars, and bands, find room beside the figures."""
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
    from hardset.tracker.training.catalogue import MUSCLES
    from hardset.tracker.training.sessions import iso_week
    from hardset.tracker.training.times import now
    from hardset.tracker.training.volume import rolling_volume
    from hardset.tracker.training.waiting import waiting_words
    from hardset.tracker.training.week_overview import week_overview

    end = (today or now()).date()
    chosen = name or iso_week(end)
    if muscle is not None and muscle not in MUSCLES:
        problem = f"'{muscle}' is no muscle; there are {', '.join(MUSCLES)}"
        raise click.BadParameter(problem, param_hint="--muscle")
    with existing_log(db, lifter) as log:
        seen = week_overview(log, chosen, also_from=end - timedelta(days=6))
    if as_json:
        from hardset.tracker.training.contract import week_to_json

        rolling = rolling_volume(seen.history, end, seen.exercises, seen.settings)
        click.echo(json.dumps(week_to_json(seen.counted, rolling, seen.earlier, seen.waiting)))
        return
    from rich.console import Console

    if muscle is not None:
        print_sets(Console(highlight=False), seen.counted.of(muscle), seen.history, seen.settings)
        return
    console = Console(highlight=False)
    print_week(console, seen.counted, seen.earlier, seen.calves)
    if seen.waiting:
        console.print(waiting_words(seen.waiting), markup=False)


def print_week(
    console: Console, counted: Volume, earlier: Mapping[str, Sequence[float]], calves: HardSum
) -> None:
    """A table of the muscles that were trained, and of the legs in any case."""
    from rich import box
    from rich.table import Table

    from hardset.tracker.training.check import words
    from hardset.tracker.training.sessions import iso_week
    from hardset.tracker.training.volume import LEG_MUSCLES
    from hardset.tracker.training.week_words import VERDICTS, bar, interval_words, notes, sparkline

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
            table.add_row(
                words(one.muscle),
                f"{one.hard_sets:.1f}",
                interval_words(one.hard),
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
