"""Angle of a segment, its turning points, and the way that is concentric."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hardset.signal.exercise import Exercise
from hardset.signal.rotation import segment_rotation
from hardset.signal.samples import FloatArray
from hardset.signal.timebase import GRID_HZ
from hardset.signal.turning import alike_edges, hold_speed, swing_edges
from hardset.signal.walking import between_walks, walking


def up_of(angle_rad: FloatArray, mount: Rotation) -> FloatArray:
    """(n, 3) 'up' in a sensor that turns about one axis, mounted anyhow."""
    flat = np.column_stack((np.sin(angle_rad), np.zeros_like(angle_rad), np.cos(angle_rad)))
    return np.asarray(mount.apply(flat))


def rep_like(reps: int = 4, degrees: float = 80.0, seconds: float = 3.0) -> FloatArray:
    time = np.arange(int(reps * seconds * GRID_HZ)) / GRID_HZ
    return np.asarray(np.radians(degrees) * 0.5 * (1 - np.cos(2 * np.pi * time / seconds)))


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(x * x for x in q) > 0.05),
    st.floats(5, 150),
    st.floats(-180, 180),
)
def test_range_does_not_depend_on_mounting(
    quaternion: tuple[float, ...], degrees: float, lean_deg: float
) -> None:
    angle = rep_like(degrees=degrees) + np.radians(lean_deg)
    rotation = segment_rotation(up_of(angle, Rotation.from_quat(quaternion)))
    assert np.degrees(np.ptp(rotation.angle_rad)) == pytest.approx(degrees, rel=0.01)
    assert rotation.planarity > 0.99


def test_the_plane_is_taken_from_the_part_that_is_named() -> None:
    reps = up_of(rep_like(degrees=20.0), Rotation.identity())
    other = up_of(rep_like(reps=8, degrees=90.0), Rotation.from_euler("z", 70, degrees=True))
    up = np.concatenate([other, reps])
    part = np.arange(up.shape[0]) >= other.shape[0]
    of_the_set = segment_rotation(up, part).angle_rad[part]
    of_all = segment_rotation(up).angle_rad[part]
    assert np.degrees(np.ptp(of_the_set)) == pytest.approx(20.0, rel=0.02)
    assert np.degrees(np.ptp(of_all)) < 15.0


def test_a_hold_goes_with_the_range_and_never_under_half_a_degree_a_second() -> None:
    squat = Exercise("squat", rom_m=(0.4, 0.6))
    assert np.degrees(hold_speed(np.radians(90.0), squat)) == pytest.approx(3.6)
    assert np.degrees(hold_speed(np.radians(5.0), squat)) == pytest.approx(0.5)


def swing(before_s: float, up_s: float, after_s: float, drift: float = 0.0) -> FloatArray:
    """Velocity of one brisk swing between two rests, rad/s; `drift` is how fast it creeps on afterwards."""
    bell = 1.5 * np.sin(np.pi * np.linspace(0, 1, int(up_s * GRID_HZ)))
    return np.concatenate([np.zeros(int(before_s * GRID_HZ)), bell, np.full(int(after_s * GRID_HZ), drift)])


def test_edges_lie_at_the_turning_points() -> None:
    start, end = swing_edges(swing(1.0, 0.8, 1.0), 0, 279, 0.05)
    assert start / GRID_HZ == pytest.approx(1.0, abs=0.03)
    assert end / GRID_HZ == pytest.approx(1.8, abs=0.03)


def test_a_strap_that_creeps_on_does_not_lengthen_the_swing() -> None:
    _, end = swing_edges(swing(1.0, 0.8, 1.0, drift=0.07), 0, 279, 0.05)
    assert end / GRID_HZ == pytest.approx(1.8, abs=0.05)


def test_a_hold_on_the_way_ends_the_swing_and_a_stumble_does_not() -> None:
    held = np.concatenate([swing(1.0, 0.8, 0.4), swing(0.0, 0.5, 1.0)])
    stumble = np.concatenate([swing(1.0, 0.8, 0.08), swing(0.0, 0.5, 1.0)])
    assert swing_edges(held, 0, held.size - 1, 0.05)[1] / GRID_HZ == pytest.approx(1.8, abs=0.04)
    assert swing_edges(stumble, 0, stumble.size - 1, 0.05)[1] / GRID_HZ == pytest.approx(2.38, abs=0.04)


def test_walking_is_fast_regular_and_shakes() -> None:
    time = np.arange(int(20 * GRID_HZ)) / GRID_HZ
    stride = np.radians(25.0) * np.sin(2 * np.pi * 0.95 * time)
    shake = 2.5 * np.cos(2 * np.pi * 1.9 * time)
    up = up_of(stride, Rotation.identity())
    assert walking(up, shake)[200:-200].all()
    assert not walking(up, 0.2 * shake).any(), "no heel strikes: somebody swings the leg in a machine"
    slow = up_of(rep_like(reps=7, degrees=80.0, seconds=2.4), Rotation.identity())
    assert not walking(slow, 2.5 * np.cos(np.arange(slow.shape[0]))).any(), "too slow for steps"


def test_stretches_between_walks() -> None:
    walks = np.zeros(100, dtype=np.bool_)
    walks[20:40] = True
    assert between_walks(10, 90, walks) == [(10, 20), (40, 90)]
    assert between_walks(20, 40, walks) == []


def test_reps_of_a_set_end_alike_where_the_leg_creeps() -> None:
    """Five equal swings; the third creeps on at a twentieth of its speed, as flesh and strap do."""
    one = swing(1.0, 0.8, 1.0)
    creeping = one.copy()
    creeping[180:210] = np.maximum(creeping[180:210], 0.09)
    speed = np.concatenate([one, one, creeping, one, one])
    looks = [(one.size * i, one.size * (i + 1) - 1) for i in range(5)]
    own = swing_edges(speed, *looks[2], 0.05)[1] - looks[2][0]
    ends = [
        end - look[0]
        for (_, end), look in zip(alike_edges(speed, looks, 0.05, [False] * 5), looks, strict=True)
    ]
    usual = ends[0]
    assert own > usual + 8
    assert ends[2] - usual < 0.6 * (own - usual)
    alone = alike_edges(speed, looks[2:4], 0.05, [False] * 2)
    assert alone[0][1] - looks[2][0] == pytest.approx(own)
