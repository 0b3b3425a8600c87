"""Options that the commands on sensors share, and what several sensors make of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hardset.tracker.training.catalogue import SENSOR_SITES

if TYPE_CHECKING:
    from hardset.tracker.live_stations import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])
Value = TypeVar("Value")


def sensor_options(command: Command) -> Command:
    """Add --sensor, --rate, --model, --seconds."""
    for option in (
        click.option(
            "--sensor",
            "sensors",
            multiple=True,
            required=True,
            metavar="NAME_OR_ADDRESS",
            help="Which sensor, as `hardset scan` shows it; give it again for a second one.",
        ),
        click.option(
            "--rate", type=click.FloatRange(min=1), metavar="HZ", help="Samples a second.  [default: 100]"
        ),
        click.option("--model", metavar="ID", help="Kind of sensor, where its name does not tell."),
        click.option(
            "--seconds", type=click.FloatRange(min=0, min_open=True), metavar="N", help="Stop after so long."
        ),
    ):
        command = option(command)
    return command


def place_options(command: Command) -> Command:
    """Add --exercise, --placement, --load: once for all sensors, or once for each."""
    for option in (
        click.option(
            "--exercise", "exercises", multiple=True, metavar="ID", help="What is done, e.g. back_squat."
        ),
        click.option(
            "--placement",
            "placements",
            multiple=True,
            type=click.Choice(list(SENSOR_SITES)),
            help="Where the sensor sits.  [default: the exercise's best place]",
        ),
        click.option(
            "--load",
            "loads",
            multiple=True,
            type=click.FloatRange(min=0),
            metavar="KG",
            help="Load on the bar.",
        ),
    ):
        command = option(command)
    return command


def wanted_sensors(
    sensors: Sequence[str],
    exercises: Sequence[str],
    placements: Sequence[str],
    loads: Sequence[float],
    files: Sequence[Path],
    lifters: Sequence[str] = (),
    *,
    files_option: str,
) -> list[Wanted]:
    """What each sensor is to do. Raises UsageError where options and sensors do not match."""
    each = list(
        zip(
            sensors,
            _for_each("--exercise", exercises, len(sensors)),
            _for_each("--placement", placements, len(sensors)),
            _for_each("--load", loads, len(sensors)),
            _one_for_each(files_option, files, len(sensors)),
            _for_each("--lifter", lifters, len(sensors)),
            strict=True,
        )
    )
    # numpy and bleak take most of a second to load: not for a slip of the pen.
    from hardset.tracker.live_stations import wanted_sensor

    return [wanted_sensor(*one) for one in each]


def _for_each(option: str, given: Sequence[Value], sensors: int) -> list[Value | None]:
    """A value for each sensor: none given, one for all, or one for each. Raises UsageError."""
    if len(given) not in (0, 1, sensors):
        raise click.UsageError(
            f"{option} is given {len(given)} times: give it once, or once for each sensor."
        )
    values: list[Value | None] = [*given] or [None]
    return values if len(values) == sensors else values * sensors


def _one_for_each(option: str, given: Sequence[Value], sensors: int) -> list[Value | None]:
    """As `_for_each`, for what sensors can't share, such as a file."""
    if given and len(given) != sensors:
        raise click.UsageError(f"{option} is given {len(given)} times for {sensors} sensors: one for each.")
    return list(given) if given else [None] * sensors
