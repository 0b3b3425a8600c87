"""Progressive overload as a check: does strength rise, or load and reps at least?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hardset.tracker.training.check import UNLIKELY, Case, Check, Status, words
from hardset.tracker.training.exercise_history import ExerciseSession
from hardset.tracker.training.overload import (
    Progress,
    Trend,
    by_exercise,
    progress,
    strength_trend,
    velocity_at_fixed_load,
)
from hardset.tracker.training.sessions import last_days
from hardset.tracker.training.settings import Settings
from hardset.tracker.training.shown import count_words, load_words

OVERLOAD_DAYS = 35
PROGRESS_PCT_PER_WEEK = 0.25
"""Slower than a plate of 1.25 kg on 100 kg in five weeks is no progress: opinion."""


def overload(case: Case) -> Check:
    """Does strength rise, or load and reps at least?"""
    want = f"strength, load or reps rise: more than {PROGRESS_PCT_PER_WEEK:g} % a week"
    window = last_days(case.end, OVERLOAD_DAYS)
    grouped = by_exercise(window.of(case.leg_sets), case.exercises)
    trend = strength_trend(list(grouped.values()))
    seen = [p for id, over_time in grouped.items() if (p := progress(id, over_time)) is not None]
    if trend is None and not seen:
        days = len({one.at.date() for one in window.of(case.leg_sets)})
        seen_days = count_words(days, "leg day")
        evidence = f"{seen_days} in five weeks: four of the same exercise over three weeks are needed."
        return Check("overload", "gym", "unknown", None, want, evidence, "Repeat the same exercises.")
    rose, heavier = sum(p.rose for p in seen), sum(p.heavier for p in seen)
    evidence = " ".join(_overload_words(trend, seen, case.settings) + _velocity_words(grouped, case.settings))
    status = _overload_status(trend, rose / max(len(seen), 1), heavier / max(len(seen), 1))
    action = {
        "short": "Plan the next step for each exercise: one rep more at the same load, and when the top of "
        "your range is reached, the smallest plate on top.",
        "ok": "Keep it.",
        "unknown": "Go on and look again in two weeks: the change is within what days differ by.",
    }[status]
    return Check(
        "overload",
        "gym",
        status,
        None if trend is None else round(trend.pct_per_week, 3),
        want,
        evidence,
        action,
        weight=0.33 if status == "short" else 0.0,
    )


def _overload_status(trend: Trend | None, rose: float, heavier: float) -> Status:
    """rose, heavier: shares of the exercises whose best sets, or whose loads, rose."""
    if trend is None:
        return "ok" if rose >= 0.5 else "short" if rose == 0.0 else "unknown"
    p_rise = trend.p_above(PROGRESS_PCT_PER_WEEK)
    if heavier < 0.2:
        # Nobody put anything on the bar: reps alone have to show it clearly.
        return "ok" if p_rise >= 1.0 - UNLIKELY else "short"
    return "short" if p_rise < 0.25 else "ok" if p_rise >= 0.5 else "unknown"


def _overload_words(trend: Trend | None, seen: Sequence[Progress], settings: Settings) -> list[str]:
    said = []
    if trend is not None:
        low, high = trend.interval80
        said.append(
            f"Estimated one-repetition maximum {trend.pct_per_week:+.1f} % a week ({low:+.1f} to "
            f"{high:+.1f}) over {trend.days} days; from day to day it differs by 2 % anyway (Ruf 2018)."
        )
    if seen:
        rose = sum(p.rose for p in seen)
        said.append(f"Load or reps rose in {rose} of {len(seen)} leg exercises.")
        same = max(seen, key=lambda p: (not p.rose, p.exercise))
        if not same.rose:
            first, last = same.first.top.logged, same.last.top.logged
            said.append(
                f"{words(same.exercise).capitalize()}: {load_words(first.load_kg, settings)} x {first.reps} "
                f"then, {load_words(last.load_kg, settings)} x {last.reps} now."
            )
    return said


def _velocity_words(grouped: Mapping[str, Sequence[ExerciseSession]], settings: Settings) -> list[str]:
    for id, over_time in grouped.items():
        at_load = velocity_at_fixed_load(over_time)
        if at_load is not None:
            verdict = "more than days differ by" if at_load.real else "within what days differ by"
            return [
                f"{words(id).capitalize()} at {load_words(at_load.load_kg, settings)}: fastest rep "
                f"{at_load.first_mps:.2f} m/s then, {at_load.last_mps:.2f} m/s now ({verdict}, 0.07 m/s)."
            ]
    return []
