"""`hardset edit`: corrections of a logged set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hardset.tracker.commands.options import existing_log, json_option, log_options

if TYPE_CHECKING:
    from hardset.tracker.training.editing import SetChanges
    from hardset.tracker.training.log import Log
    from hardset.tracker.training.settings import Settings

AS_MEASURED = "none"


@click.command(
    short_help="Correct a logged set: load, reps, exercise, feel, single reps.",
    epilog="Example:  hardset edit 12 --load 102.5 --delete-rep 1",
)
@click.argument("set_id", metavar="SET", type=int)
@click.option("--exercise", metavar="ID", help="What was done.")
@click.option("--load", metavar="LOAD", help="In your unit, or 100kg, 225lb, bw.")
@click.option("--reps", metavar="N", help="How many reps; none counts the measured ones again.")
@click.option("--rir", metavar="N", help="How many were left as you felt it; none takes it back.")
@click.option("--warmup/--work", default=None, help="A warm-up, or a work set.")
@click.option("--failed/--completed", default=None, help="Whether a failed attempt ended it.")
@click.option("--note", metavar="TEXT", help="Anything worth remembering.")
@click.option("--delete-rep", "rep_delete", type=int, metavar="N", help="Take a measured rep out.")
@click.option("--restore-rep", "rep_restore", type=int, metavar="N", help="Bring a deleted rep back.")
@click.option("--merge-rep", "rep_merge", type=int, metavar="N", help="Make one rep of N and the next.")
@click.option("--split-rep", "rep_split", type=int, metavar="N", help="Make two reps of N.")
@click.option("--delete", "set_delete", is_flag=True, help="Take the whole set out.")
@click.option("--restore", "set_restore", is_flag=True, help="Bring a deleted set back.")
@log_options
@json_option
def edit(set_id: int, db: Path | None, lifter: str, as_json: bool, **wanted: Any) -> None:
    """Correct a logged set.

    SET is its number. Without options the set is shown with its reps; deleted ones keep their place,
    so that they can be named. Whatever follows (velocity loss, reps left, hard sets) follows.
    """
    from hardset.tracker.training import editing
    from hardset.tracker.training.shown import set_json, set_words

    with existing_log(db, lifter) as book:
        settings = book.settings()
        changes = _changes(wanted, settings)
        # First what may fail, a rep that is not there: then nothing is changed at all.
        for option, act in (
            ("rep_delete", editing.delete_rep),
            ("rep_restore", editing.restore_rep),
            ("rep_merge", editing.merge_reps),
            ("rep_split", editing.split_rep),
        ):
            if wanted[option] is not None:
                act(book, set_id, wanted[option])
        if changes.columns():
            editing.edit_set(book, set_id, changes)
        for name in ("delete", "restore"):
            if wanted[f"set_{name}"]:
                getattr(editing, f"{name}_set")(book, set_id)
        reps = _reps(book, set_id)
        one = next((one for one in book.history().sets if one.id == set_id), None)
    if as_json:
        shown = {"set": set_id} if one is None else set_json(one, settings)
        click.echo(json.dumps({**shown, "deleted": one is None, "reps_measured": reps}))
        return
    click.echo(f"Set {set_id} is deleted." if one is None else set_words(one, settings))
    for rep in reps:
        click.echo(_rep_words(rep))


def _changes(wanted: dict[str, Any], settings: Settings) -> SetChanges:
    from hardset.tracker.training.catalogue import exercise
    from hardset.tracker.training.editing import SAME, SetChanges
    from hardset.tracker.training.entries import MOST_REPS, MOST_RIR, load_kg_from, number, reps_from

    def told(name: str) -> Any:
        """The number of an option, None for 'none', SAME where it is not given."""
        text = wanted[name]
        if text is None:
            return SAME
        if text == AS_MEASURED:
            return None
        try:
            return int(text) if name == "reps" else float(text)
        except ValueError:
            raise click.BadParameter(f"'{text}' is no number", param_hint=f"--{name}") from None

    reps, rir = told("reps"), told("rir")
    return SetChanges(
        exercise=SAME if wanted["exercise"] is None else exercise(wanted["exercise"]).id,
        load_kg=SAME if wanted["load"] is None else load_kg_from(wanted["load"], settings, "--load"),
        reps=reps if reps in (SAME, None) else reps_from(reps, f"--reps (at most {MOST_REPS})", least=0),
        felt_rir=rir if rir in (SAME, None) else number({"rir": rir}, "rir", "--rir", 0, MOST_RIR),
        warmup=SAME if wanted["warmup"] is None else wanted["warmup"],
        failed=SAME if wanted["failed"] is None else wanted["failed"],
        note=SAME if wanted["note"] is None else wanted["note"] or None,
    )


def _reps(book: Log, set_id: int) -> list[dict[str, Any]]:
    from hardset.tracker.training.editing import reps_of

    return [
        {
            "place": place,
            "deleted": one.deleted,
            "origin": one.origin,
            "velocity": round(one.rep.speed, 4),
            "unit": "m/s" if one.rep.mean_velocity_mps is not None else "°/s",
            "doubt": one.rep.doubt,
        }
        for place, one in enumerate(reps_of(book, set_id), start=1)
    ]


def _rep_words(rep: dict[str, Any]) -> str:
    words = f"  {rep['place']:2}  {rep['velocity']:.2f} {rep['unit']}"
    if rep["doubt"]:
        words += f"  ({rep['doubt']})"
    return words + ("  deleted" if rep["deleted"] else "")
