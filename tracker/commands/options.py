"""What every command on the training log shares: `--db`, `--lifter`, `--json`, and the opened log."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hardset.tracker.data_folder import data_folder

if TYPE_CHECKING:
    from hardset.tracker.training.log import Log

Command = TypeVar("Command", bound=Callable[..., Any])
FILE_NAME = "hardset.db"


def log_options(command: Command) -> Command:
    """Add `--db FILE` (parameter `db`) and `--lifter NAME` (parameter `lifter`).

    Both are understood before the command's name as well: hardset --db FILE week.
    """
    person = click.option(
        "--lifter",
        default="",
        metavar="NAME",
        callback=or_said_before,
        help="Whose log; without it the unnamed person's.",
    )
    return db_option(person(command))


def db_option(command: Command) -> Command:
    """Add `--db FILE` (parameter `db`)."""
    return click.option(
        "--db",
        envvar="HARDSET_DB",
        type=click.Path(path_type=Path),
        metavar="FILE",
        callback=or_said_before,
        help="The training log; HARDSET_DB names it as well.",
    )(command)


def or_said_before(context: click.Context, option: click.Option, value: Any) -> Any:
    """The option's value; what stood before the command's name where nothing stands after it."""
    name, group = option.name or "", context.parent
    typed = click.core.ParameterSource.COMMANDLINE
    if group is None or context.get_parameter_source(name) is typed:
        return value
    # An option of which a command takes several: lifters of a live session.
    one = name.removesuffix("s") if option.multiple else name
    if group.get_parameter_source(one) is not typed:
        return value
    return (group.params[one],) if option.multiple else group.params[one]


def json_option(command: Command) -> Command:
    """Add `--json` (parameter `as_json`)."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


def many_option(example: str) -> Callable[[Command], Command]:
    """Add `--from FILE.jsonl` (parameter `many`): many entries at once."""
    return click.option(
        "--from",
        "many",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE.jsonl",
        help=f"Many at once, one JSON object a line (- for standard input): {example}",
    )


def today_option(command: Command) -> Command:
    """Add `--today DATE` (parameter `today`): look at the log as if it were that day."""
    return click.option(
        "--today",
        type=click.DateTime(formats=["%Y-%m-%d"]),
        metavar="DATE",
        callback=_likely_year,
        help="Look as if it were this day, for instance 2026-11-22.",
    )(command)


def _likely_year(_context: click.Context, _option: click.Parameter, day: datetime | None) -> datetime | None:
    from hardset.tracker.training.times import YEARS

    if day is not None and day.year not in YEARS:
        raise click.BadParameter(f"the year lies between {YEARS[0]} and {YEARS[-1]}.")
    return day


def default_path() -> Path:
    """Where the log lies when nobody says: the user's data folder."""
    return data_folder() / FILE_NAME


def log_path(db: Path | None) -> Path:
    """The database that is meant."""
    if db is not None:
        return db
    return Path(os.environ["HARDSET_DB"]) if os.environ.get("HARDSET_DB") else default_path()


def open_log(db: Path | None, lifter: str = "") -> Log:
    """The lifter's log to write into, for a with-block; made if missing. Raises a DatabaseProblem."""
    from hardset.tracker.training.log import Log

    log = Log.open(log_path(db), lifter)
    if log.brought_up_to_date:
        click.echo(f"hardset: {log.brought_up_to_date}", err=True)
    if log.cut_off:
        _recover(log)
    return log


def existing_log(db: Path | None, lifter: str = "") -> Log:
    """The lifter's log to look at or to correct, for a with-block: what is not there is not made.

    The usual log of somebody who has not begun yet reads as empty. Raises LogNotThere for a file that
    was named, NotInLog for a lifter that was, and any other DatabaseProblem.
    """
    must_be_there(db)
    log = peek_log(db, lifter)
    try:
        log.must_know_lifter()
    except BaseException:
        log.close()
        raise
    return log


def peek_log(db: Path | None, lifter: str = "") -> Log:
    """The lifter's log, empty where file or lifter is not there yet; nothing is made."""
    from hardset.tracker.storage.database import is_there
    from hardset.tracker.training.log import Log

    path = log_path(db)
    return open_log(db, lifter) if is_there(path) else Log.empty(path, lifter)


def must_be_there(db: Path | None) -> None:
    """Raises LogNotThere for a log that was named and does not exist; the usual one begins by itself."""
    from hardset.tracker.errors import LogNotThere
    from hardset.tracker.storage.database import is_there

    path = log_path(db)
    if not is_there(path) and path != default_path():
        raise LogNotThere(path)


def _recover(log: Log) -> None:
    """Sets of a session whose program died are added and told, on the error stream: answers stay clean."""
    from hardset.tracker.errors import DatabaseProblem
    from hardset.tracker.storage.recovery import recover

    try:
        for found in recover(log):
            click.echo(f"hardset: {found.words}", err=True)
    except DatabaseProblem as problem:
        # What was asked for may still be possible, for instance reading a file that can't be written.
        click.echo(f"hardset: a session was cut off and can't be recovered now: {problem}", err=True)
