"""A log of any size with raw samples, quickly: real analysed sets of the fixtures, copied over the years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import score_recording
from hardset.tracker.storage.database import transaction
from hardset.tracker.training.log import Log
from hardset.tracker.training.measured_sets import save_recording
from hardset.tracker.training.times import to_columns

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = (
    *("squat_to_failure", "deadlift_dead_stop", "row_after_pickup", "press_after_clean"),
    *("thigh_squat", "shank_leg_curl", "bench_paused", "deadlift_touch_and_go"),
)
SETS_A_DAY = 16
LAST = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def build(log: Log, sets: int, names: Sequence[str] = NAMES) -> None:
    """Fill an empty log with so many measured sets, 16 on every other day up to `LAST`."""
    for name in names:
        save_recording(log, score_recording(read_recording(FIXTURES / f"{name}.csv")), LAST)
    masters = [row[0] for row in log.connection.execute("SELECT id FROM sets ORDER BY id")]
    columns = {
        table: ", ".join(
            row[1] for row in log.connection.execute(f"PRAGMA table_info({table})") if row[1] not in left_out
        )
        for table, left_out in {
            "sets": {"id", "workout_id", "at_utc", "recording_id", "import_key"},
            "recordings": {"id", "started_utc"},
            "reps": {"id", "set_id"},
            "sample_chunks": {"recording_id"},
        }.items()
    }
    with transaction(log.connection):
        for number in range(sets - len(masters)):
            _copy(log, masters[number % len(masters)], number, sets, columns)


def _copy(log: Log, master: int, number: int, sets: int, columns: dict[str, str]) -> None:
    run = log.connection.execute
    day, place = divmod(number, SETS_A_DAY)
    at = LAST - timedelta(days=2 * (sets // SETS_A_DAY - day) + 2, minutes=-4 * place)
    at_utc, _ = to_columns(at)
    if place == 0:
        run("INSERT INTO workouts (lifter_id) SELECT lifter_id FROM sets WHERE id = ?", (master,))
    workout = run("SELECT max(id) FROM workouts").fetchone()[0]
    old = run("SELECT recording_id FROM sets WHERE id = ?", (master,)).fetchone()[0]
    recording = run(
        f"INSERT INTO recordings (started_utc, {columns['recordings']}) "
        f"SELECT ?, {columns['recordings']} FROM recordings WHERE id = ?",
        (at_utc, old),
    ).lastrowid
    run(
        f"INSERT INTO sample_chunks (recording_id, {columns['sample_chunks']}) "
        f"SELECT ?, {columns['sample_chunks']} FROM sample_chunks WHERE recording_id = ?",
        (recording, old),
    )
    new = run(
        f"INSERT INTO sets (workout_id, at_utc, recording_id, {columns['sets']}) "
        f"SELECT ?, ?, ?, {columns['sets']} FROM sets WHERE id = ?",
        (workout, at_utc, recording, master),
    ).lastrowid
    run(
        f"INSERT INTO reps (set_id, {columns['reps']}) "
        f"SELECT ?, {columns['reps']} FROM reps WHERE set_id = ?",
        (new, master),
    )
