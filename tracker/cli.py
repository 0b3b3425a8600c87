"""The `hardset` command: joins the sub-commands, and turns errors into one sentence.

Sub-commands are imported when they are called, so that `hardset --help` need not wait for numpy
(0.1 s instead of 0.9 s on a small machine). Their one-line help therefore stands here; a test
holds it against the command's own.
"""

from __future__ import annotations

import io
import keyword
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from hardset.tracker.commands.options import log_options, log_path
from hardset.tracker.errors import HardsetError

COMMANDS = {
    "analyze": "Count the reps of recordings, with velocity and reps in reserve.",
    "backup": "Copy the whole log, even while it is written to.",
    "benchmark": "Score every labelled recording of a folder.",
    "demo": "Watch a simulated lifter do a set.",
    "doctor": "Check Python, packages, Bluetooth and the log.",
    "eat": "Log a meal or a drink.",
    "edit": "Correct a logged set: load, reps, exercise, feel, single reps.",
    "export": "Write everything in the log as CSV tables or JSON.",
    "history": "Show an exercise over time: last, best, trend of strength.",
    "import": "Take over the log of Strong or Hevy; take an import back.",
    "import-recording": "Read or join the recordings that other apps export.",
    "legs": "Find what holds your legs back.",
    "live": "Follow a sensor, and say each rep as it ends.",
    "log": "Log a set that no sensor measured.",
    "next": "Suggest the load for the next set of an exercise.",
    "plates": "Say which plates make a load.",
    "record": "Write what a sensor sends into a recording.",
    "replay": "Play a recording as if it came from a sensor now.",
    "report": "Write a week as one printable HTML file.",
    "rescore": "Score old sets anew from their raw samples.",
    "rir": "Estimate reps in reserve from velocities measured elsewhere.",
    "scan": "Show which sensors are in sight.",
    "serve": "Show the set that is on in a browser, on a phone for instance.",
    "settings": "Show or change units, plates, thresholds and targets.",
    "simulate": "Write simulated recordings with exact truth.",
    "sleep": "Log how long you slept.",
    "undo": "Take back the last change of the log, or several.",
    "week": "Count the hard sets of each muscle in a week.",
    "weigh": "Log your body weight.",
}
"""Name of each command and its one-line help; `commands/MODULE.py` holds it as a function MODULE."""

INTERRUPTED = 130
BROKEN_PIPE = 141


def module_name(command: str) -> str:
    """The Python name of a command: import-recording is import_recording, import is import_."""
    name = command.replace("-", "_")
    return name + "_" if keyword.iskeyword(name) else name


class LazyGroup(click.Group):
    """A group that imports a sub-command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, without importing anything."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        name = module_name(cmd_name)
        command: click.Command = getattr(import_module(f"hardset.tracker.commands.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above instead of asking each one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the same words for a command that does not exist."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(f"No such command '{args[0]}'. There are: {', '.join(sorted(COMMANDS))}.")
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        # 30 ms to import: not for every command.
        from importlib.metadata import version

        click.echo(f"hardset {version('hardset')}")
        ctx.exit()


@click.group(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Say the version.",
)
@log_options
@click.pass_context
def cli(ctx: click.Context, db: Path | None, lifter: str) -> None:
    """Reps, bar velocity and reps in reserve from a cheap motion sensor on a barbell or thigh.

    Without a command the screens open.

    Start with:  hardset demo

    Then:  hardset analyze my_squats.csv --exercise back_squat
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(ctx.get_help())
        return
    from hardset.tui.launch import open_screens

    open_screens(log_path(db), lifter)


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0, 1 (stated problem), 2 (wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no ± or → (LANG=C, old Windows) shows ? instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command line and return the exit code. Never shows a traceback for bad input."""
    try:
        code = cli.main(args, prog_name="hardset", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except HardsetError as error:
        click.echo(f"hardset: {error}", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (`| head`). Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


if __name__ == "__main__":
    main()
