"""Bars that move by formula, so that every height, velocity and turning point is known exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ


@dataclass(frozen=True, slots=True)
class Ride:
    """A bar on its way, 100 times a second, and where each of its moves begins and ends."""

    time_s: FloatArray
    height_m: FloatArray
    velocity_mps: FloatArray
    acceleration_mps2: FloatArray
    edges_s: FloatArray
    """(moves + 1,) bounds of the moves, s."""
    rises_m: FloatArray
    """(moves,) height gained in each."""

    @property
    def no_holes(self) -> FloatArray:
        return np.zeros(self.time_s.size)

    def index(self, which: NDArray[np.int64] | list[int]) -> NDArray[np.int64]:
        """Grid index at which these moves begin."""
        return np.round(self.edges_s[which] * GRID_HZ).astype(np.int64)

    @property
    def ups(self) -> NDArray[np.int64]:
        """Which moves go up."""
        return np.flatnonzero(self.rises_m > 0)

    @property
    def strokes(self) -> Strokes:
        """The moves that go up."""
        bottom, top = self.index(self.ups), self.index(self.ups + 1)
        return Strokes(bottom, top, self.rises_m[self.ups], (top - bottom) / GRID_HZ, np.zeros(bottom.size))

    def sampled(
        self,
        mount: Rotation | None = None,
        rate_hz: float = 100.0,
        noise_mps2: float = 0.02,
        gyro: bool = True,
        seed: int = 0,
    ) -> SampleBatch:
        """What a sensor that never turns reads, mounted in any way."""
        rng = np.random.default_rng(seed)
        time = np.arange(int(self.time_s[-1] * rate_hz) + 1) / rate_hz
        force = np.zeros((time.size, 3))
        force[:, 2] = STANDARD_GRAVITY_MPS2 + np.interp(time, self.time_s, self.acceleration_mps2)
        acc = (mount or Rotation.identity()).apply(force + rng.normal(0, noise_mps2, force.shape))
        turn = (mount or Rotation.identity()).apply(rng.normal(0, 0.002, force.shape))
        return SampleBatch(time, acc, turn if gyro else None)


def rides(*moves: tuple[float, float]) -> Ride:
    """Moves (rise in m, seconds), each the smoothest of its length; a rise of 0 is a hold."""
    edges = np.concatenate([[0.0], np.cumsum([seconds for _, seconds in moves])])
    time = np.arange(round(edges[-1] * GRID_HZ) + 1) / GRID_HZ
    height, velocity, acceleration = np.zeros((3, time.size))
    for (rise, seconds), start in zip(moves, edges[:-1], strict=True):
        s = np.clip((time - start) / seconds, 0.0, 1.0)
        height += rise * s**3 * (10 - 15 * s + 6 * s**2)
        velocity += rise * 30 * s**2 * (1 - s) ** 2 / seconds
        acceleration += rise * 60 * s * (1 - s) * (1 - 2 * s) / seconds**2
    return Ride(time, height, velocity, acceleration, edges, np.array([rise for rise, _ in moves]))


def squats(
    reps: int,
    rise_m: float = 0.5,
    up_s: float = 1.0,
    down_s: float = 1.4,
    top_s: float = 0.8,
    around_s: float = 5.0,
) -> list[tuple[float, float]]:
    """Moves of a set that begins at the top, with a rest before and after."""
    rep = [(-rise_m, down_s), (0.0, 0.2), (rise_m, up_s)]
    moves: list[tuple[float, float]] = [(0.0, around_s)]
    for _ in range(reps):
        moves += [*rep, (0.0, top_s)]
    return [*moves[:-1], (0.0, around_s)]


@pytest.fixture(scope="session")
def ride() -> Callable[..., Ride]:
    """`rides`: moves in, a bar on its way out."""
    return rides


@pytest.fixture(scope="session")
def squat_moves() -> Callable[..., list[tuple[float, float]]]:
    """`squats`: the moves of a set."""
    return squats
