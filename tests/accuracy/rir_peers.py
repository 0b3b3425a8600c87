"""What others do: a constant, a velocity-loss table, a general curve, each lifter's own least squares.

The table is fitted to other lifters of the same family (a favour to it: in the gym nobody has such
a sample), the general curve to other lifters of all three families, as a published curve comes from
other people than the one who uses it; the same curve fitted to the family alone is shown as well.
Every peer answers with a distribution over RIR 0-8 so that all scores apply.
"""

from __future__ import annotations

import numpy as np
from rir_generators import Floats, SimulatedLifter, SimulatedSet

RIRS = 9


def constant() -> Floats:
    """All nine equally likely."""
    return np.full(RIRS, 1.0 / RIRS)


def velocity_loss(one: SimulatedSet) -> float:
    """Loss of the last rep against the set's fastest, share."""
    return float(1.0 - one.velocities[-1] / one.velocities.max())


class LossTable:
    """Distribution of RIR in ten bins of velocity loss."""

    def __init__(self, training: list[SimulatedSet]) -> None:
        losses = np.array([velocity_loss(s) for s in training])
        rirs = np.array([s.rir for s in training])
        self.edges = np.quantile(losses, np.linspace(0.1, 0.9, 9))
        bins = np.searchsorted(self.edges, losses)
        counts = np.stack([np.bincount(rirs[bins == b], minlength=RIRS) for b in range(10)]) + 0.5
        self.table = counts / counts.sum(1, keepdims=True)

    def __call__(self, one: SimulatedSet) -> Floats:
        """Its bin's distribution."""
        result: Floats = self.table[np.searchsorted(self.edges, velocity_loss(one))]
        return result


def last_velocity(one: SimulatedSet) -> float:
    """The end of a straight line through the last four reps: less noisy than the last alone."""
    v = one.velocities[-4:]
    x = np.arange(v.size) - (v.size - 1.0)
    return float(np.polyval(np.polyfit(x, v, 1), 0.0)) if v.size > 2 else float(v[-1])


class GeneralCurve:
    """One quadratic velocity-RIR curve for everybody, and the scatter about it, inverted."""

    def __init__(self, training: list[SimulatedSet]) -> None:
        rirs = np.array([float(s.rir) for s in training])
        ends = np.array([last_velocity(s) for s in training])
        self.at_rir = np.polyval(np.polyfit(rirs, ends, 2), np.arange(RIRS))
        self.sd = float(np.std(ends - self.at_rir[rirs.astype(int)]))

    def __call__(self, one: SimulatedSet) -> Floats:
        """Normal scatter about the curve."""
        weights = np.exp(-0.5 * ((last_velocity(one) - self.at_rir) / self.sd) ** 2) + 1e-9
        result: Floats = weights / weights.sum()
        return result


class OwnLine:
    """The lifter's own straight line through all reps of the known failure sets (RIR up to 8)."""

    def __init__(self, failures: tuple[SimulatedSet, ...]) -> None:
        left = np.concatenate([np.arange(s.velocities.size - 1, -1, -1.0) for s in failures])
        v = np.concatenate([s.velocities for s in failures])
        near = left <= 8
        self.slope, self.level = np.polyfit(left[near], v[near], 1)
        self.slope = max(float(self.slope), 0.005)
        residuals = v[near] - self.level - self.slope * left[near]
        self.sd = max(float(np.sqrt((residuals**2).sum() / max(1, near.sum() - 2))), 0.01) / self.slope

    def __call__(self, one: SimulatedSet) -> Floats:
        """Normal scatter about the inverted line."""
        centre = (last_velocity(one) - self.level) / self.slope
        weights = np.exp(-0.5 * ((np.arange(RIRS) - np.clip(centre, 0, 8)) / self.sd) ** 2) + 1e-9
        result: Floats = weights / weights.sum()
        return result


def training_sets(lifters: list[SimulatedLifter]) -> list[SimulatedSet]:
    """The unlabelled sets of other lifters, their RIR known to the peers alone."""
    return [s for lifter in lifters for s in lifter.tests]
