"""`hardset demo`: a simulated lifter does a set, and the pipeline watches."""

from __future__ import annotations

import sys

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
@click.option("--text", is_flag=True, help="Lines of text instead of the screens.")
def demo(speed: float, exercise_id: str, seed: int, text: bool) -> None:
    """Watch a simulated lifter do a set.

    On a terminal the screens open, with a virtual sensor and a log that is thrown away afterwards.
    With --text, or without a terminal, one set is told line by line: on a terminal in the time that it
    takes, else as fast as possible.
    """
    entry = look_up(exercise_id)
    if not text and sys.stdin.isatty() and sys.stdout.isatty():
        from hardset.tui.launch import open_demo

        open_demo(entry, seed, speed)
        return
    from rich.console import Console

    from hardset.tracker.demonstration import show

    console = Console(highlight=False, markup=False, soft_wrap=True)
    show(console, entry, seed=seed, speed=speed if console.is_terminal else None)
