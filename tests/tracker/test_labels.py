"""Labelled folders: index, sidecars, truth files, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.errors import FileUnreadable, LabelNotUnderstood, NothingToScore
from hardset.tracker.labels import labelled_recordings
from hardset.tracker.recordings import Sidecar, write_recording

TRUTH = {
    "exercise": "back_squat",
    "fs": 100.0,
    "reps": [
        {
            "number": 1,
            "concentric_start_s": 1.0,
            "concentric_end_s": 2.0,
            "mean_velocity_mps": 0.5,
            "peak_velocity_mps": 0.8,
            "rom_m": 0.5,
            "rir": 3,
        }
    ],
    "failed_last": False,
    "later_field": "ignored",
}


def put(path: Path, sidecar: Sidecar | None = None, truth: object = None) -> None:
    path.parent.mkdir(exist_ok=True)
    write_recording(path, SampleBatch(np.arange(50) * 0.1, np.ones((50, 3)), None), sidecar)
    if truth is not None:
        path.with_name(path.stem + ".truth.json").write_text(json.dumps(truth))


def test_the_index_comes_first_and_sidecars_fill_it(tmp_path: Path) -> None:
    put(tmp_path / "bar" / "a.csv", Sidecar(load_kg=80.0, reps=3))
    put(tmp_path / "b.csv", Sidecar(reps=2))
    (tmp_path / "index.csv").write_text(
        "file,lifter,exercise,placement,reps,tier,longest_gap_s\n"
        "bar/a.csv,L1,back_squat,bar_centre,10,clean,0.1\n"
        "idle.csv,-,none,wrist,0,,0\n"
    )
    first, second = labelled_recordings(tmp_path)
    assert (first.name, first.reps, first.tier, first.placement) == ("bar/a.csv", 10, "clean", Placement.BAR)
    assert first.sidecar.load_kg == 80.0
    assert (second.reps, second.tier, second.placement) == (0, "idle", Placement.WRIST)


def test_without_an_index_sidecars_and_truth_label(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", Sidecar(exercise="deadlift", reps=4, radio="burst"))
    put(tmp_path / "b.csv", None, TRUTH)
    put(tmp_path / "c.csv")
    first, second = labelled_recordings(tmp_path)
    assert (first.name, first.reps, first.tier, first.truth) == ("a.csv", 4, "all", None)
    assert second.truth is not None
    assert second.reps == 1
    assert second.truth.reps[0].rom_m == 0.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,reps\na.csv,\n", "line 2 has no file or no reps"),
        ("file,reps\na.csv,many\n", "reps is 'many'"),
        ("name,count\na.csv,3\n", "expected the columns file and reps"),
        ("file,reps,placement\na.csv,3,hat\n", "unknown placement 'hat'"),
    ],
)
def test_a_bad_index_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "index.csv").write_text(text)
    with pytest.raises(LabelNotUnderstood) as caught:
        labelled_recordings(tmp_path)
    assert says in str(caught.value)
    assert "index.csv" in str(caught.value)


@pytest.mark.parametrize("truth", [{"exercise": "deadlift"}, {"reps": [{"number": 1}]}, {"reps": 3, "fs": 1}])
def test_a_bad_truth_file_is_named(tmp_path: Path, truth: object) -> None:
    put(tmp_path / "a.csv", None, truth)
    with pytest.raises(LabelNotUnderstood, match=r"a\.truth\.json"):
        labelled_recordings(tmp_path)


def test_folders_without_labels(tmp_path: Path) -> None:
    with pytest.raises(NothingToScore, match="no labelled recording"):
        labelled_recordings(tmp_path)
    with pytest.raises(FileUnreadable, match="no such folder"):
        labelled_recordings(tmp_path / "none")
