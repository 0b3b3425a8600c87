"""`hardset plates`: what to put on the bar."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options


@click.command(short_help="Say which plates make a load.", epilog="Example:  hardset plates 102.5")
@click.argument("load")
@log_options
@json_option
def plates(load: str, db: Path | None, lifter: str, as_json: bool) -> None:
    """Say which plates make a load.

    LOAD is in your unit, or with its own: 225lb. Your bar and plates are settings: hardset settings
    plates '{"20": 2, "10": 1, "2.5": 1, "1.25": 1}' are pairs by weight. What is short or over is said.
    """
    from hardset.tracker.errors import EntryNotUnderstood
    from hardset.tracker.training.entries import load_kg_from
    from hardset.tracker.training.next_load import on_the_bar
    from hardset.tracker.training.shown import plates_words

    with existing_log(db, lifter) as book:
        settings = book.settings()
    wanted_kg = load_kg_from(load, settings, "The load")
    if not wanted_kg:
        raise EntryNotUnderstood("The load", "a bar weighs something")
    found = on_the_bar(wanted_kg, settings)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "wanted_kg": round(found.wanted_kg, 4),
                    "load_kg": round(found.load_kg, 4),
                    "unit": found.unit,
                    "load_in_unit": found.load_in_unit,
                    "bar": settings.bar_in_unit,
                    "per_side": list(found.per_side),
                    "off_in_unit": round(found.load_in_unit - settings.from_kg(found.wanted_kg), 4),
                    "words": found.words,
                }
            )
        )
        return
    click.echo(found.words)
    click.echo(f"  {plates_words(found)}")
