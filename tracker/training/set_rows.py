"""Rows of sets and reps, and the plain values that everything is computed from."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hardset.signal.repetition import Repetition
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.times import WORKOUT_GAP, from_columns

Json = dict[str, Any]
_Measured = tuple[list[float], list[Any]]
"""Velocity of each rep, and its error or None."""

REP_COLUMNS = (
    *("eccentric_start_s", "concentric_start_s", "concentric_end_s"),
    *("mean_velocity_mps", "mean_velocity_sd_mps", "mean_propulsive_velocity_mps", "peak_velocity_mps"),
    *("rom_m", "mean_angular_velocity_dps", "mean_angular_velocity_sd_dps", "rom_deg"),
    *("eccentric_s", "bottom_pause_s", "top_pause_s", "doubt"),
)
"""What a repetition is, but for its number: that is its place among the reps that stand."""

_SETS = """
SELECT sets.id, sets.at_utc, sets.utc_offset_min, sets.workout_id, workouts.title, sets.exercise,
    sets.load_kg, sets.told_reps, sets.warmup,
    coalesce(sets.told_failed, sets.attempt_seen, 0), sets.felt_rir,
    sets.placement, sets.deleted, set_rir.pmf, set_rir.calibrated, set_rir.low80, set_rir.high80
FROM sets JOIN workouts ON workouts.id = sets.workout_id LEFT JOIN set_rir ON set_rir.set_id = sets.id
WHERE sets.lifter_id = :lifter AND (:every OR NOT sets.deleted AND sets.exercise IS NOT NULL)
    AND sets.at_utc >= :since AND (:exercise IS NULL OR sets.exercise = :exercise)
ORDER BY sets.at_utc, sets.id
"""
_DELETED, _RIR = 12, slice(13, 17)
"""Where these columns stand in a row of `_SETS`."""
_VELOCITIES = """
SELECT reps.set_id, coalesce(mean_velocity_mps, mean_angular_velocity_dps),
    coalesce(mean_velocity_sd_mps, mean_angular_velocity_sd_dps)
FROM sets JOIN reps ON reps.set_id = sets.id
WHERE sets.lifter_id = :lifter AND (:every OR NOT sets.deleted AND sets.exercise IS NOT NULL)
    AND sets.at_utc >= :since AND (:exercise IS NULL OR sets.exercise = :exercise) AND NOT reps.deleted
ORDER BY reps.set_id, reps.concentric_start_s
"""


@dataclass(frozen=True, slots=True)
class KeptRir:
    """What is kept of one set's estimate."""

    pmf: tuple[float, ...]
    calibrated: bool
    interval: tuple[float, float] | None
    """Ends of the 80 % interval; None for what version 1 of the tables kept."""


@dataclass(frozen=True, slots=True)
class StoredRep:
    """One rep of a measured set with its row's id; `deleted` ones are kept so that they can come back."""

    id: int
    rep: Repetition
    deleted: bool
    origin: str
    """measured, split or merged."""
    replaced: bool = False
    """True where it was split or merged: others stand for it."""


def read_sets(
    connection: sqlite3.Connection,
    lifter_id: int,
    *,
    since_utc: str = "",
    exercise: str | None = None,
    made: Mapping[int, KeptRir],
) -> tuple[LoggedSet, ...]:
    """A lifter's sets, oldest first. 10,000 sets of 8 reps take about 0.2 s.

    made: reps in reserve that were made just now and perhaps could not be kept.
    """
    given = {"lifter": lifter_id, "since": since_utc, "exercise": exercise, "every": 0}
    return tuple(one for one, _ in _read(connection, given, made))


def read_every_set(
    connection: sqlite3.Connection,
    lifter_id: int,
    made: Mapping[int, KeptRir],
    exercise: str | None = None,
) -> tuple[tuple[LoggedSet, bool], ...]:
    """A lifter's sets, oldest first, and whether each is deleted; those that nobody has named too ('')."""
    given = {"lifter": lifter_id, "since": "", "exercise": exercise, "every": 1}
    return tuple(_read(connection, given, made))


def _read(
    connection: sqlite3.Connection, given: Mapping[str, object], made: Mapping[int, KeptRir]
) -> Iterator[tuple[LoggedSet, bool]]:
    reps: dict[int, _Measured] = defaultdict(lambda: ([], []))
    for set_id, velocity, sd in connection.execute(_VELOCITIES, given):
        velocities, sds = reps[set_id]
        velocities.append(velocity)
        sds.append(sd)
    rows = connection.execute(_SETS, given).fetchall()
    names = _workout_names(rows)
    kept = {**_kept(rows), **made}
    for row in rows:
        yield _logged(row, names[row[3]], reps[row[0]], kept.get(row[0])), bool(row[_DELETED])


def _kept(rows: list[tuple[Any, ...]]) -> dict[int, KeptRir]:
    """Kept figures by set. All texts are read as one: a quarter of the time of 10,000 small ones."""
    known = [(row[0], *row[_RIR]) for row in rows if row[_RIR][0] is not None]
    pmfs = json.loads(f"[{','.join(pmf for _, pmf, *_ in known)}]")
    return {
        id: KeptRir(tuple(pmf), bool(calibrated), None if low80 is None else (low80, high80))
        for (id, _, calibrated, low80, high80), pmf in zip(known, pmfs, strict=True)
    }


def _workout_names(rows: list[tuple[Any, ...]]) -> dict[int, str]:
    """Each workout by the minute in which its first set ended, and its title; no two alike."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for _, at_utc, offset, workout_id, title, *_rest in rows:
        if workout_id in names:
            continue
        name = f"{from_columns(at_utc, offset):%Y-%m-%d %H:%M}" + (f" {title}" if title else "")
        names[workout_id] = name if name not in used else f"{name} ({workout_id})"
        used.add(names[workout_id])
    return names


def _logged(row: tuple[Any, ...], workout: str, measured: _Measured, rir: KeptRir | None) -> LoggedSet:
    id, at_utc, offset, _, _, exercise, load_kg, told, warmup, failed, felt, placement, *_cached = row
    velocities, sds = measured
    return LoggedSet(
        id=id,
        at=from_columns(at_utc, offset),
        workout=workout,
        exercise=exercise or "",
        load_kg=load_kg,
        reps=len(velocities) if told is None else told,
        warmup=bool(warmup),
        failed=bool(failed),
        felt_rir=felt,
        velocities=tuple(velocities),
        velocity_sds=tuple(sds) if sds and None not in sds else None,
        placement=placement,
        rir_pmf=None if rir is None else rir.pmf,
        calibrated=rir is not None and rir.calibrated,
        rir_interval=None if rir is None else rir.interval,
    )


def read_reps(connection: sqlite3.Connection, set_id: int) -> list[StoredRep]:
    """All reps of a set in the order of time, deleted ones too; those that stand are numbered from 1."""
    rows = connection.execute(
        f"SELECT id, deleted, origin, {', '.join(REP_COLUMNS)} FROM reps WHERE set_id = ? "
        "ORDER BY concentric_start_s, id",
        (set_id,),
    ).fetchall()
    return list(_numbered(rows))


def _numbered(rows: list[tuple[Any, ...]]) -> Iterator[StoredRep]:
    number = 0
    for id, deleted, origin, *values in rows:
        number += not deleted
        fields = dict(zip(REP_COLUMNS, values, strict=True))
        rep = Repetition(number=0 if deleted else number, **fields)
        yield StoredRep(id, rep, bool(deleted), origin, replaced=deleted == 2)


def rep_row(set_id: int, rep: Repetition, origin: str = "measured") -> Json:
    """The columns of one rep."""
    return {"set_id": set_id, "origin": origin, **{name: getattr(rep, name) for name in REP_COLUMNS}}


def workout_near(
    connection: sqlite3.Connection, lifter_id: int, at_utc: str, title: str | None = None
) -> int | None:
    """The workout of the set nearest in time, if that is close enough and bears the title (if any)."""
    hours = WORKOUT_GAP.total_seconds() / 3600.0
    row = connection.execute(
        "SELECT workout_id, abs(julianday(at_utc) - julianday(:at)) * 24 AS apart "
        "FROM sets JOIN workouts ON workouts.id = workout_id WHERE sets.lifter_id = :lifter "
        "AND at_utc BETWEEN datetime(:at, :before) AND datetime(:at, :after) "
        "AND (:title IS NULL OR title = :title) AND NOT deleted ORDER BY apart, sets.id LIMIT 1",
        {
            "lifter": lifter_id,
            "at": at_utc,
            "before": f"-{hours} hours",
            "after": f"+{hours} hours",
            "title": title,
        },
    ).fetchone()
    return None if row is None or row[1] >= hours else int(row[0])
