"""Sets and loads as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.settings import Settings

if TYPE_CHECKING:
    from hardset.signal.rir_load import LoadSuggestion

HARD_RIR = 3


def load_words(load_kg: float | None, settings: Settings, digits: int = 2) -> str:
    """'100 kg', '225 lb', or that nobody said one."""
    if load_kg is None:
        return "without a load"
    # A load typed in lb comes back with the rounding of kg: a hundredth is finer than any plate.
    return f"{round(settings.from_kg(load_kg), digits):g} {settings.unit}"


def plates_words(load: LoadSuggestion) -> str:
    """'each side 25 + 15 + 1.25 kg', or that the bar is empty."""
    if not load.per_side:
        return "the empty bar"
    return f"each side {' + '.join(f'{plate:g}' for plate in load.per_side)} {load.unit}"


def set_words(one: LoggedSet, settings: Settings) -> str:
    """One set in a line."""
    words = f"Set {one.id}: {one.exercise} {load_words(one.load_kg, settings)} x {one.reps}"
    if one.warmup:
        words += ", warm-up"
    if one.failed:
        words += ", then a failed attempt"
    if one.felt_rir is not None:
        words += f", felt {one.felt_rir:g} left"
    loss = velocity_loss_pct(one)
    if loss is not None:
        words += f", velocity loss {loss:.0f} %"
    if one.rir_pmf is not None:
        words += f", {median(one.rir_pmf)} left, hard with {p_hard(one.rir_pmf):.0%} probability"
    return f"{words} ({one.at:%Y-%m-%d %H:%M})"


def set_json(one: LoggedSet) -> dict[str, Any]:
    """One set for programs."""
    pmf = one.rir_pmf
    return {
        "set": one.id,
        "at": one.at.isoformat(timespec="seconds"),
        "workout": one.workout,
        "exercise": one.exercise,
        "load_kg": None if one.load_kg is None else round(one.load_kg, 4),
        "reps": one.reps,
        "warmup": one.warmup,
        "failed": one.failed,
        "felt_rir": one.felt_rir,
        "velocities": [round(velocity, 4) for velocity in one.velocities],
        "velocity_loss_pct": None if not one.velocities else round(velocity_loss_pct(one) or 0.0, 1),
        "rir": None if pmf is None else {"median": median(pmf), "pmf": [round(p, 4) for p in pmf]},
        "p_hard": None if pmf is None else round(p_hard(pmf), 4),
        "calibrated": one.calibrated,
    }


def velocity_loss_pct(one: LoggedSet) -> float | None:
    """100·(fastest rep of this set - last rep)/fastest rep of this set; None without velocities."""
    if not one.velocities:
        return None
    fastest = max(one.velocities)
    return 100.0 * (fastest - one.velocities[-1]) / fastest if fastest > 0 else 0.0


def median(pmf: tuple[float, ...]) -> int:
    """Median of a distribution over RIR 0, 1, 2 ..."""
    total = 0.0
    for rir, p in enumerate(pmf):
        total += p
        if total >= 0.5 - 1e-12:
            return rir
    return len(pmf) - 1


def p_hard(pmf: tuple[float, ...], hard_rir: int = HARD_RIR) -> float:
    """P(RIR <= hard_rir)."""
    return min(1.0, sum(pmf[: hard_rir + 1]))
