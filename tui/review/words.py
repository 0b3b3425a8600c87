"""What the Review screen says, as text: no widget, no state."""

from __future__ import annotations

from hardset.signal.rir import RirEstimate
from hardset.signal.rir_answer import FAR
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.proximity import Source, proximity
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.set_list import SetLine, SetReview
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import velocity_loss_pct

REASONS = {
    "unrack": "the bar was taken out of the rack",
    "pick-up": "the bar was picked up",
    "walkout": "steps with the bar",
    "rerack": "the bar was put back",
    "steps": "steps",
    "attempt": "a rep that was tried and not completed",
    "standing up": "standing up after a rep that was not completed",
    "getting in": "taking the seat",
    "getting out": "leaving the seat",
    "bounce": "a bounce",
    "loading": "plates were put on or taken off",
    "drift": "no clear movement",
    "irregular": "unlike the reps of the set",
    "cut off": "still on its way up where the recording ends",
}
"""Why a movement is no rep; a reason that is not here is said as it is."""


def exercise_name(id: str) -> str:
    """'Back squat'; what nobody has named says so."""
    if not id:
        return "exercise not named"
    entry = catalogue().get(id)
    return id if entry is None else entry.name


def short_name(id: str, room: int) -> str:
    """A name that fits: the implement is left out first."""
    name = exercise_name(id)
    if len(name) > room:
        for implement in ("Barbell / dumbbell ", "Barbell "):
            name = name.removeprefix(implement).capitalize() if name.startswith(implement) else name
    return name if len(name) <= room else name[: room - 1] + "…"


def load_reps(one: LoggedSet, settings: Settings) -> str:
    """'117.5 × 9', or 'bw × 9' without a load."""
    load = "bw" if one.load_kg is None else f"{round(settings.from_kg(one.load_kg), 1):g}"
    return f"{load}×{one.reps}"


def speed_words(velocity: float, *, on_limb: bool) -> str:
    """A velocity in its own digits."""
    return f"{velocity:.0f}" if on_limb else f"{velocity:.2f}"


def left_brief(one: LoggedSet) -> str:
    """What was left, in the four letters of a list: 'fail', '~2', '2?' where it was only felt, nothing."""
    known = proximity(one)
    match known.source:
        case Source.TOLD:
            return "fail"
        case Source.UNKNOWN:
            return ""
        case Source.FELT:
            return f"{one.felt_rir:g} f"
    return brief(known.estimate)


def brief(rir: RirEstimate) -> str:
    """'~2', '6+', '?' where it can't be told."""
    if rir.vague:
        return "?"
    return f"{FAR}+" if rir.median >= FAR else f"~{rir.median}"


def span_words(rir: RirEstimate) -> str:
    """'2 (0-4)'."""
    low, high = round(rir.low80), round(rir.high80)
    top = f"{high}+" if high >= 10 else str(high)
    figure = f"{FAR}+" if rir.median >= FAR else str(rir.median)
    return f"{figure} ({low}-{top})"


def title(line: SetLine, settings: Settings) -> str:
    """'Back squat · 117.5 kg × 9'."""
    one = line.logged
    load = "" if one.load_kg is None else f"{round(settings.from_kg(one.load_kg), 2):g} {settings.unit} × "
    return f"{exercise_name(one.exercise)} · {load}{one.reps} reps"


def figures(review: SetReview) -> str:
    """When that day, how much velocity was lost, how near to failure it came."""
    one = review.line.logged
    parts = [f"{one.at:%H:%M}"]
    loss = velocity_loss_pct(one)
    if loss is not None:
        parts.append(f"loss {loss:.0f} %")
    known = proximity(one)
    if known.source is Source.TOLD:
        parts.append("0 left: a failed attempt")
    elif known.source is not Source.UNKNOWN:
        parts += [f"{span_words(known.estimate)} left", f"hard {known.p_within(3):.0%}"]
    return " · ".join(parts)


def state(review: SetReview) -> str:
    """What was said of the set and how its figures are known."""
    one = review.line.logged
    parts = ["DELETED: x brings it back"] if review.line.deleted else []
    if not one.exercise:
        parts.append("nobody said what it was: e names it")
    if one.warmup:
        parts.append("warm-up: counts for nothing")
    if one.felt_rir is not None:
        parts.append(f"felt {one.felt_rir:g} left")
    if one.rir_pmf is not None and not one.failed:
        parts.append("calibrated" if one.calibrated else "uncalibrated")
    elif not review.reps:
        parts.append("told by hand, no sensor")
    if review.reps and any(one.velocities for one in review.earlier):
        parts.append("○ the set before")
    if review.note:
        parts.append(review.note)
    return " · ".join(parts)


def notes(review: SetReview) -> str:
    """Doubts of the reps, corrections, and movements that are no reps."""
    lines = []
    number = 0
    for one in review.reps:
        number += not one.deleted
        if one.rep.doubt and not one.deleted:
            lines.append(f"? rep {number}: {one.rep.doubt}")
    begun = review.start_s or 0.0
    for movement in review.rejected:
        why = REASONS.get(movement.reason, movement.reason)
        lines.append(
            f"no rep, {movement.start_s - begun:+.1f} s, for {movement.end_s - movement.start_s:.1f} s: {why}"
        )
    return "\n".join(lines) if lines else "No doubts, and nothing that was found to be no rep."


def comparison(review: SetReview, settings: Settings) -> list[tuple[str, bool]]:
    """Rows of this set and the earlier ones of its exercise, each with whether it is this one."""
    head = f"{'':6} {'load×reps':>10} {'best':>5} {'last':>5} {'loss':>5}  left"
    rows = [(head, False), (_row(review.line.logged, settings), True)]
    return rows + [(_row(one, settings), False) for one in review.earlier]


def _row(one: LoggedSet, settings: Settings) -> str:
    on_limb = one.placement in ("thigh", "shank")
    best, last = (
        (
            speed_words(max(one.velocities), on_limb=on_limb),
            speed_words(one.velocities[-1], on_limb=on_limb),
        )
        if one.velocities
        else ("", "")
    )
    loss = velocity_loss_pct(one)
    known = proximity(one)
    left = {Source.TOLD: "failed", Source.UNKNOWN: ""}.get(known.source) or (
        span_words(known.estimate) if known.source is not Source.UNKNOWN else ""
    )
    shown = "" if loss is None else f"{loss:.0f} %"
    return f"{one.at:%d %b} {load_reps(one, settings):>10} {best:>5} {last:>5} {shown:>5}  {left}"
