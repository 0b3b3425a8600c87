"""The tables of the log, and how a database of an older version becomes one of today.

Each step runs once, in a transaction, and is recorded in the database; `database.py` keeps a copy of
the file as it was before. A step that users may have is never changed again; a small database of
every version lies in `fixtures/databases`.
Tables are STRICT, so a text can't hide where a number belongs. Times are UTC text of fixed width
(it sorts) with the offset of the place beside it.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

log_migrations = Migrations("hardset")

_FIRST_TABLES = """
CREATE TABLE lifters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE  -- '' is the one unnamed person
) STRICT;
CREATE TABLE settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,  -- JSON
    UNIQUE (lifter_id, name)
) STRICT;
CREATE TABLE weighings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    at_utc TEXT NOT NULL, utc_offset_min INTEGER NOT NULL,
    weight_kg REAL NOT NULL CHECK (weight_kg > 0)
) STRICT;
CREATE TABLE meals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    at_utc TEXT NOT NULL, utc_offset_min INTEGER NOT NULL,
    protein_g REAL, energy_kcal REAL, carbohydrate_g REAL, water_l REAL
) STRICT;
CREATE TABLE nights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    day TEXT NOT NULL,  -- on which the sleep ended
    hours REAL NOT NULL,
    UNIQUE (lifter_id, day)
) STRICT;
CREATE TABLE import_batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    at_utc TEXT NOT NULL,
    source TEXT NOT NULL,  -- strong, hevy ...
    file TEXT NOT NULL
) STRICT;
CREATE TABLE workouts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    title TEXT, note TEXT
) STRICT;
CREATE TABLE sensors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL, model TEXT NOT NULL,
    UNIQUE (name, model)
) STRICT;
CREATE TABLE recordings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    sensor_id INTEGER REFERENCES sensors(id),
    started_utc TEXT NOT NULL, utc_offset_min INTEGER NOT NULL,
    clock_s REAL NOT NULL,  -- what the samples' clock showed then
    exercise TEXT, placement TEXT, load_kg REAL, set_on INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,  -- live, or the name of the file
    scored_to_s REAL,  -- the samples' clock up to which sets are in the log
    closed INTEGER NOT NULL DEFAULT 0  -- 0: being written, or the program died
) STRICT;
CREATE TABLE sample_chunks (
    recording_id INTEGER NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    first_s REAL NOT NULL, last_s REAL NOT NULL, samples INTEGER NOT NULL,
    data BLOB NOT NULL,  -- docs/log.md says how to read it
    PRIMARY KEY (recording_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    workout_id INTEGER NOT NULL REFERENCES workouts(id),
    at_utc TEXT NOT NULL, utc_offset_min INTEGER NOT NULL,
    exercise TEXT,  -- NULL: nobody said what it was
    load_kg REAL,
    told_reps INTEGER,  -- NULL: as many as are in reps
    warmup INTEGER NOT NULL DEFAULT 0,
    told_failed INTEGER,  -- NULL: as the sensor saw it
    felt_rir REAL,
    note TEXT,
    deleted INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,  -- hand, live, file, recovered, strong, hevy ...
    batch_id INTEGER REFERENCES import_batches(id),
    import_key TEXT,  -- what tells this row of an import from all others
    recording_id INTEGER REFERENCES recordings(id),
    start_s REAL, end_s REAL,  -- on the recording's clock
    placement TEXT,  -- NULL: no sensor
    attempt_seen INTEGER,  -- a failed rep at the end
    algorithm TEXT  -- which version measured the reps
) STRICT;
CREATE TABLE reps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    deleted INTEGER NOT NULL DEFAULT 0,  -- 1: by the lifter, 2: split or merged into others
    origin TEXT NOT NULL DEFAULT 'measured',  -- or split, merged
    eccentric_start_s REAL, concentric_start_s REAL NOT NULL, concentric_end_s REAL NOT NULL,
    mean_velocity_mps REAL, mean_velocity_sd_mps REAL,
    mean_propulsive_velocity_mps REAL, peak_velocity_mps REAL, rom_m REAL,
    mean_angular_velocity_dps REAL, mean_angular_velocity_sd_dps REAL, rom_deg REAL,
    eccentric_s REAL, bottom_pause_s REAL, top_pause_s REAL,
    doubt TEXT
) STRICT;
CREATE TABLE rejected (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    start_s REAL NOT NULL, end_s REAL NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE set_rir (
    set_id INTEGER PRIMARY KEY REFERENCES sets(id) ON DELETE CASCADE,
    pmf TEXT NOT NULL,  -- P(0) ... P(10 or more) as JSON; a cache, made from the sets up to this one
    calibrated INTEGER NOT NULL,
    model TEXT NOT NULL
) STRICT;
CREATE TABLE rir_states (
    lifter_id INTEGER NOT NULL REFERENCES lifters(id),
    exercise TEXT NOT NULL, on_limb INTEGER NOT NULL,
    after_set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    at_utc TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,  -- JSON; a cache, made from the sets up to that one
    PRIMARY KEY (lifter_id, exercise, on_limb, after_set_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lifter_name TEXT NOT NULL,
    at_utc TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    operation_id INTEGER NOT NULL REFERENCES operations(id) ON DELETE CASCADE,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT  -- the row as JSON; NULL: there was none
) STRICT;
CREATE INDEX sets_by_time ON sets (lifter_id, at_utc);
CREATE INDEX sets_by_exercise ON sets (lifter_id, exercise, at_utc);
CREATE INDEX sets_by_recording ON sets (recording_id);
CREATE UNIQUE INDEX sets_by_import ON sets (lifter_id, import_key) WHERE import_key IS NOT NULL;
CREATE INDEX reps_by_set ON reps (set_id);
CREATE INDEX rejected_by_set ON rejected (set_id);
CREATE INDEX weighings_by_time ON weighings (lifter_id, at_utc);
CREATE INDEX meals_by_time ON meals (lifter_id, at_utc);
CREATE INDEX journal_by_operation ON journal (operation_id);
CREATE VIEW readable_sets AS
SELECT sets.id, lifters.name AS lifter,
    datetime(sets.at_utc, sets.utc_offset_min || ' minutes') AS local_time,
    sets.exercise, sets.load_kg,
    coalesce(told_reps, (SELECT count(*) FROM reps WHERE set_id = sets.id AND NOT reps.deleted)) AS reps,
    coalesce(told_failed, attempt_seen, 0) AS failed, felt_rir, warmup, source
FROM sets JOIN lifters ON lifters.id = sets.lifter_id WHERE NOT sets.deleted;
"""


@log_migrations()
def first_tables(db: Database) -> None:
    """Version 1."""
    _run(db, _FIRST_TABLES)
    db.execute("PRAGMA user_version = 1")  # transactional, as the tables are


@log_migrations()
def intervals(db: Database) -> None:
    """Version 2: the calibrated 80 % interval beside the probabilities, which do not tell it.

    Figures that version 1 kept have none; `hardset rescore` makes them anew.
    """
    db.execute("ALTER TABLE set_rir ADD COLUMN low80 REAL")
    db.execute("ALTER TABLE set_rir ADD COLUMN high80 REAL")
    db.execute("PRAGMA user_version = 2")


def _run(db: Database, statements: str) -> None:
    """Statement by statement: `executescript` would end the transaction."""
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
