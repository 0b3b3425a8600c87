"""Week, history and diagnosis as programs read them. The names are a contract: keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hardset.tracker.training.exercise_history import Z80, Estimate, ExerciseSession, Record, SetResult
from hardset.tracker.training.proximity import HARD_RIR, hard_credit
from hardset.tracker.training.sessions import iso_week
from hardset.tracker.training.shown import rir_json

if TYPE_CHECKING:
    from hardset.tracker.training.diagnosis import Diagnosis
    from hardset.tracker.training.overload import Trend
    from hardset.tracker.training.volume import MuscleVolume, Volume
    from hardset.tracker.training.waiting import WaitingSet

Json = dict[str, Any]
_VELOCITIES = ("mean_velocity_mps", "mean_angular_velocity_dps")
"""Of the fastest rep; on a bar the first, on a limb the second."""


def week_to_json(
    week: Volume,
    rolling: Volume | None = None,
    trend: Mapping[str, Sequence[float]] | None = None,
    waiting: Sequence[WaitingSet] = (),
) -> Json:
    """`hardset week --json`: the muscles of a week, the movements that are missing.

    rolling: the last seven days; trend: expected hard sets of each muscle in the weeks up to this one;
    waiting: sets of the week of which nobody has said the exercise.
    """
    return {
        "week": iso_week(week.days.first),
        "lifter": week.lifter,
        "muscles": [_muscle_to_json(one, rolling, trend) for one in week.muscles],
        "missing": list(week.missing),
        "uncounted_exercises": list(week.uncounted),
        "without_exercise": [one.set_id for one in waiting],
    }


def _muscle_to_json(
    one: MuscleVolume, rolling: Volume | None, trend: Mapping[str, Sequence[float]] | None
) -> Json:
    low, high = one.hard.interval80
    figures: Json = {
        "muscle": one.muscle,
        "hard_sets": round(one.hard_sets, 4),
        "low80": round(low, 4),
        "high80": round(high, 4),
        "all_sets": one.all_sets,
        "sessions": one.sessions,
        "most_in_one_session": round(one.most_in_one_session, 4),
        "band": list(one.band),
        "verdict": one.verdict,
        "contributions": [
            {
                "set": c.set_id,
                "exercise": c.exercise,
                "weight": c.weight,
                "p_hard": round(c.p_hard, 6),
                "known_by": str(c.source),
            }
            for c in one.contributions
        ],
    }
    if rolling is not None:
        figures["last_7_days"] = round(rolling.of(one.muscle).hard_sets, 4)
    if trend is not None:
        figures["trend"] = [round(sets, 4) for sets in trend[one.muscle]]
    return figures


def legs_to_json(diagnosis: Diagnosis) -> Json:
    """`hardset legs --json`: the limiting factor and every check."""
    # Week and history need none of what the diagnosis loads.
    from hardset.tracker.training.diagnosis import FIXED

    limiting = diagnosis.limiting
    return {
        "lifter": diagnosis.lifter,
        "until": diagnosis.end.isoformat(),
        "limiting": {
            "area": limiting.area,
            "cause": limiting.cause,
            "evidence": limiting.evidence,
            "action": limiting.action,
        },
        "checks": [
            {
                "cause": one.cause,
                "area": one.area,
                "status": one.status,
                "value": one.value,
                "want": one.want,
                "evidence": one.evidence,
                "action": one.action,
                "weight": round(one.weight, 3),
                "differs": one.differs,
            }
            for one in diagnosis.checks
        ],
        "fixed": list(FIXED),
    }


def history_to_json(
    exercise: str,
    lifter: str,
    over_time: Sequence[ExerciseSession],
    trend: Trend | None,
    best: Sequence[Record],
    *,
    ballistic: bool,
    hard_rir: int = HARD_RIR,
) -> Json:
    """`hardset history EXERCISE --json`: sessions, the trend of the 1RM, records."""
    return {
        "exercise": exercise,
        "lifter": lifter,
        "sessions": [_session_to_json(one, ballistic, hard_rir) for one in over_time],
        "trend": None if trend is None else _trend_to_json(trend),
        "records": [
            {
                "record": one.kind,
                "value": round(one.value, 3),
                "load_kg": None if one.load_kg is None else round(one.load_kg, 4),
                "at": one.at.isoformat(timespec="seconds"),
                "set": one.set_id,
            }
            for one in best
        ],
    }


def _session_to_json(session: ExerciseSession, ballistic: bool, hard_rir: int) -> Json:
    sets = [_set_to_json(one, ballistic, hard_rir) for one in session.sets]
    best = session.top
    top = next(told for told, one in zip(sets, session.sets, strict=True) if one is best)
    names = ("load_kg", "reps", *_VELOCITIES, "velocity_loss_pct", "rir")
    return {
        "at": session.at.isoformat(timespec="seconds"),
        "workout": session.workout,
        **{name: top[name] for name in names},
        **_e1rm_to_json(session.e1rm_kg),
        "sets": sets,
    }


def _set_to_json(one: SetResult, ballistic: bool, hard_rir: int) -> Json:
    logged = one.logged
    limb = logged.placement in ("thigh", "shank")
    fastest = None if one.fastest is None else round(one.fastest, 4)
    loss = one.velocity_loss_pct
    return {
        "set": logged.id,
        "load_kg": None if logged.load_kg is None else round(logged.load_kg, 4),
        "reps": logged.reps,
        "warmup": logged.warmup,
        "failed": logged.failed,
        "felt_rir": logged.felt_rir,
        "velocities": [round(v, 4) for v in logged.velocities],
        **dict(zip(_VELOCITIES, (None, fastest) if limb else (fastest, None), strict=True)),
        "velocity_loss_pct": None if loss is None else round(loss, 2),
        "rir": None if logged.warmup else rir_json(one.proximity),
        "p_hard": round(hard_credit(logged, ballistic=ballistic, hard_rir=hard_rir), 6),
        **_e1rm_to_json(one.e1rm_kg),
    }


def _e1rm_to_json(estimate: Estimate | None) -> Json:
    if estimate is None:
        return {"e1rm_kg": None, "e1rm_low80_kg": None, "e1rm_high80_kg": None}
    value, sd = estimate
    return {
        "e1rm_kg": round(value, 2),
        "e1rm_low80_kg": round(value - Z80 * sd, 2),
        "e1rm_high80_kg": round(value + Z80 * sd, 2),
    }


def _trend_to_json(trend: Trend) -> Json:
    low, high = trend.interval80
    return {
        "pct_per_week": round(trend.pct_per_week, 3),
        "low80": round(low, 3),
        "high80": round(high, 3),
        "days": trend.days,
        "sessions": trend.sessions,
    }
