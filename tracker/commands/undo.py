"""`hardset undo`: take back what was done last."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options

LISTED = 20


@click.command(
    short_help="Take back the last change of the log, or several.", epilog="Example:  hardset undo"
)
@click.option("--steps", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many changes.")
@click.option("--list", "listing", is_flag=True, help="Only say what would be taken back, the newest first.")
@log_options
@json_option
def undo(steps: int, listing: bool, db: Path | None, lifter: str, as_json: bool) -> None:
    """Take back the last change of the log, or several.

    Every row is put back as it was before. Imports and rescoring are one change each.
    """
    with existing_log(db, lifter) as book:
        if listing:
            changes = book.undoable(max(steps, LISTED))
        else:
            changes = []
            while len(changes) < steps and (one := book.undo()) is not None:
                changes.append(one)
    if as_json:
        click.echo(json.dumps([{"at": one.at_utc, "kind": one.kind, "what": one.words} for one in changes]))
        return
    for one in changes:
        said = f"{one.at_utc[:16]} UTC  {one.words}" if listing else f"Taken back: {one.words}"
        click.echo(said)
    if not changes:
        click.echo("There is nothing to take back.")
