"""`hardset record`: write what a sensor sends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.sensor_options import place_options, sensor_options, wanted_sensors

if TYPE_CHECKING:
    from hardset.tracker.live_stations import Wanted


@click.command(
    short_help="Write what a sensor sends into a recording.",
    epilog="Example:  hardset record --sensor WT901BLE67 --seconds 60 squats.csv",
)
@sensor_options
@place_options
@click.option(
    "--notifications", is_flag=True, help="Write the sensor's own messages as well, beside it as NAME.jsonl."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a fact.")
@click.argument("out", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="OUT.csv...")
def record(
    sensors: tuple[str, ...],
    rate: float | None,
    model: str | None,
    seconds: float | None,
    exercises: tuple[str, ...],
    placements: tuple[str, ...],
    loads: tuple[float, ...],
    notifications: bool,
    as_json: bool,
    out: tuple[Path, ...],
) -> None:
    """Write what a sensor sends into a recording, which `hardset analyze` reads.

    What is said of it (exercise, placement, load) goes into OUT.json beside it. Ctrl-C ends; a
    recording that was cut short is whole up to there.
    """
    wanted = wanted_sensors(sensors, exercises, placements, loads, out, files_option="OUT.csv")
    import asyncio
    from dataclasses import replace

    from hardset.tracker.live_stations import chosen_model, go_live
    from hardset.tracker.receiver import Listener
    from hardset.tracker.recorder import Recorder
    from hardset.tracker.voice import Voice

    def listener(_wanted: Wanted) -> Listener:
        return Recorder()

    if notifications:
        wanted = [
            replace(one, capture=path.with_suffix(".jsonl")) for one, path in zip(wanted, out, strict=True)
        ]
    voice = Voice(as_json=as_json, several=len(sensors) > 1)
    kind = chosen_model(model)
    asyncio.run(go_live(wanted, listener, voice.say, rate_hz=rate, model=kind, seconds=seconds))
