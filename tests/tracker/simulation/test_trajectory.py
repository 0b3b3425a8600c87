"""The sensor feels exactly what its path says: checked against numerical derivatives."""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2
from hardset.tracker.simulation.trajectory import RigidPath, ideal_signals, rigid_path

TIME_S = np.arange(3000) / 1000
INNER = slice(50, -50)


def tumbling() -> RigidPath:
    position = np.column_stack(
        (0.1 * np.sin(3 * TIME_S), 0.05 * np.cos(2 * TIME_S), 0.3 * np.sin(4 * TIME_S))
    )
    angles = np.column_stack((1.5 * np.sin(2 * TIME_S), 0.4 * np.sin(3 * TIME_S), 0.7 * np.cos(TIME_S)))
    return rigid_path(TIME_S, position, angles)


def test_rotation_matrices_are_rotations() -> None:
    turn = tumbling().to_earth
    np.testing.assert_allclose(
        np.einsum("nij,nkj->nik", turn, turn), np.tile(np.eye(3), (3000, 1, 1)), atol=1e-12
    )
    np.testing.assert_allclose(np.linalg.det(turn), 1.0, atol=1e-12)


def test_gyro_is_the_derivative_of_the_rotation() -> None:
    path = tumbling()
    rate = np.gradient(path.to_earth, TIME_S, axis=0)
    skew = np.einsum("nji,njk->nik", path.to_earth, rate)
    numeric = np.column_stack((skew[:, 2, 1], skew[:, 0, 2], skew[:, 1, 0]))
    np.testing.assert_allclose(path.angular_velocity_radps[INNER], numeric[INNER], atol=1e-4)


def test_specific_force_at_a_lever_is_the_second_derivative_of_that_point() -> None:
    path = tumbling()
    lever = np.array([0.05, -0.1, 0.03])
    point = path.position_m + path.to_earth @ lever
    numeric = np.gradient(np.gradient(point, TIME_S, axis=0), TIME_S, axis=0)
    numeric[:, 2] += STANDARD_GRAVITY_MPS2
    felt = np.einsum("nij,nj->ni", path.to_earth, ideal_signals(path, lever).specific_force_mps2)
    np.testing.assert_allclose(felt[INNER], numeric[INNER], atol=2e-3)


def test_at_rest_it_reads_plus_one_g_upwards() -> None:
    path = rigid_path(TIME_S, np.zeros((3000, 3)), np.zeros((3000, 3)))
    force = ideal_signals(path, np.zeros(3)).specific_force_mps2
    np.testing.assert_allclose(force, np.tile([0, 0, STANDARD_GRAVITY_MPS2], (3000, 1)), atol=1e-12)
