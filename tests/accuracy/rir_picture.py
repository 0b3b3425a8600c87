"""Draw docs/rir_posterior.png: one set, live, before and after the lifter is known.

python tests/accuracy/rir_picture.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np

from hardset.signal.rir import SetEvidence, estimate_set, learn_history
from hardset.tracker.training.catalogue import exercise

mpl.use("Agg")
from matplotlib import pyplot as plt

PICTURE = Path(__file__).parents[2] / "docs" / "rir_posterior.png"
VELOCITIES = (0.61, 0.62, 0.58, 0.57, 0.52, 0.50, 0.44)
TO_FAILURE = (
    (0.58, 0.55, 0.56, 0.50, 0.48, 0.44, 0.41, 0.36, 0.33),
    (0.52, 0.50, 0.45, 0.43, 0.38, 0.35),
    (0.63, 0.60, 0.57, 0.56, 0.51, 0.48, 0.46, 0.41, 0.37, 0.31),
)


def main() -> None:
    """Three panels: velocities, the answer after each rep, the posterior at the end."""
    squat = exercise("back_squat").signal
    state = learn_history([SetEvidence(v, rir_at_end=0) for v in TO_FAILURE], squat)
    now = SetEvidence(VELOCITIES)
    cold, known = estimate_set(now, squat), estimate_set(now, squat, state)
    felt = estimate_set(SetEvidence(VELOCITIES, felt_rir=2.0), squat, state)[-1]
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    reps = np.arange(1, len(VELOCITIES) + 1)
    left.plot(reps, VELOCITIES, "o-", color="black")
    left.set(title="The set", xlabel="rep", ylabel="mean velocity, m/s", ylim=(0, 0.7))
    for answers, color, name in (
        (cold, "tab:gray", "nothing known"),
        (known, "tab:blue", "3 sets to failure known"),
    ):
        middle.fill_between(
            reps, [a.low80 for a in answers], [a.high80 for a in answers], alpha=0.25, color=color
        )
        middle.plot(reps, [a.median for a in answers], color=color, label=name)
    middle.set(
        title="Live: median and 80 % interval", xlabel="after rep", ylabel="reps in reserve", ylim=(0, 11)
    )
    middle.legend()
    for shift, answer, color, name in (
        (-0.28, cold[-1], "tab:gray", "nothing known"),
        (0.0, known[-1], "tab:blue", "3 sets to failure known"),
        (0.28, felt, "tab:green", "... and the lifter felt 2"),
    ):
        right.bar(
            np.arange(11) + shift, answer.pmf, 0.27, color=color, label=f"{name}: P(≤3) = {answer.p_hard:.0%}"
        )
    right.set(title="After the last rep", xlabel="reps in reserve (10: ten or more)", ylabel="probability")
    right.set_xticks(range(11))
    right.set_ylim(0, 0.55)
    right.legend(fontsize="small")
    figure.savefig(PICTURE, dpi=110)


if __name__ == "__main__":
    main()
