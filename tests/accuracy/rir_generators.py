"""Three kinds of simulated lifter for the evaluation of reps in reserve, of deliberately different form.

`lab`: a curve that flattens, Student-t noise. `lev`: mechanistic, after LEVsim (Jovanovic, MIT):
v = V0 (1 - 1 / (s + k RIR)), effort noise in proportion to speed. `acc`: nearly straight with a drop
in the last two reps, correlated noise, reps done lazily or after a pause.
Each knows its own exact likelihood, so that a brute-force reference can be had (`rir_reference`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, qmc

Floats = NDArray[np.float64]
LEVEL_MEAN, LEVEL_SD = 0.28, 0.05
DAY_SD = 0.035


class Family(Protocol):
    """One kind of lifter: traits beside the failure velocity, the curve, the noise."""

    name: str
    level_mean: float
    day_sd: float

    def traits(self, uniforms: Floats) -> Floats:
        """(q, t) traits of lifters from (q, 3) uniform numbers."""
        ...

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """The traits of one day."""
        ...

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Noise-free velocity, m/s."""
        ...

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Measured velocities (n,) around the noise-free ones."""
        ...

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Log density of (n,) velocities, summed over the last axis of mean (..., n); traits (..., t)."""
        ...


def standard_normal(uniforms: Floats) -> Floats:
    """Standard normal numbers from uniform ones."""
    result: Floats = norm.ppf(np.clip(uniforms, 1e-4, 1 - 1e-4))
    return result


def _log_normal_density(z: Floats, sd: Floats | float) -> Floats:
    result: Floats = -0.5 * (z / sd) ** 2 - np.log(sd)
    return result


@dataclass(frozen=True)
class Lab:
    """v = level + s·tau(1 - exp(-RIR/tau)), tau 7; Student-t noise of 5 degrees of freedom."""

    name: str = "lab"
    level_mean: float = LEVEL_MEAN
    day_sd: float = DAY_SD
    tau: float = 7.0
    scale: float = 0.028

    def traits(self, uniforms: Floats) -> Floats:
        """Slope at failure, m/s per rep."""
        return 0.045 * np.exp(0.4 * standard_normal(uniforms[:, :1]))

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """The slope is the same every day."""
        return traits

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Flattening curve."""
        result: Floats = level + traits[..., 0] * self.tau * (1.0 - np.exp(-rir / self.tau))
        return result

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Student-t effort, Gaussian sensor."""
        return mean + self.scale * rng.standard_t(5, mean.size) + sensor_sd * rng.standard_normal(mean.size)

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """A t with the same variance and a matched tail stands for the sum of t and Gaussian."""
        heavy = 5.0 / 3.0 * self.scale**2
        total = heavy + sensor_sd**2
        # Fourth cumulant of t5 is 6 variance²: of the sum it is diluted, which gives the matching nu.
        nu = 4.0 + (total / heavy) ** 2
        scale2 = total * (nu - 2.0) / nu
        result: Floats = (-0.5 * (nu + 1.0) * np.log1p((v - mean) ** 2 / (nu * scale2))).sum(-1)
        return result


@dataclass(frozen=True)
class Lev:
    """Mechanistic: v = V0(1 - 1/(s + k RIR)), s such that v = level at RIR 0."""

    name: str = "lev"
    level_mean: float = LEVEL_MEAN
    day_sd: float = DAY_SD

    def traits(self, uniforms: Floats) -> Floats:
        """V0 (m/s), k (1/rep), effort noise (share of speed, 3-8 %)."""
        v0 = 1.5 + 0.15 * standard_normal(uniforms[:, 0])
        k = 0.042 * np.exp(0.35 * standard_normal(uniforms[:, 1]))
        return np.stack([v0, k, 0.03 + 0.05 * uniforms[:, 2]], axis=1)

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """V0 moves by 4 % from day to day."""
        moved = traits.copy()
        moved[..., 0] *= 1.0 + 0.04 * float(standard_normal(np.array([uniform]))[0])
        return moved

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Hyperbola, steeper near failure."""
        v0 = traits[..., 0]
        s = 1.0 / (1.0 - level / v0)
        result: Floats = v0 * (1.0 - 1.0 / (s + traits[..., 1] * rir))
        return result

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Effort noise in proportion to speed, Gaussian sensor."""
        return mean * (
            1.0 + traits[..., 2] * rng.standard_normal(mean.size)
        ) + sensor_sd * rng.standard_normal(mean.size)

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Gaussian with the variance of both."""
        sd = np.sqrt((traits[..., 2:3] * mean) ** 2 + sensor_sd**2)
        return _log_normal_density(v - mean, sd).sum(-1)


@dataclass(frozen=True)
class Acc:
    """Straight with a drop in the last two reps; AR(1) noise; 6 % lazy reps, 4 % reps after a pause."""

    name: str = "acc"
    level_mean: float = LEVEL_MEAN
    day_sd: float = DAY_SD
    noise_sd: float = 0.035
    correlation: float = 0.35
    # Share, mean and sd of what is added to a rep (of its speed): plain, lazy, after a pause.
    kinds: tuple[tuple[float, float, float], ...] = (
        (0.90, 0.0, 0.0),
        (0.06, -0.16, 0.06),
        (0.04, 0.08, 0.03),
    )

    def traits(self, uniforms: Floats) -> Floats:
        """Slope (m/s per rep) and drop at failure (m/s)."""
        slope = 0.030 * np.exp(0.4 * standard_normal(uniforms[:, 0]))
        drop = np.maximum(0.0, 0.05 + 0.02 * standard_normal(uniforms[:, 1]))
        return np.stack([slope, drop], axis=1)

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """The same every day."""
        return traits

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Straight above RIR 2; the drop is shared 1/3 to 2/3 by the steps to RIR 1 and 0."""
        slope, drop = traits[..., 0], traits[..., 1]
        lost = np.where(rir >= 2, 1.0, np.where(rir >= 1, 2.0 / 3.0, 0.0))
        result: Floats = level + slope * rir + drop * lost
        return result

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Correlated effort, now and then another kind of rep, Gaussian sensor."""
        noise = np.empty(mean.size)
        noise[0] = rng.standard_normal()
        for i in range(1, mean.size):
            noise[i] = (
                self.correlation * noise[i - 1] + np.sqrt(1 - self.correlation**2) * rng.standard_normal()
            )
        kind = rng.choice(3, mean.size, p=[k[0] for k in self.kinds])
        shift = np.array([self.kinds[k][1] + self.kinds[k][2] * rng.standard_normal() for k in kind])
        return mean * (1.0 + shift) + self.noise_sd * noise + sensor_sd * rng.standard_normal(mean.size)

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Filter over the correlated noise; after each rep the mixture is collapsed to one Gaussian."""
        state, var = (
            np.zeros(mean.shape[:-1]),
            np.full(mean.shape[:-1], self.noise_sd**2),
        )
        total = np.zeros(mean.shape[:-1])
        innovation = (1 - self.correlation**2) * self.noise_sd**2
        for i in range(v.size):
            if i:
                state, var = (
                    self.correlation * state,
                    self.correlation**2 * var + innovation,
                )
            m = mean[..., i]
            weight_sum, first, second = 0.0, 0.0, 0.0
            for share, shift, sd in self.kinds:
                other = (sd * m) ** 2 + sensor_sd**2
                off = v[i] - m * (1.0 + shift) - state
                s = var + other
                weight = share * np.exp(-0.5 * off**2 / s) / np.sqrt(s) + 1e-30
                gain = var / s
                after = state + gain * off
                weight_sum = weight_sum + weight
                first = first + weight * after
                second = second + weight * (after**2 + (1.0 - gain) * var)
            total += np.log(weight_sum)
            state = first / weight_sum
            var = np.maximum(second / weight_sum - state**2, 1e-8)
        return total


@dataclass(frozen=True)
class Pow:
    """Held out: v = level + s·RIR^0.75, own noise 0.02-0.05 m/s, a gentle first rep in every second set."""

    name: str = "pow"
    level_mean: float = 0.25
    day_sd: float = 0.045

    def traits(self, uniforms: Floats) -> Floats:
        """Slope over the first rep, m/s; noise, m/s."""
        slope = 0.048 * np.exp(0.45 * standard_normal(uniforms[:, 0]))
        return np.stack([slope, 0.02 + 0.03 * uniforms[:, 1]], axis=1)

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """The same every day."""
        return traits

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Power law."""
        result: Floats = level + traits[..., 0] * rir**0.75
        return result

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Gaussian; the first rep 6 ± 3 % slower in half of the sets."""
        noise = np.hypot(traits[..., 1], sensor_sd) * rng.standard_normal(mean.size)
        v: Floats = mean + noise
        if rng.random() < 0.5:
            v[0] -= mean[0] * (0.06 + 0.03 * rng.standard_normal())
        return v

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """Gaussian; a mixture of two for the first rep."""
        sd = np.hypot(traits[..., 1:2], sensor_sd)
        rest = _log_normal_density(v[1:] - mean[..., 1:], sd).sum(-1)
        first, sd = mean[..., 0], sd[..., 0]
        gentle = np.hypot(sd, 0.03 * first)
        plain = np.exp(-0.5 * ((v[0] - first) / sd) ** 2) / sd
        slow = np.exp(-0.5 * ((v[0] - 0.94 * first) / gentle) ** 2) / gentle
        result: Floats = rest + np.log(0.5 * plain + 0.5 * slow + 1e-30)
        return result


@dataclass(frozen=True)
class Sat:
    """Held out: v = level + rise (1 - exp(-RIR/tau)), both the lifter's own; Student-t noise."""

    name: str = "sat"
    level_mean: float = 0.31
    day_sd: float = 0.025
    scale: float = 0.024

    def traits(self, uniforms: Floats) -> Floats:
        """Rise, m/s; tau, reps."""
        rise = np.maximum(0.12, 0.34 + 0.07 * standard_normal(uniforms[:, 0]))
        return np.stack([rise, 9.0 * np.exp(0.4 * standard_normal(uniforms[:, 1]))], axis=1)

    def day_traits(self, traits: Floats, uniform: float) -> Floats:
        """The same every day."""
        return traits

    def curve(self, level: Floats, traits: Floats, rir: Floats) -> Floats:
        """Saturating."""
        result: Floats = level + traits[..., 0] * (1.0 - np.exp(-rir / traits[..., 1]))
        return result

    def draw(self, rng: np.random.Generator, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """As in the laboratory."""
        return Lab(scale=self.scale).draw(rng, mean, traits, sensor_sd)

    def log_density(self, v: Floats, mean: Floats, traits: Floats, sensor_sd: float) -> Floats:
        """As in the laboratory."""
        return Lab(scale=self.scale).log_density(v, mean, traits, sensor_sd)


FAMILIES: tuple[Family, ...] = (Lab(), Lev(), Acc())
HELD_OUT: tuple[Family, ...] = (Pow(), Sat())
"""Looked at once the model stood: other curves, other class means (the model believes 0.28), other days."""


@dataclass(frozen=True)
class SimulatedSet:
    """Measured velocities (n,) and the true RIR at the end."""

    velocities: Floats
    rir: int


@dataclass(frozen=True)
class SimulatedLifter:
    """Six sets to failure and some of unknown RIR, each on a day of its own."""

    level: float
    traits: Floats
    failures: tuple[SimulatedSet, ...]
    tests: tuple[SimulatedSet, ...]


def draw_set(
    rng: np.random.Generator,
    family: Family,
    lifter: SimulatedLifter,
    rir: int,
    sensor_sd: float,
    day: float | None = None,
) -> SimulatedSet:
    """One set of 3-15 reps that ends at `rir`. day: effect of the day in m/s, None draws one."""
    while True:
        level = lifter.level + (family.day_sd * rng.standard_normal() if day is None else day)
        traits = family.day_traits(lifter.traits, rng.random())
        reps = int(rng.integers(3, 16))
        left = rir + np.arange(reps - 1, -1, -1.0)
        mean = family.curve(np.full(reps, level), np.broadcast_to(traits, (reps, traits.size)), left)
        v = family.draw(rng, mean, traits, sensor_sd)
        if level > 0.05 and v.min() > 0.02:
            return SimulatedSet(v, rir)


def draw_lifter(rng: np.random.Generator, family: Family) -> SimulatedLifter:
    """A lifter without sets."""
    level = max(0.10, family.level_mean + LEVEL_SD * rng.standard_normal())
    return SimulatedLifter(level, family.traits(rng.random((1, 3)))[0], (), ())


def draw_lifters(
    family: Family, sensor_sd: float, seed: int, lifters: int = 240, tests: int = 3
) -> list[SimulatedLifter]:
    """Lifters with 6 sets to failure and `tests` sets of true RIR 0-8 each, every set on its own day."""
    rng = np.random.default_rng([seed, int(1000 * sensor_sd), *family.name.encode()])
    result = []
    for _ in range(lifters):
        one = draw_lifter(rng, family)
        failures = tuple(draw_set(rng, family, one, 0, sensor_sd) for _ in range(6))
        sets = tuple(draw_set(rng, family, one, int(rng.integers(0, 9)), sensor_sd) for _ in range(tests))
        result.append(SimulatedLifter(one.level, one.traits, failures, sets))
    return result


class Feel:
    """A lifter's feel: own bias that fades near failure, error that grows with the distance."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.bias = rng.normal(-0.4, 0.7)

    def __call__(self, rir: int) -> float:
        """Felt RIR, a whole number."""
        sd = 0.8 if rir <= 3 else 1.3
        return float(
            max(
                0,
                round(rir + self.bias * min(1.0, rir / 2.0) + sd * self.rng.standard_normal()),
            )
        )


def sobol(points: int, seed: int = 1) -> Floats:
    """(points, 3) evenly spread uniform numbers; points is a power of 2."""
    result: Floats = qmc.Sobol(3, seed=seed).random(points)
    return result
