"""`hardset demo`: a simulated lifter does a set, and the pipeline watches."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import click
from rich.console import Console

from hardset.signal.exercise import Placement
from hardset.signal.live import Event, LiveAnalyser
from hardset.signal.samples import SampleBatch
from hardset.tracker.commentary import Commentary
from hardset.tracker.delivery import notifications
from hardset.tracker.demonstration import Verdict, draw_set
from hardset.tracker.simulation.scenario import simulate
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
    recording = simulate(draw_set(entry.id, seed), seed)
    placement = Placement(recording.placement)
    known = entry.signal_at(placement)
    span_s = float(recording.samples.time_s[-1] - recording.samples.time_s[0])
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(
        f"{entry.name}: simulated lifter {seed}, sensor on the {placement.value}, {span_s:.0f} s to come"
    )
    commentary = Commentary(known, placement)
    verdict = Verdict(recording.truth)
    analyser = LiveAnalyser(exercise=known, placement=placement)
    with console.status("watching") as status:
        for batch in paced(recording.samples, speed if console.is_terminal else None):
            status.update(f"watching, {float(batch.time_s[-1] - recording.samples.time_s[0]):.0f} s")
            _say(console, analyser.update(batch), commentary, verdict)
        _say(console, analyser.finish(), commentary, verdict)
    for line in verdict.lines():
        console.print(line)


def _say(console: Console, events: Sequence[Event], commentary: Commentary, verdict: Verdict) -> None:
    for event in events:
        verdict.take(event)
        for line in commentary.lines(event):
            console.print(line)


def paced(samples: SampleBatch, speed: float | None) -> Iterator[SampleBatch]:
    """The samples as they arrive, `speed` times as fast as real time; None waits for nothing."""
    started = time.monotonic()
    for batch in notifications(samples):
        if speed is not None:
            due_s = float(batch.time_s[-1] - samples.time_s[0]) / speed
            time.sleep(max(0.0, due_s - (time.monotonic() - started)))
        yield batch
