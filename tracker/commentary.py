"""What is said while a set goes on: live events to lines of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.live import Event, RepFinished, RepWithdrawn, SetEnded
from hardset.signal.repetition import Repetition
from hardset.signal.rir import RirEstimate
from hardset.signal.sets import MeasuredSet
from hardset.tracker.scoring import score_set
from hardset.tracker.set_table import rir_words

CORRECTION_SHARE = 0.05
"""A rep is said again when its velocity changes by more than this share."""
LIKELY_HARD = 0.6
LIKELY_EASY = 0.2
LIKELY_AT_THE_LIMIT = 0.5


@dataclass(slots=True)
class Commentary:
    """Keeps the reps of the set that is on, and words each event. One for each recording."""

    exercise: Exercise | None
    placement: Placement
    reps: dict[int, Repetition] = field(default_factory=dict)
    """Reps of the set that is on, by number."""

    def lines(self, event: Event) -> list[str]:
        """What to say about one event; may be nothing."""
        match event:
            case RepFinished():
                return self._finished(event.rep)
            case RepWithdrawn():
                return self._withdrawn(event.number)
            case SetEnded():
                return self._ended(event.measured)
        return []

    def _finished(self, rep: Repetition) -> list[str]:
        before = self.reps.get(rep.number)
        self.reps[rep.number] = rep
        if before is not None and abs(rep.speed - before.speed) <= CORRECTION_SHARE * before.speed:
            return []
        so_far = MeasuredSet(
            1,
            rep.concentric_start_s,
            rep.concentric_end_s,
            tuple(self.reps[n] for n in sorted(self.reps)),
            (),
        )
        estimates = score_set(so_far, self.exercise, self.placement)
        place = [one.number for one in so_far.reps].index(rep.number)
        loss = so_far.velocity_losses_pct[place]
        words = _rep_words(rep, loss, estimates[place])
        return [words if before is None else f"{words}  (corrected)"]

    def _withdrawn(self, number: int) -> list[str]:
        if self.reps.pop(number, None) is None:
            return []
        return [f"rep {number:2d}  taken back: it was no repetition"]

    def _ended(self, measured: MeasuredSet) -> list[str]:
        self.reps = {}
        estimates = score_set(measured, self.exercise, self.placement)
        if not estimates:
            return []
        last = estimates[-1]
        lines = [
            f"set over: {len(measured.reps)} reps, loss {measured.velocity_loss_pct or 0:.0f} %, "
            f"{rir_words(last)} left, hard set with {100 * last.p_hard:.0f} % probability"
        ]
        if not last.calibrated:
            lines.append(f"uncalibrated: {last.reason}")
        return lines


def _rep_words(rep: Repetition, loss_pct: float, rir: RirEstimate) -> str:
    if rep.mean_velocity_mps is not None:
        speed = f"{rep.mean_velocity_mps:.2f} m/s"
        if rep.mean_velocity_sd_mps is not None:
            speed = f"{rep.mean_velocity_mps:.2f} ±{rep.mean_velocity_sd_mps:.2f} m/s"
    else:
        speed = f"{rep.speed:.0f} °/s"
    left = f"{rir_words(rir)} left"
    return f"rep {rep.number:2d}  {speed:15s}  loss {loss_pct:3.0f} %  {left:14s}  {verdict(rir)}"


def verdict(rir: RirEstimate) -> str:
    """One of four words on how hard the set is by now."""
    if rir.p_near_failure >= LIKELY_AT_THE_LIMIT:
        return "at the limit"
    if rir.p_hard >= LIKELY_HARD:
        return "hard: this set counts"
    return "easy so far" if rir.p_hard < LIKELY_EASY else "getting hard"
