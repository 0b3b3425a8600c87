"""The benchmark's outcome as tables for people."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hardset.tracker.benchmark.live_scores import IN_TIME_S, LiveScore
from hardset.tracker.benchmark.report import BenchmarkReport, MethodReport
from hardset.tracker.benchmark.scores import CountScore, ErrorScore, MotionScore
from hardset.tracker.labels import IDLE_TIER


def print_report(console: Console, report: BenchmarkReport) -> None:
    """Counts of every method, then velocity, live figures and the list of misses of ours."""
    console.print(f"[bold]{escape(str(report.folder))}[/bold]: {report.recordings} labelled recordings")
    console.print(_count_table("Counts", {m.method: m.counts for m in report.methods}))
    if any(method.motion for method in report.methods):
        console.print(_found_table(report.methods))
        console.print(_motion_table(report.methods))
    for method in report.methods:
        if method.live is not None:
            console.print(f"live: {_live_words(method.live)}")
    if report.degraded:
        console.print(_count_table("The bar recordings, spoiled", report.degraded))
    for method in report.methods:
        console.print(f"{escape(method.method)}: {method.seconds_per_hour:.1f} s for an hour of recording")
    console.print(f"not counted exactly by {escape(report.methods[0].method)}:", _misses(report.methods[0]))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number < 2 else "right", no_wrap=True)
    return table


def _count_table(title: str, methods: dict[str, tuple[CountScore, ...]]) -> Table:
    table = _table(title, "method", "recordings", "n", "exact", "within 1", "mean error")
    for method, scores in methods.items():
        for score in scores:
            table.add_row(escape(method), score.group, *_count_cells(score))
    return table


def _count_cells(score: CountScore) -> tuple[str, ...]:
    if score.group.endswith(IDLE_TIER):
        return str(score.recordings), f"{score.exact} clean", "", f"{score.mean_absolute_error:.2f}"
    return (
        str(score.recordings),
        f"{score.exact} ({score.exact_pct:.0f} %)",
        f"{score.within_one} ({score.within_one_pct:.0f} %)",
        f"{score.mean_absolute_error:.2f}",
    )


def _found_table(methods: tuple[MethodReport, ...]) -> Table:
    table = _table("Repetitions against exact truth", "method", "recordings", "found", "ghosts", "sd covers")
    for method in methods:
        for score in method.motion:
            covered = "" if score.coverage80_pct is None else f"{score.coverage80_pct:.0f} % (80)"
            found = f"{score.found_reps} of {score.true_reps}"
            table.add_row(escape(method.method), escape(score.group), found, str(score.ghost_reps), covered)
    return table


def _motion_table(methods: tuple[MethodReport, ...]) -> Table:
    table = _table(
        "Errors against exact truth", "method", "recordings", "figure", "rmse", "bias", "worst tenth"
    )
    for method in methods:
        for score in method.motion:
            for name, errors, digits in _figures(score):
                if errors is not None:
                    table.add_row(escape(method.method), escape(score.group), name, *_error(errors, digits))
    return table


def _figures(score: MotionScore) -> tuple[tuple[str, ErrorScore | None, int], ...]:
    return (
        ("MV m/s", score.mean_velocity_mps, 3),
        ("MV < 0.5 m/s", score.slow_mean_velocity_mps, 3),
        ("PV m/s", score.peak_velocity_mps, 3),
        ("ROM m", score.rom_m, 3),
        ("angular %", score.angular_velocity_pct, 1),
    )


def _error(score: ErrorScore, digits: int) -> tuple[str, str, str]:
    return f"{score.rmse:.{digits}f}", f"{score.bias:+.{digits}f}", f"{score.worst_decile:.{digits}f}"


def _live_words(live: LiveScore) -> str:
    parts = []
    if live.delay_median_s is not None and live.delay_95_s is not None:
        parts.append(
            f"a rep is told {live.delay_median_s:.2f} s (95 %: {live.delay_95_s:.2f} s) after its end"
        )
    if live.in_time_pct is not None:
        parts.append(f"{live.in_time_pct:.0f} % of the reps within {IN_TIME_S} s")
    if live.mean_velocity_rms_mps is not None:
        settled = live.settled_mean_velocity_rms_mps or 0.0
        parts.append(
            f"MV differs from batch by {live.mean_velocity_rms_mps:.3f} m/s (rms) when first told, "
            f"{settled:.3f} once settled"
        )
    parts.append(
        f"batch's count on the screen at the end in {live.shown_same_count_pct:.0f} % of {live.recordings} "
        f"recordings, once settled in {live.settled_same_count_pct:.0f} %"
    )
    parts.append(f"{live.withdrawn_pct:.1f} % of the reps of sets taken back")
    if live.idle_recordings:
        parts.append(f"{live.idle_told} reps told in {live.idle_recordings} idle recordings")
    if live.core_pct is not None:
        parts.append(f"{live.core_pct:.1f} % of a processor")
    return ", ".join(parts)


def _misses(method: MethodReport) -> str:
    misses = [miss for score in method.counts for miss in score.misses]
    if not misses:
        return "none"
    return "".join(f"\n  {escape(miss.file)}: {miss.counted} for {miss.labelled}" for miss in misses)
