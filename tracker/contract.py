"""The machine-readable output of `hardset analyze`: names that other programs rely on.

Every field is always there; what is not known is null; no number is ever NaN. Times are seconds on
the recording's own clock. A change of a name or a meaning raises `SCHEMA`.
"""

from __future__ import annotations

import math
from pathlib import Path

from hardset.signal.repetition import Repetition
from hardset.signal.rir import RirEstimate
from hardset.tracker.errors import HardsetError
from hardset.tracker.scoring import ScoredRecording, ScoredSet

SCHEMA = 1
Json = dict[str, object]


def recording_to_json(scored: ScoredRecording) -> Json:
    """One line of `hardset analyze --json`."""
    sensor = scored.analysis.sensor
    return {
        "schema": SCHEMA,
        "file": str(scored.recording.path),
        "exercise": None if scored.exercise is None else scored.exercise.id,
        "placement": scored.placement.value,
        "load_kg": scored.load_kg,
        "sensor": {
            "rate_hz": rounded(sensor.rate_hz, 1),
            "duration_s": rounded(sensor.duration_s, 3),
            "repeated_samples": sensor.repeated_samples,
            "clipped_samples": sensor.clipped_samples,
            "gaps": [
                {"start_s": rounded(gap.start_s, 3), "end_s": rounded(gap.end_s, 3)} for gap in sensor.gaps
            ],
        },
        "sets": [set_to_json(one) for one in scored.sets],
        "warnings": list(scored.warnings),
    }


def error_to_json(path: Path, error: HardsetError) -> Json:
    """The line of a file that can't be read."""
    return {"file": str(path), "error": str(error)}


def set_to_json(scored: ScoredSet) -> Json:
    """One set with its reps, what was rejected, and its RIR."""
    measured = scored.measured
    last = scored.rir[-1] if scored.rir else None
    return {
        "number": measured.number,
        "start_s": rounded(measured.start_s, 3),
        "end_s": rounded(measured.end_s, 3),
        "reps": [
            rep_to_json(rep, loss, rir)
            for rep, loss, rir in zip(measured.reps, measured.velocity_losses_pct, scored.rir, strict=True)
        ],
        "rejected": [
            {"start_s": rounded(one.start_s, 3), "end_s": rounded(one.end_s, 3), "reason": one.reason}
            for one in measured.rejected
        ],
        "velocity_loss_pct": rounded(measured.velocity_loss_pct, 1),
        "rir": None if last is None else rir_to_json(last, with_pmf=True),
        "p_hard": None if last is None else rounded(last.p_hard, 4),
        "calibrated": last is not None and last.calibrated,
    }


def rep_to_json(rep: Repetition, velocity_loss_pct: float, rir: RirEstimate) -> Json:
    """One repetition; velocity loss and RIR are those after it."""
    return {
        "number": rep.number,
        "eccentric_start_s": rounded(rep.eccentric_start_s, 3),
        "concentric_start_s": rounded(rep.concentric_start_s, 3),
        "concentric_end_s": rounded(rep.concentric_end_s, 3),
        "mean_velocity_mps": rounded(rep.mean_velocity_mps, 4),
        "mean_velocity_sd_mps": rounded(rep.mean_velocity_sd_mps, 4),
        "mean_propulsive_velocity_mps": rounded(rep.mean_propulsive_velocity_mps, 4),
        "peak_velocity_mps": rounded(rep.peak_velocity_mps, 4),
        "rom_m": rounded(rep.rom_m, 4),
        "mean_angular_velocity_dps": rounded(rep.mean_angular_velocity_dps, 2),
        "rom_deg": rounded(rep.rom_deg, 1),
        "eccentric_s": rounded(rep.eccentric_s, 3),
        "bottom_pause_s": rounded(rep.bottom_pause_s, 3),
        "concentric_s": rounded(rep.concentric_s, 3),
        "top_pause_s": rounded(rep.top_pause_s, 3),
        "velocity_loss_pct": rounded(velocity_loss_pct, 1),
        "doubtful": rep.doubtful,
        "doubt": rep.doubt,
        "rir": rir_to_json(rir),
    }


def rir_to_json(rir: RirEstimate, *, with_pmf: bool = False) -> Json:
    """Median and 80 % interval, with P(0) ... P(10 or more) for a set."""
    figures: Json = {
        "median": rir.median,
        "low80": rounded(rir.low80, 2),
        "high80": rounded(rir.high80, 2),
    }
    if with_pmf:
        figures["pmf"] = [rounded(p, 4) for p in rir.pmf]
    return figures


def rounded(value: float | None, digits: int) -> float | None:
    """A number for JSON: finite, rounded, never minus zero; None for what is not known."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0
