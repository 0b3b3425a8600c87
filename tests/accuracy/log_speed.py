"""How large a log of many sets with raw samples gets, and how long its commands take, as a user waits.

python tests/accuracy/log_speed.py [--sets 10000] [--rescored 100] [--folder DIR]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from big_log import build

from hardset.tracker.storage.database import integrity_problems
from hardset.tracker.training.editing import SetChanges, edit_set
from hardset.tracker.training.log import Log
from hardset.tracker.training.rescoring import rescore

COMMANDS = (
    ("week", "--week", "2026-W47", "--json"),
    ("history", "back_squat", "--json"),
    ("legs", "--json"),
    ("edit", "1", "--json"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=10_000)
    parser.add_argument("--rescored", type=int, default=100, help="so many sets are scored anew")
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        measure(Path(folder) / "log.db", given.sets, given.rescored)


def measure(path: Path, sets: int, rescored: int) -> None:
    """Print a line for each figure."""
    with Log.open(path) as log:
        build(log, sets)
        anew_s = took(log.history)
        say("reps in reserve of all sets made anew", anew_s, f"{1000 * anew_s / sets:.1f} s per 1,000 sets")
        say("history() in memory", took(log.history))
        say("history() of four weeks", took(lambda: log.history(log.history().sets[-200].at)))
        newest = log.history().sets[-1].id
        edit_set(log, newest, SetChanges(felt_rir=2.0))
        say("after an edit of the newest set", took(log.history))
        oldest = log.history().sets[0].id
        edit_set(log, oldest, SetChanges(felt_rir=2.0))
        say("after an edit of the oldest set", took(log.history))
        say("integrity check", took(lambda: integrity_problems(log.connection)))
        samples = log.connection.execute(
            "SELECT sum(samples), sum(length(data)) FROM sample_chunks"
        ).fetchone()
    size = path.stat().st_size
    print(f"{'database':45} {size / 1e6:9.1f} MB, {size / sets / 1e3:.1f} kB a set")
    count, kept = samples
    print(f"{'raw samples':45} {kept / count:9.1f} bytes each (56 as floats), {count / 1e6:.1f} million")
    for command in COMMANDS:
        best = min(took(partial(hardset, *command, "--db", str(path))) for _ in range(3))
        say(f"hardset {' '.join(command)}", best, "start of the program included")
    with Log.open(path) as log:
        log.connection.execute(
            "UPDATE sets SET algorithm = 'older' "
            "WHERE id IN (SELECT id FROM sets ORDER BY at_utc DESC LIMIT ?)",
            (rescored,),
        )
        watch = Stopwatch()
        whole_s = took(lambda: rescore(log, progress=watch))
    say(
        f"rescore: {rescored} sets measured anew",
        watch.seconds,
        f"{1000 * watch.seconds / rescored:.0f} s per 1,000",
    )
    say("rescore: all of it", whole_s, f"with the reps in reserve of all {sets} sets made anew")


class Stopwatch:
    """Times how long somebody takes to go through a list."""

    seconds = 0.0

    def __call__(self, things: list[Any]) -> Iterator[Any]:
        began = time.perf_counter()
        yield from things
        self.seconds = time.perf_counter() - began


def hardset(*words: str) -> None:
    """A command as a user starts it."""
    subprocess.run([sys.executable, "-m", "hardset.tracker.cli", *words], check=True, capture_output=True)


def took(act: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def say(what: str, seconds: float, more: str = "") -> None:
    """One figure."""
    print(f"{what:45} {seconds:9.3f} s{', ' + more if more else ''}", flush=True)


if __name__ == "__main__":
    main()
