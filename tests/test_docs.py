"""What the documents promise: every command is in the README, every example there is a real one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from hardset.tracker.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL))
EXAMPLES = re.findall(r"^(?:.*&& )?hardset (\w[\w-]*)(.*?)(?:#.*)?$", SHELL, flags=re.MULTILINE)


def test_the_readme_shows_every_command() -> None:
    assert set(COMMANDS) == {name for name, _ in EXAMPLES}


@pytest.mark.parametrize(("name", "rest"), EXAMPLES)
def test_examples_use_options_that_exist(name: str, rest: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in shlex.split(rest) if word.startswith("--")} <= known


def test_the_version_is_in_the_changelog_or_still_unreleased() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
