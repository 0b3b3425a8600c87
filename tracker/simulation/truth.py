"""The truth of a simulated recording, computed from the movement itself and not from the plan.

Definitions of docs/architecture.md: a turning point is where velocity crosses zero; a hold (speed
under 0.02 m/s for over 0.1 s) counts as the turning point at its edge next to the movement. Mean
velocity is height gained over the time between the turning points of the concentric phase.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np

from hardset.signal.samples import FloatArray

HOLD_MPS = 0.02
HOLD_LEAST_RADPS = float(np.radians(0.5))
"""On a limb a hold is where the load would move at under 0.02 m/s, but never under 0.5 °/s: a leg sways."""
HOLD_S = 0.1


@dataclass(frozen=True, slots=True)
class TrueRep:
    """One completed repetition as it really was. On a limb the linear figures may be None."""

    number: int
    concentric_start_s: float
    concentric_end_s: float
    mean_velocity_mps: float | None
    peak_velocity_mps: float | None
    rom_m: float | None
    rir: int
    """Full reps that were left after this one."""
    eccentric_start_s: float | None = None
    mean_angular_velocity_dps: float | None = None
    rom_deg: float | None = None


@dataclass(frozen=True, slots=True)
class TrueEvent:
    """A movement that is no repetition."""

    kind: str
    """attempt, unrack, walkout, walkin, rerack, pickup, putdown, clean, handling, walking, cut_rep."""
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Truth:
    """What happened in a recording, on the recording's own clock."""

    exercise: str
    fs: float
    """Nominal rate of the sensor, samples a second."""
    reps: tuple[TrueRep, ...]
    failed_last: bool
    events: tuple[TrueEvent, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that NAME.truth.json holds."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Truth:
        """Read what `to_json` wrote; unknown keys are ignored, optional ones may be missing."""
        rep_names = {f.name for f in fields(TrueRep)}
        reps = tuple(TrueRep(**{k: v for k, v in rep.items() if k in rep_names}) for rep in data["reps"])
        events = tuple(TrueEvent(**event) for event in data.get("events", ()))
        return cls(data["exercise"], float(data["fs"]), reps, bool(data["failed_last"]), events)

    def on_clock(self, origin_s: float, speed: float) -> Truth:
        """The same truth on a clock that reads 0 at origin_s and runs `speed` times as fast."""

        def clock(value: float | None) -> float | None:
            return None if value is None else (value - origin_s) * speed

        reps = tuple(
            replace(
                rep,
                concentric_start_s=(rep.concentric_start_s - origin_s) * speed,
                concentric_end_s=(rep.concentric_end_s - origin_s) * speed,
                eccentric_start_s=clock(rep.eccentric_start_s),
            )
            for rep in self.reps
        )
        events = tuple(
            TrueEvent(e.kind, (e.start_s - origin_s) * speed, (e.end_s - origin_s) * speed)
            for e in self.events
        )
        return replace(self, reps=reps, events=events)

    def rounded(self, digits: int = 5) -> Truth:
        """Figures short enough for a file."""
        data = self.to_json()

        def short(value: Any) -> Any:
            return round(value, digits) if isinstance(value, float) else value

        for item in (*data["reps"], *data["events"]):
            item.update({key: short(value) for key, value in item.items()})
        return Truth.from_json(data)


@dataclass(frozen=True, slots=True)
class Stroke:
    """Bounds of one phase as sample numbers at 1 kHz, refined to fractions."""

    start_s: float
    end_s: float


def stroke_bounds(
    time_s: FloatArray, speed: FloatArray, near: tuple[float, float], hold: float = HOLD_MPS
) -> Stroke:
    """Turning points around the fastest moment of a stroke; `speed` is positive in its direction.

    time_s, speed: (n,) on an even grid. near: where to look for the fastest moment, s.
    """
    rate = 1.0 / (time_s[1] - time_s[0])
    first = int(np.searchsorted(time_s, near[0]))
    last = max(int(np.searchsorted(time_s, near[1])), first + 1)
    peak = first + int(np.argmax(speed[first:last]))
    end = _edge(speed[peak:], hold, rate)
    start = _edge(speed[peak::-1], hold, rate)
    origin = time_s[0]
    return Stroke(float(origin + (peak - start) / rate), float(origin + (peak + end) / rate))


def _edge(speed: FloatArray, hold: float, rate_hz: float) -> float:
    """Samples from the peak (index 0) outward to the turning point, with a fraction."""
    slow = np.abs(speed) < hold
    changes = np.flatnonzero(np.diff(slow.astype(np.int8)))
    starts = [0, *(int(c) + 1 for c in changes)]
    ends = [*starts[1:], speed.shape[0]]
    for begin, stop in zip(starts, ends, strict=True):
        if slow[begin] and stop - begin > HOLD_S * rate_hz:
            return _crossing(speed, begin, hold)
        below = np.flatnonzero(speed[begin:stop] <= 0.0)
        if below.size:
            return _crossing(speed, begin + int(below[0]), 0.0)
    return float(speed.shape[0] - 1)


def _crossing(speed: FloatArray, index: int, level: float) -> float:
    """Where speed fell to `level` between index-1 and index."""
    if index == 0:
        return 0.0
    before, after = float(speed[index - 1]), float(speed[index])
    return index - 1 + (before - level) / (before - after) if before > after else float(index)
