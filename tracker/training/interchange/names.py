"""Other programs' exercise names to ids of the catalogue, and what to propose where there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hardset.tracker.training.catalogue import CatalogueEntry

Words = tuple[str, ...]


def words_of(name: str) -> Words:
    """A name without case, punctuation, plural and order: "Barbell Squats" is "Squat (Barbell)"."""
    words = re.findall(r"\w+", name.lower().replace("_", " ").replace("'", ""))
    return tuple(sorted(_singular(word) for word in words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True, slots=True)
class ExerciseNames:
    """All names that are known, by their words."""

    ids: Mapping[Words, str]

    def find(self, name: str) -> str | None:
        """The exercise of a name, or None."""
        return self.ids.get(words_of(name))

    def closest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """Ids of the exercises whose names are most alike, the best first."""
        spelled = {" ".join(words): id for words, id in self.ids.items()}
        near = difflib.get_close_matches(" ".join(words_of(name)), spelled, n=8 * n, cutoff=0.0)
        return tuple(dict.fromkeys(spelled[one] for one in near))[:n]


def exercise_names(catalogue: Mapping[str, CatalogueEntry]) -> ExerciseNames:
    """Ids, names and aliases of the catalogue; of two alike the later entry's, which is the user's own."""
    ids: dict[Words, str] = {}
    for entry in catalogue.values():
        for name in (entry.id, entry.name, *entry.aliases):
            ids[words_of(name)] = entry.id
    return ExerciseNames(ids)
