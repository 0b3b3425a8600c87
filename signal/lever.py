"""Where a sensor sits beside the axis of the bar, from how the bar shakes.

A sensor strapped to a bar sits 2-5 cm off its axis. While the bar turns (a curl, a hip thrust) the sensor
rises and falls about the bar by that much: in a curl up to 8 cm of 50. In quick shaking the lever shows:
the bar's own acceleration has nothing to do with its angular acceleration there, what the lever adds is
alpha x r + omega x (omega x r) (Seel, Schauer & Raisch 2012 find joints by the same equation). So r is the
regression of acceleration on turning between 4 and 12 Hz. On 30 recordings of bars by three lifters, each
by itself, the component normal to the sensor's face came out at 1.7-3.0 cm in curls and deadlifts alike;
with the other component across the bar it was up to 7.8 cm in deadlifts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfiltfilt

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray
from hardset.signal.timebase import GRID_HZ

LEVER_SD_M = 0.03
"""Of each component, before the shaking is looked at."""
SHAKES_HZ = (4.0, 12.0)
"""Slower than this, turning and rising go together in every rep and tell nothing of the lever."""
LEAST_RATE_HZ = 20.0
LEAST_POINTS = 100
BLOCK_POINTS = 50
"""Within half a second the shaking of one lockout is one piece of evidence, not fifty."""
TAIL = 3.0
"""Degrees of freedom of the noise: a lockout or a floor is far louder than the rest of the set."""
LOOKS = 4
MEDIAN_SQUARE, MEDIAN_SQUARE_OF_TWO = 0.455, 0.693
"""Medians of the square of a normal variable, and of the mean of two such squares."""


@dataclass(frozen=True, slots=True)
class Lever:
    """Position of the sensor from the axis of the bar, in the sensor's frame."""

    offset_m: FloatArray
    """(3,)"""
    covariance_m2: FloatArray
    """(3, 3)"""

    @staticmethod
    def unknown() -> Lever:
        """A sensor somewhere on the bar's surface."""
        return Lever(np.zeros(3), np.eye(3) * LEVER_SD_M**2)

    def height_m(self, up: FloatArray) -> FloatArray:
        """(n,) by how much the sensor is above the bar, from the direction of 'up' (n, 3) in its frame."""
        return np.asarray(up @ self.offset_m)

    def gain_sd_m(self, before: FloatArray, after: FloatArray) -> FloatArray:
        """(k,) how uncertain the difference of two such heights is; before, after: 'up' (k, 3)."""
        turn = after - before
        variance = np.einsum("ki,ij,kj->k", turn, self.covariance_m2, turn)
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def lever_of(
    acceleration_mps2: FloatArray, angular_velocity_radps: FloatArray, up: FloatArray, seen: BoolArray
) -> Lever:
    """The lever of a sensor from its samples (n, 3) on the even grid; seen: (n,) no hole in the radio.

    Each half second counts as one observation (a sandwich covariance), the vertical apart from the
    horizontal: the ends of a loaded bar swing up and down, hardly to and fro.
    """
    if np.count_nonzero(seen) < LEAST_POINTS:
        return Lever.unknown()
    turning, shaking = _shaking(acceleration_mps2, angular_velocity_radps, up)
    turning, shaking, up = turning[seen], shaking[seen], up[seen]
    turning_up = np.einsum("ni,nij->nj", up, turning)
    prior = np.eye(3) / LEVER_SD_M**2
    offset = np.zeros(3)
    for _ in range(LOOKS):
        rest = shaking - turning @ offset
        rest_up = np.einsum("ni,ni->n", up, rest)
        level = np.maximum(np.einsum("ni,ni->n", rest, rest) - rest_up**2, 0.0) / 2.0
        noise_up = max(float(np.median(rest_up**2)) / MEDIAN_SQUARE, 1e-8)
        noise = max(float(np.median(level)) / MEDIAN_SQUARE_OF_TWO, 1e-8)
        weight = (TAIL + 2.0) / (TAIL + 2.0 * level / noise) / noise
        extra = (TAIL + 1.0) / (TAIL + rest_up**2 / noise_up) / noise_up - weight
        weighted = (
            weight[:, None, None] * turning + extra[:, None, None] * up[:, :, None] * turning_up[:, None]
        )
        rows = weighted.reshape(-1, 3).T
        information = rows @ turning.reshape(-1, 3)
        wanted = rows @ shaking.ravel()
        offset = np.linalg.solve(information + prior, wanted)
    score = np.einsum("nij,ni->nj", weighted, rest)
    blocks = np.zeros((int(np.flatnonzero(seen)[-1]) // BLOCK_POINTS + 1, 3))
    np.add.at(blocks, np.flatnonzero(seen) // BLOCK_POINTS, score)
    spread = blocks.T @ blocks
    spread += np.eye(3) * 1e-9 * max(float(np.trace(spread)), 1e-9)
    honest = information @ np.linalg.solve(spread, information)
    covariance = np.linalg.inv(honest + prior)
    alone = np.linalg.solve(information + 1e-9 * np.eye(3), wanted)
    return Lever(np.asarray(covariance @ honest @ alone), np.asarray(covariance))


def _shaking(acc: FloatArray, gyro: FloatArray, up: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What a lever of 1 m along each axis adds (n, 3, 3), and what there is (n, 3): both within the band."""
    n = acc.shape[0]
    alpha = np.gradient(gyro, 1.0 / GRID_HZ, axis=0)
    squares = np.einsum("ni,ni->n", gyro, gyro)
    adds = gyro[:, :, None] * gyro[:, None, :] - squares[:, None, None] * np.eye(3)
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        adds[:, i, j] -= alpha[:, k]
        adds[:, j, i] += alpha[:, k]
    sos = butter(2, SHAKES_HZ, btype="band", fs=GRID_HZ, output="sos")
    both = np.concatenate([adds.reshape(n, 9), acc - STANDARD_GRAVITY_MPS2 * up], axis=1)
    both = np.asarray(sosfiltfilt(sos, both, axis=0, padlen=min(n - 1, 50)))
    return both[:, :9].reshape(n, 3, 3), both[:, 9:]
