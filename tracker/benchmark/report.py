"""The benchmark's outcome as values, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from hardset.tracker.benchmark.live_scores import LiveScore
from hardset.tracker.benchmark.scores import CountScore, MotionScore
from hardset.tracker.contract import Json


@dataclass(frozen=True, slots=True)
class MethodReport:
    """What one counter made of all recordings of a folder."""

    method: str
    counts: tuple[CountScore, ...]
    motion: tuple[MotionScore, ...]
    """Recordings with exact truth: all of them first, then by kind of radio. Empty without truth."""
    live: LiveScore | None
    seconds_per_hour: float
    """Time that the analysis took for an hour of recording, s."""


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """All methods over one folder."""

    folder: Path
    recordings: int
    methods: tuple[MethodReport, ...]
    degraded: dict[str, tuple[CountScore, ...]]
    """Counts of each method under each way of spoiling the bar recordings; empty if not asked for."""

    def to_json(self) -> Json:
        """The object that `hardset benchmark --json` prints."""
        return {
            "folder": str(self.folder),
            "recordings": self.recordings,
            "methods": [
                {
                    "method": method.method,
                    "counts": [_count_to_json(score) for score in method.counts],
                    "motion": [
                        _plain(score) | {"found_pct": round(score.found_pct, 2)} for score in method.motion
                    ],
                    "live": None if method.live is None else _plain(method.live),
                    "seconds_per_hour": round(method.seconds_per_hour, 2),
                }
                for method in self.methods
            ],
            "degraded": {
                name: [_count_to_json(score) for score in scores] for name, scores in self.degraded.items()
            },
        }


def _count_to_json(score: CountScore) -> Json:
    shares = {"exact_pct": round(score.exact_pct, 2), "within_one_pct": round(score.within_one_pct, 2)}
    return _plain(score) | shares


def _plain(score: CountScore | MotionScore | LiveScore) -> Json:
    """A score as a dictionary, its numbers rounded to what they are worth."""

    def short(value: object) -> object:
        if isinstance(value, dict):
            return {key: short(inner) for key, inner in value.items()}
        if isinstance(value, tuple | list):
            return [short(inner) for inner in value]
        return round(value, 4) if isinstance(value, float) else value

    return {key: short(value) for key, value in asdict(score).items()}
