"""`hardset report`: a week on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import existing_log, log_options, today_option

if TYPE_CHECKING:
    from datetime import datetime


@click.command(
    short_help="Write a week as one printable HTML file.",
    epilog="Example:  hardset report --week 2026-W47 -o week.html",
)
@click.option("--week", "name", metavar="WEEK", help="ISO week such as 2026-W47; without it this week.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write."
)
@today_option
@log_options
def report(name: str | None, out: Path, today: datetime | None, db: Path | None, lifter: str) -> None:
    """Write a week as one printable HTML file.

    Hard sets of each muscle with band and interval, the weeks before, how far from failure the sets
    ended, velocities, strength, and every check. The file needs no network.
    """
    from hardset.tracker.recordings import write_text
    from hardset.tracker.report.page import page
    from hardset.tracker.report.week_report import week_report
    from hardset.tracker.training.catalogue import catalogue
    from hardset.tracker.training.sessions import iso_week
    from hardset.tracker.training.times import now

    chosen = name or iso_week((today or now()).date())
    with existing_log(db, lifter) as log:
        history, settings = log.history(), log.settings()
    write_text(out, page(week_report(history, chosen, catalogue(), settings)))
    click.echo(f"{out}: week {chosen}")
