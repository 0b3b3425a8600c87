"""Quiet is no acceleration, not no velocity: what may be taken for standstill and what may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hardset.signal.motion import VELOCITY
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.stillness import (
    Quiet,
    anchors_of,
    dead_anchors,
    quiet_stretches,
    restless_s,
    stand_together,
    still_anchors,
)
from hardset.signal.timebase import GRID_HZ


def noise(n: int, sd: float, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, sd, n)


def covered(quiet: Quiet, n: int) -> BoolArray:
    mask = np.zeros(n, dtype=np.bool_)
    for start, end in zip(quiet.start, quiet.end, strict=True):
        mask[start:end] = True
    return mask


def pieces(*bounds: tuple[int, int], dead: bool = False) -> Quiet:
    table = np.array(bounds, dtype=np.int64).reshape(-1, 2)
    return Quiet(table[:, 0], table[:, 1], np.full(len(bounds), dead), np.zeros(len(bounds)))


def test_a_bar_is_quiet_while_it_waits_and_not_while_it_moves(
    ride: Callable[..., Any], squat_moves: Callable[..., Any]
) -> None:
    bar = ride(*squat_moves(4, top_s=1.5))
    acceleration = bar.acceleration_mps2 + noise(bar.time_s.size, 0.05)
    quiet = quiet_stretches(acceleration, np.full(bar.time_s.size, 0.2), bar.no_holes)
    mask = covered(quiet, bar.time_s.size)
    waiting = np.abs(bar.acceleration_mps2) < 1e-9
    assert float(mask[waiting].mean()) > 0.7  # the running mean blurs the edges, dips of 0.2 s are too short
    assert not mask[np.abs(bar.acceleration_mps2) > 1.0].any()


def test_a_bar_that_glides_is_as_quiet_as_one_that_stands() -> None:
    acceleration = noise(1000, 0.05)
    acceleration[100:120], acceleration[800:820] = 2.5, -2.5
    quiet = quiet_stretches(acceleration, np.full(1000, 0.2), np.zeros(1000))
    assert covered(quiet, 1000)[200:700].all()


@pytest.mark.parametrize(
    ("sd_mps2", "turning_radps", "dead"),
    [(0.03, 0.01, True), (0.3, 0.01, False), (0.03, 0.3, False), (0.03, np.inf, False)],
)
def test_dead_is_a_bar_that_not_even_a_hand_holds(sd_mps2: float, turning_radps: float, dead: bool) -> None:
    acceleration = noise(2000, sd_mps2)
    acceleration[:500] += 2.0 * np.sin(np.arange(500) / 10)
    quiet = quiet_stretches(acceleration, np.full(2000, turning_radps), np.zeros(2000))
    assert quiet.dead.any() == dead
    longest = float((quiet.end - quiet.start).max()) / GRID_HZ
    # what may be a wait and then a slow descent is judged in pieces
    assert longest > 10 if dead else longest < 1.0


def test_nothing_is_quiet_in_a_hole() -> None:
    hole_s = np.zeros(1000)
    hole_s[400:500] = 1.0
    quiet = quiet_stretches(noise(1000, 0.05), np.full(1000, 0.2), hole_s)
    mask = covered(quiet, 1000)
    assert not mask[400:500].any()
    assert mask[100:380].all()


def test_standstills_share_a_velocity_and_a_glide_does_not() -> None:
    """Drift shifts all velocities alike; a slow descent between two waits has one of its own."""
    quiet = pieces((0, 100), (200, 300), (400, 500), (600, 700), (800, 900))
    velocity = 0.15 + 0.002 * np.arange(900) / GRID_HZ
    velocity[400:500] -= 0.3
    chosen = stand_together(quiet, velocity, np.inf)
    assert chosen.start.tolist() == [0, 200, 600, 800]


def test_where_velocity_is_known_a_shared_glide_is_no_standstill() -> None:
    quiet = pieces((0, 100), (200, 300), (400, 500))
    velocity = np.zeros(500)
    velocity[:300] = 0.4
    assert stand_together(quiet, velocity, 0.06).start.tolist() == [400]


def test_no_quiet_no_anchor() -> None:
    nothing = pieces()
    assert stand_together(nothing, np.zeros(10), 0.1).start.size == 0
    assert anchors_of(nothing).index.size == 0
    assert still_anchors(nothing, np.zeros(10), 0.1).index.size == 0


def test_anchors_lie_in_their_stretches_and_say_zero_velocity() -> None:
    anchors = anchors_of(pieces((100, 160), (300, 400)))
    assert anchors.index.size == 16
    assert ((anchors.index >= 100) & (anchors.index < 160) | (anchors.index >= 300)).all()
    assert (anchors.index < 400).all()
    assert (anchors.level == VELOCITY).all()


def test_the_likelier_a_standstill_the_firmer_its_anchor() -> None:
    def firmness(velocity: float, dead: bool = False) -> float:
        anchors = still_anchors(pieces((0, 100), dead=dead), np.full(100, velocity), 0.04)
        return 0.0 if anchors.index.size == 0 else 1.0 / float(anchors.sd[0])

    assert firmness(0.0) > 1.02 * firmness(0.08) > firmness(0.12) > firmness(0.5) == 0.0
    assert firmness(0.5, dead=True) > 0.9 * firmness(0.0)  # a bar in the rack does not fly


def test_only_dead_stretches_where_nothing_else_is_known() -> None:
    quiet = Quiet(np.array([0, 200]), np.array([100, 300]), np.array([False, True]), np.zeros(2))
    anchors = dead_anchors(quiet)
    assert anchors.index.min() >= 200


def test_quiet_seconds_at_speed_are_restless() -> None:
    quiet = pieces((0, 100), (200, 300), (400, 500))
    velocity = np.zeros(500)
    velocity[200:300], velocity[400:500] = 0.3, -0.3
    nowhere = np.zeros(500, dtype=np.bool_)
    assert restless_s(quiet, velocity, nowhere) == pytest.approx(2.0)
    in_set = nowhere.copy()
    in_set[150:350] = True
    assert restless_s(quiet, velocity, in_set) == pytest.approx(1.0)
    assert restless_s(quiet, 0.02 * np.ones(500), nowhere) == 0.0
