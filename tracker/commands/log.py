"""`hardset log`: sets by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import click

from hardset.tracker.commands.json_lines import json_objects
from hardset.tracker.commands.options import json_option, log_options, many_option, open_log


@click.command(
    short_help="Log a set that no sensor measured.",
    epilog="Example:  hardset log back_squat 100 8 --rir 2",
)
@click.argument("exercise", required=False)
@click.argument("load", required=False)
@click.argument("reps", required=False, type=int)
@click.option("--rir", type=float, metavar="N", help="How many more reps you felt were left.")
@click.option("--at", metavar="ISO", help="When, for instance 2026-11-23T18:05; without it now.")
@click.option("--warmup", is_flag=True, help="A warm-up: it counts for no muscle.")
@click.option("--failed", is_flag=True, help="A further rep was tried and not completed.")
@click.option("--note", metavar="TEXT", help="Anything worth remembering.")
@many_option('{"exercise": "back_squat", "load": 100, "reps": 8, "rir": 2, "at": "2026-11-23T18:05"}')
@log_options
@json_option
def log(
    exercise: str | None,
    load: str | None,
    reps: int | None,
    rir: float | None,
    at: str | None,
    warmup: bool,
    failed: bool,
    note: str | None,
    many: Path | None,
    db: Path | None,
    lifter: str,
    as_json: bool,
) -> None:
    """Log a set that no sensor measured.

    LOAD is in your unit (hardset settings unit), or with its own: 100kg, 225lb; bw is body weight
    alone. In a line of --from the options' names are the keys.
    """
    if (many is None) == (reps is None):
        raise click.UsageError("Give EXERCISE LOAD REPS, or --from FILE.jsonl.")
    from hardset.tracker.training.entries import set_from
    from hardset.tracker.training.shown import set_json, set_words

    with open_log(db, lifter) as book:
        settings = book.settings()
        if many is not None:
            lines = json_objects(many, "'exercise', 'load' and 'reps'")
            news = [set_from(fields, settings, place) for place, fields in lines]
        else:
            fields = {"exercise": exercise, "load": load, "reps": reps, "rir": rir, "at": at}
            fields |= {"warmup": warmup, "failed": failed, "note": note}
            news = [set_from(fields, settings, "The set")]
        numbers = set(book.add_sets(news)) if news else set()
        if not numbers:
            return
        # A day more than the sets themselves: their workout may have begun before them.
        since = min(one.at for one in news) - timedelta(days=1)
        for one in book.history(since).sets:
            if one.id in numbers:
                click.echo(json.dumps(set_json(one, settings)) if as_json else set_words(one, settings))
