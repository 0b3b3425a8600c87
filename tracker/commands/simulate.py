"""`hardset simulate`: recordings of a simulated lifter, with the exact truth beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from hardset.tracker.simulation.plan import SetPlan, Tempo
    from hardset.tracker.simulation.plans import Family
    from hardset.tracker.simulation.radio import RadioKind

_TEMPOS = ("normal", "slow", "explosive", "paused", "touch_and_go", "cluster")
_POSITIVE = click.IntRange(min=1)
_SECONDS = click.FloatRange(min=0, max=600)


@click.command(
    short_help="Write simulated recordings with exact truth.",
    epilog="Example:  hardset simulate squat.csv --exercise back_squat --reps 8 --rir 1 --radio burst",
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--exercise", "exercise_id", default="back_squat", show_default=True, metavar="ID")
@click.option("--placement", type=click.Choice(["bar", "thigh", "shank"]), help="Where the sensor sits.")
@click.option("--reps", type=click.IntRange(1, 50), default=8, show_default=True)
@click.option("--rir", type=click.IntRange(0, 30), help="Reps left after the last one.  [default: 2]")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Which lifter, which day."
)
@click.option(
    "--rate", type=click.FloatRange(10, 400), metavar="HZ", help="Samples a second.  [default: 100]"
)
@click.option(
    "--radio", type=click.Choice(["even", "jitter", "burst"]), help="How the samples travel.  [default: even]"
)
@click.option("--tempo", type=click.Choice(_TEMPOS), default="normal", show_default=True)
@click.option("--failed-last", is_flag=True, help="One more try after the last rep, which fails.")
@click.option("--no-gyro", is_flag=True, help="Accelerometer only.")
@click.option("--start-in-motion", is_flag=True, help="The recording begins while the load moves.")
@click.option("--end-in-mid-rep", is_flag=True, help="The recording ends in a rep that does not count.")
@click.option("--trimmed", is_flag=True, help="Only the set itself, without what surrounds it.")
@click.option("--lifter", type=click.IntRange(min=0), help="Sets of one number are sets of one person.")
@click.option(
    "--handling", type=_SECONDS, default=0.0, metavar="S", help="Handle plates before and after, seconds."
)
@click.option(
    "--walking", type=_SECONDS, default=0.0, metavar="S", help="Walk before and after (leg), seconds."
)
@click.option("--load", "load_kg", type=click.FloatRange(min=0), metavar="KG", help="Written to the sidecar.")
@click.option("--idle", is_flag=True, help="No set: walking, drinking, loading plates for a minute.")
@click.option(
    "--count", type=_POSITIVE, metavar="N", help="Write N varied recordings and an index into folder OUT."
)
@click.option(
    "--family", type=click.Choice(["bar", "limb"]), default="bar", show_default=True, help="With --count."
)
@click.option("--fixtures", is_flag=True, help="Write the project's own test recordings into folder OUT.")
def simulate(
    out: Path, exercise_id: str, placement: str | None, reps: int, rir: int | None, seed: int,
    rate: float | None, radio: str | None, tempo: str, failed_last: bool, no_gyro: bool,
    start_in_motion: bool, end_in_mid_rep: bool, trimmed: bool, lifter: int | None,
    handling: float, walking: float, load_kg: float | None, idle: bool,
    count: int | None, family: str, fixtures: bool,
) -> None:  # fmt: skip
    """Write simulated recordings with exact truth.

    OUT is a CSV file, or a folder with --count or --fixtures. Beside NAME.csv lie NAME.json
    (exercise, placement, reps) and NAME.truth.json (turning points, velocity, RIR of each rep).
    The same options and seed always give the same file.
    """
    if failed_last and (rir or end_in_mid_rep):
        raise click.UsageError("--failed-last means that no rep is left and that the set ends there.")
    kind = cast("RadioKind | None", radio)
    if fixtures:
        click.echo(_write_fixtures(out))
    elif count is not None:
        click.echo(_write_drawn(out, count, seed, cast("Family", family), kind))
    elif idle:
        click.echo(_write_idle(out, seed, placement or "bar", rate or 100.0))
    else:
        from hardset.tracker.simulation.imu import ImuPlan
        from hardset.tracker.simulation.plan import SetPlan
        from hardset.tracker.simulation.radio import BURST_SENSOR_HZ, RadioPlan

        usual_hz = BURST_SENSOR_HZ if kind == "burst" else 100.0
        plan = SetPlan(
            exercise=exercise_id,
            placement=_placement(exercise_id, placement),
            reps=reps,
            rir_at_end=0 if failed_last else 2 if rir is None else rir,
            tempo=cast("Tempo", tempo),
            failed_last=failed_last,
            handling_before_s=handling,
            handling_after_s=handling,
            walk_before_s=walking,
            walk_after_s=walking,
            start_in_motion=start_in_motion,
            end_in_mid_rep=end_in_mid_rep,
            trimmed=trimmed,
            lifter=lifter,
            load_kg=load_kg,
            imu=ImuPlan(rate_hz=rate or usual_hz, with_gyro=not no_gyro),
            radio=RadioPlan(kind or "even"),
        )
        click.echo(_write_one(out, plan, seed))


def _placement(exercise_id: str, wanted: str | None) -> str:
    """The placement asked for, or the first that can be simulated. Raises NotSimulated."""
    from hardset.tracker.errors import NotSimulated
    from hardset.tracker.simulation.exercises import BAR_EXERCISES
    from hardset.tracker.simulation.limbexercises import LIMB_EXERCISES

    places = ["bar"] if exercise_id in BAR_EXERCISES else []
    if exercise_id in LIMB_EXERCISES:
        places.append(LIMB_EXERCISES[exercise_id].placement)
    if not places:
        raise NotSimulated(exercise_id, tuple(sorted({*BAR_EXERCISES, *LIMB_EXERCISES})))
    if wanted is not None and wanted not in places:
        raise click.UsageError(f"{exercise_id} is simulated with the sensor on: {', '.join(places)}.")
    return wanted or places[0]


def _write_one(out: Path, plan: SetPlan, seed: int) -> str:
    from hardset.tracker.simulation.files import write_simulated
    from hardset.tracker.simulation.scenario import simulate as run

    recording = run(plan, seed)
    write_simulated(out, recording, radio=plan.radio.kind, load_kg=plan.load_kg)
    return f"{out}: {len(recording.truth.reps)} reps, {recording.samples.time_s[-1]:.0f} s"


def _write_idle(out: Path, seed: int, placement: str, rate_hz: float) -> str:
    from hardset.tracker.simulation.files import write_simulated
    from hardset.tracker.simulation.idle import idle_recording
    from hardset.tracker.simulation.imu import ImuPlan

    recording = idle_recording(seed, 60.0, placement=placement, imu=ImuPlan(rate_hz=rate_hz))
    write_simulated(out, recording)
    return f"{out}: no reps, {recording.samples.time_s[-1]:.0f} s"


def _write_drawn(folder: Path, count: int, seed: int, family: Family, radio: RadioKind | None) -> str:
    from hardset.tracker.simulation.files import file_name, write_index, write_simulated
    from hardset.tracker.simulation.plans import draw_plan
    from hardset.tracker.simulation.scenario import simulate as run

    _make_folder(folder)
    rows = []
    for number in range(seed, seed + count):
        plan = draw_plan(number, family=family, radio=radio)
        path = folder / file_name(number, plan)
        rows.append(write_simulated(path, run(plan, number), radio=plan.radio.kind))
    write_index(folder, rows)
    return f"{folder}: {count} recordings with truth, and index.csv"


def _write_fixtures(folder: Path) -> str:
    from hardset.tracker.simulation.fixtures import write_fixtures

    _make_folder(folder)
    return f"{folder}: {write_fixtures(folder)} recordings with truth, and index.csv"


def _make_folder(folder: Path) -> None:
    from hardset.tracker.errors import FileUnreadable

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnreadable(folder, (error.strerror or str(error)).lower()) from error
