"""Many recordings in a row: each one's result or its error, and a bar that shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from hardset.signal.exercise import Placement
from hardset.tracker.errors import HardsetError
from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import ScoredRecording, score_recording
from hardset.tracker.training.catalogue import CatalogueEntry

MANY_FILES = 4
"""From here on a terminal shows a progress bar."""

Result = ScoredRecording | HardsetError


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all the recordings; None leaves it to each one's sidecar."""

    exercise: CatalogueEntry | None = None
    placement: Placement | None = None
    load_kg: float | None = None
    set_on: bool = False


def analyze_files(files: Sequence[Path], given: Given) -> Iterator[tuple[Path, Result]]:
    """Each file's result in the order given; a bad file does not stop the others."""
    errors = Console(stderr=True)
    wanted = len(files) >= MANY_FILES and errors.is_terminal
    # A bar and tables on one terminal would tear each other: then the tables wait till the end.
    held_back: list[tuple[Path, Result]] = []
    with Progress(console=errors, transient=True, disable=not wanted) as progress:
        task = progress.add_task("analysing", total=len(files))
        for path in files:
            result = _analyze(path, given)
            progress.advance(task)
            if wanted and sys.stdout.isatty():
                held_back.append((path, result))
            else:
                yield path, result
    yield from held_back


def _analyze(path: Path, given: Given) -> Result:
    try:
        return score_recording(
            read_recording(path),
            exercise=given.exercise,
            placement=given.placement,
            load_kg=given.load_kg,
            set_on=given.set_on,
        )
    except HardsetError as error:
        return error
