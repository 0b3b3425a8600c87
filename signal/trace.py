"""A light picture of the movement for the eye, sample by sample: height of a bar, angle of a limb.

It is no measurement. Height is the vertical acceleration integrated twice and high-passed by three
poles, all causal: its shape is right for a rep of some seconds, its level forgets itself within about
`FORGET_S`, and nothing is counted from it. The angle comes from gravity's direction and does not drift.
A batch of three samples costs some 20 µs, a tenth of a glance of the analysis.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray, SampleBatch, joined

SETTLE_S = 0.6
"""Samples collected before anything is drawn: they say the rate and what 1 g is for this sensor."""
FORGET_S = 3.0
"""Time constant of each of the three poles: shorter bends the shape, longer lets bias wander into it."""
GRAVITY_S = 1.0
"""Without a gyroscope the direction of gravity follows with this time constant."""


class LiveTrace:
    """Keeps the last seconds of a track; `update` takes samples, `recent` gives what to draw."""

    def __init__(self, *, by_angle: bool, keep: int = 4096) -> None:
        self._by_angle = by_angle
        self._time = np.zeros(keep)
        self._up = np.zeros((keep, 3))
        self._height = np.zeros(keep)
        self._count = 0
        self._waiting: list[SampleBatch] = []
        self._filter: _Height | None = None

    @property
    def by_angle(self) -> bool:
        """True where the track is an angle."""
        return self._by_angle

    def update(self, batch: SampleBatch) -> None:
        """Take new samples, in order."""
        if not len(batch):
            return
        if self._filter is None:
            self._waiting.append(batch)
            if batch.time_s[-1] - self._waiting[0].time_s[0] < SETTLE_S:
                return
            batch = joined(self._waiting)
            self._waiting = []
            self._filter = _Height.for_samples(batch)
        up, height = self._filter.run(batch)
        n = min(len(batch), self._time.size)
        where = np.arange(self._count, self._count + n) % self._time.size
        self._time[where] = batch.time_s[-n:]
        self._up[where] = up[-n:]
        self._height[where] = height[-n:]
        self._count += n

    def recent(self, seconds: float) -> tuple[FloatArray, FloatArray]:
        """Times (n,) s and track (n,) of the last seconds: m, or degrees about the limb's main axis.

        The angle's sign is the one in which the newest sample's axis points up; it is a picture.
        """
        count = self._count  # once: another thread may be adding samples
        n = min(count, self._time.size)
        order = np.arange(count - n, count) % self._time.size
        time_s = self._time[order]
        inside = time_s > (time_s[-1] - seconds if n else 0.0)
        if not self._by_angle:
            return time_s[inside], self._height[order][inside]
        return time_s[inside], _main_angle_deg(self._up[order][inside])


def _main_angle_deg(up: FloatArray) -> FloatArray:
    """Angle of gravity's direction in the plane in which it moves most, degrees (n,)."""
    if len(up) < 3:
        return np.zeros(len(up))
    middle = up.mean(axis=0)
    _, _, axes = np.linalg.svd(np.cov((up - middle).T))
    first = axes[0] * (1.0 if axes[0][np.argmax(np.abs(axes[0]))] > 0 else -1.0)
    across = middle - first * (middle @ first)
    norm = float(np.linalg.norm(across))
    if norm < 1e-6:
        return np.zeros(len(up))
    return np.asarray(np.degrees(np.arctan2(up @ first, up @ (across / norm))))


class _Height:
    """Which way is up, and the high-passed double integral along it; keeps the filters' state."""

    def __init__(self, rate_hz: float, one_g_mps2: float, first: FloatArray, *, gyroscope: bool) -> None:
        from scipy.signal import bilinear, lfilter  # takes a second to load: not before there are samples

        self._lfilter = lfilter
        pole = 1.0 / FORGET_S
        self._numerator, self._denominator = bilinear(
            [1.0, 0.0], [1.0, 3 * pole, 3 * pole**2, pole**3], fs=rate_hz
        )
        self._state = np.zeros(self._denominator.size - 1)
        self._one_g = one_g_mps2
        self._keep = float(np.exp(-1.0 / (rate_hz * GRAVITY_S)))
        self._gravity = first
        self._vqf: Any = _vqf(rate_hz) if gyroscope else None

    @staticmethod
    def for_samples(batch: SampleBatch) -> _Height:
        """From the first samples: their rate, their |a| as 1 g where it is near it."""
        span_s = float(batch.time_s[-1] - batch.time_s[0])
        mean = batch.acceleration_mps2.mean(axis=0)
        norm = float(np.linalg.norm(mean))
        near = abs(norm / STANDARD_GRAVITY_MPS2 - 1.0) < 0.1
        return _Height(
            (len(batch) - 1) / span_s,
            norm if near else STANDARD_GRAVITY_MPS2,
            mean,
            gyroscope=batch.angular_velocity_radps is not None,
        )

    def run(self, batch: SampleBatch) -> tuple[FloatArray, FloatArray]:
        """Up in the sensor frame (n, 3) and height (n,) m."""
        acceleration = np.ascontiguousarray(batch.acceleration_mps2)
        up = self._directions(acceleration, batch.angular_velocity_radps)
        vertical = np.einsum("ij,ij->i", acceleration, up) - self._one_g
        height, self._state = self._lfilter(self._numerator, self._denominator, vertical, zi=self._state)
        return up, height

    def _directions(self, acceleration: FloatArray, gyro: FloatArray | None) -> FloatArray:
        if self._vqf is not None and gyro is not None:
            w, x, y, z = np.asarray(
                self._vqf.updateBatch(np.ascontiguousarray(gyro), acceleration)["quat6D"]
            ).T
            return np.column_stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])
        state = (self._keep * self._gravity)[None, :]
        slow, last = self._lfilter([1 - self._keep], [1.0, -self._keep], acceleration, axis=0, zi=state)
        self._gravity = last[0] / self._keep
        norm = np.linalg.norm(slow, axis=1, keepdims=True)
        return np.asarray(slow / np.maximum(norm, 1e-9))


def _vqf(rate_hz: float) -> Any:
    from vqf import VQF  # compiled; imported where it is needed

    return VQF(1.0 / rate_hz)
