"""Write the benchmark's figures into the README, between its two marks.

Usage: hardset benchmark REAL --peers --save real.json
       hardset benchmark fixtures --save fixtures.json
       python tests/accuracy/readme_table.py real.json fixtures.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- accuracy:begin -->\n", "<!-- accuracy:end -->"
BAR = r"\|"
"""A bar inside a cell of a Markdown table."""
NAMES = {
    "bar, clean": "sensor on the bar, a usual Bluetooth radio",
    "wrist, low_rate": "sensor on the wrist, 12.5 samples a second",
    "thigh, clean": "sensor on the thigh, five times up from a chair",
    "wrist, idle": "watch between sets: walking, drinking, loading (any rep is wrong)",
}


def count_rows(real: dict) -> list[str]:
    """A row for each group of real recordings, a column for each counter."""
    methods = {m["method"]: {score["group"]: score for score in m["counts"]} for m in real["methods"]}
    rows = [
        f"| counted exactly | recordings | {' | '.join(name.replace('|', BAR) for name in methods)} |",
        f"|---|---{'|---' * len(methods)}|",
    ]
    for group, name in NAMES.items():
        scores = [counts[group] for counts in methods.values()]
        rows.append(f"| {name} | {scores[0]['recordings']} | {' | '.join(str(s['exact']) for s in scores)} |")
    return rows


def motion_lines(fixtures: dict) -> list[str]:
    """What is known against exact truth."""
    ours = fixtures["methods"][0]
    everything = ours["motion"][0]
    exact = sum(score["exact"] for score in ours["counts"])
    of = sum(score["recordings"] for score in ours["counts"])
    speed, slow, rom = (everything[key] for key in ("mean_velocity_mps", "slow_mean_velocity_mps", "rom_m"))
    return [
        f"Simulated recordings (`fixtures/`): {exact} of {of} counted exactly; {everything['found_reps']} of "
        f"{everything['true_reps']} repetitions",
        f"found; mean velocity off by {speed['rmse']:.3f} m/s (root mean square; bias {speed['bias']:+.3f}), "
        f"under 0.5 m/s by",
        f"{slow['rmse']:.3f}; range of motion by {100 * rom['rmse']:.1f} cm.",
    ]


def main(real_path: Path, fixtures_path: Path) -> None:
    """Rewrite the part of the README between the marks."""
    real, fixtures = (json.loads(path.read_text()) for path in (real_path, fixtures_path))
    lines = [*count_rows(real), "", *motion_lines(fixtures)]
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
