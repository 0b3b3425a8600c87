"""`hardset doctor`: is everything there that hardset needs?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.options import db_option, json_option


@click.command(
    short_help="Check Python, packages, Bluetooth and the log.",
    epilog="Example:  hardset doctor",
)
@db_option
@json_option
def doctor(db: Path | None, as_json: bool) -> None:
    """Check Python, packages, Bluetooth, the data folder and the log: each is ok, or what to do is said.

    Ends with exit code 1 when something is not as it should be.
    """
    from hardset.tracker.health import checks

    found = checks(db)
    if as_json:
        fields = [{"what": one.what, "ok": one.ok, "detail": one.detail} for one in found]
        click.echo(json.dumps({"ok": all(one.ok for one in found), "checks": fields}))
    else:
        for one in found:
            click.echo(f"{'ok ' if one.ok else 'NOT'}  {one.what:12s} {one.detail}")
    if not all(one.ok for one in found):
        click.get_current_context().exit(1)
