"""`hardset export`: everything in the log, in files that any program reads."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hardset.tracker.commands.options import existing_log, log_options


@click.command(
    short_help="Write everything in the log as CSV tables or JSON.",
    epilog="Example:  hardset export my_training/    or    hardset export my_training.json",
)
@click.argument("out", type=click.Path(path_type=Path, allow_dash=True), metavar="FOLDER|FILE.json|-")
@log_options
def export(out: Path, db: Path | None, lifter: str) -> None:
    """Write everything in the log as CSV tables or JSON.

    A folder gets sets.csv, reps.csv, weighings.csv, meals.csv and nights.csv: one type a column, units
    in the names, ready for a spreadsheet or for Parquet. A name that ends in .json gets all of them in
    one object; - writes that to standard output. Samples stay in the database (hardset backup copies it).
    """
    from hardset.tracker.recordings import write_text
    from hardset.tracker.training.interchange.export import tables, to_json, write_tables

    with existing_log(db, lifter) as log:
        every = tables(log)
    counts = ", ".join(f"{len(table.rows)} {table.name}" for table in every)
    if str(out) == "-":
        sys.stdout.write(to_json(lifter, every))
    elif out.suffix.lower() == ".json":
        write_text(out, to_json(lifter, every))
        click.echo(f"{out}: {counts}.")
    else:
        paths = write_tables(out, every)
        click.echo(f"{out}: {counts}, in {len(paths)} files.")
