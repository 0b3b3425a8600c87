"""What is said in the middle of a set, and when nothing is."""

from __future__ import annotations

import numpy as np

from hardset.signal.advice import Action
from hardset.signal.rir import RirEstimate
from hardset.signal.rir_answer import to_estimate
from hardset.tracker.coaching import Goal, GoalKind, RepFigures, goal_of, verdict
from hardset.tracker.training.settings import Settings


def left(median: int, *, calibrated: bool = True, spread: float = 0.7) -> RirEstimate:
    """An estimate around a number of reps left."""
    weights = np.exp(-0.5 * ((np.arange(15) - median) / spread) ** 2)
    return to_estimate(weights / weights.sum(), calibrated=calibrated, reason="a test")


def said(*reps: RepFigures, goal: Goal | None = None) -> Action | None:
    advice = verdict(reps, goal or Goal())
    return None if advice is None else advice.action


def rep(median: int, loss_pct: float = 10.0, *, calibrated: bool = True, spread: float = 0.7) -> RepFigures:
    return RepFigures(loss_pct, left(median, calibrated=calibrated, spread=spread))


def test_nothing_is_said_before_the_first_rep_nor_far_from_the_target() -> None:
    assert said() is None
    assert said(rep(6), rep(5)) is Action.GO_ON


def test_one_more_comes_before_stop() -> None:
    assert said(rep(4), rep(3)) is Action.ONE_MORE
    assert said(rep(4), rep(3), rep(2)) is Action.STOP


def test_one_odd_rep_gets_grace_and_the_second_in_a_row_ends_the_set() -> None:
    assert said(rep(6), rep(5), rep(2)) is Action.ONE_MORE
    assert said(rep(6), rep(5), rep(2), rep(2)) is Action.STOP
    assert said(rep(6), rep(2), rep(5)) is Action.GO_ON


def test_there_is_no_grace_when_nothing_is_left() -> None:
    assert said(rep(6), rep(0, spread=0.4)) is Action.STOP


def test_an_open_estimate_is_not_acted_on_and_velocity_loss_stands_in() -> None:
    vague = {"calibrated": False, "spread": 3.0}
    assert said(rep(2, 5.0, **vague), rep(1, 10.0, **vague)) is Action.GO_ON  # type: ignore[arg-type]
    assert said(rep(2, 30.0, **vague), rep(1, 32.0, **vague)) is Action.STOP  # type: ignore[arg-type]


def test_a_goal_by_loss_does_not_look_at_reps_left() -> None:
    goal = Goal(GoalKind.LOSS, loss_limit_pct=20.0)
    assert said(rep(0, 10.0), rep(1, 15.0), goal=goal) is Action.GO_ON
    assert said(rep(8, 21.0), rep(8, 22.0), goal=goal) is Action.STOP


def test_the_goal_comes_from_the_settings() -> None:
    assert goal_of(Settings(target_rir=1)) == Goal(target_rir=1)
    assert goal_of(Settings(stop_at_loss_pct=30.0)).in_words == "stop at 30 % loss"
