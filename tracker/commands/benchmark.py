"""`hardset benchmark`: how good is it, on recordings whose answer is known?"""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(
    short_help="Score every labelled recording of a folder.",
    epilog="Example:  hardset benchmark fixtures",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--peers", is_flag=True, help="Score two textbook counters as well.")
@click.option("--degrade", is_flag=True, help="Score bar recordings spoiled in many ways as well (slow).")
@click.option("--live/--no-live", default=True, help="Play each recording to the live analyser as well.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes.  [default: all processors]")
@click.option(
    "--misses",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw every recording that is not counted exactly on an HTML page.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="FILE", help="Write the JSON to a file as well."
)
def benchmark(
    folder: Path,
    peers: bool,
    degrade: bool,
    live: bool,
    jobs: int | None,
    misses: Path | None,
    as_json: bool,
    save: Path | None,
) -> None:
    """Score every labelled recording of a folder.

    Labelled are the recordings of DIR/index.csv (columns file and reps), or those with a NAME.json
    that holds "reps"; where NAME.truth.json lies beside, velocity and range of motion are scored too.
    """
    from rich.console import Console
    from rich.progress import Progress

    from hardset.tracker.benchmark.degraded import score_degraded
    from hardset.tracker.benchmark.report import BenchmarkReport
    from hardset.tracker.benchmark.runner import benchmark_folder, chosen_counters, usable_processors
    from hardset.tracker.benchmark.table import print_report
    from hardset.tracker.labels import labelled_recordings
    from hardset.tracker.recordings import write_text

    labels = labelled_recordings(folder)
    counters = chosen_counters(peers=peers)
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("scoring", total=len(labels))
        methods = benchmark_folder(
            labels,
            counters,
            live=live,
            jobs=jobs or usable_processors(),
            progress=lambda: progress.advance(task),
        )
        spoiled = {}
        if degrade:
            task = progress.add_task("spoiling", total=None)
            spoiled = score_degraded(labels, counters, progress=lambda: progress.advance(task))
    report = BenchmarkReport(folder, len(labels), methods, spoiled)
    text = json.dumps(report.to_json(), allow_nan=False)
    if save is not None:
        write_text(save, text + "\n")
    if misses is not None:
        from hardset.tracker.benchmark.misses import misses_page

        write_text(misses, misses_page(folder, labels, report.methods[0]))
    if as_json:
        click.echo(text)
    else:
        console = Console(highlight=False)
        # Redirected output has no width of its own: wide enough that no figure is cut.
        print_report(console if console.is_terminal else Console(highlight=False, width=110), report)
