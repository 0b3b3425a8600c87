"""Fail when the accuracy falls under its floors.

Usage: hardset benchmark DIR --json > scores.json
       python tests/accuracy/check_floors.py fixtures|real scores.json

The floors are what has been reached, with little room: a change that lowers a figure has to say so
here and in the changelog under "Scientific changes".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

REAL_COUNTS = {
    # Group: how many recordings at least have to be counted exactly (idle: hold no rep), of how many.
    "bar, clean": (27, 29),
    "wrist, low_rate": (26, 29),
    "thigh, clean": (1, 1),
    "wrist, idle": (13, 15),
}
MV_RMSE_MPS = 0.022
"""Mean velocity against exact truth, root mean square, m/s."""


def real_floors(ours: dict) -> Iterator[tuple[str, bool]]:
    """Counts on recordings of people."""
    counts = {score["group"]: score for score in ours["counts"]}
    for group, (floor, of) in REAL_COUNTS.items():
        score = counts.get(group, {"exact": 0, "recordings": 0})
        good = score["exact"] >= floor and score["recordings"] >= of
        yield f"{group}: {score['exact']} of {score['recordings']} exact, floor {floor} of {of}", good


def fixture_floors(ours: dict) -> Iterator[tuple[str, bool]]:
    """Counts and velocities on simulated recordings."""
    for score in ours["counts"]:
        text = f"{score['group']}: {score['exact']} of {score['recordings']} exact, floor all"
        yield text, score["exact"] == score["recordings"]
    everything = ours["motion"][0]
    rmse = everything["mean_velocity_mps"]["rmse"]
    yield f"mean velocity: rmse {rmse:.4f} m/s, floor {MV_RMSE_MPS}", rmse <= MV_RMSE_MPS
    found = everything["found_reps"], everything["true_reps"]
    yield f"true reps found: {found[0]} of {found[1]}, floor all", found[0] == found[1]


def main(kind: str, path: Path) -> int:
    """Print each floor with its figure; 1 if one is broken."""
    scores = json.loads(path.read_text())
    ours = scores["methods"][0]
    results = list({"real": real_floors, "fixtures": fixture_floors}[kind](ours))
    for text, good in results:
        print(f"{'ok ' if good else 'LOW'}  {text}")
    return 0 if all(good for _, good in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
