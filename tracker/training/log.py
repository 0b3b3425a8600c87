"""The training log of one lifter: everything that reads or writes it goes through here.

Screens and commands call this and never see a table. Each change is one operation that `undo` takes back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hardset.tracker.errors import NotInLog
from hardset.tracker.storage.database import empty_database, open_database, stated, transaction
from hardset.tracker.storage.journal import Done, Operation, done, operation, restore
from hardset.tracker.training.records import Meal, Night, TrainingHistory, Weighing
from hardset.tracker.training.rir_log import fill_missing
from hardset.tracker.training.rir_stale import forget_all, forget_stale, stale_after
from hardset.tracker.training.set_rows import read_sets, workout_near
from hardset.tracker.training.settings import Settings, carried_over, settings_from_rows, with_setting
from hardset.tracker.training.shown import count_words
from hardset.tracker.training.times import from_columns, now, to_columns

RESCORE = "rescore"
"""The operation that keeps the figures it replaced, so that they come back as they were."""
UNNAMED = ""


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set that no sensor measured: told by hand or imported."""

    exercise: str
    load_kg: float | None
    reps: int
    at: datetime
    warmup: bool = False
    failed: bool = False
    felt_rir: float | None = None
    note: str | None = None
    workout: str | None = None
    """Title of the workout, where somebody gave it one."""
    import_key: str | None = None
    """What tells this row of an import from all others: the same key is never added twice."""


class Log:
    """One lifter's log on one open database. Use it in a with-block, or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, lifter: str = UNNAMED) -> None:
        self.connection = connection
        self.path = path
        self.lifter = lifter
        self.kept_copy: Path | None = None
        """The file as it was, where opening it has brought its tables up to date."""

    @classmethod
    def open(cls, path: Path, lifter: str = UNNAMED) -> Log:
        """Open a database, made or brought up to date where needed. Raises a DatabaseProblem."""
        connection = open_database(path)
        log = cls(connection, path, lifter)
        log.kept_copy = connection.kept_copy
        return log

    @classmethod
    def empty(cls, path: Path, lifter: str = UNNAMED) -> Log:
        """A log as it is before the first entry. Its file is not made; what is changed is forgotten."""
        return cls(empty_database(), path, lifter)

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @property
    def brought_up_to_date(self) -> str:
        """What opening has done to an older file, for the user; empty where there was nothing to do."""
        if self.kept_copy is None:
            return ""
        return f"{self.path} was brought up to date; as it was before it is kept in {self.kept_copy}."

    # -- reading

    def lifters(self) -> list[str]:
        """Everybody in this database; '' is the unnamed person."""
        with stated(self.path):
            return [row[0] for row in self.connection.execute("SELECT name FROM lifters ORDER BY name")]

    def history(self, since: datetime | None = None, *, exercise: str | None = None) -> TrainingHistory:
        """Everything that is known of the lifter, oldest first; sets, weighings and meals from `since` on."""
        with stated(self.path):
            id = self.known_id
            if id is None:
                return TrainingHistory(self.lifter, (), (), (), ())
            since_utc = "" if since is None else to_columns(since)[0]
            made = fill_missing(self.connection, id, exercise)
            return TrainingHistory(
                self.lifter,
                read_sets(self.connection, id, since_utc=since_utc, exercise=exercise, made=made),
                tuple(self._weighings(id, since_utc)),
                tuple(self._meals(id, since_utc)),
                tuple(self._nights(id)),
            )

    @property
    def cut_off(self) -> bool:
        """Whether a session of the lifter was not finished: it goes on elsewhere, or its program died."""
        with stated(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM recordings JOIN lifters ON lifters.id = lifter_id "
                "WHERE NOT closed AND lifters.name = ? LIMIT 1",
                (self.lifter,),
            ).fetchone()
        return row is not None

    def settings(self) -> Settings:
        """The lifter's settings."""
        with stated(self.path):
            rows = self.connection.execute(
                "SELECT name, value FROM settings WHERE lifter_id = ?", (self.known_id,)
            )
            return settings_from_rows(dict(rows.fetchall()))

    def _weighings(self, lifter_id: int, since_utc: str) -> Iterator[Weighing]:
        for at, offset, weight_kg in self.connection.execute(
            "SELECT at_utc, utc_offset_min, weight_kg FROM weighings "
            "WHERE lifter_id = ? AND at_utc >= ? ORDER BY at_utc, id",
            (lifter_id, since_utc),
        ):
            yield Weighing(from_columns(at, offset), weight_kg)

    def _meals(self, lifter_id: int, since_utc: str) -> Iterator[Meal]:
        for at, offset, *amounts in self.connection.execute(
            "SELECT at_utc, utc_offset_min, protein_g, energy_kcal, carbohydrate_g, water_l FROM meals "
            "WHERE lifter_id = ? AND at_utc >= ? ORDER BY at_utc, id",
            (lifter_id, since_utc),
        ):
            yield Meal(from_columns(at, offset), *amounts)

    def _nights(self, lifter_id: int) -> Iterator[Night]:
        for day, hours in self.connection.execute(
            "SELECT day, hours FROM nights WHERE lifter_id = ? ORDER BY day", (lifter_id,)
        ):
            yield Night(date.fromisoformat(day), hours)

    def must_know_lifter(self) -> None:
        """Raises NotInLog for a name that nobody bears; the unnamed person is always known."""
        if self.known_id is None and self.lifter != UNNAMED:
            names = ", ".join(name for name in self.lifters() if name) or "only the unnamed person"
            raise NotInLog(f"lifter '{self.lifter}'", f"there is {names}; a first set or weighing adds one")

    @property
    def known_id(self) -> int | None:
        """The lifter's id; None for a name that nobody bears yet."""
        row = self.connection.execute("SELECT id FROM lifters WHERE name = ?", (self.lifter,)).fetchone()
        return None if row is None else int(row[0])

    # -- writing

    @contextmanager
    def operation(self, kind: str, words: str) -> Iterator[Operation]:
        """One change of the log, whole or not at all, that `undo` takes back."""
        at_utc = to_columns(now())[0]
        with stated(self.path), operation(self.connection, self.lifter, at_utc, kind, words) as op:
            yield op
            forget_stale(self.connection, op.id)

    def undoable(self, limit: int = 20) -> list[Done]:
        """What `undo` would take back, the next one first."""
        with stated(self.path):
            return done(self.connection, self.lifter, limit)

    def undo(self) -> Done | None:
        """Take back the newest operation: every row as it was before. None where there is nothing to undo."""
        newest = self.undoable(1)
        if not newest:
            return None
        with stated(self.path), transaction(self.connection):
            # What the operation touched is known only until it is forgotten.
            stale = stale_after(self.connection, newest[0].id)
            restore(self.connection, newest[0].id)
            forget_all(self.connection, stale, keep_figures=newest[0].kind == RESCORE)
        return newest[0]

    def lifter_id(self) -> int:
        """The lifter's id; a new name becomes a new lifter. Within a transaction or outside."""
        self.connection.execute("INSERT OR IGNORE INTO lifters (name) VALUES (?)", (self.lifter,))
        id = self.known_id
        assert id is not None
        return id

    def add_set(self, new: NewSet) -> int:
        """Log a set that no sensor measured; gives its number."""
        return self.add_sets([new])[0]

    def add_sets(self, news: Sequence[NewSet]) -> list[int]:
        """Log several sets as one operation."""
        told = f"{len(news)} sets" if len(news) != 1 else f"a set of {news[0].reps} {news[0].exercise}"
        with self.operation("log", f"logged {told}") as op:
            return [self._put_set(op, new, "hand") for new in news]

    def _put_set(self, op: Operation, new: NewSet, source: str, batch_id: int | None = None) -> int:
        """One set within an operation."""
        at_utc, offset = to_columns(new.at)
        return op.insert(
            "sets",
            {
                "lifter_id": self.lifter_id(),
                "workout_id": self.workout_id(op, at_utc, new.workout),
                "at_utc": at_utc,
                "utc_offset_min": offset,
                "exercise": new.exercise,
                "load_kg": new.load_kg,
                "told_reps": new.reps,
                "warmup": int(new.warmup),
                "told_failed": int(new.failed),
                "felt_rir": new.felt_rir,
                "note": new.note,
                "source": source,
                "batch_id": batch_id,
                "import_key": new.import_key,
            },
        )

    def workout_id(self, op: Operation, at_utc: str, title: str | None = None) -> int:
        """The workout going on at a time, or a new one."""
        lifter_id = self.lifter_id()
        near = workout_near(self.connection, lifter_id, at_utc, title)
        return near if near is not None else op.insert("workouts", {"lifter_id": lifter_id, "title": title})

    def add_batch(self, source: str, file: str, sets: Sequence[NewSet]) -> tuple[int, int]:
        """Import sets as one operation: how many were new, and how many the log held already.

        source: strong, hevy ... Sets whose `import_key` is in the log are left out, deleted ones too.
        """
        fresh = self._not_there(sets)
        if fresh:
            with self.operation("import", f"imported {count_words(len(fresh), 'set')} from {file}") as op:
                batch_id = op.insert(
                    "import_batches",
                    {
                        "lifter_id": self.lifter_id(),
                        "at_utc": to_columns(now())[0],
                        "source": source,
                        "file": file,
                    },
                )
                for new in fresh:
                    self._put_set(op, new, source, batch_id)
        return len(fresh), len(sets) - len(fresh)

    def holds_set(self, set_id: int) -> bool:
        """Whether a set, deleted or not, is this lifter's."""
        with stated(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM sets JOIN lifters ON lifters.id = lifter_id "
                "WHERE lifters.name = ? AND sets.id = ?",
                (self.lifter, set_id),
            ).fetchone()
        return row is not None

    def holds_import(self, key: str, *, prefix: bool = False) -> bool:
        """Whether a set with that import key, or a key that begins so, is in the log."""
        with stated(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM sets JOIN lifters ON lifters.id = lifter_id "
                "WHERE lifters.name = ? AND (import_key = ? OR (? AND substr(import_key, 1, ?) = ?)) LIMIT 1",
                (self.lifter, key, prefix, len(key), key),
            ).fetchone()
        return row is not None

    def _not_there(self, sets: Sequence[NewSet]) -> list[NewSet]:
        with stated(self.path):
            rows = self.connection.execute(
                "SELECT import_key FROM sets JOIN lifters ON lifters.id = lifter_id "
                "WHERE lifters.name = ? AND import_key IS NOT NULL",
                (self.lifter,),
            )
            there = {row[0] for row in rows}
        fresh = []
        for new in sets:
            if new.import_key not in there:
                fresh.append(new)
            if new.import_key is not None:
                there.add(new.import_key)
        return fresh

    def weigh(self, *weighings: Weighing) -> None:
        """Log body weights, as one operation."""
        words = f"{weighings[0].weight_kg:g} kg" if len(weighings) == 1 else f"{len(weighings)} times"
        with self.operation("weigh", f"weighed {words}") as op:
            for one in weighings:
                op.insert("weighings", {**self._when(one.at), "weight_kg": one.weight_kg})

    def eat(self, *meals: Meal) -> None:
        """Log what was eaten or drunk, as one operation."""
        with self.operation("eat", "a meal" if len(meals) == 1 else f"{len(meals)} meals") as op:
            for one in meals:
                amounts = {
                    "protein_g": one.protein_g,
                    "energy_kcal": one.energy_kcal,
                    "carbohydrate_g": one.carbohydrate_g,
                    "water_l": one.water_l,
                }
                op.insert("meals", {**self._when(one.at), **amounts})

    def sleep(self, *nights: Night) -> None:
        """Log sleep, as one operation; a second entry for a day takes the place of the first."""
        words = f"{nights[0].hours:g} h of sleep" if len(nights) == 1 else f"{len(nights)} nights"
        with self.operation("sleep", words) as op:
            for one in nights:
                key = {"lifter_id": self.lifter_id(), "day": one.day.isoformat()}
                self._replace(op, "nights", key, {"hours": one.hours})

    def set_setting(self, name: str, value: Any) -> Settings:
        """Change one setting (a value of JSON). Raises EntryNotUnderstood, which says what is possible.

        With the unit the own bar and plates follow: their masses stay.
        """
        before = self.settings()
        after = with_setting(before, name, value)
        with self.operation("settings", f"set {name} to {json.dumps(value)}") as op:
            self._put_settings(op, {name: value, **carried_over(before, after.unit)})
        return self.settings()

    def reset_setting(self, name: str) -> None:
        """Go back to what is usual."""
        before = self.settings()
        with self.operation("settings", f"set {name} to what is usual") as op:
            if name == "unit":
                self._put_settings(op, carried_over(before, Settings().unit))
            for (id,) in self.connection.execute(
                "SELECT id FROM settings WHERE lifter_id = ? AND name = ?", (self.lifter_id(), name)
            ).fetchall():
                op.delete("settings", id)

    def _put_settings(self, op: Operation, values: dict[str, Any]) -> None:
        for name, value in values.items():
            key = {"lifter_id": self.lifter_id(), "name": name}
            self._replace(op, "settings", key, {"value": json.dumps(value)})

    def _when(self, at: datetime) -> dict[str, Any]:
        at_utc, offset = to_columns(at)
        return {"lifter_id": self.lifter_id(), "at_utc": at_utc, "utc_offset_min": offset}

    def _replace(self, op: Operation, table: str, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Change the row of a key, or add it."""
        where = " AND ".join(f"{name} = ?" for name in key)
        row = self.connection.execute(f"SELECT id FROM {table} WHERE {where}", tuple(key.values())).fetchone()
        if row is None:
            op.insert(table, {**key, **values})
        else:
            op.update(table, row[0], values)
