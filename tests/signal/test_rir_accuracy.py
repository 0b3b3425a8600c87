"""The evaluation scripts on a small scale: a change that costs accuracy fails here before the full run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "accuracy"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])


@pytest.mark.parametrize("family", ["lab", "acc"])
def test_near_the_reference_and_better_than_peers(family: str) -> None:
    import rir_evaluate as evaluate
    from rir_generators import FAMILIES
    from rir_scores import score

    chosen = next(f for f in FAMILIES if f.name == family)
    cell = evaluate.make_cell(chosen, 0.02, lifters=20, seed=4, cache=None)
    for k, known in ((0, 0), (2, 3)):
        reference = score(cell.reference[:, k], cell.truth)
        pmfs, intervals = evaluate.hardset_answers(cell, known)
        own = score(pmfs, cell.truth, intervals)
        # Sixty sets: twice the margins of the full run.
        assert own.mae <= 1.35 * reference.mae
        assert own.brier <= 1.4 * reference.brier
        assert 0.68 <= own.coverage <= 0.96
        table = evaluate.peer_scores(cell, known)["loss table"]
        assert own.crps < table.crps


def test_a_lifter_who_always_stops_at_0_or_1() -> None:
    import rir_lessons as lessons
    from rir_generators import FAMILIES
    from rir_scores import score

    cold, learned = (
        score(*lessons.answers(lessons.always_stops(0, 1, sets), FAMILIES[0], lifters=15, seed=2))
        for sets in (0, 10)
    )
    assert abs(learned.bias) < 0.65
    assert learned.mae < cold.mae


def test_a_felt_rir_is_the_largest_single_gain() -> None:
    import rir_lessons as lessons
    from rir_generators import FAMILIES
    from rir_scores import score

    plain, felt, learned = (
        score(*lessons.answers(draw, FAMILIES[1], lifters=25, seed=2))
        for draw in (
            lessons.after_failures(0),
            lessons.after_failures(0, felt=True),
            lessons.after_failures(1),
        )
    )
    assert felt.crps < learned.crps < plain.crps
