"""`hardset settings`: units, plates, thresholds and targets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options, open_log


@click.command(
    short_help="Show or change units, plates, thresholds and targets.",
    epilog="Example:  hardset settings unit lb",
)
@click.argument("name", required=False)
@click.argument("value", required=False)
@log_options
@json_option
def settings(name: str | None, value: str | None, db: Path | None, lifter: str, as_json: bool) -> None:
    """Show or change units, plates, thresholds and targets.

    Without NAME all are listed; VALUE changes one ('usual' takes the change back), for instance
    hardset settings plates "20x2, 10, 2.5" or hardset settings surplus_pct 5-10.
    """
    from hardset.tracker.errors import EntryNotUnderstood
    from hardset.tracker.training.setting_words import carried_words, setting_words, typed_value
    from hardset.tracker.training.settings import BY_NAME

    if name is not None and name not in BY_NAME:
        raise EntryNotUnderstood("settings", f"there is no '{name}', there are {', '.join(BY_NAME)}")
    with (existing_log if name is None or value is None else open_log)(db, lifter) as book:
        if name is not None and value == "usual":
            book.reset_setting(name)
        elif name is not None and value is not None:
            book.set_setting(name, typed_value(name, value))
        now = book.settings()
    shown = {one: _plain(getattr(now, one)) for one in BY_NAME if name in (None, one)}
    if as_json:
        click.echo(json.dumps(shown))
        return
    for one in shown:
        help = BY_NAME[one]
        click.echo(f"{one:17} {setting_words(now, one)}")
        click.echo(f"{'':17}   {help.meaning} ({help.ground})")
    if name == "unit" and value is not None and (carried := carried_words(now)):
        click.echo(carried)


def _plain(value: Any) -> Any:
    """Pairs of plates as an object by weight, as they are typed."""
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return {f"{weight:g}": count for weight, count in value}
    return value
