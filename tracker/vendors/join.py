"""Files of one recording, a sensor each, made one recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hardset.signal.samples import FloatArray
from hardset.tracker.errors import (
    FilesDoNotFit,
    HeaderNotUnderstood,
    LineNotUnderstood,
    NothingMeasured,
)
from hardset.tracker.recording_csv import Table, read_table
from hardset.tracker.recordings import RecordingFile, checked, in_order, read_recording
from hardset.tracker.vendors.layout import Quantity

LONGEST_BRIDGE_S = 0.25
"""A hole in one sensor's stream up to this long is bridged by a straight line; a longer one is a hole in
the recording. Nothing in a lift turns round and back within it unseen at 2 Hz and below."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One quantity of one file, in the order of time."""

    path: Path
    quantity: Quantity
    time_s: FloatArray
    """(n,) s, on the clock that the files share."""
    values: FloatArray
    """(n, 3) m/s² or rad/s."""
    notes: tuple[str, ...]

    @property
    def rate_hz(self) -> float:
        """Samples per second over the whole stream."""
        span = float(self.time_s[-1] - self.time_s[0]) if len(self.time_s) > 1 else 0.0
        return (len(self.time_s) - 1) / span if span > 0 else 0.0


def join_recordings(paths: Sequence[Path], device: str | None = None) -> RecordingFile:
    """One recording from the files of its sensors, or from one file or the folder that holds them.

    The stamps are those of the fastest stream; the others are interpolated linearly to them, within
    the time that all cover. Raises a FileProblem; FilesDoNotFit for files that are not of one recording.
    """
    if len(paths) == 1 and not paths[0].is_dir():
        return read_recording(paths[0], device)
    notes: list[str] = []
    streams: dict[Quantity, Stream] = {}
    for path, table in _tables(paths, device, notes):
        for stream in _streams(path, table):
            if stream.quantity in streams:
                _choose(streams, stream, notes, strict=len(paths) > 1)
            else:
                streams[stream.quantity] = stream
    wanted = _wanted(paths, streams, notes)
    for stream in wanted:
        notes += [f"{stream.path.name}: {note}" for note in stream.notes if note]
    values = _on_one_clock(wanted, notes)
    linear = [s for s in wanted if s.quantity is Quantity.LINEAR]
    if linear:
        values[:, 1:4] += values[:, 4:7]
        values = np.delete(values, slice(4, 7), axis=1)
    return checked(wanted[0].path, values, 0, notes)


def _tables(paths: Sequence[Path], device: str | None, notes: list[str]) -> list[tuple[Path, Table]]:
    """The files of the list, or those in a folder that hold samples; the others of a folder are named."""
    if len(paths) > 1:
        return [(path, read_table(path, device)) for path in paths]
    folder = paths[0]
    tables, others = [], []
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in (".csv", ".txt")):
        try:
            tables.append((path, read_table(path, device)))
        except (HeaderNotUnderstood, LineNotUnderstood):
            others.append(path.name)
    if not tables:
        raise NothingMeasured(folder, "no file in this folder holds samples of a motion sensor")
    if others:
        notes.append(f"not used: {', '.join(others)}")
    return tables


def _streams(path: Path, table: Table) -> list[Stream]:
    """Each quantity of a file by itself: rows with holes left out, sorted by time."""
    streams = []
    for quantity in table.quantities:
        block = table.block(quantity)
        assert block is not None
        values = np.hstack([table.values[:, :1], block])
        finite = np.isfinite(values).all(axis=1)
        if not finite.any():
            continue
        warnings: list[str] = []
        rows = np.flatnonzero(finite).astype(np.float64)
        values = in_order(path, table, values[finite], rows, warnings)
        notes = (table.taken or "read as a recording", *warnings)
        streams.append(Stream(path, quantity, values[:, 0], values[:, 1:4], notes))
    return streams


def _choose(streams: dict[Quantity, Stream], other: Stream, notes: list[str], *, strict: bool) -> None:
    """Two files of one quantity: of a folder the calibrated one is taken, a list must not hold them."""
    first = streams[other.quantity]
    if strict:
        raise FilesDoNotFit((first.path, other.path), f"both hold {other.quantity}")
    keep, leave = (other, first) if "uncalibrated" in first.path.stem.lower() else (first, other)
    streams[other.quantity] = keep
    notes.append(f"not used: {leave.path.name}, since {keep.path.name} holds {keep.quantity} too")


def _wanted(paths: Sequence[Path], streams: dict[Quantity, Stream], notes: list[str]) -> list[Stream]:
    """The acceleration with gravity (or its two parts), then the angular velocity where there is one."""
    parts = [streams[q] for q in (Quantity.LINEAR, Quantity.GRAVITY) if q in streams]
    if Quantity.ACCELERATION in streams:
        notes += [f"not used: {part.path.name}, {part.quantity}" for part in parts]
        parts = [streams[Quantity.ACCELERATION]]
    elif len(parts) < 2:
        found = ", ".join(streams) or "nothing"
        raise FilesDoNotFit(tuple(paths), f"there is {found} and no acceleration with gravity")
    gyro = streams.get(Quantity.ANGULAR_VELOCITY)
    return [*parts, gyro] if gyro is not None else parts


def _on_one_clock(streams: list[Stream], notes: list[str]) -> FloatArray:
    """Rows (n, 1 + 3k) at the stamps of the fastest stream, from 0 s."""
    start = max(float(s.time_s[0]) for s in streams)
    end = min(float(s.time_s[-1]) for s in streams)
    if end <= start:
        raise FilesDoNotFit(
            tuple(s.path for s in streams), "their times don't overlap, so they are not of one recording"
        )
    fastest = max(streams, key=lambda s: int(((s.time_s >= start) & (s.time_s <= end)).sum()))
    time_s = fastest.time_s[(fastest.time_s >= start) & (fastest.time_s <= end)]
    bridged = np.ones(len(time_s), dtype=bool)
    for stream in streams:
        bridged &= _gap_around(stream.time_s, time_s) <= max(LONGEST_BRIDGE_S, 2.5 / stream.rate_hz)
    blocks = [time_s[:, None] - start]
    for stream in streams:
        blocks.append(
            np.column_stack([np.interp(time_s, stream.time_s, stream.values[:, k]) for k in range(3)])
        )
        if stream is not fastest:
            notes.append(
                f"{stream.quantity} ({stream.rate_hz:.1f} Hz) interpolated to the stamps of "
                f"{fastest.quantity} ({fastest.rate_hz:.1f} Hz)"
            )
    if lost := int((~bridged).sum()):
        notes.append(f"{lost} samples lie in holes of one of the files and were left out")
    return np.hstack(blocks)[bridged]


def _gap_around(own_s: FloatArray, at_s: FloatArray) -> FloatArray:
    """Time between the neighbours (s) of each moment in a stream; 0 at its own stamps."""
    after = np.clip(np.searchsorted(own_s, at_s), 0, len(own_s) - 1)
    before = np.maximum(after - 1, 0)
    gap = own_s[after] - own_s[before]
    return np.asarray(np.where(own_s[after] == at_s, 0.0, gap), dtype=np.float64)
