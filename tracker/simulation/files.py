"""Simulated recordings as files: NAME.csv, NAME.json, NAME.truth.json and a folder's index.csv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.recordings import Sidecar, write_recording
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.scenario import SimulatedRecording

INDEX_COLUMNS = (
    "file", "lifter", "exercise", "placement", "reps", "tier", "longest_gap_s", "distinct_rate_hz",
)  # fmt: skip
IndexRow = dict[str, str | int | float]
_LIFTER = "simulated"


def write_simulated(
    path: Path, recording: SimulatedRecording, *, radio: str | None = None, load_kg: float | None = None
) -> IndexRow:
    """Write NAME.csv with its sidecar and truth; gives its row for an index."""
    reps = len(recording.truth.reps)
    family = "idle" if reps == 0 else "bar" if recording.placement == "bar" else "limb"
    tier = family if radio is None or family == "idle" else f"{family}_{radio}"
    sidecar = Sidecar(
        exercise=None if reps == 0 else recording.exercise,
        placement=Placement(recording.placement),
        load_kg=load_kg,
        lifter=_LIFTER,
        reps=reps,
        tier=tier,
        radio=radio,
    )
    write_recording(path, recording.samples, sidecar)
    truth = json.dumps(recording.truth.rounded().to_json(), indent=1)
    path.with_name(path.stem + ".truth.json").write_text(truth + "\n", encoding="utf-8")
    return {
        "file": path.name,
        "lifter": _LIFTER,
        "exercise": recording.exercise,
        "placement": recording.placement,
        "reps": reps,
        "tier": tier,
        "longest_gap_s": round(longest_gap_s(recording.samples), 3),
        "distinct_rate_hz": round(distinct_rate_hz(recording.samples), 1),
    }


def write_index(folder: Path, rows: Iterable[IndexRow]) -> None:
    """FOLDER/index.csv, a row a recording."""
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, INDEX_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def file_name(number: int, plan: SetPlan) -> str:
    """A name that says what is inside: S007_back_squat_thigh_burst.csv."""
    return f"S{number:03d}_{plan.exercise}_{plan.placement}_{plan.radio.kind}.csv"


def longest_gap_s(samples: SampleBatch) -> float:
    """Longest time between two messages, s."""
    return float(np.diff(samples.time_s).max()) if len(samples) > 1 else 0.0


def repeated(samples: SampleBatch) -> int:
    """Messages that repeat the one before in every figure."""
    values = samples.acceleration_mps2
    if samples.angular_velocity_radps is not None:
        values = np.hstack((values, samples.angular_velocity_radps))
    return int(np.all(values[1:] == values[:-1], axis=1).sum())


def distinct_rate_hz(samples: SampleBatch) -> float:
    """Samples a second that really differ."""
    if len(samples) < 2:
        return 0.0
    span_s = float(samples.time_s[-1] - samples.time_s[0])
    return (len(samples) - 1 - repeated(samples)) / span_s
