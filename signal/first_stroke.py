"""Whether the first stroke of a chain is a repetition: the odds, from all that speaks for or against it.

A bar that is picked up from the floor or walked out of a rack rises as far as a rep does, often enough. What
tells it from one: in an exercise that begins with the eccentric nothing came down before it, the bar lay
dead, the lifter stands a while before the set begins, the bar turns unlike in a rep, and its profile
differs. None of these is sure: a recording may begin at the bottom of the first rep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardset.signal.exercise import Phase

LEAST_UNLIKE = 0.02
LONGEST_PAUSE = 0.9
"""Natural logarithm: a pause two and a half times as long as the usual one says all that a pause can say."""
CONSTANT = 5.97
WEIGHT_NO_DESCENT, WEIGHT_CUT_DESCENT, WEIGHT_NO_DESCENT_UNKNOWN = 8.0, 3.37, 1.77
"""In an exercise that begins with the eccentric; where the recording may have cut it off; where nobody said
what the exercise is. The regression's first weight is 5.3: too few of its pick-ups were deadlifts before
Romanian deadlifts, which only the missing descent tells from a rep (a third simulator: 5 of 16 sets)."""
WEIGHT_PAUSE, WEIGHT_TURN, WEIGHT_UNLIKE, WEIGHT_WORTH, WEIGHT_LAIN = 8.32, 2.43, 1.29, -2.86, 2.52
"""Logistic regression on the first strokes of 1500 simulated sets, 600 of them of another simulator, and of
350 recordings of people with samples lost on purpose, as far as they had anything of a rep's shape; 57 were
no reps. Ten-fold over seeds and files it errs on 13 (on 22 where the exercise is unknown); the row of rules
that it replaces erred on 24."""
TURN_UNSEEN = -0.4


@dataclass(frozen=True, slots=True)
class FirstStroke:
    """What is known about the first stroke of a chain."""

    first_phase: Phase | None
    """What the exercise begins with; None where nobody knows."""
    descent: float
    """How far the track came down before it, as a share of the usual rise."""
    pause: float
    """The pause after it over the usual one."""
    turn: float | None
    """Log likelihood ratio of how the bar turned (`turn_against`); None where no gyroscope saw it."""
    likeness: float
    """Correlation of its velocity profile with the others'."""
    worth: float
    """What it adds to the chain's score."""
    lain: bool
    """No hand held the bar just before it."""
    cut: bool = False
    """The recording begins so shortly before it that it may have cut off a descent."""

    def odds_against(self) -> float:
        """Natural logarithm of the odds that it is no rep."""
        lacking = 1.0 - float(np.clip(self.descent, 0.0, 1.0))
        return (
            CONSTANT
            + self._weight_no_descent() * lacking
            + WEIGHT_PAUSE * float(np.clip(np.log(self.pause), 0.0, LONGEST_PAUSE))
            + WEIGHT_TURN * (TURN_UNSEEN if self.turn is None else self.turn)
            + WEIGHT_UNLIKE * float(np.log(max(1.0 - self.likeness, LEAST_UNLIKE)))
            + WEIGHT_WORTH * self.worth
            + WEIGHT_LAIN * self.lain
        )

    def _weight_no_descent(self) -> float:
        if self.first_phase is None:
            return WEIGHT_NO_DESCENT_UNKNOWN
        if self.first_phase == "concentric":
            return 0.0
        return WEIGHT_CUT_DESCENT if self.cut else WEIGHT_NO_DESCENT
