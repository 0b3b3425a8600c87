"""Folders of labelled recordings: the index, and the exact truth of simulated ones."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.tracker.errors import FileUnreadable, LabelNotUnderstood, NothingToScore
from hardset.tracker.recordings import Sidecar
from hardset.tracker.sidecar import (
    count_from,
    placement_from,
    read_json_object,
    read_sidecar,
)
from hardset.tracker.simulation.truth import Truth

INDEX = "index.csv"
NO_TIER = "all"
IDLE_TIER = "idle"


@dataclass(frozen=True, slots=True)
class LabelledRecording:
    """One recording whose repetitions somebody has counted."""

    path: Path
    name: str
    """Path inside the folder, for reports."""
    reps: int
    sidecar: Sidecar
    truth: Truth | None

    @property
    def tier(self) -> str:
        """Group in which its count is scored."""
        return self.sidecar.tier or (IDLE_TIER if self.reps == 0 else NO_TIER)

    @property
    def placement(self) -> Placement:
        """Where the sensor sat; the bar where nobody says."""
        return self.sidecar.placement or Placement.BAR


def labelled_recordings(folder: Path) -> tuple[LabelledRecording, ...]:
    """Every labelled recording of a folder: those of its index.csv, else those with a sidecar or truth.

    Raises NothingToScore for a folder without any, FileUnreadable for no folder.
    """
    if not folder.is_dir():
        raise FileUnreadable(folder, "no such folder")
    found = read_index(folder) if (folder / INDEX).is_file() else _from_sidecars(folder)
    if not found:
        raise NothingToScore(folder)
    return found


def read_index(folder: Path) -> tuple[LabelledRecording, ...]:
    """The rows of FOLDER/index.csv: file, reps and, if there, exercise, placement, lifter, tier.

    Sidecars fill what the index leaves out. Raises LabelNotUnderstood with the line.
    """
    path = folder / INDEX
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    entries = []
    for line, row in enumerate(rows, start=2):
        if not row.get("file") or not row.get("reps"):
            raise LabelNotUnderstood(path, f"line {line} has no file or no reps", "the columns file and reps")
        recording = folder / row["file"]
        beside = read_sidecar(recording)
        sidecar = Sidecar(
            exercise=row.get("exercise") or beside.exercise,
            placement=placement_from(path, row.get("placement")) or beside.placement,
            load_kg=beside.load_kg,
            lifter=row.get("lifter") or beside.lifter,
            reps=count_from(path, row["reps"]),
            tier=row.get("tier") or beside.tier,
            radio=beside.radio,
        )
        truth = read_truth(recording)
        entries.append(LabelledRecording(recording, row["file"], sidecar.reps or 0, sidecar, truth))
    return tuple(entries)


def _from_sidecars(folder: Path) -> tuple[LabelledRecording, ...]:
    entries = []
    for recording in sorted(folder.rglob("*.csv")):
        sidecar = read_sidecar(recording)
        truth = read_truth(recording)
        reps = sidecar.reps if sidecar.reps is not None or truth is None else len(truth.reps)
        if reps is not None:
            name = recording.relative_to(folder).as_posix()
            entries.append(LabelledRecording(recording, name, reps, sidecar, truth))
    return tuple(entries)


def read_truth(recording: Path) -> Truth | None:
    """NAME.truth.json beside NAME.csv, None where there is none. Raises LabelNotUnderstood."""
    path = recording.with_name(recording.stem + ".truth.json")
    if not path.is_file():
        return None
    try:
        return Truth.from_json(read_json_object(path))
    except (KeyError, TypeError, ValueError) as error:
        raise LabelNotUnderstood(
            path, f"not a truth file ({error!r})", "what 'hardset simulate' writes"
        ) from error
