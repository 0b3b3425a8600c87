"""`hardset demo`: a simulated lifter does a set, and the pipeline watches."""

from __future__ import annotations

import click

from hardset.tracker.training.catalogue import exercise as look_up

DEFAULT_SEED = 7


@click.command(
    short_help="Watch a simulated lifter do a set.",
    epilog="Example:  hardset demo --speed 4 --exercise bench_press",
)
@click.option(
    "--speed", type=click.FloatRange(min=0.1), default=1.0, show_default=True, help="Times real time."
)
@click.option(
    "--exercise", "exercise_id", default="back_squat", show_default=True, metavar="ID", help="What to do."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=DEFAULT_SEED, show_default=True, help="Which lifter."
)
def demo(speed: float, exercise_id: str, seed: int) -> None:
    """Watch a simulated lifter do a set.

    The simulated sensor sends its samples as a cheap Bluetooth sensor does: in bursts, with repeats
    and holes. On a terminal this takes as long as the set; otherwise it runs as fast as it can.
    """
    entry = look_up(exercise_id)
    from rich.console import Console

    from hardset.tracker.demonstration import show

    console = Console(highlight=False, markup=False, soft_wrap=True)
    show(console, entry, seed=seed, speed=speed if console.is_terminal else None)
