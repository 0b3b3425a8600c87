"""Writes fixtures/databases/vN.db with the program as it is: once for each version of the tables.

python tests/helpers/make_database.py
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import score_recording
from hardset.tracker.storage.schema import SCHEMA_VERSION
from hardset.tracker.training.editing import SetChanges, delete_rep, edit_set
from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.measured_sets import save_recording
from hardset.tracker.training.records import Meal, Night, Weighing

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 2, 18, 0, tzinfo=timezone(timedelta(hours=1)))


def make(path: Path) -> None:
    """A little of everything, two lifters, and something to undo."""
    with Log.open(path) as log:
        log.add_set(NewSet("back_squat", 100.0, 8, AT, felt_rir=2.0))
        recording = read_recording(ROOT / "fixtures" / "squat_to_failure.csv")
        (number,) = save_recording(log, score_recording(recording), AT + timedelta(minutes=5))
        edit_set(log, number, SetChanges(load_kg=110.0))
        log.weigh(Weighing(AT, 81.4))
        log.eat(Meal(AT, 40.0, 650.0, 60.0, 0.5))
        log.sleep(Night(date(2026, 11, 2), 7.5))
        log.set_setting("hard_rir", 2)
        delete_rep(log, number, 1)
        log.history()
        with Log.open(path, "anna") as anna:
            anna.add_set(NewSet("deadlift", 60.0, 5, AT))
        log.connection.execute("PRAGMA journal_mode = DELETE")


if __name__ == "__main__":
    target = ROOT / "fixtures" / "databases" / f"v{SCHEMA_VERSION}.db"
    assert not target.exists(), f"{target} is kept as it is"
    make(target)
