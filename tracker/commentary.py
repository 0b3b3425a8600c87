"""What is said while a session goes on: facts to lines of text."""

from __future__ import annotations

from hardset.signal.repetition import Repetition
from hardset.signal.rir import RirEstimate
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    RepTakenBack,
    RepTold,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.rir_words import rir_words
from hardset.tracker.scoring import ScoredSet

LIKELY_HARD = 0.6
LIKELY_EASY = 0.2
LIKELY_AT_THE_LIMIT = 0.5


def lines(fact: Fact) -> list[str]:
    """What to say about one fact; may be nothing."""
    match fact:
        case Connected():
            asked = (
                "" if fact.asked_rate_hz is None else f", asked for {fact.asked_rate_hz:.0f} samples a second"
            )
            return [f"connected: {fact.sensor}, {fact.model}{asked}"]
        case SensorStatus():
            return []
        case RepTold(settled=True):
            return []  # the end of the set says all final figures at once
        case RepTold():
            words = _rep_words(fact.place, fact.rep, fact.velocity_loss_pct, fact.rir)
            return [f"{words}  (corrected)" if fact.corrects else words]
        case RepTakenBack():
            return [f"rep {fact.place:2d}  taken back: it was no repetition"]
        case SetOver():
            return _set_words(fact.scored, fact.set_id)
        case SignalLost():
            return [f"signal lost ({fact.reason}); the set goes on when it is back"]
        case SignalBack():
            return [f"signal back after {fact.gap_s:.1f} s"]
        case Warned():
            return [f"note: {fact.text}"]
        case Ended():
            counts = f"{fact.received} samples, {fact.repeated} repeated, {fact.missing} missing"
            return [f"ended: {counts}"]


def _set_words(scored: ScoredSet, set_id: int | None) -> list[str]:
    measured = scored.measured
    if not scored.rir:
        return []
    last = scored.rir[-1]
    words = [
        f"set over: {len(measured.reps)} reps, loss {measured.velocity_loss_pct or 0:.0f} %, "
        f"{rir_words(last)} left, hard set with {100 * last.p_hard:.0f} % probability"
    ]
    digits, unit = (2, "m/s") if measured.reps[0].mean_velocity_mps is not None else (0, "°/s")
    words.append(f"settled: {' '.join(f'{rep.speed:.{digits}f}' for rep in measured.reps)} {unit}")
    if not last.calibrated:
        words.append(f"uncalibrated: {last.reason}")
    if set_id is not None:
        words.append(f"kept as set {set_id}")
    return words


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
