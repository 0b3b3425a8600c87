"""`hardset import`: another program's training log into ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options, open_log, peek_log

if TYPE_CHECKING:
    from hardset.tracker.training.interchange.imported import ParsedLog
    from hardset.tracker.training.interchange.importing import ImportPlan

LINES_SHOWN = 20


@click.command(
    "import",
    short_help="Take over the log of Strong or Hevy; take an import back.",
    epilog='Example:  hardset import strong.csv --map "Hammer Curl (Dumbbell)=barbell_curl" --dry-run',
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option(
    "--map", "maps", multiple=True, metavar="NAME=ID", help="Which exercise a name is; NAME= leaves it out."
)
@click.option("--unit", type=click.Choice(["kg", "lb"]), help="Of the weights, where the file does not say.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--undo", "batch", type=int, metavar="BATCH", help="Take an import back.")
@json_option
@log_options
def import_(
    file: Path | None,
    maps: tuple[str, ...],
    unit: str | None,
    dry_run: bool,
    batch: int | None,
    as_json: bool,
    db: Path | None,
    lifter: str,
) -> None:
    """Take over the log of Strong or Hevy; take an import back.

    The program is recognised by the header of its CSV. RPE becomes felt reps in reserve (10 - RPE), warm-ups
    and sets to failure stay what they are. A second import of the same or a later export adds what is new.
    Sets of exercises that are not in the catalogue are left out and listed: map them, or add them to
    your own exercises, and import again. What `hardset export` wrote can be imported as well.
    """
    if (file is None) == (batch is None):
        raise click.UsageError("Give either the file to import or --undo BATCH.")
    if batch is not None:
        from hardset.tracker.training.batches import remove_batch
        from hardset.tracker.training.shown import count_words

        with existing_log(db, lifter) as log:
            gone = remove_batch(log, batch)
        if as_json:
            click.echo(json.dumps({"undone": gone.id, "file": gone.file, "sets": gone.sets}))
        else:
            click.echo(f"Took back import {gone.id}: {count_words(gone.sets, 'set')} from {gone.file}.")
        return
    assert file is not None
    mapping = dict(map(_pair, maps))
    from hardset.tracker.training.interchange.importing import do_import, plan_import
    from hardset.tracker.training.interchange.reader import read_log

    with (peek_log if dry_run else open_log)(db, lifter) as log:
        told_unit = unit or _usual_unit(log)
        parsed = read_log(file, told_unit)
        plan = plan_import(log, parsed, mapping)
        made = None if dry_run else do_import(log, parsed, plan, file.name)
    if as_json:
        click.echo(json.dumps(_to_json(file, parsed, plan, made, dry_run=dry_run)))
    else:
        _say(file, parsed, plan, made, told_unit, dry_run=dry_run)
    for problem in parsed.problems[:LINES_SHOWN]:
        click.echo(f"hardset: {file} {problem}.", err=True)
    if (more := len(parsed.problems) - LINES_SHOWN) > 0:
        click.echo(f"hardset: {file}: and {more} more lines.", err=True)
    if parsed.problems:
        click.get_current_context().exit(1)


def _usual_unit(log: Any) -> str:
    """The lifter's unit; kg for somebody new."""
    return str(log.settings().unit) if log.lifter in log.lifters() else "kg"


def _pair(text: str) -> tuple[str, str]:
    name, equals, id = text.rpartition("=")
    if not equals or not name.strip():
        raise click.UsageError(
            f"--map takes NAME=ID, such as 'Hammer Curl (Dumbbell)=barbell_curl', not '{text}'."
        )
    return name.strip(), id.strip()


def _say(
    file: Path, parsed: ParsedLog, plan: ImportPlan, made: int | None, unit: str, *, dry_run: bool
) -> None:
    from hardset.tracker.training.shown import count_words

    program = parsed.program.capitalize() if parsed.program != "hardset" else "hardset itself"
    click.echo(f"{file}: an export of {program}, {count_words(len(parsed.sets), 'set')}.")
    if not parsed.unit_told:
        other = "lb" if unit == "kg" else "kg"
        click.echo(
            f"The file does not say its unit: weights are read as {unit} (--unit {other} for the other)."
        )
    for reason, n in parsed.skipped.items():
        click.echo(f"Passed over, no sets: {reason} ({n}).")
    if plan.unknown:
        click.echo("Not in the catalogue, left out (import again with --map, or add them to exercises.toml):")
    for one in plan.unknown:
        first, *others = one.closest
        sets = count_words(one.sets, "set")
        click.echo(f'  {one.name}, {sets}: --map "{one.name}={first}" or {", ".join(others)}')
    added = count_words(len(plan.sets), "set")
    there = f"; {plan.already_there} were in the log already" if plan.already_there else ""
    if dry_run:
        click.echo(f"Would add {added}{there}. Nothing was written.")
    else:
        click.echo(f"Added {added}{there}.")
    if made is not None:
        click.echo(f"Take it back with: hardset import --undo {made}")


def _to_json(
    file: Path, parsed: ParsedLog, plan: ImportPlan, made: int | None, *, dry_run: bool
) -> dict[str, Any]:
    return {
        "file": str(file),
        "program": parsed.program,
        "sets": len(parsed.sets),
        "added": 0 if dry_run else len(plan.sets),
        "would_add": len(plan.sets),
        "already_there": plan.already_there,
        "batch": made,
        "unit_told": parsed.unit_told,
        "passed_over": dict(parsed.skipped),
        "unknown": [
            {"name": one.name, "sets": one.sets, "closest": list(one.closest)} for one in plan.unknown
        ],
        "problems": [{"line": p.line, "problem": p.problem, "left_out": p.left_out} for p in parsed.problems],
    }
