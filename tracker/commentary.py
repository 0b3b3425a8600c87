"""What is said while a set goes on: live events to lines of text."""

from __future__ import annotations

from hardset.signal.exercise import Exercise, Placement
from hardset.signal.live import Event, RepFinished, RepWithdrawn, SetEnded
from hardset.signal.repetition import Repetition
from hardset.signal.rir import RirEstimate
from hardset.signal.sets import MeasuredSet
from hardset.tracker.live_set import LiveSet
from hardset.tracker.scoring import score_set
from hardset.tracker.set_table import rir_words

CORRECTION_SHARE = 0.05
"""A rep is said again when its velocity changes by more than this share."""
LIKELY_HARD = 0.6
LIKELY_EASY = 0.2
LIKELY_AT_THE_LIMIT = 0.5


class Commentary:
    """Follows the set that is on and words each event. One for each recording."""

    def __init__(self, exercise: Exercise | None, placement: Placement) -> None:
        self._exercise = exercise
        self._placement = placement
        self._set = LiveSet()

    def lines(self, event: Event) -> list[str]:
        """What to say about one event; may be nothing."""
        match event:
            case RepFinished():
                return self._finished(event.rep, provisional=event.provisional)
            case RepWithdrawn():
                place = self._set.withdraw(event.number)
                return [] if place is None else [f"rep {place:2d}  taken back: it was no repetition"]
            case SetEnded():
                return self._ended(event.measured)

    def _finished(self, rep: Repetition, *, provisional: bool) -> list[str]:
        before = self._set.tell(rep)
        if not provisional:
            return []  # the set is being settled: its end says all final figures at once
        if before is not None and abs(rep.speed - before.speed) <= CORRECTION_SHARE * before.speed:
            return []
        so_far = self._set.measured()
        place = self._set.place(rep.number)
        estimates = score_set(so_far, self._exercise, self._placement)
        words = _rep_words(place, rep, so_far.velocity_losses_pct[place - 1], estimates[place - 1])
        return [words if before is None else f"{words}  (corrected)"]

    def _ended(self, measured: MeasuredSet) -> list[str]:
        self._set = LiveSet()
        estimates = score_set(measured, self._exercise, self._placement)
        if not estimates:
            return []
        last = estimates[-1]
        lines = [
            f"set over: {len(measured.reps)} reps, loss {measured.velocity_loss_pct or 0:.0f} %, "
            f"{rir_words(last)} left, hard set with {100 * last.p_hard:.0f} % probability"
        ]
        digits, unit = (2, "m/s") if measured.reps[0].mean_velocity_mps is not None else (0, "°/s")
        lines.append(f"settled: {' '.join(f'{rep.speed:.{digits}f}' for rep in measured.reps)} {unit}")
        if not last.calibrated:
            lines.append(f"uncalibrated: {last.reason}")
        return lines


def _rep_words(place: int, rep: Repetition, loss_pct: float, rir: RirEstimate) -> str:
    if rep.mean_velocity_mps is not None:
        speed = f"{rep.mean_velocity_mps:.2f} m/s"
        if rep.mean_velocity_sd_mps is not None:
            speed = f"{rep.mean_velocity_mps:.2f} ±{rep.mean_velocity_sd_mps:.2f} m/s"
    else:
        speed = f"{rep.speed:.0f} °/s"
    left = f"{rir_words(rir)} left"
    return f"rep {place:2d}  {speed:15s}  loss {loss_pct:3.0f} %  {left:14s}  {verdict(rir)}"


def verdict(rir: RirEstimate) -> str:
    """One of four words on how hard the set is by now."""
    if rir.p_near_failure >= LIKELY_AT_THE_LIMIT:
        return "at the limit"
    if rir.p_hard >= LIKELY_HARD:
        return "hard: this set counts"
    return "easy so far" if rir.p_hard < LIKELY_EASY else "getting hard"
