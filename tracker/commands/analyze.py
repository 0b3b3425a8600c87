"""`hardset analyze`: recordings in, reps with velocity and RIR out."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import log_options, open_log
from hardset.tracker.errors import HardsetError
from hardset.tracker.training.catalogue import SENSOR_SITES
from hardset.tracker.training.catalogue import exercise as look_up

if TYPE_CHECKING:
    from hardset.tracker.scoring import ScoredRecording


@click.command(
    short_help="Count the reps of recordings, with velocity and reps in reserve.",
    epilog="Example:  hardset analyze squats_*.csv --exercise back_squat --load 100",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--exercise", "exercise_id", metavar="ID", help="What was done, for instance back_squat.")
@click.option("--placement", type=click.Choice(list(SENSOR_SITES)), help="Where the sensor sat.")
@click.option("--load", "load_kg", type=click.FloatRange(min=0), metavar="KG", help="Load on the bar.")
@click.option("--set-on", is_flag=True, help="A set is on: count even a single stroke (heavy singles).")
@click.option("--save", is_flag=True, help="Keep sets and samples in the training log.")
@click.option("--at", metavar="ISO", help="When the recording started; without it the file's time says.")
@log_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a file.")
def analyze(
    files: tuple[Path, ...],
    exercise_id: str | None,
    placement: str | None,
    load_kg: float | None,
    set_on: bool,
    save: bool,
    at: str | None,
    db: Path | None,
    lifter: str,
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
    saver = _Saver(db, lifter, at) if save else None
    for path, result in analyze_files(files, given):
        if saver is not None and not isinstance(result, HardsetError):
            click.echo(saver.save(result), err=as_json)
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


class _Saver:
    """Keeps analysed recordings in the log, one operation a file."""

    def __init__(self, db: Path | None, lifter: str, at: str | None) -> None:
        from hardset.tracker.training.times import typed_time

        self._log = open_log(db, lifter)
        click.get_current_context().call_on_close(self._log.close)
        self._started = None if at is None else typed_time(at, "--at")

    def save(self, scored: ScoredRecording) -> str:
        """Save one; says what became of it."""
        from hardset.tracker.training.measured_sets import save_recording

        path = scored.recording.path
        started = self._started if self._started is not None else _file_began(scored)
        numbers = save_recording(self._log, scored, started)
        if numbers:
            return f"{path}: saved as set {', '.join(map(str, numbers))}"
        return f"{path}: nothing to save" if not scored.sets else f"{path}: the log has it already"


def _file_began(scored: ScoredRecording) -> datetime:
    """A recorder writes the last sample last: the file's time is the recording's end."""
    ended = datetime.fromtimestamp(scored.recording.path.stat().st_mtime).astimezone()
    return ended - timedelta(seconds=scored.analysis.sensor.duration_s)
