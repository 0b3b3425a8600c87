"""What all stated problems have in common."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class HardsetError(Exception):
    """Root of the tree: a stated problem with the input, never with the program."""


@dataclass(eq=False)
class FileProblem(HardsetError):
    """A file that can't be used as it is."""

    path: Path


@dataclass(eq=False)
class WebExtraMissing(HardsetError):
    """The browser view needs packages that are not installed."""

    def __str__(self) -> str:
        return "The browser view needs textual-serve; install it with: pip install 'hardset[web]'."
