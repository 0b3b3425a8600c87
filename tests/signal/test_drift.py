"""The banded least-squares problem behind the drift, held against the same problem written out densely."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hardset.signal.drift import SURE_UP, DriftSystem
from hardset.signal.motion import Anchors, Felt
from hardset.signal.spline import BANDS, grid_rows

POINTS = 240


def dense(system: DriftSystem) -> tuple[np.ndarray, np.ndarray]:
    """Precision matrix and right side of drift and shared unknowns together."""
    size, shared = system.border.shape
    whole = np.zeros((size + shared, size + shared))
    for band in range(BANDS):
        along = np.arange(size - band)
        whole[along + band, along] = whole[along, along + band] = system.band[band, : size - band]
    whole[:size, size:], whole[size:, :size] = system.border, system.border.T
    whole[size:, size:] = system.own
    return whole, np.concatenate([system.right, system.wanted])


@given(seed=st.integers(0, 10_000), shared=st.integers(0, 4), order=st.integers(0, 1))
def test_observations_and_their_solution_are_those_of_dense_least_squares(
    seed: int, shared: int, order: int
) -> None:
    rng = np.random.default_rng(seed)
    hole_s = np.where(rng.random(POINTS) < 0.1, 0.3, 0.0)
    system = DriftSystem.of(hole_s, SURE_UP, np.full(shared, 0.5))
    before = dense(system)[0]
    index = np.sort(rng.choice(POINTS, 12, replace=False))
    value, sd, by = rng.normal(size=12), rng.uniform(0.05, 0.5, 12), rng.normal(size=(12, shared))
    system.add(index, 0, np.zeros(12), np.full(12, 0.3), np.zeros((12, 0)))
    system.add(index, order, value, sd, by)
    rows = []
    for at, weights in zip(*grid_rows(index, order), strict=True):
        row = np.zeros(system.right.size)
        row[at : at + BANDS] = weights
        rows.append(row)
    design = np.column_stack([np.array(rows), by]) / sd[:, None]
    whole, right = dense(system)
    pulls = np.array([grid_rows(index, 0)[1]])[0] / 0.3
    expected = before + design.T @ design
    for at, weights in zip(grid_rows(index, 0)[0], pulls, strict=True):
        expected[at : at + BANDS, at : at + BANDS] += np.outer(weights, weights)
    np.testing.assert_allclose(whole, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(right, design.T @ (value / sd), rtol=1e-9, atol=1e-9)
    drift, unknowns, *_ = system.solve()
    np.testing.assert_allclose(np.concatenate([drift, unknowns]), np.linalg.solve(whole, right), atol=1e-6)


def test_what_was_explained_once_does_not_colour_what_is_explained_next() -> None:
    rng = np.random.default_rng(4)
    felt = Felt(rng.normal(0, 0.3, 600), np.zeros(600), rng.normal(size=(600, 3)) * 0.01 + [0, 0, 1])
    free = felt.motion(Anchors.none()).height_m
    felt.motion(Anchors.same_height(np.array([50, 250, 450]), 0.01, 0), 1.0)
    felt.motion(Anchors.standstill(np.array([300]), np.array([0.01])))
    np.testing.assert_array_equal(felt.motion(Anchors.none()).height_m, free)
