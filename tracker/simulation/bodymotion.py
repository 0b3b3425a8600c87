"""A living body under the bar never stands still: sway, breath and tremor.

Real bars held "still" show 0.07-0.2 m/s² and 1-2.5 °/s over half a second; without this a
detector of stills learns a world that does not exist.
"""

from __future__ import annotations

import numpy as np
from scipy.fft import next_fast_len

from hardset.signal.samples import FloatArray
from hardset.tracker.simulation.program import RATE_HZ


def sway(samples: int, amplitude_m: float, rng: np.random.Generator) -> FloatArray:
    """(n,) slow wander of 0.2-0.6 Hz: three sines that never quite repeat; m."""
    t = np.arange(samples) / RATE_HZ
    total = np.zeros(samples)
    for _ in range(3):
        frequency = rng.uniform(0.2, 0.6)
        total += rng.uniform(0.3, 1.0) * np.sin(2 * np.pi * (frequency * t + rng.uniform()))
    return np.asarray(amplitude_m * total / 1.5, dtype=np.float64)


def breath(samples: int, amplitude_m: float, rng: np.random.Generator) -> FloatArray:
    """(n,) breathing: 0.2-0.35 Hz, m."""
    t = np.arange(samples) / RATE_HZ
    return np.asarray(amplitude_m * np.sin(2 * np.pi * (rng.uniform(0.2, 0.35) * t + rng.uniform())))


def tremor(
    samples: int, rms: float, rng: np.random.Generator, low_hz: float = 2.0, high_hz: float = 4.5
) -> FloatArray:
    """(n,) displacement whose second derivative is noise of the given rms between two frequencies."""
    n = next_fast_len(samples, real=True)
    frequency = np.fft.rfftfreq(n, 1.0 / RATE_HZ)
    band = 1.0 / (1.0 + (low_hz / np.maximum(frequency, 1e-3)) ** 8) / (1.0 + (frequency / high_hz) ** 8)
    band[0] = 0.0
    top = int(np.searchsorted(frequency, 8 * high_hz))
    spectrum = np.zeros(frequency.shape[0], dtype=np.complex128)
    spectrum[:top] = rng.normal(size=top) + 1j * rng.normal(size=top)
    spectrum *= np.sqrt(band)
    power = float(np.sum(np.abs(spectrum) ** 2)) * 2 / n**2
    displacement = spectrum / np.maximum((2 * np.pi * frequency) ** 2, 1e-6)
    return np.asarray(np.fft.irfft(displacement, n)[:samples] * (rms / np.sqrt(power)))
