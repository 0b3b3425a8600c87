"""The recordings in `fixtures/`: a table of named plans, one for each effect worth a regression test.

`hardset simulate fixtures --fixtures` writes them anew; a test holds the files against this table.
Rates are low and sets short on purpose: together they stay small enough to live in the repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hardset.tracker.simulation.files import IndexRow, write_index, write_simulated
from hardset.tracker.simulation.idle import idle_recording
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import BURST_SENSOR_HZ, RadioPlan
from hardset.tracker.simulation.scenario import SimulatedRecording, simulate

_SLOW = ImuPlan(rate_hz=50)
_BURST_SENSOR = ImuPlan(rate_hz=BURST_SENSOR_HZ)
_BURST = RadioPlan("burst")
_BAD = RadioPlan("burst", fullness=0.3, holes_per_s=1.0, hole_s=(0.1, 0.7))


@dataclass(frozen=True, slots=True)
class Fixture:
    """One named recording: its plan (None for idle time), its seed and what it is there for."""

    name: str
    plan: SetPlan | None
    seed: int
    about: str


FIXTURES = (
    Fixture(
        "squat_to_failure",
        SetPlan("back_squat", reps=5, rir_at_end=0, failed_last=True, imu=_SLOW),
        1,
        "grinders, then an attempt that does not reach the top",
    ),
    Fixture(
        "squat_burst_radio",
        SetPlan("back_squat", reps=6, rir_at_end=3, imu=_BURST_SENSOR, radio=_BURST),
        2,
        "repeats and holes of the usual radio",
    ),
    Fixture(
        "squat_bad_radio",
        SetPlan("front_squat", reps=5, rir_at_end=2, imu=_BURST_SENSOR, radio=_BAD),
        3,
        "holes up to 0.7 s",
    ),
    Fixture(
        "bench_paused",
        SetPlan("bench_press", reps=4, rir_at_end=1, tempo="paused", imu=_SLOW),
        4,
        "holds at the chest, slow last rep",
    ),
    Fixture(
        "bench_accelerometer_only",
        SetPlan("bench_press", reps=6, rir_at_end=4, imu=ImuPlan(rate_hz=50, with_gyro=False)),
        5,
        "no gyroscope",
    ),
    Fixture(
        "deadlift_dead_stop",
        SetPlan("deadlift", reps=4, rir_at_end=2, tempo="paused", imu=_SLOW),
        6,
        "plates meet the floor",
    ),
    Fixture(
        "deadlift_touch_and_go",
        SetPlan("deadlift", reps=6, rir_at_end=5, tempo="touch_and_go", imu=_SLOW),
        7,
        "lowered slowly, no rest on the floor",
    ),
    Fixture(
        "press_after_clean",
        SetPlan("overhead_press", reps=5, rir_at_end=2, setup="floor_clean", imu=_SLOW),
        8,
        "a clean before the first rep",
    ),
    Fixture(
        "row_after_pickup",
        SetPlan("barbell_row", reps=6, rir_at_end=3, setup="floor_pickup", imu=_SLOW),
        9,
        "a deadlift-like stroke before the first rep, and one down after the last",
    ),
    Fixture(
        "curl_starts_in_motion",
        SetPlan("barbell_curl", reps=6, rir_at_end=2, start_in_motion=True, imu=_SLOW),
        10,
        "no still moment at the beginning; the bar turns through 100° and more",
    ),
    Fixture(
        "hip_thrust_ends_in_mid_rep",
        SetPlan("hip_thrust", reps=5, rir_at_end=2, end_in_mid_rep=True, imu=_SLOW),
        11,
        "the last movement is cut off and does not count",
    ),
    Fixture(
        "calf_raise_on_bar",
        SetPlan("standing_calf_raise", reps=8, rir_at_end=1, imu=_SLOW),
        12,
        "6-12 cm of height, which shrinks towards failure",
    ),
    Fixture(
        "thigh_squat",
        SetPlan("back_squat", "thigh", reps=6, rir_at_end=2, walk_before_s=6, imu=_SLOW),
        13,
        "walking before the set; angle instead of height",
    ),
    Fixture(
        "thigh_seated_calf_raise",
        SetPlan("seated_calf_raise", "thigh", reps=6, rir_at_end=2, imu=_SLOW),
        14,
        "8-14° only",
    ),
    Fixture(
        "shank_leg_curl",
        SetPlan("lying_leg_curl", "shank", reps=6, rir_at_end=1, imu=_SLOW),
        15,
        "shank, more than a quarter turn",
    ),
    Fixture("idle", None, 16, "a minute without any repetition"),
)


def rebuild(fixture: Fixture) -> SimulatedRecording:
    """The recording that a row of the table stands for."""
    if fixture.plan is None:
        return idle_recording(fixture.seed, 60.0, imu=_SLOW)
    return simulate(fixture.plan, fixture.seed)


def write_fixtures(folder: Path) -> int:
    """Write all of them with their index; gives how many."""
    rows: list[IndexRow] = []
    for fixture in FIXTURES:
        radio = "even" if fixture.plan is None else fixture.plan.radio.kind
        rows.append(write_simulated(folder / f"{fixture.name}.csv", rebuild(fixture), radio=radio))
    write_index(folder, rows)
    return len(rows)
