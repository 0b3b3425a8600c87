"""The benchmark must be right itself: matching, scores, and what it says of a perfect counter."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from hardset.signal.samples import SampleBatch
from hardset.tracker.benchmark.counters import FoundRep
from hardset.tracker.benchmark.degraded import SPOILS, score_degraded
from hardset.tracker.benchmark.live_scores import LiveOutcome, score_live
from hardset.tracker.benchmark.matching import Match, match_reps, match_spans
from hardset.tracker.benchmark.peers import PEERS
from hardset.tracker.benchmark.report import BenchmarkReport
from hardset.tracker.benchmark.runner import benchmark_folder
from hardset.tracker.benchmark.scores import Count, Matched, score_counts, score_errors, score_motion
from hardset.tracker.benchmark.table import print_report
from hardset.tracker.labels import LabelledRecording, labelled_recordings
from hardset.tracker.recordings import Sidecar, write_recording
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.simulation.truth import TrueRep


def true_rep(number: int, start: float, end: float, mv: float = 0.5) -> TrueRep:
    return TrueRep(number, start, end, mv, 1.5 * mv, (end - start) * mv, 0)


def test_reps_are_matched_by_overlap_of_the_concentric_phase() -> None:
    true = [true_rep(1, 1, 2), true_rep(2, 4, 5), true_rep(3, 7, 8)]
    found = [FoundRep(4.2, 5.3), FoundRep(0.9, 2.1), FoundRep(5.5, 6.5), FoundRep(7.9, 9.0)]
    matches = match_reps(true, found)
    assert [(m.true.number, m.found.start_s) for m in matches] == [(1, 0.9), (2, 4.2)]


spans = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0.1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=12,
)


@given(spans, spans)
def test_matching_is_one_to_one(wanted: list[tuple[float, float]], found: list[tuple[float, float]]) -> None:
    pairs = match_spans(wanted, found)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert len(match_spans(wanted, wanted)) == len(wanted)


def test_counts_by_group() -> None:
    counts = [
        Count("a", "bar", 10, 10),
        Count("b", "bar", 10, 9),
        Count("c", "bar", 10, 13),
        Count("d", "idle", 0, 0),
    ]
    bar, idle = score_counts(counts)
    assert (bar.recordings, bar.exact, bar.within_one, bar.mean_absolute_error) == (
        3,
        1,
        2,
        pytest.approx(4 / 3),
    )
    assert [miss.file for miss in bar.misses] == ["b", "c"]
    assert (idle.exact, idle.misses) == (1, ())


def test_error_scores() -> None:
    score = score_errors([0.1, -0.1, None, *[0.0] * 18])
    assert score is not None
    assert score.reps == 20
    assert score.rmse == pytest.approx(0.1**0.5 * 0.1)
    assert score.bias == pytest.approx(0.0)
    assert score.worst_decile == pytest.approx(0.1)
    assert score_errors([None]) is None


def test_motion_scores() -> None:
    true = [true_rep(n, 3 * n, 3 * n + 1, mv) for n, mv in enumerate((0.8, 0.6, 0.4, 0.3))]
    matches = tuple(
        Match(
            rep,
            FoundRep(rep.concentric_start_s, rep.concentric_end_s, (rep.mean_velocity_mps or 0) + off, 0.02),
        )
        for rep, off in zip(true[1:], (0.0, 0.02, -0.04), strict=True)
    )
    score = score_motion("all", [Matched("even", matches, 4, 5)])
    assert (score.true_reps, score.found_reps, score.ghost_reps, score.found_pct) == (4, 3, 2, 75.0)
    assert score.mean_velocity_mps is not None
    assert score.mean_velocity_mps.bias == pytest.approx(-0.02 / 3)
    assert score.slow_mean_velocity_mps is not None
    assert score.slow_mean_velocity_mps.reps == 2
    assert score.coverage80_pct == pytest.approx(200 / 3)
    assert score.rom_m is None


def test_live_scores() -> None:
    score = score_live(
        [LiveOutcome((0.1, 0.3), (0.01, -0.01), 5, 5, 5, 6, 1), LiveOutcome((0.2,), (), 4, 5, 5, 4, 0)]
    )
    assert score is not None
    assert score.delay_median_s == pytest.approx(0.2)
    assert score.mean_velocity_rms_mps == pytest.approx(0.01)
    assert (score.shown_same_count_pct, score.settled_same_count_pct) == (50.0, 100.0)
    assert score.withdrawn_pct == 10.0
    assert (score.idle_recordings, score.idle_told) == (0, 0)
    assert score_live([]) is None


def test_what_is_told_while_nobody_lifts_stands_apart_from_the_sets() -> None:
    lifted = LiveOutcome((0.1,), (), 5, 5, 5, 5, 1)
    score = score_live([lifted, LiveOutcome((), (), 0, 0, 0, 7, 7, idle=True)])
    assert score is not None
    assert score.withdrawn_pct == 20.0
    assert (score.idle_recordings, score.idle_told) == (1, 7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two simulated sets with truth."""
    path = tmp_path_factory.mktemp("labelled")
    for seed, exercise in enumerate(("back_squat", "bench_press")):
        made = simulate(SetPlan(exercise=exercise, reps=5), seed)
        write_recording(path / f"{exercise}.csv", made.samples, Sidecar(exercise, radio="even", reps=5))
        (path / f"{exercise}.truth.json").write_text(json.dumps(made.truth.to_json()))
    return path


def perfect(_samples: SampleBatch, label: LabelledRecording) -> tuple[FoundRep, ...]:
    assert label.truth is not None
    return tuple(
        FoundRep(
            rep.concentric_start_s,
            rep.concentric_end_s,
            rep.mean_velocity_mps,
            0.01,
            rep.peak_velocity_mps,
            rep.rom_m,
        )
        for rep in label.truth.reps
    )


def nothing(_samples: SampleBatch, _label: LabelledRecording) -> tuple[FoundRep, ...]:
    return ()


def test_a_perfect_counter_gets_a_perfect_score_and_a_blind_one_none(folder: Path) -> None:
    labels = labelled_recordings(folder)
    best, worst = benchmark_folder(labels, {"perfect": perfect, "blind": nothing})
    assert best.counts[0].exact_pct == 100.0
    assert best.motion[0].found_pct == 100.0
    assert best.motion[0].mean_velocity_mps is not None
    assert best.motion[0].mean_velocity_mps.rmse == 0.0
    assert best.motion[0].coverage80_pct == 100.0
    assert worst.counts[0].mean_absolute_error == 5.0
    assert worst.motion[0].found_pct == 0.0
    report = BenchmarkReport(folder, len(labels), (best, worst), {"perfect": best.counts})
    json.dumps(report.to_json(), allow_nan=False)
    out = io.StringIO()
    print_report(Console(file=out, width=170), report)
    assert "none" in out.getvalue()
    assert "perfect" in out.getvalue()


@pytest.mark.parametrize("name", PEERS)
def test_the_textbook_counters_see_a_simple_set(name: str, folder: Path) -> None:
    label = next(label for label in labelled_recordings(folder) if "squat" in label.name)
    from hardset.tracker.recordings import read_recording

    found = PEERS[name](read_recording(label.path).samples, label)
    assert 4 <= len(found) <= 9  # they count the walk from the rack as well


def test_spoiling_is_deterministic_and_keeps_the_label(folder: Path) -> None:
    labels = labelled_recordings(folder)
    seen: list[float] = []

    def spy(samples: SampleBatch, label: LabelledRecording) -> tuple[FoundRep, ...]:
        seen.append(float(samples.acceleration_mps2.sum()))
        return perfect(samples, label)

    first = score_degraded(labels, {"spy": spy})
    again = score_degraded(labels, {"spy": spy})
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :]
    assert first == again
    scores = {score.group: score for score in first["spy"]}
    assert set(SPOILS) < set(scores)
    assert all(scores[name].exact == 2 for name in SPOILS)
    assert scores["ends in the middle of the last rep"].misses[0].labelled == 4
