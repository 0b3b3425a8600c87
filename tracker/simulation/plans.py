"""Drawing varied plans, so that a test set is not one lifter with one sensor."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES
from hardset.tracker.simulation.plan import SetPlan, Tempo
from hardset.tracker.simulation.radio import BURST_SENSOR_HZ, RadioKind, RadioPlan

_RADIO_SHARES: tuple[RadioKind, ...] = ("even", "even", "jitter", "burst")
Family = Literal["bar", "limb"]
_TEMPO_SHARES: dict[Tempo, float] = {
    "normal": 0.50, "slow": 0.12, "explosive": 0.12, "paused": 0.10, "touch_and_go": 0.12, "cluster": 0.04,
}  # fmt: skip


def draw_imu(rng: np.random.Generator, *, rate_hz: float | None = None) -> ImuPlan:
    """A sensor of a plausible quality and rate (25-200 Hz)."""
    rate = rate_hz or float(rng.choice([25, 50, 100, 100, 104, 200]))
    return ImuPlan(
        rate_hz=rate,
        clock_skew_ppm=float(rng.uniform(-200, 200)),
        acc_range_g=float(rng.choice([4, 8, 16])),
        gyro_range_dps=float(rng.choice([500, 1000, 2000])),
        acc_noise_g=float(rng.uniform(0.002, 0.010)),
        gyro_noise_dps=float(rng.uniform(0.05, 0.20)),
        acc_bias_g=float(rng.uniform(0.005, 0.025)),
        acc_scale_sd=0.02 if rng.uniform() < 0.1 else 0.008,
        gyro_bias_dps=float(rng.uniform(0.2, 1.0)),
        gyro_drift_dps=float(rng.uniform(0.0, 0.03)),
        lever_m=float(rng.uniform(0.015, 0.05)),
    )


def draw_radio(rng: np.random.Generator, kind: RadioKind) -> RadioPlan:
    """A radio of this kind: three burst radios in four are as good as the recorded one."""
    if kind != "burst":
        return RadioPlan(kind=kind, jitter_s=float(rng.uniform(0.002, 0.015)))
    if rng.uniform() < 0.75:
        return RadioPlan(
            "burst", fullness=float(rng.uniform(0.65, 0.88)), holes_per_s=float(rng.uniform(0.05, 0.8))
        )
    return RadioPlan(
        "burst",
        fullness=float(rng.uniform(0.1, 0.6)),
        holes_per_s=float(rng.uniform(0.5, 2.0)),
        hole_s=(0.10, float(rng.uniform(0.3, 0.8))),
    )


def _draw_rir(rng: np.random.Generator) -> int:
    """Mostly near failure, where it matters; every fourth set is a light and fast one."""
    return int(rng.integers(0, 6)) if rng.uniform() < 0.75 else int(rng.integers(6, 26))


def draw_plan(seed: int, *, family: Family = "bar", radio: RadioKind | None = None) -> SetPlan:
    """A plan for a benchmark; radio None draws even (half), jitter or burst (a quarter each)."""
    rng = np.random.default_rng([seed, 0 if family == "bar" else 1])
    kind: RadioKind = radio or _RADIO_SHARES[int(rng.integers(len(_RADIO_SHARES)))]
    exercise = str(rng.choice(sorted(BAR_EXERCISES if family == "bar" else LIMB_EXERCISES)))
    tempo: Tempo = list(_TEMPO_SHARES)[int(rng.choice(len(_TEMPO_SHARES), p=list(_TEMPO_SHARES.values())))]
    failed = bool(rng.uniform() < 0.15)
    imu = draw_imu(rng, rate_hz=BURST_SENSOR_HZ if kind == "burst" else None)
    no_gyro = rng.uniform() < 0.08
    plan = SetPlan(
        exercise=exercise,
        reps=int(rng.integers(3, 16)) if tempo != "cluster" else int(rng.integers(3, 6)),
        rir_at_end=0 if failed else _draw_rir(rng),
        tempo=tempo,
        failed_last=failed,
        handling_before_s=_now_and_then(rng, 0.2, 3, 10),
        handling_after_s=_now_and_then(rng, 0.2, 3, 10),
        start_in_motion=bool(rng.uniform() < 0.08),
        end_in_mid_rep=bool(rng.uniform() < 0.08) and not failed,
        trimmed=bool(rng.uniform() < 0.3),
        imu=imu,
        radio=draw_radio(rng, kind),
    )
    if family == "bar":
        return replace(plan, imu=replace(imu, with_gyro=False)) if no_gyro else plan
    # A leg without gyroscope says nothing of angles: only bars are drawn without one.
    return replace(
        plan,
        placement=LIMB_EXERCISES[exercise].placement,
        handling_before_s=0.0,
        handling_after_s=0.0,
        walk_before_s=_now_and_then(rng, 0.5, 5, 20),
        walk_after_s=_now_and_then(rng, 0.5, 5, 20),
        strap_slip_deg=_now_and_then(rng, 0.4, 1, 8),
    )


def _now_and_then(rng: np.random.Generator, share: float, low: float, high: float) -> float:
    """A value between low and high in this share of the plans, 0 in the others."""
    value = float(rng.uniform(low, high))
    return value if rng.uniform() < share else 0.0
