"""`hardset eat`: protein, energy, carbohydrate, water."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.json_lines import json_objects
from hardset.tracker.commands.options import json_option, log_options, many_option, open_log


@click.command(
    short_help="Log a meal or a drink.", epilog="Example:  hardset eat --protein 40 --kcal 650 --carbs 60"
)
@click.option("--protein", type=float, metavar="G", help="Protein, g.")
@click.option("--kcal", type=float, metavar="K", help="Energy, kcal.")
@click.option("--carbs", type=float, metavar="G", help="Carbohydrate, g.")
@click.option("--water", type=float, metavar="L", help="Water, litres.")
@click.option("--at", metavar="ISO", help="When; without it now.")
@many_option('{"protein": 40, "kcal": 650, "at": "2026-11-23T12:30"}')
@log_options
@json_option
def eat(
    protein: float | None,
    kcal: float | None,
    carbs: float | None,
    water: float | None,
    at: str | None,
    many: Path | None,
    db: Path | None,
    lifter: str,
    as_json: bool,
) -> None:
    """Log a meal or a drink."""
    given = {"protein": protein, "kcal": kcal, "carbs": carbs, "water": water}
    if (many is None) == all(amount is None for amount in given.values()):
        raise click.UsageError("Give amounts such as --protein 40, or --from FILE.jsonl.")
    from hardset.tracker.training.entries import meal_from
    from hardset.tracker.training.shown import AMOUNTS, meal_words

    with open_log(db, lifter) as book:
        if many is not None:
            entries = [meal_from(fields, place) for place, fields in json_objects(many, "'protein'")]
        else:
            entries = [meal_from({**given, "at": at}, "The meal")]
        if entries:
            book.eat(*entries)
    for one in entries:
        if as_json:
            amounts = {name: getattr(one, name) for name, _ in AMOUNTS}
            click.echo(json.dumps({"at": one.at.isoformat(), **amounts}))
        else:
            click.echo(f"{meal_words(one)} ({one.at:%Y-%m-%d %H:%M})")
