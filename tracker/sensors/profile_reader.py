"""Sensor profiles from TOML: every key is looked at, and what is wrong is said with its place."""

from __future__ import annotations

import re
import struct
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from hardset.tracker.errors import FileUnreadable, ProfileNotUnderstood
from hardset.tracker.sensors.layout import (
    AXES,
    HEADER_FIELDS,
    NUMBER_TYPES,
    SAMPLE_FIELDS,
    SHORTEST_WRAP_S,
    TIME_UNITS_S,
    WHOLE_TYPES,
    BinaryLayout,
    Clock,
    Command,
    Sequence,
    Stream,
    TextLayout,
    axes_among,
)
from hardset.tracker.sensors.model import MPS2_PER_G, RADPS_PER_DPS

ACCELERATION_UNITS = {"g": MPS2_PER_G, "mg": MPS2_PER_G * 1e-3, "mps2": 1.0}
ANGULAR_VELOCITY_UNITS = {"dps": RADPS_PER_DPS, "mdps": RADPS_PER_DPS * 1e-3, "radps": 1.0}
TEXT_CLOCK_BITS = 48
LARGEST_RATE_HZ = 2000.0
LONGEST_SKIP = 64
_Read = tuple[BinaryLayout | TextLayout, Clock | None, Sequence | None]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT_UUID = re.compile(r"(0x)?([0-9a-f]{4})")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_FIELD = re.compile(r"(\w+):(\w+)")


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that a profile says of a board."""

    id: str
    name: str
    name_prefixes: tuple[str, ...]
    service_uuids: tuple[str, ...]
    rates_hz: tuple[float, ...]
    streams: tuple[Stream, ...]
    start: tuple[Command, ...]
    stop: tuple[Command, ...]

    @property
    def has_gyroscope(self) -> bool:
        """True where angular velocity comes along."""
        return any("gyr_x" in stream.layout.axes for stream in self.streams)


def read_profile(path: Path) -> Profile:
    """The profile in a TOML file. Raises FileUnreadable or ProfileNotUnderstood."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(path, str(getattr(error, "strerror", None) or "not a text file")) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileNotUnderstood(path, "", f"no TOML ({error})", "key = value lines") from error
    return _profile(_Table(path, "", table))


class _Table:
    """A table of the file, with its place in it."""

    def __init__(self, path: Path, place: str, table: dict[str, Any]) -> None:
        self._path, self._place, self._table = path, place, table
        self._asked: set[str] = set()

    def wrong(self, key: str, problem: str, expected: str) -> ProfileNotUnderstood:
        place = f"{self._place}.{key}" if self._place and key else self._place or key
        return ProfileNotUnderstood(self._path, place, problem, expected)

    def get(
        self, key: str, type: type[Any] | tuple[type[Any], ...], expected: str, default: Any = None
    ) -> Any:
        self._asked.add(key)
        value = self._table.get(key, default)
        if value is None:
            raise self.wrong(key, "it is missing", expected)
        if not isinstance(value, type) or (isinstance(value, bool) and type is not bool):
            raise self.wrong(key, f"{value!r} does not fit", expected)
        return value

    def has(self, key: str) -> bool:
        return key in self._table

    def text(self, key: str, expected: str, default: str | None = None) -> str:
        return cast(str, self.get(key, str, expected, default))

    def texts(self, key: str, expected: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self.get(key, list, expected, default)
        if not all(isinstance(value, str) and value for value in values):
            raise self.wrong(key, f"{values!r} does not fit", expected)
        return tuple(values)

    def number(self, key: str, expected: str, default: float | None = None) -> float:
        return float(self.get(key, (int, float), expected, default))

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        expected = "one of " + ", ".join(known)
        value = self.text(key, expected, default)
        if value not in known:
            raise self.wrong(key, f"{value!r} is unknown", expected)
        return value

    def uuid(self, key: str) -> str:
        return self._uuid(key, self.text(key, "a UUID"))

    def uuids(self, key: str) -> tuple[str, ...]:
        return tuple(self._uuid(key, value) for value in self.texts(key, "a list of UUIDs", []))

    def _uuid(self, key: str, value: str) -> str:
        short = _SHORT_UUID.fullmatch(value.lower())
        full = f"0000{short[2]}-0000-1000-8000-00805f9b34fb" if short else value.lower()
        if not _UUID.fullmatch(full):
            raise self.wrong(key, f"{value!r} is no UUID", "32 hexadecimal digits with hyphens, or 4")
        return full

    def table(self, key: str) -> _Table:
        place = f"{self._place}.{key}" if self._place else key
        return _Table(self._path, place, self.get(key, dict, "a table"))

    def tables(self, key: str, default: list[dict[str, Any]] | None = None) -> tuple[_Table, ...]:
        expected = f"[[{key}]] tables"
        values = self.get(key, list, expected, default)
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, f"{values!r} does not fit", expected)
        return tuple(_Table(self._path, f"{key}[{i}]", value) for i, value in enumerate(values))

    def finish(self) -> None:
        """No key may be left over: a mistyped one would be silently without effect."""
        for key in self._table:
            if key not in self._asked:
                raise self.wrong(key, "this key is unknown", "one of " + ", ".join(sorted(self._asked)))


def _profile(table: _Table) -> Profile:
    id = table.text("id", "a short name such as my_board")
    if not _ID.fullmatch(id):
        raise table.wrong("id", f"{id!r} does not fit", "small letters, digits and underscores")
    profile = Profile(
        id=id,
        name=table.text("name", "what people call it"),
        name_prefixes=table.texts("name_prefixes", "a list of beginnings of the advertised name", []),
        service_uuids=table.uuids("service_uuids"),
        rates_hz=_rates(table),
        streams=tuple(_stream(stream) for stream in table.tables("stream")),
        start=tuple(_command(command) for command in table.tables("start", [])),
        stop=tuple(_command(command) for command in table.tables("stop", [])),
    )
    table.finish()
    if not (profile.name_prefixes or profile.service_uuids):
        raise table.wrong("name_prefixes", "it can't be recognised", "name_prefixes or service_uuids")
    _check_streams(table, profile.streams)
    return profile


def _rates(table: _Table) -> tuple[float, ...]:
    expected = f"a rising list of rates from 1 to {LARGEST_RATE_HZ:.0f} Hz"
    values = table.get("rates_hz", list, expected)
    good = all(isinstance(rate, int | float) and 1 <= rate <= LARGEST_RATE_HZ for rate in values)
    if not values or not good or sorted(set(values)) != values:
        raise table.wrong("rates_hz", f"{values!r} does not fit", expected)
    return tuple(float(rate) for rate in values)


def _check_streams(table: _Table, streams: tuple[Stream, ...]) -> None:
    axes = [stream.layout.axes for stream in streams]
    acc, gyro = AXES[:3], AXES[3:]
    if axes in ([acc], [AXES]):
        return
    if sorted(axes) != [acc, gyro]:
        raise table.wrong(
            "stream",
            "its axes do not fit",
            "one stream with acc_x to acc_z (and gyr_x to gyr_z), or one of each",
        )
    if any(stream.clock or stream.sequence for stream in streams):
        raise table.wrong("stream", "two streams with a time or a sequence", "neither, or one stream")
    if any(isinstance(stream.layout, TextLayout) for stream in streams):
        raise table.wrong("stream", "two streams of text", "binary ones, or one stream")


def _stream(table: _Table) -> Stream:
    characteristic = table.uuid("characteristic")
    is_text = table.one_of("format", ("binary", "text"), "binary") == "text"
    layout, clock, sequence = _text(table) if is_text else _binary(table)
    acc = _unit(table, "acceleration", ACCELERATION_UNITS) if "acc_x" in layout.axes else 1.0
    gyro = _unit(table, "angular_velocity", ANGULAR_VELOCITY_UNITS) if "gyr_x" in layout.axes else 1.0
    table.finish()
    return Stream(characteristic, layout, clock, sequence, acc, gyro)


def _unit(table: _Table, key: str, units: dict[str, float]) -> float:
    unit = table.table(key)
    per_count = unit.number("per_count", "a number, in that unit", 1.0)
    value = per_count * units[unit.one_of("unit", tuple(units))]
    if not 0 < abs(value) < 1e6:
        raise unit.wrong("per_count", f"{per_count!r} does not fit", "a number that is not 0")
    unit.finish()
    return value


def _text(table: _Table) -> _Read:
    columns = table.texts("columns", "a list of column names")
    _check_names(table, "columns", columns, SAMPLE_FIELDS)
    separator = table.text("separator", "one character", ",")
    if len(separator) != 1 or separator.isdigit():
        raise table.wrong("separator", f"{separator!r} does not fit", "one character")
    clock = None
    if "time" in columns:
        clock = Clock(TIME_UNITS_S[table.one_of("time_unit", ("ms", "us", "ns"))], TEXT_CLOCK_BITS, "each")
    return TextLayout(separator, columns, axes_among(columns)), clock, None


def _binary(table: _Table) -> _Read:
    order = {"little": "<", "big": ">"}[table.one_of("byte_order", ("little", "big"), "little")]
    header = _fields(table, "header", HEADER_FIELDS, order, [])
    sample = _fields(table, "sample", SAMPLE_FIELDS, order, None)
    sync = table.text("sync", "hexadecimal bytes", "")
    try:
        axes = axes_among(dict(sample))
        layout = BinaryLayout(bytes.fromhex(sync), np.dtype(header), np.dtype(sample), axes)
    except ValueError:
        raise table.wrong("sync", f"{sync!r} does not fit", "hexadecimal bytes") from None
    return layout, _clock(table, dict(header), dict(sample)), _sequence(table, dict(header))


def _fields(
    table: _Table, key: str, known: tuple[str, ...], order: str, default: list[str] | None
) -> list[tuple[str, str]]:
    """Fields of a numpy structure: name and type; what is skipped gets a name of its own."""
    expected = 'a list such as ["acc_x:i16", "skip:2"]'
    fields: list[tuple[str, str]] = []
    for text in table.texts(key, expected, default):
        match = _FIELD.fullmatch(text)
        if match is None:
            raise table.wrong(key, f"{text!r} does not fit", expected)
        name, type = match.groups()
        if name == "skip":
            if not type.isdecimal() or not 0 < int(type) <= LONGEST_SKIP:
                raise table.wrong(key, f"{text!r} does not fit", f"skip: and 1 to {LONGEST_SKIP} bytes")
            fields.append((f"skip_{len(fields)}", f"V{int(type)}"))
            continue
        types = NUMBER_TYPES if name in AXES else WHOLE_TYPES if name != "time" else _TIME_TYPES
        if type not in types:
            raise table.wrong(key, f"{type!r} is no type for {name}", "one of " + ", ".join(types))
        fields.append((name, order + types[type]))
    _check_names(table, key, [name for name, _ in fields if not name.startswith("skip_")], known)
    return fields


_TIME_TYPES = {**WHOLE_TYPES, "i32": "u4", "i64": "u8"}
"""A signed clock counts up as an unsigned one does."""


def _check_names(table: _Table, key: str, names: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for name in names:
        if name not in known:
            raise table.wrong(key, f"{name!r} is unknown", "one of " + ", ".join(known))
        if name != "skip" and names.count(name) > 1:
            raise table.wrong(key, f"{name!r} is there twice", "each field once")


def _clock(table: _Table, header: dict[str, str], sample: dict[str, str]) -> Clock | None:
    if "time" in header and "time" in sample:
        raise table.wrong("sample", "time is in the header too", "one of them")
    type = header.get("time") or sample.get("time")
    if type is None:
        return None
    tick_s = TIME_UNITS_S[table.one_of("time_unit", tuple(TIME_UNITS_S))]
    bits = 8 * int(type[-1])
    if tick_s * 2**bits < SHORTEST_WRAP_S:
        raise table.wrong("time_unit", "the clock wraps too soon", f"one that runs {SHORTEST_WRAP_S:.0f} s")
    if "time" in sample:
        return Clock(tick_s, bits, "each")
    of = table.one_of("time_of", ("first", "last"), "first")
    return Clock(tick_s, bits, "last" if of == "last" else "first")


def _sequence(table: _Table, header: dict[str, str]) -> Sequence | None:
    if "sequence" not in header:
        return None
    counts = table.one_of("sequence_counts", ("samples", "notifications"))
    return Sequence(8 * int(header["sequence"][-1]), "samples" if counts == "samples" else "notifications")


def _command(table: _Table) -> Command:
    expected = "hexadecimal bytes with places such as {rate_hz:u16}, {period_ms:u16be}"
    command = Command(
        characteristic=table.uuid("characteristic"),
        template=table.text("bytes", expected),
        with_response=bool(table.get("with_response", bool, "true or false", True)),
        pause_s=table.number("pause_s", "seconds from 0 to 10", 0.0),
    )
    table.finish()
    if not 0 <= command.pause_s <= 10:
        raise table.wrong("pause_s", f"{command.pause_s!r} does not fit", "seconds from 0 to 10")
    try:
        command.payload(100.0)
    except (ValueError, struct.error):
        raise table.wrong("bytes", f"{command.template!r} does not fit", expected) from None
    return command
