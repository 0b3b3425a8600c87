"""`hardset import-recording`: what other makers' apps export, to one recording file."""

from __future__ import annotations

from pathlib import Path

import click

from hardset.tracker.training.catalogue import SENSOR_SITES
from hardset.tracker.training.catalogue import exercise as look_up


@click.command(
    "import-recording",
    short_help="Read or join the recordings that other apps export.",
    epilog="Example:  hardset import-recording Accelerometer.csv Gyroscope.csv -o squats.csv",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.csv")
@click.option("--device", metavar="NAME", help="The sensor, where one file holds several.")
@click.option("--exercise", "exercise_id", metavar="ID", help="What was done: goes into OUT.json.")
@click.option(
    "--placement", type=click.Choice(list(SENSOR_SITES)), help="Where the sensor sat: goes into OUT.json."
)
@click.option("--load", "load_kg", type=click.FloatRange(min=0), metavar="KG", help="Load on the bar.")
def import_recording(
    files: tuple[Path, ...],
    out: Path | None,
    device: str | None,
    exercise_id: str | None,
    placement: str | None,
    load_kg: float | None,
) -> None:
    """Read or join the recordings that other apps export.

    FILE is a CSV of WitMotion, MetaBase, Movesense, phyphox or Sensor Logger, or the unpacked folder of
    such an export. Accelerometer and gyroscope in files of their own are joined, and so are acceleration
    without gravity and gravity. It says what each column was taken for; -o writes the recording.
    """
    from hardset.tracker.recordings import write_recording
    from hardset.tracker.sidecar import Sidecar
    from hardset.tracker.vendors.join import join_recordings

    if exercise_id is not None:
        look_up(exercise_id)
    if out is not None and any(out.resolve() == path.resolve() for path in files):
        raise click.UsageError(f"{out} is one of the files to be read: choose another name for -o.")
    recording = join_recordings(files, device)
    for note in recording.warnings:
        click.echo(note)
    samples = recording.samples
    seconds = float(samples.time_s[-1] - samples.time_s[0])
    gyro = "with" if samples.angular_velocity_radps is not None else "without"
    click.echo(
        f"{len(samples)} samples in {seconds:.1f} s ({(len(samples) - 1) / seconds:.1f} Hz), {gyro} gyroscope"
    )
    if out is None:
        click.echo("Nothing was written: -o OUT.csv writes the recording.")
        return
    sidecar = None
    if exercise_id or placement or load_kg is not None:
        sidecar = Sidecar(exercise_id, None if placement is None else SENSOR_SITES[placement], load_kg)
    write_recording(out, samples, sidecar)
    click.echo(f"Written to {out}. Next: hardset analyze {out}")
