"""Six weeks of one simulated lifter in a log: what the demonstration's screens are filled with.

The lifter squats and presses with a sensor on the bar, eats and sleeps well, and leaves out leg curls and
straight-knee calf raises, so that Week and Legs have something to say.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.sets import MeasuredSet
from hardset.tracker.demo_workout import PERSON
from hardset.tracker.simulation.example_history import ROUTINE, Habits, Routine, example_history
from hardset.tracker.simulation.exercises import BAR_EXERCISES
from hardset.tracker.simulation.lifter import lifter_of, rep_velocities
from hardset.tracker.training.log import Log, NewSet
from hardset.tracker.training.measured_sets import NewMeasuredSet, put_measured
from hardset.tracker.training.records import LoggedSet

LEFT_OUT = ("seated_leg_curl", "lying_leg_curl", "standing_calf_raise")
MEASURED = ("back_squat", "bench_press")
SD_MPS = 0.03
REP_S = 3.0
SEED = 3


def fill_demo_log(log: Log, today: date) -> None:
    """The weeks before today, as four operations of an empty log. Takes some seconds."""
    habits = Habits(routine=_routine(), last_day=today - timedelta(days=1), sensor_on=MEASURED)
    history = example_history(habits, SEED)
    log.add_sets([_by_hand(one) for one in history.sets if not one.velocities])
    rng = np.random.default_rng(SEED)
    with log.operation("live", "six weeks of simulated sets") as op:
        for one in history.sets:
            if one.velocities:
                set_id = put_measured(log, op, _measured(one, rng))
                failed = one.felt_rir == 0  # what makes the estimate the lifter's own
                op.update("sets", set_id, {"felt_rir": one.felt_rir, "told_failed": int(failed)})
    log.weigh(*history.weighings)
    log.eat(*history.meals)
    log.sleep(*history.nights)
    log.history()  # reps left of every set are worked out once


def _routine() -> Routine:
    return tuple(
        (weekday, tuple(slot for slot in slots if slot.exercise not in LEFT_OUT))
        for weekday, slots in ROUTINE
    )


def _by_hand(one: LoggedSet) -> NewSet:
    return NewSet(
        exercise=one.exercise,
        load_kg=one.load_kg,
        reps=one.reps,
        at=one.at,
        warmup=one.warmup,
        failed=one.failed,
        felt_rir=one.felt_rir,
    )


def _measured(one: LoggedSet, rng: np.random.Generator) -> NewMeasuredSet:
    """The set with the velocities of the lifter who will squat before the viewer's eyes."""
    lifter = lifter_of(PERSON, BAR_EXERCISES[one.exercise], rng)
    left = 1 if one.felt_rir is None else round(one.felt_rir)
    true = np.array(rep_velocities(lifter, one.reps, left, rng))
    seen = np.maximum(true + rng.normal(0.0, SD_MPS, true.size), 0.05).tolist()
    reps = tuple(_rep(number, speed, lifter.rom_m) for number, speed in enumerate(seen, 1))
    measured = MeasuredSet(1, 0.0, reps[-1].concentric_end_s, reps, ())
    return NewMeasuredSet(
        measured, one.exercise, Placement.BAR, one.load_kg, one.at, None, "live", one.warmup
    )


def _rep(number: int, speed_mps: float, rom_m: float) -> Repetition:
    start_s = REP_S * number
    return Repetition(
        number=number,
        eccentric_start_s=start_s - 1.5,
        concentric_start_s=start_s,
        concentric_end_s=start_s + rom_m / speed_mps,
        mean_velocity_mps=speed_mps,
        mean_velocity_sd_mps=SD_MPS,
        mean_propulsive_velocity_mps=speed_mps,
        peak_velocity_mps=1.6 * speed_mps,
        rom_m=rom_m,
        mean_angular_velocity_dps=None,
        mean_angular_velocity_sd_dps=None,
        rom_deg=None,
        eccentric_s=1.5,
        bottom_pause_s=0.0,
        top_pause_s=None,
    )
