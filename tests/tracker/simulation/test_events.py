"""What rings must ring about zero: no event leaves a velocity behind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hardset.tracker.simulation import events
from hardset.tracker.simulation.program import Program, Z
from hardset.tracker.simulation.strokes import (
    STICK_FLOOR_MPS,
    attempt,
    concentric_of,
    eccentric,
    minimum_jerk,
)


@pytest.mark.parametrize("frequency_hz", [3.0, 8.0, 20.0])
def test_a_ring_has_no_net_push(frequency_hz: float) -> None:
    displacement = np.concatenate((np.zeros(50), events.ring(0.003, frequency_hz, 0.1), np.zeros(50)))
    speed = np.gradient(displacement, 1e-3)
    push = np.gradient(speed, 1e-3).sum() * 1e-3
    assert abs(push) < 1e-6
    assert abs(speed[-30:]).max() < 1e-6
    assert abs(displacement[-1]) < 1e-9


@pytest.mark.parametrize(
    "happening",
    [
        lambda p, rng: events.floor_impact(p, rng, 1.0),
        lambda p, rng: events.clank(p, rng),
        lambda p, rng: events.whip(p, p.now_s, 5.0, rng),
        lambda p, rng: events.jolt(p, p.now_s, 9.0, rng),
    ],
    ids=["floor", "clank", "whip", "jolt"],
)
def test_impacts_leave_height_and_velocity_as_they_were(
    happening: Callable[[Program, np.random.Generator], None],
) -> None:
    program = Program()
    program.hold(1.0)
    happening(program, np.random.default_rng(1))
    program.hold(3.0)
    _, extra = program.play()
    speed = np.gradient(extra[:, Z], 1e-3)
    assert abs(speed).max() > 0.001, "it should move at all"
    assert abs(speed[-500:]).max() < 1e-6
    assert abs(extra[-1, Z]) < 1e-9


@pytest.mark.parametrize(
    "shape",
    [
        minimum_jerk(700),
        eccentric(900, 0.3, 0.2, 0.2, 0.4),
        attempt(800),
        concentric_of(1500, 0.4, 0.6, 0.4, 0.5),
    ],
)
def test_every_shape_covers_its_distance_without_turning_back(shape: np.ndarray) -> None:
    assert shape.mean() == pytest.approx(1.0)
    assert shape.min() >= 0.0


def test_a_grinder_slows_down_but_does_not_stop() -> None:
    shape = concentric_of(3000, 0.15, 0.55, 0.42, 0.95)
    inner = shape[600:2400] * 0.15
    assert inner.min() > STICK_FLOOR_MPS
    assert inner.min() < 0.6 * inner.max()


def test_a_score_ends_where_it_was_sent() -> None:
    program = Program()
    program.place(1.0)
    program.hold(0.3)
    program.move(1.6, minimum_jerk(500))
    program.hold(0.4)
    program.move(0.9, minimum_jerk(800))
    program.hold(0.3)
    height, _ = program.play()
    assert height[0] == pytest.approx(1.0)
    assert height[1000] == pytest.approx(1.6, abs=1e-3)
    assert height[-1] == pytest.approx(0.9, abs=1e-6)
