"""`hardset rescore`: old sets from their raw samples, with the algorithm of today."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options

if TYPE_CHECKING:
    from hardset.tracker.training.rescoring import Change


@click.command(
    short_help="Score old sets anew from their raw samples.", epilog="Example:  hardset rescore --dry-run"
)
@click.option("--exercise", metavar="ID", help="Only sets of this exercise.")
@click.option("--all", "all_sets", is_flag=True, help="Also sets that this version has scored already.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@log_options
@json_option
def rescore(
    exercise: str | None, all_sets: bool, dry_run: bool, db: Path | None, lifter: str, as_json: bool
) -> None:
    """Score old sets anew from their raw samples.

    Counts, velocities and reps left become what today's version makes of them; loads, feel and
    deleted reps stay as you told them. `hardset undo` takes the whole back.
    """
    from hardset.tracker.training.catalogue import exercise as look_up
    from hardset.tracker.training.rescoring import rescore as score_anew

    wanted = None if exercise is None else look_up(exercise).id
    with existing_log(db, lifter) as book:
        done = score_anew(book, exercise=wanted, all_sets=all_sets, dry_run=dry_run, progress=_bar)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "looked_at": done.looked_at,
                    "changed": [_change_json(one) for one in done.changes],
                    "not_found": done.not_found,
                    "left_as_edited": done.by_hand,
                    "algorithm": done.algorithm,
                    "kept": not dry_run,
                }
            )
        )
        return
    for one in done.changes:
        click.echo(_change_words(one))
    if done.not_found:
        click.echo(f"Left as they were, nothing is found in their samples: set {_listed(done.not_found)}")
    if done.by_hand:
        click.echo(f"Left as they were, split or merged by hand: set {_listed(done.by_hand)}")
    would = "would change" if dry_run else "changed"
    click.echo(f"{done.looked_at} sets scored anew with {done.algorithm}, {len(done.changes)} {would}.")


def _bar(sets: list[Any]) -> Iterable[Any]:
    """A bar on the error stream where somebody watches."""
    from rich.console import Console
    from rich.progress import track

    errors = Console(stderr=True)
    return track(sets, "scoring anew", console=errors, transient=True, disable=not errors.is_terminal)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _figures(change: Change) -> dict[str, tuple[Any, Any]]:
    """What differs, before and after."""
    from hardset.tracker.training.proximity import HARD_RIR, proximity

    before, after = change.before, change.after
    pairs: dict[str, tuple[Any, Any]] = {
        "reps": (before.reps, after.reps),
        "failed": (before.failed, after.failed),
        "first_velocity": _pair(before.velocities[:1], after.velocities[:1]),
        "last_velocity": _pair(before.velocities[-1:], after.velocities[-1:]),
        "rir": (proximity(before).estimate.median, proximity(after).estimate.median),
        "p_hard": _pair((proximity(before).p_within(HARD_RIR),), (proximity(after).p_within(HARD_RIR),)),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _pair(before: tuple[float, ...], after: tuple[float, ...]) -> tuple[float | None, float | None]:
    return (round(before[0], 3) if before else None, round(after[0], 3) if after else None)


def _change_json(change: Change) -> dict[str, Any]:
    named = {name: {"before": old, "after": new} for name, (old, new) in _figures(change).items()}
    return {"set": change.after.id, "exercise": change.after.exercise, **named}


def _change_words(change: Change) -> str:
    told = ", ".join(
        f"{name.replace('_', ' ')} {old} -> {new}" for name, (old, new) in _figures(change).items()
    )
    return f"Set {change.after.id} {change.after.exercise}: {told or 'a little'}"
