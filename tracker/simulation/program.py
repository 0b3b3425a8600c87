"""A movement written down piece by piece, like a score, and then played at 1 kHz.

One channel (height in metres, or a segment's angle in radians) is written with `move` and `hold`;
side movements (steps, whip, rings, turns) are laid over it with `overlay` on one of seven channels:
0-2 position x, y, z in metres (earth frame, z up), 3-5 turn, tilt, yaw in radians, 6 the turn of flesh and
strap against the bone, which the sensor feels and the truth ignores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from hardset.signal.samples import FloatArray

RATE_HZ = 1000
"""Rate at which the truth is computed; the sensor samples it afterwards."""
X, Y, Z, TURN, TILT, YAW, FLESH = range(7)
SOFTNESS_S = 0.030
"""Flesh and steel give way: velocity steps are rounded with this standard deviation."""


@dataclass(frozen=True, slots=True)
class Span:
    """A named stretch of the score, seconds from its beginning."""

    kind: str
    start_s: float
    end_s: float


def count(seconds: float) -> int:
    """Samples at 1 kHz in a time, at least one."""
    return max(round(seconds * RATE_HZ), 1)


class Program:
    """The score while it is being written."""

    def __init__(self) -> None:
        self._pieces: list[FloatArray] = []
        self._samples = 0
        self._overlays: list[tuple[int, int, FloatArray]] = []
        self.height = 0.0
        """Where the main channel stands now."""
        self._base = 0.0
        self.spans: list[Span] = []
        self.held: list[tuple[float, float]] = []
        """Stretches in which a person holds the load (sway and tremor happen there)."""

    @property
    def now_s(self) -> float:
        """Time written so far, s."""
        return self._samples / RATE_HZ

    def place(self, height: float) -> None:
        """Say where the main channel stands at the beginning; only before the first move."""
        self._base += height - self.height
        self.height = height

    def move(self, to: float, shape: FloatArray, kind: str | None = None) -> Span:
        """Go to height `to` with the given shape (its length is its duration at 1 kHz)."""
        start = self.now_s
        n = shape.shape[0]
        self._pieces.append(shape * ((to - self.height) * RATE_HZ / n))
        self._samples += n
        self.height = to
        span = Span(kind or "move", start, self.now_s)
        if kind is not None:
            self.spans.append(span)
        return span

    def hold(self, seconds: float) -> None:
        """Stay where it is."""
        n = count(seconds)
        self._pieces.append(np.zeros(n))
        self._samples += n

    def mark(self, kind: str, start_s: float) -> None:
        """Name the stretch from start_s until now."""
        self.spans.append(Span(kind, start_s, self.now_s))

    def overlay(self, channel: int, start_s: float, offsets: FloatArray) -> None:
        """Add offsets from start_s on; the last of them stays for good (0 for what passes)."""
        self._overlays.append((channel, round(start_s * RATE_HZ), offsets))

    def play(self, softness_s: float = SOFTNESS_S) -> tuple[FloatArray, FloatArray]:
        """(n,) main channel and (n, 7) overlays at 1 kHz."""
        speed = np.concatenate(self._pieces)
        smooth = gaussian_filter1d(speed, softness_s * RATE_HZ, mode="nearest", truncate=5.0)
        n = smooth.shape[0]
        climbed = np.concatenate(([0.0], np.cumsum(0.5 * (smooth[1:] + smooth[:-1])))) / RATE_HZ
        main = self._base + climbed
        extra = np.zeros((n, 7))
        for channel, start, offsets in self._overlays:
            begin = max(start, 0)
            piece = offsets[begin - start : begin - start + n - begin] if begin < n else offsets[:0]
            extra[begin : begin + piece.shape[0], channel] += piece
            if piece.shape[0]:
                extra[begin + piece.shape[0] :, channel] += offsets[-1]
        return main, extra

    def held_mask(self, samples: int) -> FloatArray:
        """(n,) 1 where a person holds the load, 0 where it lies; soft edges of 0.1 s."""
        mask = np.zeros(samples)
        for start, end in self.held:
            mask[round(start * RATE_HZ) : round(end * RATE_HZ)] = 1.0
        return gaussian_filter1d(mask, 0.05 * RATE_HZ, mode="nearest")
