"""The machine-readable output, held against the names and types that others rely on."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from hardset.signal.analysis import Gap, RecordingAnalysis, SensorReport
from hardset.signal.exercise import Placement
from hardset.signal.repetition import Rejected, Repetition
from hardset.signal.samples import SampleBatch
from hardset.signal.sets import MeasuredSet
from hardset.tracker.contract import error_to_json, recording_to_json, rounded
from hardset.tracker.errors import FileUnreadable
from hardset.tracker.recordings import RecordingFile, Sidecar
from hardset.tracker.scoring import ScoredRecording, ScoredSet, known_exercise, score_set
from hardset.tracker.training.catalogue import exercise

NUMBER = (int, float)
MAYBE = (int, float, type(None))
REP = {
    "number": int,
    "eccentric_start_s": MAYBE,
    "concentric_start_s": NUMBER,
    "concentric_end_s": NUMBER,
    "mean_velocity_mps": MAYBE,
    "mean_velocity_sd_mps": MAYBE,
    "mean_propulsive_velocity_mps": MAYBE,
    "peak_velocity_mps": MAYBE,
    "rom_m": MAYBE,
    "mean_angular_velocity_dps": MAYBE,
    "rom_deg": MAYBE,
    "eccentric_s": MAYBE,
    "bottom_pause_s": MAYBE,
    "concentric_s": NUMBER,
    "top_pause_s": MAYBE,
    "velocity_loss_pct": NUMBER,
    "doubtful": bool,
    "doubt": (str, type(None)),
    "rir": dict,
}
SET = {
    "number": int,
    "start_s": NUMBER,
    "end_s": NUMBER,
    "reps": list,
    "rejected": list,
    "velocity_loss_pct": MAYBE,
    "rir": (dict, type(None)),
    "p_hard": MAYBE,
    "calibrated": bool,
}
RECORDING = {
    "schema": int,
    "file": str,
    "exercise": (str, type(None)),
    "placement": str,
    "load_kg": MAYBE,
    "sensor": dict,
    "sets": list,
    "warnings": list,
}
SENSOR = {
    "rate_hz": NUMBER,
    "duration_s": NUMBER,
    "repeated_samples": int,
    "clipped_samples": int,
    "gaps": list,
}


def bar_rep(number: int, velocity_mps: float, doubt: str | None = None) -> Repetition:
    start = 4.0 * number
    return Repetition(
        number=number,
        eccentric_start_s=start - 1.5,
        concentric_start_s=start,
        concentric_end_s=start + 0.6 / velocity_mps,
        mean_velocity_mps=velocity_mps,
        mean_velocity_sd_mps=0.02,
        mean_propulsive_velocity_mps=velocity_mps,
        peak_velocity_mps=1.6 * velocity_mps,
        rom_m=0.6,
        mean_angular_velocity_dps=None,
        mean_angular_velocity_sd_dps=None,
        rom_deg=None,
        eccentric_s=1.5,
        bottom_pause_s=0.0,
        top_pause_s=None,
        doubt=doubt,
    )


def limb_rep(number: int, speed_dps: float) -> Repetition:
    start = 4.0 * number
    limb = (None, None, None, None, None, speed_dps, 4.0, 80.0)
    return Repetition(number, None, start, start + 80.0 / speed_dps, *limb, None, None, None)


def scored(reps: tuple[Repetition, ...], placement: Placement = Placement.BAR) -> ScoredRecording:
    rejected = (Rejected(1.0, 2.0, "unrack"), Rejected(40.0, 43.0, "attempt"))
    measured = MeasuredSet(1, 2.5, 43.0, reps, rejected)
    report = SensorReport(51.23456, 60.0, 17, 0, (Gap(3.0, 3.4),))
    analysis = RecordingAnalysis(placement, False, report, (measured,))
    entry = exercise("back_squat")
    times = np.arange(100) * 0.02
    samples = SampleBatch(times, np.ones((100, 3)), None)
    recording = RecordingFile(Path("a.csv"), samples, Sidecar(), 0, ())
    sets = tuple(ScoredSet(one, score_set(one, entry.signal, placement)) for one in analysis.sets)
    return ScoredRecording(recording, entry, placement, 100.0, analysis, sets, ("a note",))


def check(data: dict, schema: dict) -> None:
    assert list(data) == list(schema)
    for name, kind in schema.items():
        assert isinstance(data[name], kind), f"{name} is {data[name]!r}"
        assert not isinstance(data[name], float) or math.isfinite(data[name])


@pytest.mark.parametrize(
    ("reps", "placement"),
    [
        (
            tuple(bar_rep(i + 1, 0.8 - 0.06 * i, "a hole" if i == 2 else None) for i in range(6)),
            Placement.BAR,
        ),
        (tuple(limb_rep(i + 1, 90.0 - 8 * i) for i in range(5)), Placement.THIGH),
        ((), Placement.BAR),
    ],
)
def test_every_field_is_there_and_of_its_type(reps: tuple[Repetition, ...], placement: Placement) -> None:
    line = json.dumps(recording_to_json(scored(reps, placement)), allow_nan=False)
    data = json.loads(line)
    check(data, RECORDING)
    check(data["sensor"], SENSOR)
    assert data["sensor"]["gaps"] == [{"start_s": 3.0, "end_s": 3.4}]
    assert data["sensor"]["rate_hz"] == 51.2
    for one in data["sets"]:
        check(one, SET)
        assert one["rejected"][0] == {"start_s": 1.0, "end_s": 2.0, "reason": "unrack"}
        for rep in one["reps"]:
            check(rep, REP)
            assert list(rep["rir"]) == ["median", "low80", "high80"]


def test_a_set_carries_the_whole_distribution() -> None:
    data = recording_to_json(scored(tuple(bar_rep(i + 1, 0.8 - 0.06 * i) for i in range(6))))
    one = data["sets"][0]  # type: ignore[index]
    assert len(one["rir"]["pmf"]) == 11
    assert sum(one["rir"]["pmf"]) == pytest.approx(1.0, abs=1e-3)
    assert one["p_hard"] == pytest.approx(sum(one["rir"]["pmf"][:4]), abs=1e-3)
    assert one["velocity_loss_pct"] == pytest.approx(100 * 0.3 / 0.8, abs=0.1)
    assert isinstance(one["rir"]["median"], int)


def test_a_failed_attempt_leaves_nothing_in_reserve() -> None:
    reps = tuple(bar_rep(i + 1, 0.7 - 0.06 * i) for i in range(6))
    assert recording_to_json(scored(reps))["sets"][0]["rir"]["median"] == 0  # type: ignore[index]


def test_numbers_are_finite_or_null() -> None:
    assert rounded(math.nan, 3) is None
    assert rounded(math.inf, 3) is None
    assert rounded(None, 3) is None
    assert str(rounded(-0.00001, 3)) == "0.0"


def test_a_file_that_cannot_be_read() -> None:
    data = error_to_json(Path("x.csv"), FileUnreadable(Path("x.csv"), "no such file"))
    assert list(data) == ["file", "error"]
    assert "no such file" in str(data["error"])


def test_an_unknown_label_is_told_and_ignored() -> None:
    warnings: list[str] = []
    assert known_exercise("none", warnings) is None
    assert warnings == []
    assert known_exercise("sqat", warnings) is None
    assert "sqat" in warnings[0]
