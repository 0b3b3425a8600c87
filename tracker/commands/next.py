"""`hardset next`: the load for the next set."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options


@click.command(
    short_help="Suggest the load for the next set of an exercise.",
    epilog="Example:  hardset next back_squat --reps 8 --rir 2",
)
@click.argument("exercise")
@click.option("--reps", type=click.IntRange(1, 30), help="Reps of the set; without it as last time.")
@click.option("--rir", type=click.FloatRange(0, 10), help="How many to leave; without it your setting.")
@log_options
@json_option
def next(
    exercise: str, reps: int | None, rir: float | None, db: Path | None, lifter: str, as_json: bool
) -> None:
    """Suggest the load for the next set of an exercise.

    From the 1RM that your sets speak for (load, reps and what was left: Epley 1985), rounded to what
    your own plates can make. People differ in the reps they can do at a load: the range says how much.
    """
    from hardset.tracker.training.catalogue import exercise as look_up
    from hardset.tracker.training.next_load import suggest
    from hardset.tracker.training.shown import load_words, plates_words
    from hardset.tracker.training.times import now

    entry = look_up(exercise)
    with existing_log(db, lifter) as book:
        settings = book.settings()
        sets = book.history(exercise=entry.id).sets
    found = suggest(entry, sets, settings, now(), reps=reps, rir=rir)
    load = found.suggestion
    if as_json:
        click.echo(
            json.dumps(
                {
                    "exercise": found.exercise,
                    "reps": found.reps,
                    "rir": found.rir,
                    "load_kg": round(load.load_kg, 3),
                    "wanted_kg": round(load.wanted_kg, 3),
                    "low80_kg": round(found.low80_kg, 2),
                    "high80_kg": round(found.high80_kg, 2),
                    "unit": load.unit,
                    "load_in_unit": load.load_in_unit,
                    "per_side": list(load.per_side) if found.on_bar else None,
                    "words": load.words,
                    "e1rm_kg": round(found.e1rm_kg, 2),
                    "e1rm_80_kg": [round(end, 2) for end in found.e1rm_80_kg],
                    "sessions": found.sessions,
                }
            )
        )
        return
    low, high = (load_words(end, settings, 0) for end in (found.low80_kg, found.high80_kg))
    said = load.words if found.on_bar else load_words(load.wanted_kg, settings, 0)
    click.echo(f"{entry.name}, {found.reps} reps leaving {found.rir:g}: {said} (80 %: {low} to {high})")
    if found.on_bar:
        click.echo(f"  {plates_words(load)}")
    first, last = (load_words(end, settings, 0) for end in found.e1rm_80_kg)
    sessions = (
        f"{found.sessions} session{'s' if found.sessions > 1 else ''}, the last on {found.last_at:%Y-%m-%d}"
    )
    click.echo(f"  1RM {load_words(found.e1rm_kg, settings, 0)} ({first} to {last}) from {sessions}")
