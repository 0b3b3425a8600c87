"""Corrections of logged sets and their reps. Whatever follows from them is worked out anew when it is read.

Nothing is thrown away: deleted sets and reps stay in the file, marked, and each change can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from statistics import pstdev

from hardset.signal.repetition import Repetition
from hardset.tracker.errors import NotInLog
from hardset.tracker.storage.database import stated
from hardset.tracker.storage.journal import Operation
from hardset.tracker.training.log import Log
from hardset.tracker.training.set_rows import StoredRep, read_reps, rep_row

DELETED, REPLACED = 1, 2
"""Marks of a rep: taken away by the lifter, or split or merged into others."""


class Same(Enum):
    """Stands for what is not to be changed."""

    SAME = "same"


SAME = Same.SAME


@dataclass(frozen=True, slots=True)
class SetChanges:
    """What is to be changed of a set; None takes back what was told."""

    exercise: str | Same = SAME
    load_kg: float | Same | None = SAME
    reps: int | Same | None = SAME
    """None: as many as the sensor counted."""
    felt_rir: float | Same | None = SAME
    warmup: bool | Same = SAME
    failed: bool | Same | None = SAME
    """None: as the sensor saw it."""
    note: str | Same | None = SAME

    def columns(self) -> dict[str, object]:
        """The columns that change."""
        wanted: dict[str, object] = {
            "exercise": self.exercise,
            "load_kg": self.load_kg,
            "told_reps": self.reps,
            "felt_rir": self.felt_rir,
            "warmup": self.warmup,
            "told_failed": self.failed,
            "note": self.note,
        }
        return {
            name: int(value) if isinstance(value, bool) else value
            for name, value in wanted.items()
            if value is not SAME
        }


def edit_set(log: Log, set_id: int, changes: SetChanges) -> None:
    """Change what was told of a set. Raises NotInLog."""
    columns = changes.columns()
    _check(log, set_id)
    if columns:
        names = ", ".join(name.removeprefix("told_") for name in columns)
        with log.operation("edit", f"changed {names} of set {set_id}") as op:
            op.update("sets", set_id, columns)


def delete_set(log: Log, set_id: int) -> None:
    """Take a set out of everything."""
    _check(log, set_id)
    with log.operation("edit", f"deleted set {set_id}") as op:
        op.update("sets", set_id, {"deleted": 1})


def restore_set(log: Log, set_id: int) -> None:
    """Bring a deleted set back."""
    _check(log, set_id)
    with log.operation("edit", f"restored set {set_id}") as op:
        op.update("sets", set_id, {"deleted": 0})


def reps_of(log: Log, set_id: int) -> list[StoredRep]:
    """The reps of a measured set in the order of time, deleted ones too; their place, from 1, names them."""
    _check(log, set_id)
    with stated(log.path):
        return [one for one in read_reps(log.connection, set_id) if not one.replaced]


def delete_rep(log: Log, set_id: int, place: int) -> None:
    """Take one rep out of a set."""
    rep = _rep(log, set_id, place)
    with log.operation("edit", f"deleted rep {place} of set {set_id}") as op:
        op.update("reps", rep.id, {"deleted": DELETED})
        _count_again(op, set_id)


def restore_rep(log: Log, set_id: int, place: int) -> None:
    """Bring a deleted rep back."""
    rep = _rep(log, set_id, place)
    with log.operation("edit", f"restored rep {place} of set {set_id}") as op:
        op.update("reps", rep.id, {"deleted": 0})
        _count_again(op, set_id)


def merge_reps(log: Log, set_id: int, place: int) -> None:
    """Make one rep of a rep and the next one that stands: a stall was taken for its end."""
    first = _standing(log, set_id, place)
    later = [one for one in reps_of(log, set_id)[place:] if not one.deleted]
    if not later:
        raise NotInLog(f"rep after rep {place} of set {set_id}", "nothing can be merged with the last one")
    with log.operation("edit", f"merged reps {place} and {place + 1} of set {set_id}") as op:
        for old in (first, later[0]):
            op.update("reps", old.id, {"deleted": REPLACED})
        op.insert("reps", rep_row(set_id, _merged(first.rep, later[0].rep), "merged"))
        _count_again(op, set_id)


def split_rep(log: Log, set_id: int, place: int) -> None:
    """Make two reps of one: a turn was missed. Both take the velocity of the whole, with the set's spread."""
    old = _standing(log, set_id, place)
    speeds = [one.rep.speed for one in reps_of(log, set_id) if not one.deleted]
    with log.operation("edit", f"split rep {place} of set {set_id}") as op:
        op.update("reps", old.id, {"deleted": REPLACED})
        op.insert_all("reps", [rep_row(set_id, half, "split") for half in _halves(old.rep, pstdev(speeds))])
        _count_again(op, set_id)


def _merged(first: Repetition, last: Repetition) -> Repetition:
    seconds = last.concentric_end_s - first.concentric_start_s
    rom_m, rom_deg = _sum(first.rom_m, last.rom_m), _sum(first.rom_deg, last.rom_deg)
    return replace(
        first,
        concentric_end_s=last.concentric_end_s,
        rom_m=rom_m,
        rom_deg=rom_deg,
        mean_velocity_mps=None if rom_m is None else rom_m / seconds,
        mean_angular_velocity_dps=None if rom_deg is None else rom_deg / seconds,
        mean_propulsive_velocity_mps=None,
        peak_velocity_mps=_greater(first.peak_velocity_mps, last.peak_velocity_mps),
        mean_velocity_sd_mps=_greater(first.mean_velocity_sd_mps, last.mean_velocity_sd_mps),
        mean_angular_velocity_sd_dps=_greater(
            first.mean_angular_velocity_sd_dps, last.mean_angular_velocity_sd_dps
        ),
        top_pause_s=last.top_pause_s,
        doubt="merged by hand",
    )


def _halves(whole: Repetition, spread: float) -> tuple[Repetition, Repetition]:
    middle_s = 0.5 * (whole.concentric_start_s + whole.concentric_end_s)
    half = replace(
        whole,
        rom_m=None if whole.rom_m is None else whole.rom_m / 2,
        rom_deg=None if whole.rom_deg is None else whole.rom_deg / 2,
        mean_velocity_sd_mps=_wider(whole.mean_velocity_sd_mps, spread),
        mean_angular_velocity_sd_dps=_wider(whole.mean_angular_velocity_sd_dps, spread),
        mean_propulsive_velocity_mps=None,
        doubt="split by hand: its velocity is the whole's",
    )
    first = replace(half, concentric_end_s=middle_s, top_pause_s=None)
    last = replace(
        half, concentric_start_s=middle_s, eccentric_start_s=None, eccentric_s=None, bottom_pause_s=None
    )
    return first, last


def _sum(first: float | None, last: float | None) -> float | None:
    return None if first is None or last is None else first + last


def _greater(first: float | None, last: float | None) -> float | None:
    return None if first is None or last is None else max(first, last)


def _wider(sd: float | None, spread: float) -> float | None:
    return None if sd is None else (sd**2 + spread**2) ** 0.5


def _count_again(op: Operation, set_id: int) -> None:
    """Whoever corrects single reps wants them counted: a number told before no longer holds."""
    op.update("sets", set_id, {"told_reps": None})


def _check(log: Log, set_id: int) -> None:
    if not log.holds_set(set_id):
        raise NotInLog(f"set {set_id}", "hardset history EXERCISE lists the sets with their numbers")


def _rep(log: Log, set_id: int, place: int) -> StoredRep:
    reps = reps_of(log, set_id)
    if not 1 <= place <= len(reps):
        there = f"it has {len(reps)} measured reps" if reps else "it was not measured, say --reps instead"
        raise NotInLog(f"rep {place} of set {set_id}", there)
    return reps[place - 1]


def _standing(log: Log, set_id: int, place: int) -> StoredRep:
    rep = _rep(log, set_id, place)
    if rep.deleted:
        raise NotInLog(f"standing rep {place} of set {set_id}", "it is deleted, restore it first")
    return rep
