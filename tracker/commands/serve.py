"""`hardset serve`: the Live screen in a browser, for a phone beside the rack."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from hardset.tracker.commands.options import log_options, log_path, must_be_there

HERE = ("127.0.0.1", "localhost", "::1")


@click.command(
    short_help="Show the set that is on in a browser, on a phone for instance.",
    epilog="Example:  hardset serve --host 192.168.1.20",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this computer to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--viewer", is_flag=True, hidden=True, help="What each visitor's browser shows.")
@log_options
def serve(host: str, port: int, viewer: bool, db: Path | None, lifter: str) -> None:
    """Show the set that is on in a browser, on a phone for instance.

    Visitors look on: the screens that are open elsewhere (`hardset`) own the sensor, and a visitor follows
    them through the log, less than a second behind. Only this computer can look, unless --host names
    another of its addresses; then a token, made anew each time, has to be in the address. Ctrl-C ends.
    """
    must_be_there(db)
    path = log_path(db)
    if viewer:
        from hardset.tui.launch import open_watching

        open_watching(path, lifter)
        return
    from hardset.tui.server import serve_screens

    command = [sys.executable, "-m", "hardset.tracker.cli", "serve", "--viewer"]
    command += ["--db", str(path), "--lifter", lifter]
    serve_screens(shlex.join(command), host, port, secret=host not in HERE)
