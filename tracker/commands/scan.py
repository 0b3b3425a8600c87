"""`hardset scan`: which sensors are in sight."""

from __future__ import annotations

import json

import click


@click.command(
    short_help="Show which sensors are in sight.",
    epilog="Example:  hardset scan --seconds 10",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True, max=300),
    default=5.0,
    show_default=True,
    metavar="N",
    help="How long to look.",
)
@click.option("--all", "everything", is_flag=True, help="Show devices that hardset can't read as well.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a device.")
def scan(seconds: float, everything: bool, as_json: bool) -> None:
    """Show which sensors are in sight, the strongest first.

    A sensor that another app is connected to does not show itself.
    """
    import asyncio

    from hardset.tracker.sensors.bluetooth import scan as look

    found = asyncio.run(look(seconds))
    shown = [one for one in found if everything or one.model is not None]
    for one in shown:
        if as_json:
            fields = {
                "name": one.name,
                "address": one.address,
                "rssi_dbm": one.rssi_dbm,
                "model": None if one.model is None else one.model.id,
            }
            click.echo(json.dumps(fields))
        else:
            kind = "not a sensor that hardset can read" if one.model is None else one.model.name
            click.echo(f"{one.name or '(no name)':24s} {one.address}  {one.rssi_dbm:4d} dBm  {kind}")
    others = len(found) - len(shown)
    if not shown and not as_json:
        click.echo("No sensor is in sight; switch it on, bring it near, close other apps that use it.")
    if others and not as_json:
        click.echo(f"{others} other Bluetooth devices are in sight (--all shows them).")
