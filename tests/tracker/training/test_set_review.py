"""One set looked at once more: list, course of the estimate, movement; and that corrections are followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hardset.tracker.errors import NotInLog
from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import ScoredRecording, score_recording
from hardset.tracker.training import editing
from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.measured_sets import save_recording
from hardset.tracker.training.set_list import set_lines, set_review
from hardset.tracker.training.set_trace import set_samples, set_trace

FIXTURES = Path(__file__).parents[3] / "fixtures"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@cache
def scored(name: str) -> ScoredRecording:
    return score_recording(read_recording(FIXTURES / f"{name}.csv"))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db") as log:
        yield log


@pytest.fixture
def measured(log: Log) -> int:
    """A squat set to failure with its samples, after an earlier one by hand."""
    log.add_set(NewSet("back_squat", 100.0, 8, NOON - timedelta(days=3), felt_rir=2))
    log.add_set(NewSet("back_squat", 60.0, 8, NOON - timedelta(days=3, minutes=5), warmup=True))
    (set_id,) = save_recording(log, scored("squat_to_failure"), NOON)
    return set_id


def test_the_list_holds_deleted_and_unnamed_sets_newest_first(log: Log, measured: int) -> None:
    editing.delete_set(log, measured)
    with log.operation("test", "nobody knows what it was") as op:
        op.update("sets", 1, {"exercise": None})
    lines = set_lines(log)
    assert [one.at for one in lines] == sorted((one.at for one in lines), reverse=True)
    assert [(one.logged.id, one.deleted, one.logged.exercise) for one in lines] == [
        (measured, True, "back_squat"),
        (1, False, ""),
        (2, False, "back_squat"),
    ]
    assert {one.id for one in log.history().sets} == {2}
    assert set_review(log, measured).steps == ()
    assert set_review(log, 1).earlier == ()


def test_the_course_ends_at_the_figure_of_the_log(log: Log, measured: int) -> None:
    (kept,) = (one for one in log.history().sets if one.id == measured)
    review = set_review(log, measured)
    assert kept.rir_pmf is not None
    assert review.steps[-1].estimate.pmf == pytest.approx(kept.rir_pmf, abs=0.01)
    assert len(review.steps) == kept.reps == len(review.reps)
    for step in review.steps:
        low80, high80 = step.estimate.low80, step.estimate.high80
        assert 0 <= low80 <= step.low50 <= step.high50 <= high80
    # Nearer to the end fewer are left, and that is known better.
    first, last = review.steps[0], review.steps[-1]
    assert last.estimate.mean < first.estimate.mean
    assert last.estimate.high80 - last.estimate.low80 < first.estimate.high80 - first.estimate.low80
    assert [one.id for one in review.earlier] == [1]
    assert review.has_samples


def test_corrections_are_followed(log: Log, measured: int) -> None:
    before = set_review(log, measured)
    editing.delete_rep(log, measured, 2)
    editing.edit_set(log, measured, editing.SetChanges(felt_rir=3, failed=False))
    after = set_review(log, measured)
    assert len(after.steps) == len(before.steps) - 1
    assert [one.deleted for one in after.reps[:3]] == [False, True, False]
    assert after.steps[-1].estimate.mean > before.steps[-1].estimate.mean
    trace = set_trace(log, measured)
    assert trace is not None
    assert max(one.rep for one in trace.phases) == len(after.steps)
    log.undo()
    log.undo()
    assert set_review(log, measured) == before


@pytest.mark.parametrize("name", ["squat_to_failure", "shank_leg_curl"])
def test_the_trace_agrees_with_the_reps(log: Log, name: str) -> None:
    set_id = save_recording(log, scored(name), NOON)[0]
    trace = set_trace(log, set_id)
    assert trace is not None
    assert trace.agrees
    reps = [one.rep for one in set_review(log, set_id).reps]
    lifts = [one for one in trace.phases if one.kind == "concentric"]
    for rep, phase in zip(reps, lifts, strict=True):
        assert phase.end_s - phase.start_s == pytest.approx(rep.concentric_s)
        low, high = np.interp([phase.start_s, phase.end_s], trace.time_s, trace.position)
        assert (high - low) / rep.concentric_s == pytest.approx(rep.speed, rel=0.05)
    assert trace.by_angle is (reps[0].mean_velocity_mps is None)
    assert trace.time_s[0] == 0.0
    assert trace.position.min() == 0.0
    order = [one.start_s for one in trace.phases]
    assert order == sorted(order)


def test_a_trace_that_today_measures_otherwise_says_so(log: Log, measured: int) -> None:
    with log.operation("test", "an older algorithm") as op:
        first = editing.reps_of(log, measured)[0]
        speed = first.rep.speed
        op.update("reps", first.id, {"mean_velocity_mps": 1.3 * speed})
    trace = set_trace(log, measured)
    assert trace is not None
    assert not trace.agrees


def test_a_corrected_exercise_keeps_its_trace(log: Log, measured: int) -> None:
    editing.edit_set(log, measured, editing.SetChanges(exercise="barbell_curl"))
    trace = set_trace(log, measured)
    assert trace is not None
    assert trace.agrees


def test_sets_without_samples_have_no_trace(log: Log, measured: int) -> None:
    assert set_trace(log, 1) is None
    assert set_samples(log, 1) is None
    assert not set_review(log, 1).has_samples
    kept = set_samples(log, measured)
    assert kept is not None
    assert np.array_equal(kept.samples.time_s, scored("squat_to_failure").recording.samples.time_s)
    with pytest.raises(NotInLog):
        set_review(log, 99)
