"""What the History screen says, as text: no widget, no state."""

from __future__ import annotations

from hardset.signal.load_velocity import Grade
from hardset.tracker.training.exercise_history import ExerciseSession
from hardset.tracker.training.overload import DETECTABLE_MPS, velocity_change
from hardset.tracker.training.proximity import Source
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.strength import Profile, Strength
from hardset.tui.review.words import exercise_name, load_reps, span_words, speed_words

BY = {Source.TOLD: "failed", Source.MEASURED: "sensor", Source.FELT: "felt", Source.UNKNOWN: ""}
COLUMNS = ("day", "best set", "1RM (80 %)", "fastest", "loss", "left", "by")


def headline(known: Strength, settings: Settings) -> str:
    """'Back squat · 12 sessions · 1RM 148 kg (139-157)'."""
    count = len(known.sessions)
    parts = [exercise_name(known.exercise), f"{count} session{'' if count == 1 else 's'}"]
    last = known.sessions[-1]
    if last.e1rm_kg is not None:
        parts.append(f"1RM {_estimate(last, settings)} {settings.unit}")
    return " · ".join(parts)


def trend_words(known: Strength) -> str:
    """How the 1RM changes, with its interval."""
    if known.trend is None:
        return "trend: four sessions over three weeks are needed"
    low, high = known.trend.interval80
    return f"1RM {known.trend.pct_per_week:+.1f} % a week (80 %: {low:+.1f} to {high:+.1f})"


def record_words(known: Strength, settings: Settings) -> str:
    """The best that was done, and when."""
    parts = []
    for one in known.records:
        day = f"{one.at:%d %b}"
        if one.kind == "reps":
            load = "bw" if not one.load_kg else f"{settings.from_kg(one.load_kg):.4g}"
            parts.append(f"{load}×{one.value:g}")
        else:
            name = "1RM " if one.kind == "e1rm" else ""
            parts.append(f"{name}{settings.from_kg(one.value):.1f} {settings.unit} ({day})")
    return "best: " + " · ".join(parts) if parts else "best: no work set yet"


def velocity_words(known: Strength, load_kg: float | None, settings: Settings) -> str:
    """Velocity at one load: from, to, and whether that is more than days differ by."""
    if load_kg is None:
        return "velocity at a load: needs a sensor on the bar"
    load = f"{settings.from_kg(load_kg):.4g} {settings.unit}"
    change = velocity_change(load_kg, known.by_load[load_kg])
    if change is None:
        return f"fastest rep at {load}: four days are needed"
    told = "a real change" if change.real else f"within noise (±{DETECTABLE_MPS:.2f})"
    return f"fastest rep at {load}: {change.first_mps:.2f} → {change.last_mps:.2f} m/s, {told}"


def profile_words(profile: Profile | None, settings: Settings) -> str:
    """The profile's grade, and why."""
    if profile is None:
        return "profile: needs a sensor on the bar"
    line = profile.line
    if line is None:
        return "profile: needs sets at two loads at least"
    guess = "" if profile.published else ", failure velocity guessed"
    if line.grade is Grade.POOR or line.e1rm_kg is None or line.e1rm_80 is None:
        return f"{line.grade}: {line.reason}"
    low, high = (settings.from_kg(end) for end in line.e1rm_80)
    value = f"{settings.from_kg(line.e1rm_kg):.0f} {settings.unit} ({low:.0f}-{high:.0f})"
    return f"{line.grade} profile, 1RM {value}; {line.reason}{guess}"


def session_row(session: ExerciseSession, settings: Settings) -> tuple[str, ...]:
    """One row of the table, under COLUMNS."""
    top = session.top
    on_limb = top.logged.placement in ("thigh", "shank")
    source = top.proximity.source
    fastest, loss = top.fastest, top.velocity_loss_pct
    return (
        f"{session.at:%Y-%m-%d}",
        load_reps(top.logged, settings),
        "" if session.e1rm_kg is None else _estimate(session, settings),
        "" if fastest is None else f"{speed_words(fastest, on_limb=on_limb)} {'°/s' if on_limb else 'm/s'}",
        "" if loss is None else f"{loss:.0f} %",
        "" if source is Source.UNKNOWN else span_words(top.proximity.estimate),
        BY[source],
    )


def _estimate(session: ExerciseSession, settings: Settings) -> str:
    assert session.e1rm_kg is not None
    assert session.e1rm_80_kg is not None
    low, high = (settings.from_kg(end) for end in session.e1rm_80_kg)
    return f"{settings.from_kg(session.e1rm_kg[0]):.0f} ({low:.0f}-{high:.0f})"
