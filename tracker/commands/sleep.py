"""`hardset sleep`: hours of sleep."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.json_lines import json_objects
from hardset.tracker.commands.options import json_option, log_options, many_option, open_log


@click.command(short_help="Log how long you slept.", epilog="Example:  hardset sleep 7.5")
@click.argument("hours", required=False, type=float)
@click.option("--at", metavar="ISO", help="The day on which you woke up; without it today.")
@many_option('{"hours": 7.5, "at": "2026-11-23"}')
@log_options
@json_option
def sleep(
    hours: float | None, at: str | None, many: Path | None, db: Path | None, lifter: str, as_json: bool
) -> None:
    """Log how long you slept.

    A second entry for a day takes the place of the first.
    """
    if (many is None) == (hours is None):
        raise click.UsageError("Give either HOURS or --from FILE.jsonl.")
    from hardset.tracker.training.entries import night_from

    with open_log(db, lifter) as book:
        if many is not None:
            entries = [night_from(fields, place) for place, fields in json_objects(many, "'hours'")]
        else:
            entries = [night_from({"hours": hours, "at": at}, "The night")]
        if entries:
            book.sleep(*entries)
    for one in entries:
        if as_json:
            click.echo(json.dumps({"day": one.day.isoformat(), "hours": one.hours}))
        else:
            click.echo(f"{one.hours:g} h of sleep until {one.day}")
