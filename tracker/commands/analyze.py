"""`hardset analyze`: recordings in, reps with velocity and RIR out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from hardset.tracker.errors import HardsetError
from hardset.tracker.training.catalogue import SENSOR_SITES
from hardset.tracker.training.catalogue import exercise as look_up


@click.command(
    short_help="Count the reps of recordings, with velocity and reps in reserve.",
    epilog="Example:  hardset analyze squats_*.csv --exercise back_squat --load 100",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--exercise", "exercise_id", metavar="ID", help="What was done, for instance back_squat.")
@click.option("--placement", type=click.Choice(list(SENSOR_SITES)), help="Where the sensor sat.")
@click.option("--load", "load_kg", type=click.FloatRange(min=0), metavar="KG", help="Load on the bar.")
@click.option("--set-on", is_flag=True, help="A set is on: count even a single stroke (heavy singles).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a file.")
def analyze(
    files: tuple[Path, ...],
    exercise_id: str | None,
    placement: str | None,
    load_kg: float | None,
    set_on: bool,
    as_json: bool,
) -> None:
    """Count the reps of recordings, with velocity and reps in reserve.

    FILE is a CSV with the header time_s,acc_x_g,acc_y_g,acc_z_g and, if the sensor has a gyroscope,
    gyr_x_dps,gyr_y_dps,gyr_z_dps. What is not given here is taken from NAME.json beside NAME.csv.
    """
    # numpy, scipy and rich take most of a second to load: not for a help text or a slip of the pen.
    entry = None if exercise_id is None else look_up(exercise_id)
    from rich.console import Console

    from hardset.tracker.batch import Given, analyze_files
    from hardset.tracker.contract import error_to_json, recording_to_json
    from hardset.tracker.set_table import print_recording

    given = Given(entry, None if placement is None else SENSOR_SITES[placement], load_kg, set_on)
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    failed = False
    for path, result in analyze_files(files, given):
        if isinstance(result, HardsetError):
            failed = True
            if as_json:
                click.echo(json.dumps(error_to_json(path, result)))
            click.echo(f"hardset: {result}", err=True)
        elif as_json:
            click.echo(json.dumps(recording_to_json(result), allow_nan=False))
        else:
            print_recording(console, result)
    if failed:
        click.get_current_context().exit(1)
