"""`hardset backup`: a whole copy of the log."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.options import json_option, log_options, log_path, open_log


@click.command(
    short_help="Copy the whole log, even while it is written to.",
    epilog="Example:  hardset backup log_2026.db",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Take the place of a file that is there.")
@log_options
@json_option
def backup(file: Path, overwrite: bool, db: Path | None, lifter: str, as_json: bool) -> None:
    """Copy the whole log, even while it is written to.

    The copy is checked before it gets its name. Keep it on another disk.
    """
    from hardset.tracker.errors import LogNotThere
    from hardset.tracker.storage.backup import back_up
    from hardset.tracker.storage.database import is_there

    if not is_there(log_path(db)):
        raise LogNotThere(log_path(db))
    with open_log(db, lifter) as book:
        size = back_up(book.connection, book.path, file, overwrite=overwrite)
    if as_json:
        click.echo(json.dumps({"file": str(file), "bytes": size}))
    else:
        click.echo(f"{file}: {size / 1e6:.1f} MB, checked")
