"""The drawing of a recording shows what was found: every rep, every hole, no set where there is none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np

from hardset.signal.analysis import RecordingAnalysis, analyse
from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.misses import misses_page
from hardset.tracker.benchmark.runner import benchmark_folder, chosen_counters
from hardset.tracker.labels import labelled_recordings
from hardset.tracker.recordings import Sidecar, write_recording
from hardset.tracker.report.movement_chart import legend, movement_chart
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.scenario import simulate

SVG = "{http://www.w3.org/2000/svg}"


def boxes(drawing: str, kind: str) -> list[ET.Element]:
    return [mark for mark in ET.fromstring(drawing).iter(f"{SVG}rect") if mark.get("class") == kind]


def drawn(samples: SampleBatch) -> tuple[str, RecordingAnalysis]:
    analysis = analyse(samples, placement=Placement.BAR)
    return movement_chart(samples, analysis), analysis


def test_every_rep_and_every_hole_has_its_box() -> None:
    whole = simulate(SetPlan(exercise="back_squat", reps=5), 0)
    samples = whole.samples
    pause_s = (whole.truth.reps[1].concentric_end_s + whole.truth.reps[2].eccentric_start_s) / 2
    seen = np.abs(samples.time_s - pause_s) > 0.3
    assert samples.angular_velocity_radps is not None
    samples = SampleBatch(
        samples.time_s[seen], samples.acceleration_mps2[seen], samples.angular_velocity_radps[seen]
    )
    drawing, analysis = drawn(samples)
    assert len(boxes(drawing, "rep")) + len(boxes(drawing, "doubt")) == 5
    assert len(boxes(drawing, "hole")) == len(analysis.sensor.gaps) == 1
    assert "height, m" in legend(analysis)


def test_a_doubtful_rep_looks_different() -> None:
    samples = simulate(SetPlan(exercise="back_squat", reps=5), 0).samples
    analysis = analyse(samples, placement=Placement.BAR)
    one = analysis.sets[0]
    doubtful = replace(one, reps=(replace(one.reps[0], doubt="partial"), *one.reps[1:]))
    drawing = movement_chart(samples, replace(analysis, sets=(doubtful,)))
    assert (len(boxes(drawing, "doubt")), len(boxes(drawing, "rep"))) == (1, 4)


def test_stillness_and_a_spike_are_drawn_as_they_are() -> None:
    """No set, and a single sample that jumps is not lost where thousands share a pixel."""
    n = 30_000
    acceleration = np.tile([0.0, 0.0, 9.81], (n, 1)) + np.random.default_rng(0).normal(0, 0.01, (n, 3))
    acceleration[12_345] = (0.0, 0.0, 30.0)
    drawing, _ = drawn(SampleBatch(np.arange(n) / 100, acceleration, np.zeros((n, 3))))
    assert "no set found" in drawing
    curve = next(m for m in ET.fromstring(drawing).iter(f"{SVG}polyline") if m.get("class") == "shaking")
    heights = [float(point.split(",")[1]) for point in str(curve.get("points")).split()]
    assert len(heights) < 1500
    assert min(heights) < np.median(heights) - 25


def test_only_the_misses_are_drawn(tmp_path: Path) -> None:
    for name, told in (("right", 5), ("wrong", 7)):
        made = simulate(SetPlan(exercise="back_squat", reps=5), 0)
        write_recording(tmp_path / f"{name}.csv", made.samples, Sidecar("back_squat", reps=told))
    labels = labelled_recordings(tmp_path)
    (ours,) = benchmark_folder(labels, chosen_counters(peers=False), live=False)
    page = misses_page(tmp_path, labels, ours)
    assert "wrong.csv: 5 counted, 7 by people" in page
    assert "right.csv" not in page
    assert "1 of 2 recordings" in page
