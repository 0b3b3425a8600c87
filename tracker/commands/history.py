"""`hardset history`: one exercise over time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from hardset.tracker.training.exercise_history import ExerciseSession, Record
    from hardset.tracker.training.overload import Trend
    from hardset.tracker.training.records import LoggedSet
    from hardset.tracker.training.settings import Settings
    from hardset.tracker.training.waiting import WaitingSet

SHOWN = 12


@click.command(
    short_help="Show an exercise over time: last, best, trend of strength.",
    epilog="Example:  hardset history back_squat",
)
@click.argument("exercise", required=False)
@click.option("--all", "everything", is_flag=True, help=f"All sessions, not the last {SHOWN} only.")
@log_options
@json_option
def history(exercise: str | None, everything: bool, db: Path | None, lifter: str, as_json: bool) -> None:
    """Show an exercise over time: last, best, trend of strength.

    Without EXERCISE: which exercises the log holds, and sets that wait for one.

    The one-repetition maximum (1RM) is estimated from load, reps and what was left, and from the fall
    of velocity with load where a session has it. It is 5-8 % off for a single lifter.
    """
    from hardset.tracker.errors import NotInLog
    from hardset.tracker.training.catalogue import catalogue
    from hardset.tracker.training.exercise_history import exercise_sessions, records
    from hardset.tracker.training.overload import strength_trend
    from hardset.tracker.training.waiting import waiting_sets

    with existing_log(db, lifter) as log:
        settings = log.settings()
        if exercise is None:
            list_exercises(log.history().sets, waiting_sets(log), settings, as_json=as_json)
            return
        sets = log.history(exercise=exercise).sets
        logged = () if sets else tuple(Counter(one.exercise for one in log.history().sets).most_common(5))
    entry = catalogue().get(exercise)
    if not sets:
        names = ", ".join(name for name, _ in logged)
        there_are = (
            f"there are sets of {names}"
            if names
            else "nor any other; begin with: hardset log EXERCISE LOAD REPS"
        )
        raise NotInLog(f"set of '{exercise}'", there_are)
    over_time = exercise_sessions(sets, entry)
    trend, best = strength_trend([over_time]), records(over_time)
    if as_json:
        from hardset.tracker.training.contract import history_to_json

        ballistic = entry is not None and entry.ballistic
        answer = history_to_json(
            exercise,
            log.lifter,
            over_time,
            trend,
            best,
            ballistic=ballistic,
            hard_rir=settings.hard_rir,
        )
        click.echo(json.dumps(answer))
        return
    from rich.console import Console

    from hardset.tracker.training.shown import count_words

    console = Console(highlight=False)
    console.print(
        f"[bold]{exercise if entry is None else entry.name}[/bold], {count_words(len(over_time), 'session')}"
    )
    print_sessions(console, over_time if everything else over_time[-SHOWN:], settings)
    for line in summary(trend, best, settings):
        console.print(line, markup=False)


def list_exercises(
    sets: Sequence[LoggedSet], waiting: Sequence[WaitingSet], settings: Settings, *, as_json: bool
) -> None:
    """Each exercise of the log with its last set, the newest first; then the sets that wait for one."""
    from hardset.tracker.training.shown import count_words, load_words
    from hardset.tracker.training.waiting import waiting_words

    counts = Counter(one.exercise for one in sets)
    last = {one.exercise: one for one in sets}
    newest = sorted(last.values(), key=lambda one: (one.at, one.id), reverse=True)
    if as_json:
        exercises = [
            {
                "exercise": one.exercise,
                "sets": counts[one.exercise],
                "last_at": one.at.isoformat(timespec="seconds"),
                "last_set": one.id,
            }
            for one in newest
        ]
        click.echo(json.dumps({"exercises": exercises, "without_exercise": [one.set_id for one in waiting]}))
        return
    if not newest:
        click.echo("No set is logged; begin with: hardset log EXERCISE LOAD REPS.")
    for one in newest:
        done = f"last {one.at:%Y-%m-%d}, {load_words(one.load_kg, settings)} x {one.reps}"
        click.echo(f"{one.exercise:28s} {count_words(counts[one.exercise], 'set'):>9s}, {done}")
    if waiting:
        click.echo(waiting_words(waiting))


def print_sessions(console: Console, over_time: Sequence[ExerciseSession], settings: Settings) -> None:
    """A row a session: its best set and the 1RM."""
    from rich import box
    from rich.table import Table

    from hardset.tracker.rir_words import rir_words
    from hardset.tracker.training.proximity import Source
    from hardset.tracker.training.shown import load_words

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    table.add_column("day", no_wrap=True)
    measured = any(session.top.fastest is not None for session in over_time)
    speeds = ("fastest", "loss") if measured else ()
    for name in ("best set", *speeds, "left (80 %)", "by", f"1RM {settings.unit} (80 %)"):
        table.add_column(name, no_wrap=True)
    for session in over_time:
        top = session.top
        loss = top.velocity_loss_pct
        unit = "°/s" if top.logged.placement in ("thigh", "shank") else "m/s"
        known = top.proximity.source is not Source.UNKNOWN
        e1rm = ""
        if session.e1rm_kg is not None and session.e1rm_80_kg is not None:
            low, high = (settings.from_kg(end) for end in session.e1rm_80_kg)
            e1rm = f"{settings.from_kg(session.e1rm_kg[0]):.0f} ({low:.0f}-{high:.0f})"
        table.add_row(
            f"{session.at:%Y-%m-%d}",
            f"{load_words(top.logged.load_kg, settings)} x {top.logged.reps}",
            *(
                ()
                if not measured
                else ("", "")
                if top.fastest is None or loss is None
                else (f"{top.fastest:.2f} {unit}", f"{loss:.0f} %")
            ),
            rir_words(top.proximity.estimate) if known else "?",
            str(top.proximity.source),
            e1rm,
        )
    console.print(table)


def summary(trend: Trend | None, best: Sequence[Record], settings: Settings) -> list[str]:
    """Trend and records in sentences."""
    from hardset.tracker.training.shown import load_words

    said = []
    if trend is None:
        said.append("Trend: four sessions over three weeks are needed.")
    else:
        low, high = trend.interval80
        said.append(
            f"Trend of the 1RM: {trend.pct_per_week:+.1f} % a week (80 % interval {low:+.1f} to "
            f"{high:+.1f}), {trend.sessions} days over {trend.days}."
        )
    for one in best:
        amount = f"{one.value:.0f}" if one.kind == "reps" else load_words(one.value, settings)
        name = {
            "heaviest": "Heaviest",
            "e1rm": "Best 1RM, estimated",
            "reps": f"Most reps, {load_words(one.load_kg, settings)}",
        }[one.kind]
        said.append(f"{name}: {amount} ({one.at:%Y-%m-%d})")
    return said
