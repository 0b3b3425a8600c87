"""A scored recording as a table for people."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hardset.signal.repetition import Repetition
from hardset.tracker.rir_words import rir_words
from hardset.tracker.scoring import ScoredRecording, ScoredSet


def print_recording(console: Console, scored: ScoredRecording) -> None:
    """Head line, a table and a sentence for each set, warnings."""
    console.print(f"[bold]{escape(str(scored.recording.path))}[/bold]  {escape(_head(scored))}")
    for warning in scored.warnings:
        console.print(f"  note: {escape(warning)}")
    if not scored.sets:
        console.print("  no set found")
    for one in scored.sets:
        console.print(_table(one, limb=scored.placement.rotates))
        for line in set_lines(one):
            console.print(f"  {escape(line)}")
    console.print()


def _head(scored: ScoredRecording) -> str:
    sensor = scored.analysis.sensor
    guessed = " (guessed)" if scored.analysis.placement_guessed else ""
    parts = [
        scored.exercise.name if scored.exercise else "exercise not given",
        f"sensor on {scored.placement.value}{guessed}",
    ]
    if scored.load_kg is not None:
        parts.append(f"{scored.load_kg:g} kg")
    parts.append(f"{sensor.duration_s:.0f} s at {sensor.rate_hz:.0f} Hz")
    return ", ".join(parts)


def _table(scored: ScoredSet, *, limb: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    units = ("MV °/s", "ROM °") if limb else ("MV m/s", "PV m/s", "ROM m")
    for name in ("rep", *units, "ecc s", "pause", "con s", "loss"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("left (80 %)", no_wrap=True)
    measured = scored.measured
    for rep, loss, rir in zip(measured.reps, measured.velocity_losses_pct, scored.rir, strict=True):
        table.add_row(
            f"{rep.number}{'?' if rep.doubtful else ''}",
            *_speeds(rep, limb=limb),
            _seconds(rep.eccentric_s),
            _seconds(rep.bottom_pause_s),
            _seconds(rep.concentric_s),
            f"{loss:.0f} %",
            rir_words(rir),
        )
    return table


def _speeds(rep: Repetition, *, limb: bool) -> tuple[str, ...]:
    if limb:
        mean = _with_sd(rep.mean_angular_velocity_dps, rep.mean_angular_velocity_sd_dps, 0)
        return mean, _number(rep.rom_deg, 0)
    mean = _with_sd(rep.mean_velocity_mps, rep.mean_velocity_sd_mps, 2)
    return mean, _number(rep.peak_velocity_mps, 2), _number(rep.rom_m, 2)


def set_lines(scored: ScoredSet) -> list[str]:
    """What is to be said of a set besides its table."""
    measured = scored.measured
    count = len(measured.reps)
    lines = [f"Set {measured.number}: {count} rep{'' if count == 1 else 's'}"]
    if scored.rir:
        last = scored.rir[-1]
        lines[0] += (
            f", velocity loss {measured.velocity_loss_pct or 0.0:.0f} %, {rir_words(last)} left, "
            f"hard set (3 or fewer left) with {100 * last.p_hard:.0f} % probability."
        )
        lines.append(f"{'calibrated' if last.calibrated else 'uncalibrated'}: {last.reason}")
    if measured.failed_attempt:
        lines.append("The last attempt failed: nothing was left.")
    lines += [f"rep {rep.number} is doubtful: {rep.doubt}" for rep in measured.reps if rep.doubt]
    lines += [f"not a rep, {one.start_s:.1f}-{one.end_s:.1f} s: {one.reason}" for one in measured.rejected]
    return lines


def _seconds(value: float | None) -> str:
    return _number(value, 1)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _with_sd(value: float | None, sd: float | None, digits: int) -> str:
    return _number(value, digits) + ("" if sd is None else f" ±{sd:.{digits}f}")
