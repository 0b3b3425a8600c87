"""The gym: effort, volume, and how it is spread over the week."""

from __future__ import annotations

from hardset.tracker.training.check import MAIN_MUSCLES, UNLIKELY, Case, Check, Status, too_early, words
from hardset.tracker.training.hard_sum import Chance, hard_sum
from hardset.tracker.training.proximity import FEWEST_REPS, MOST_REPS, SHARES, Source, proximity
from hardset.tracker.training.sessions import sessions
from hardset.tracker.training.shown import count_words
from hardset.tracker.training.volume import MuscleVolume, calf_volume

FEWEST_SETS = 6
MANY_IN_A_SESSION = 10
"""Sets of one muscle, or of the legs where they have one day only, after which quality falls: opinion."""
UNSURE, SURE = 0.2, 0.65
"""Between these probabilities that half of the sets were hard, more has to be known."""


_EFFORT: dict[Status, str] = {
    "short": "Same exercises, same sets: go on until one to three reps are left, and take the last set of "
    "each exercise to failure once a week to learn what that feels like.",
    "unknown": "Take the last set of each exercise to failure once, and say after each set what was left "
    "(--rir): that tells what your other sets were worth.",
    "ok": "Keep it.",
}


def gym_checks(case: Case) -> tuple[Check, ...]:
    """Effort, volume, frequency, in the order in which they are looked at."""
    return (intensity(case), muscle_volume(case), frequency(case))


def intensity(case: Case) -> Check:
    """How many of the leg sets were hard, and where they usually end."""
    limit = case.settings.hard_rir
    want = f"most sets end with {limit} or fewer reps in reserve"
    known = [one for one in case.recent_leg_sets if proximity(one).source is not Source.UNKNOWN]
    total = len(case.recent_leg_sets)
    if not case.history.sets:
        return too_early(case, "intensity", "gym", want, "")
    if len(known) < FEWEST_SETS:
        return Check(
            "intensity",
            "gym",
            "unknown",
            None,
            want,
            f"Of {count_words(total, 'leg set')} in {count_words(case.days.count, 'day')} the effort of "
            f"{len(known)} is known.",
            "Say after each set how many reps were left (--rir), or let a sensor measure it.",
        )
    number = {one.id: session.number for session in sessions(known) for one in session.sets}
    ends = [(one, proximity(one)) for one in known]
    hard = hard_sum(Chance(p.p_within(limit), 1.0, SHARES[p.source], number[one.id]) for one, p in ends)
    share = hard.mean / len(known)
    low, high = (end / len(known) for end in hard.interval80)
    usual = sum(p.mean for _, p in ends) / len(known)
    p_enough = hard.p_at_least(0.5 * len(known))
    status = _effort_status(p_enough, case)
    evidence = (
        f"You stop at about {usual:.0f} reps in reserve: {100 * share:.0f} % of {len(known)} leg sets "
        f"were hard (80 % interval {100 * low:.0f}-{100 * high:.0f} %)."
    )
    if case.too_early and status == "unknown":
        evidence += " Two weeks are needed to call that a habit."
    elif UNSURE < p_enough < SURE:
        evidence += " That is not certain: sets to failure, or what you feel (--rir), would settle it."
    return Check(
        "intensity",
        "gym",
        status,
        round(share, 3),
        want,
        evidence,
        _EFFORT[status],
        weight=(1.0 - share) * (1.0 - p_enough) if status == "short" else 0.0,
        differs="One or two in reserve is often called necessary; one more rep in reserve costs little "
        "(Robinson 2024: -0.019 of an effect size), so up to three count here. Easy sets are what costs.",
    )


def _effort_status(p_enough: float, case: Case) -> Status:
    """p_enough: P(at least half of the sets were hard)."""
    if p_enough >= SURE:
        return "ok"
    return "unknown" if p_enough >= 0.5 or case.too_early else "short"


def muscle_volume(case: Case) -> Check:
    """Hard sets a week of quadriceps, hamstrings and glutes; effort and missing movements set apart."""
    muscles = [case.volume.of(muscle) for muscle in MAIN_MUSCLES]
    if case.too_early:
        low, high = case.settings.band(MAIN_MUSCLES[0])
        so_far = ", ".join(f"{words(one.muscle)} {one.hard_sets:.1f}" for one in muscles)
        want = f"{low:g}-{high:g} hard sets a week for each muscle"
        return too_early(case, "volume", "gym", want, f"Hard sets so far: {so_far}")
    weekly = {one.muscle: one.hard_sets / case.weeks for one in muscles}
    lacking = [one for one in muscles if _p_in_band(one, case.weeks) < UNLIKELY]
    worst = min(muscles, key=lambda one: weekly[one.muscle] / one.band[0])
    done = ", ".join(
        f"{words(one.muscle)} {weekly[one.muscle]:.1f} ({_per_week(one, case.weeks)}) "
        f"of {one.all_sets / case.weeks:.1f} sets"
        for one in muscles
    )
    evidence = f"Hard sets a week over the last {case.days.count} days, 80 % interval, and sets done: {done}."
    unknown = sum(one.unknown_sets for one in muscles)
    if unknown:
        evidence += f" Of {unknown} nobody knows how hard they were: they count as sets usually do."
    uncounted = sum(one.all_sets - one.countable_sets for one in muscles) / case.weeks
    if uncounted >= 1.0:
        evidence += (
            f" {uncounted:.0f} sets a week are outside of {FEWEST_REPS}-{MOST_REPS} reps and do not count."
        )
    weight = _lack_of_sets(case, muscles) if lacking else 0.0
    enough_but_easy = lacking and all(one.countable_sets / case.weeks >= one.band[0] for one in lacking)
    action = "Keep it."
    if enough_but_easy:
        action = "The sets are there; they have to become harder before there are more of them."
    elif lacking:
        short = ", ".join(words(one.muscle) for one in lacking)
        action = f"Add two hard sets a week for {short}, and again in two weeks, until the band is reached."
    return Check(
        "volume",
        "gym",
        "short" if lacking else "ok",
        round(weekly[worst.muscle], 2),
        f"{worst.band[0]:g}-{worst.band[1]:g} hard sets a week for each muscle",
        evidence,
        action,
        weight=weight,
    )


def _lack_of_sets(case: Case, muscles: list[MuscleVolume]) -> float:
    """Share of the wanted sets that were not even done, muscles with a missing movement left out.

    Sets that were done and were too easy are the matter of another check; here they weigh half.
    """
    gaps = case.is_missing("hip_hinge") or case.is_missing("knee_flexion")
    free = [one for one in muscles if not (gaps and one.muscle == "hamstrings")]
    lacks = [_lack(one.countable_sets, one.hard_sets, one.band[0] * case.weeks) for one in free]
    # One muscle that lags is the programme's shape; two are its size.
    small = sum(lack > 0.0 for lack in lacks) >= 2
    return max(lacks) if small else sum(lacks) / len(lacks)


def _lack(done: float, hard: float, wanted: float) -> float:
    """Share of the wanted sets that is lacking, for another reason than effort."""
    not_done, not_hard = (max(0.0, 1.0 - sets / max(wanted, 1e-9)) for sets in (done, hard))
    effort = hard / done if done else 1.0
    return max(not_done, 0.5 * not_hard if effort >= 0.5 else 0.0)


def _p_in_band(one: MuscleVolume, weeks: float) -> float:
    return one.hard.p_at_least(one.band[0] * weeks)


def _per_week(one: MuscleVolume, weeks: float) -> str:
    low, high = one.hard.interval80
    return f"{low / weeks:.0f}-{high / weeks:.0f}"


def frequency(case: Case) -> Check:
    """How many sessions the sets of a muscle are spread over, and how long those are."""
    want = "2-3 sessions a week for each muscle"
    if case.too_early:
        days = len({one.at.date() for one in case.recent_leg_sets})
        return too_early(case, "frequency", "gym", want, count_words(days, "leg day"))
    visits = [session for session in sessions(case.recent_leg_sets) if len(session.sets) >= 3]
    trained = [one for m in MAIN_MUSCLES if (one := case.volume.of(m)).all_sets / case.weeks >= 2.0]
    if not visits or not trained:
        evidence = f"Too few leg sets in {case.days.count} days to speak of sessions."
        return Check("frequency", "gym", "unknown", None, want, evidence, "Train legs twice a week.")
    rarest = min(trained, key=lambda one: one.sessions)
    per_week = rarest.sessions / case.weeks
    usual_sets = sum(len(session.sets) for session in visits) / len(visits)
    leg_days = len(visits) / case.weeks
    most = max(trained, key=lambda one: one.all_sets / max(one.sessions, 1))
    most_sets = most.all_sets / max(most.sessions, 1)
    evidence = (
        f"{words(rarest.muscle).capitalize()} {per_week:.1f} times a week; {leg_days:.1f} leg sessions a "
        f"week of {usual_sets:.0f} sets, at most {most_sets:.0f} for one muscle ({words(most.muscle)})."
    )
    weight = 0.0
    if per_week < 1.5:
        crowded = usual_sets if leg_days < 1.5 else most_sets
        weight = max(0.05, (crowded - MANY_IN_A_SESSION) / crowded)
    return Check(
        "frequency",
        "gym",
        "short" if per_week < 1.5 else "ok",
        round(per_week, 2),
        want,
        evidence,
        "Same sets, two or three days: put half of them three days later." if weight else "Keep it.",
        weight=weight,
        differs="With equal sets, more days alone grow hardly more muscle (Pelland 2024); days are the way "
        "to do the last sets of a muscle as well as the first. About ten sets a session are an opinion.",
    )


def calves(case: Case) -> Check:
    """Calf sets of both kinds together, each set once."""
    low, high = case.settings.band("gastrocnemius")
    want = f"{low:g}-{high:g} hard sets a week"
    hard, done = calf_volume(case.history, case.days, case.exercises, case.settings)
    if case.too_early:
        return too_early(case, "calf_volume", "gym", want, f"{hard.mean:.1f} hard calf sets")
    weekly = hard.mean / case.weeks
    ends = tuple(end / case.weeks for end in hard.interval80)
    short = hard.p_at_least(low * case.weeks) < UNLIKELY
    action = "Keep it."
    if short:
        action = "Add calf sets: they are short and can go at the end of any session."
        if done / case.weeks >= low:
            action = "The calf sets are there; make them harder."
    return Check(
        "calf_volume",
        "gym",
        "short" if short else "ok",
        round(weekly, 2),
        want,
        f"{weekly:.1f} hard calf sets a week ({ends[0]:.0f}-{ends[1]:.0f}) of {done / case.weeks:.1f}, "
        "standing and seated together.",
        action,
        weight=min(0.25, 0.3 * _lack(done / case.weeks, weekly, low)) if short else 0.0,
        differs="That calves need 12-18 sets because of their fibres is what practitioners say; a trial that "
        "shows it was not found. True is that the soleus is mostly slow fibres.",
    )
