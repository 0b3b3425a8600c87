"""The user's own exercises: a TOML file of the catalogue's form, checked field by field.

[[exercise]]
id = "chest_press"
name = "Chest Press (machine)"
movement = "horizontal_push"
direct = ["chest"]
indirect = ["triceps", "front_delts"]
aliases = ["Chest Press (Machine)", "Iso-Lateral Chest Press (Machine)"]
"""

from __future__ import annotations

import difflib
import math
import os
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardset.tracker.data_folder import data_folder
from hardset.tracker.errors import FileUnreadable, LabelNotUnderstood

FILE_NAME = "exercises.toml"
VARIABLE = "HARDSET_EXERCISES"
_RANGES = ("rom_m", "rom_deg", "joint_deg", "first_rep_mps")
_TEXTS = ("id", "name", "movement", "joint", "first_phase")
_LISTS = ("direct", "indirect", "sensor_sites", "aliases", "concentric_down_on", "height_unsure_on")
_FLAGS = ("fails_by_rom", "ballistic")
_PRIOR = ("mean_mps", "between_lifters_sd_mps", "per_set_sd_mps")
_KEYS = (*_TEXTS, *_LISTS, *_RANGES, *_FLAGS, "failure_velocity")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words that an entry may use."""

    muscles: Collection[str]
    sites: Collection[str]
    movements: Collection[str]


def own_file() -> Path | None:
    """The file of own exercises: HARDSET_EXERCISES, or exercises.toml in the data folder if it is there."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    path = data_folder() / FILE_NAME
    return path if path.is_file() else None


def read_own(path: Path, known: KnownWords) -> list[dict[str, Any]]:
    """The checked entries as rows of the catalogue's own form, what is left out filled in.

    Raises FileUnreadable, or LabelNotUnderstood that names the exercise and what was expected.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileUnreadable(path, (error.strerror or str(error)).lower()) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelNotUnderstood(
            path, f"not valid TOML ({error})", "entries that begin with [[exercise]]"
        ) from error
    entries = raw.pop("exercise", [])
    raw.pop("schema", None)
    if raw or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problem = f"unknown '{next(iter(raw))}'" if raw else "'exercise' is no list of tables"
        raise LabelNotUnderstood(path, problem, "entries that begin with [[exercise]]")
    checks = _Checks(path, known)
    rows = [checks.row(entry, number) for number, entry in enumerate(entries, 1)]
    ids = [row["id"] for row in rows]
    for id in ids:
        if ids.count(id) > 1:
            raise LabelNotUnderstood(
                path, f"the id '{id}' stands there {ids.count(id)} times", "one entry each"
            )
    return rows


@dataclass(frozen=True, slots=True)
class _Checks:
    """Checks of one file's entries; each complaint names the file and the exercise."""

    path: Path
    known: KnownWords

    def row(self, entry: dict[str, Any], number: int) -> dict[str, Any]:
        where = f"exercise {number}" + (f" ({entry['id']})" if isinstance(entry.get("id"), str) else "")
        for key in entry:
            if key not in _KEYS:
                self._fail(where, f"unknown field '{key}'", self._closest(key, _KEYS))
        self._texts(where, entry)
        self._lists(where, entry)
        for key in _RANGES:
            if key in entry:
                self._range(where, key, entry[key])
        for key in _FLAGS:
            if not isinstance(entry.get(key, False), bool):
                self._fail(where, f"{key} is {entry[key]!r}", "true or false")
        self._prior(where, entry.get("failure_velocity"))
        return {"indirect": [], "sensor_sites": ["bar"], "aliases": [], **entry}

    def _texts(self, where: str, entry: dict[str, Any]) -> None:
        for key in ("id", "name", "movement"):
            if key not in entry:
                self._fail(where, f"'{key}' is missing", f'something like {key} = "chest_press"')
        for key in _TEXTS:
            if key in entry and (not isinstance(entry[key], str) or not entry[key].strip()):
                self._fail(where, f"{key} is {entry[key]!r}", "text")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", entry["id"]):
            self._fail(where, f"the id '{entry['id']}'", "small letters, digits and _, such as chest_press")
        self._one_of(where, "movement", entry["movement"], self.known.movements)
        if "first_phase" in entry:
            self._one_of(where, "first_phase", entry["first_phase"], ("eccentric", "concentric"))

    def _lists(self, where: str, entry: dict[str, Any]) -> None:
        for key in _LISTS:
            value = entry.get(key, [])
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                self._fail(where, f"{key} is {value!r}", 'a list such as ["chest"]')
        if not entry.get("direct"):
            self._fail(
                where, "'direct' is missing or empty", 'the muscles it trains, such as direct = ["chest"]'
            )
        for key, words in (
            ("direct", self.known.muscles),
            ("indirect", self.known.muscles),
            ("sensor_sites", self.known.sites),
            ("concentric_down_on", self.known.sites),
            ("height_unsure_on", self.known.sites),
        ):
            for word in entry.get(key, []):
                self._one_of(where, key, word, words)
        if twice := set(entry["direct"]) & set(entry.get("indirect", [])):
            self._fail(where, f"{min(twice)} is both direct and indirect", "one of the two")
        if "sensor_sites" in entry and not entry["sensor_sites"]:
            self._fail(where, "sensor_sites is empty", f"one of {', '.join(self.known.sites)}")

    def _range(self, where: str, key: str, value: Any) -> None:
        whole = isinstance(value, list) and len(value) == 2 and all(_is_number(item) for item in value)
        if not whole or not 0 < value[0] < value[1]:
            self._fail(where, f"{key} is {value!r}", "two numbers, the smaller first, such as [0.3, 0.5]")

    def _prior(self, where: str, value: Any) -> None:
        if value is None:
            return
        numbers = isinstance(value, dict) and set(value) == set(_PRIOR)
        if not numbers or not all(_is_number(item) and item > 0 for item in value.values()):
            expected = "{ mean_mps = 0.2, between_lifters_sd_mps = 0.06, per_set_sd_mps = 0.04 }"
            self._fail(where, f"failure_velocity is {value!r}", expected)

    def _one_of(self, where: str, key: str, word: str, words: Collection[str]) -> None:
        if word not in words:
            self._fail(where, f"{key} '{word}' is not known", self._closest(word, words))

    def _closest(self, word: str, words: Collection[str]) -> str:
        near = difflib.get_close_matches(word, words, n=3, cutoff=0.5)
        return f"one of {', '.join(near or words)}"

    def _fail(self, where: str, problem: str, expected: str) -> None:
        raise LabelNotUnderstood(self.path, f"{where}: {problem}", expected)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
