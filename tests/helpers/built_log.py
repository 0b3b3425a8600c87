"""A log built as a lifter builds it: through the public commands, by hand and from recordings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from hardset.tracker.cli import cli
from hardset.tracker.simulation.example_lines import eat_lines, log_lines, sleep_lines, weigh_lines
from hardset.tracker.training.records import TrainingHistory


@dataclass(frozen=True)
class Recorded:
    """One set that a sensor on the bar saw."""

    at: str
    exercise: str = "back_squat"
    load_kg: float = 115.0
    reps: int = 8
    rir: int = 1
    seed: int = 1


RECORDED = (
    Recorded("2026-11-18T18:00:00+00:00", load_kg=80.0, reps=6, rir=6, seed=4),
    Recorded("2026-11-18T18:05:00+00:00", load_kg=117.5, reps=8, rir=0, seed=5),
    Recorded("2026-11-18T18:10:00+00:00", load_kg=117.5, reps=7, rir=1, seed=6),
    Recorded("2026-11-18T18:20:00+00:00", "hip_thrust", load_kg=120.0, reps=9, rir=2, seed=7),
)


def hardset(db: Path, *args: object) -> str:
    """Run a command on the log; what it said. Fails the test where the command fails."""
    done = CliRunner().invoke(cli, [str(arg) for arg in args] + ["--db", str(db)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(db: Path, *args: object) -> Any:
    """What a command answers in JSON."""
    return json.loads(hardset(db, *args, "--json"))


def build(db: Path, folder: Path, history: TrainingHistory, recorded: Sequence[Recorded] = RECORDED) -> None:
    """Log a history by hand and save some recordings, in the order in which they happened."""
    for command, lines in (
        ("log", log_lines(history)),
        ("weigh", weigh_lines(history)),
        ("eat", eat_lines(history)),
        ("sleep", sleep_lines(history)),
    ):
        if lines:
            file = folder / f"{command}.jsonl"
            file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
            hardset(db, command, "--from", file)
    for number, one in enumerate(recorded, start=1):
        csv = folder / f"set_{number}.csv"
        made = CliRunner().invoke(cli, _simulated(csv, one), catch_exceptions=False)
        assert made.exit_code == 0, made.output
        hardset(db, "analyze", csv, "--save", "--at", one.at)


def _simulated(csv: Path, one: Recorded) -> list[str]:
    given = {
        "exercise": one.exercise,
        "load": one.load_kg,
        "reps": one.reps,
        "rir": one.rir,
        "seed": one.seed,
        "lifter": 3,
    }
    options = [text for name, value in given.items() for text in (f"--{name}", str(value))]
    return ["simulate", str(csv), "--trimmed", *options]
