"""Recovery: rest between hard sessions of a muscle, and sleep."""

from __future__ import annotations

from hardset.tracker.training.check import MAIN_MUSCLES, Case, Check, Status, too_early, words
from hardset.tracker.training.recovery import mean_sleep_h, rest_of
from hardset.tracker.training.shown import count_words

FEWEST_NIGHTS = 5


def recovery_checks(case: Case) -> tuple[Check, ...]:
    """Rest and sleep."""
    return (_rest(case), _sleep(case))


def _rest(case: Case) -> Check:
    want = "48-72 h between hard sessions of a muscle"
    seen = [
        rest
        for muscle in MAIN_MUSCLES
        if (rest := rest_of(muscle, case.recent_leg_sets, case.exercises, case.settings.hard_rir)) is not None
    ]
    if not seen:
        days = count_words(case.days.count, "day")
        evidence = f"Fewer than three hard sessions of a muscle in {days}."
        return Check("recovery", "recovery", "unknown", None, want, evidence, "Nothing to change yet.")
    worst = max(seen, key=lambda rest: (rest.short_share, -rest.median_h))
    if case.too_early:
        so_far = f"{words(worst.muscle).capitalize()}: {worst.median_h:.0f} h between hard sessions"
        return too_early(case, "recovery", "recovery", want, so_far)
    short = worst.short_share > 0.5
    return Check(
        "recovery",
        "recovery",
        "short" if short else "ok",
        round(worst.median_h, 1),
        want,
        f"{words(worst.muscle).capitalize()}: usually {worst.median_h:.0f} h from one hard session to the "
        f"next; {100 * worst.short_share:.0f} % of the gaps were under 40 h.",
        "Put a day between sessions of the same muscle." if short else "Keep it.",
        weight=0.2 + 0.2 * worst.short_share if short else 0.0,
        differs="Hours are no measure of recovery; a load that moves slower than usual is the better sign.",
    )


def _sleep(case: Case) -> Check:
    wanted = case.settings.sleep_h
    want = f"{wanted:g} h a night (opinion)"
    told = mean_sleep_h(case.history.nights, case.days)
    if told is None or told[1] < FEWEST_NIGHTS:
        nights = 0 if told is None else told[1]
        action = "Optional: hardset sleep HOURS."
        return Check("sleep", "recovery", "unknown", None, want, f"{nights} nights were logged.", action)
    mean, nights = told
    status: Status = "short" if mean < wanted - 0.25 else "ok"
    evidence = f"{mean:.1f} h a night over {nights} nights. How much sleep muscle needs is not settled."
    action = "Go to bed earlier and see whether the sets become faster." if status == "short" else "Keep it."
    weight = 0.1 if status == "short" else 0.0
    return Check("sleep", "recovery", status, round(mean, 2), want, evidence, action, weight)
