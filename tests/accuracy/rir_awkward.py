"""Lifters made to be awkward for the model: how bad can it get?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rir_generators import Acc, Family, Floats, Lab, Lev, standard_normal


@dataclass(frozen=True)
class WideLev(Lev):
    """Slopes spread by half, top speeds by a sixth, and a class that fails 0.04 m/s slower than believed."""

    name: str = "wide"
    level_mean: float = 0.24

    def traits(self, uniforms: Floats) -> Floats:
        """V0, k, effort noise."""
        v0 = np.maximum(0.9, 1.4 + 0.25 * standard_normal(uniforms[:, 0]))
        k = 0.035 * np.exp(0.5 * standard_normal(uniforms[:, 1]))
        return np.stack([v0, k, 0.03 + 0.05 * uniforms[:, 2]], axis=1)


@dataclass(frozen=True)
class NoisyAcc(Acc):
    """More noise, larger drops in the last reps."""

    name: str = "noisy"
    noise_sd: float = 0.042
    level_mean: float = 0.26

    def traits(self, uniforms: Floats) -> Floats:
        """Slope and drop."""
        slope = 0.028 * np.exp(0.5 * standard_normal(uniforms[:, 0]))
        drop = np.maximum(0.0, 0.07 + 0.03 * standard_normal(uniforms[:, 1]))
        return np.stack([slope, drop], axis=1)


@dataclass(frozen=True)
class SteepLab(Lab):
    """Steep at failure, flat from 6 reps in reserve on."""

    name: str = "steep"
    scale: float = 0.022

    def traits(self, uniforms: Floats) -> Floats:
        """Slope."""
        return 0.055 * np.exp(0.5 * standard_normal(uniforms[:, :1]))


@dataclass(frozen=True)
class QuietAcc(Acc):
    """Half the noise that is believed, none of it correlated."""

    name: str = "quiet"
    noise_sd: float = 0.018
    correlation: float = 0.0
    kinds: tuple[tuple[float, float, float], ...] = ((0.98, 0.0, 0.0), (0.01, -0.1, 0.05), (0.01, 0.05, 0.03))


AWKWARD: tuple[Family, ...] = (WideLev(), NoisyAcc(), SteepLab(), QuietAcc())
