"""`hardset weigh`: body weight."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.json_lines import json_objects
from hardset.tracker.commands.options import json_option, log_options, many_option, open_log


@click.command(short_help="Log your body weight.", epilog="Example:  hardset weigh 81.4")
@click.argument("kg", required=False, metavar="[KG]")
@click.option("--at", metavar="ISO", help="When; without it now.")
@many_option('{"kg": 81.4, "at": "2026-11-23T07:10"}')
@log_options
@json_option
def weigh(
    kg: str | None, at: str | None, many: Path | None, db: Path | None, lifter: str, as_json: bool
) -> None:
    """Log your body weight.

    KG is in your unit (hardset settings unit), or with its own: 176lb.
    """
    if (many is None) == (kg is None):
        raise click.UsageError("Give either a weight or --from FILE.jsonl.")
    from hardset.tracker.training.entries import weighing_from
    from hardset.tracker.training.shown import load_words

    with open_log(db, lifter) as book:
        settings = book.settings()
        if many is not None:
            entries = [weighing_from(fields, settings, place) for place, fields in json_objects(many, "'kg'")]
        else:
            entries = [weighing_from({"kg": kg, "at": at}, settings, "The weight")]
        if entries:
            book.weigh(*entries)
        for one in entries:
            if as_json:
                click.echo(json.dumps({"at": one.at.isoformat(), "weight_kg": one.weight_kg}))
            else:
                click.echo(f"{load_words(one.weight_kg, settings)} ({one.at:%Y-%m-%d %H:%M})")
