"""`hardset live`: follow a sensor, and say each rep as it ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import db_option, log_path, or_said_before
from hardset.tracker.commands.sensor_options import place_options, sensor_options, wanted_sensors

if TYPE_CHECKING:
    from hardset.tracker.live_stations import Wanted


@click.command(
    short_help="Follow a sensor, and say each rep as it ends.",
    epilog="Example:  hardset live --sensor WT901BLE67 --exercise back_squat --load 100",
)
@sensor_options
@place_options
@click.option("--set-on", is_flag=True, help="A set is on: count even a single stroke (heavy singles).")
@click.option(
    "--record",
    "records",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write the samples as a recording as well; one file for each sensor.",
)
@click.option(
    "--lifter",
    "lifters",
    multiple=True,
    metavar="NAME",
    callback=or_said_before,
    help="Whose log; once for all sensors, or once for each.",
)
@db_option
@click.option("--no-save", is_flag=True, help="Keep nothing in the training log.")
@click.option("--warmup", is_flag=True, help="These sets are warm-ups: kept, and not counted.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a fact.")
def live(
    sensors: tuple[str, ...],
    rate: float | None,
    model: str | None,
    seconds: float | None,
    exercises: tuple[str, ...],
    placements: tuple[str, ...],
    loads: tuple[float, ...],
    set_on: bool,
    records: tuple[Path, ...],
    lifters: tuple[str, ...],
    db: Path | None,
    no_save: bool,
    warmup: bool,
    as_json: bool,
) -> None:
    """Follow a sensor, and say each rep as it ends.

    Connects, counts, and connects again when the link breaks; the set goes on meanwhile. Sets and
    samples are kept in the training log. Ctrl-C ends.
    Two sensors (bar and thigh, or two lifters) are followed at once with --sensor A --sensor B; the
    other options are then given once for both, or once for each in the same order.
    `--sensor virtual:witmotion:back_squat` needs no sensor at all.
    """
    wanted = wanted_sensors(sensors, exercises, placements, loads, records, lifters, files_option="--record")
    import asyncio

    from hardset.tracker.kept_session import kept_session
    from hardset.tracker.live_stations import chosen_model, go_live
    from hardset.tracker.receiver import Listener
    from hardset.tracker.session import Session
    from hardset.tracker.voice import Voice

    def listener(wanted: Wanted) -> Listener:
        if no_save:
            return Session(wanted.exercise, wanted.read_as, set_on=set_on)
        return kept_session(
            log_path(db),
            wanted.lifter,
            wanted.exercise,
            wanted.read_as,
            load_kg=wanted.load_kg,
            warmup=warmup,
            set_on=set_on,
        )

    voice = Voice(as_json=as_json, several=len(sensors) > 1)
    kind = chosen_model(model)
    asyncio.run(go_live(wanted, listener, voice.say, rate_hz=rate, model=kind, seconds=seconds))
