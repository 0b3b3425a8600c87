"""Says facts on standard output: words for people, or a JSON object a line."""

from __future__ import annotations

import json
import sys
from threading import Lock

from hardset.tracker.commentary import lines
from hardset.tracker.facts import Fact
from hardset.tracker.facts_json import fact_to_json


class Voice:
    """Takes facts of several sensors from several threads; a line is never torn, and is out at once."""

    def __init__(self, *, as_json: bool, several: bool = False) -> None:
        self._as_json = as_json
        self._several = several
        self._lock = Lock()

    def say(self, sensor: str, fact: Fact) -> None:
        """One fact of a sensor. Raises BrokenPipeError when nobody reads any more."""
        said = self._json(sensor, fact) if self._as_json else self._words(sensor, fact)
        with self._lock:
            for line in said:
                sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def _json(self, sensor: str, fact: Fact) -> list[str]:
        figures = fact_to_json(fact)
        return [] if figures is None else [json.dumps({**figures, "sensor": sensor}, allow_nan=False)]

    def _words(self, sensor: str, fact: Fact) -> list[str]:
        before = f"{sensor}: " if self._several else ""
        return [before + line for line in lines(fact)]
