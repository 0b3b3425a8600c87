"""`hardset legs`: why don't my legs grow?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options, today_option

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from hardset.tracker.training.diagnosis import Diagnosis

COLOURS = {"ok": "green", "short": "yellow", "unknown": "dim"}


@click.command(short_help="Find what holds your legs back.", epilog="Example:  hardset legs")
@click.option("--all", "everything", is_flag=True, help="Also where science and common advice differ.")
@today_option
@log_options
@json_option
def legs(everything: bool, today: datetime | None, db: Path | None, lifter: str, as_json: bool) -> None:
    """Find what holds your legs back.

    Looks at the last four weeks that were logged (five for strength, six for body weight): effort,
    volume, frequency, overload, movements, food and rest. Names the one thing to change.
    """
    from hardset.tracker.training.catalogue import catalogue
    from hardset.tracker.training.contract import legs_to_json
    from hardset.tracker.training.diagnosis import diagnose

    with existing_log(db, lifter) as log:
        history, settings = log.history(), log.settings()
    diagnosis = diagnose(history, catalogue(), settings, None if today is None else today.date())
    if as_json:
        click.echo(json.dumps(legs_to_json(diagnosis)))
        return
    from rich.console import Console

    print_legs(Console(highlight=False), diagnosis, everything=everything)


def print_legs(console: Console, diagnosis: Diagnosis, *, everything: bool) -> None:
    """The limiting factor, then every check."""
    from rich import box
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    from hardset.tracker.training.check import STATUS_WORDS, words
    from hardset.tracker.training.diagnosis import FIXED

    limiting = diagnosis.limiting
    text = Text(limiting.evidence)
    text.append(f"\n→ {limiting.action}", style="bold")
    console.print(
        Panel(text, title=limiting.headline, title_align="left", subtitle=f"until {diagnosis.end:%d %b %Y}")
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for name in ("check", "", "found"):
        table.add_column(name)
    for one in diagnosis.checks:
        found = one.evidence
        if one.status != "ok":
            found += f"\nwanted: {one.want}\n→ {one.action}"
        if everything and one.differs:
            found += f"\n≠ {one.differs}"
        table.add_row(words(one.cause), Text(STATUS_WORDS[one.status], COLOURS[one.status]), Text(found))
    console.print(table)
    for line in FIXED if limiting.area == "none" or everything else FIXED[:1]:
        console.print(line, markup=False)
    console.print("The order of causes is an opinion; so is every figure marked as one.", markup=False)
