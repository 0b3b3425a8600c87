"""A log for tests of the screens: six simulated weeks, and two sets whose samples were kept."""

from __future__ import annotations

import shutil
import tempfile
from atexit import register
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from screens import demo_log

from hardset.signal.exercise import Placement
from hardset.tracker.demo_workout import demo_set
from hardset.tracker.recordings import RecordingFile, Sidecar
from hardset.tracker.scoring import score_recording
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.log import Log
from hardset.tracker.training.measured_sets import save_recording

SUNDAY = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
WEEK = "2026-W47"
"""The ISO week of the two sets."""
RECORDED = (("leg_extension", 60.0), ("back_squat", 117.5))
"""The sets with samples, the older one first."""


@cache
def _master() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hardset-example-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "log.db"
    path.write_bytes(demo_log())
    with Log.open(path) as log:
        for number, (exercise, load_kg) in enumerate(RECORDED):
            recording = simulate(demo_set(exercise, 7, 1), 7)
            known = Sidecar(exercise=exercise, placement=Placement(recording.placement), load_kg=load_kg)
            file = RecordingFile(Path(f"{exercise}.csv"), recording.samples, known, 0, ())
            save_recording(log, score_recording(file), SUNDAY + timedelta(minutes=4 * number))
        log.history()
    return path


def example_log(folder: Path) -> Path:
    """A copy of its own, made once and copied."""
    path = folder / "log.db"
    if not path.exists():
        shutil.copy(_master(), path)
    return path
