"""What tests of the screens share: sets to feed them, and sessions that are worked out once.

Nothing waits for time: a recording is played at once up to a moment and paused there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from bleak.backends.device import BLEDevice
from textual.pilot import Pilot

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.rir import RirEstimate
from hardset.signal.rir_answer import to_estimate
from hardset.signal.samples import SampleBatch
from hardset.signal.sets import MeasuredSet
from hardset.tracker.demo_log import fill_demo_log
from hardset.tracker.demo_workout import demo_set
from hardset.tracker.facts import Connected, Fact, RepTold, SensorStatus, SetOver
from hardset.tracker.scoring import ScoredSet
from hardset.tracker.sensors.bluetooth import Found
from hardset.tracker.sensors.registry import model_by_id
from hardset.tracker.session import Session
from hardset.tracker.simulation.known import simulated_placement
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.log import Log
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.recording_feed import RecordingFeed
from hardset.tui.screens.live import LiveScreen

SEED = 7
LEFT = 1
TODAY = date(2026, 11, 23)
NOTE = "demo: nothing kept"


@cache
def simulated(exercise_id: str = "back_squat") -> tuple[SampleBatch, Lift]:
    """The first set that `hardset demo` shows, and what is lifted in it."""
    recording = simulate(demo_set(exercise_id, SEED, LEFT), SEED)
    return recording.samples, Lift(exercise(exercise_id), Placement(recording.placement), 100.0)


@dataclass(frozen=True)
class ScriptedRep:
    """What a session says of one rep: velocity, its spread, reps left, and whether it is doubtful."""

    speed: float
    sd: float
    left: int
    doubt: str | None = None


BAR = [
    ScriptedRep(*one)
    for one in [
        *((0.57, 0.03, 7), (0.58, 0.03, 6), (0.53, 0.03, 6), (0.47, 0.04, 5), (0.46, 0.03, 4)),
        *((0.42, 0.02, 4), (0.38, 0.03, 3), (0.35, 0.02, 2), (0.29, 0.02, 1)),
    ]
]
LIMB = [
    ScriptedRep(*one)
    for one in [
        *((182, 5, 7), (176, 5, 6), (178, 6, 6), (160, 9, 5, "range uncertain by a third"), (151, 5, 4)),
        *((140, 5, 3), (131, 6, 2)),
    ]
]
FIRST_S, CYCLE_S, OVER_S = 13.0, 3.2, 55.0


def scripted(lift: Lift) -> list[tuple[float, list[Fact]]]:
    """What is known when, in a set whose figures never change: pictures show the screen, not the analysis."""
    limb = lift.placement.rotates
    reps: list[Repetition] = []
    rirs: list[RirEstimate] = []
    facts: list[tuple[float, list[Fact]]] = []
    for number, one in enumerate(LIMB if limb else BAR, 1):
        at_s = FIRST_S + CYCLE_S * (number - 1)
        reps.append(_rep(number, at_s, one, limb=limb))
        rirs.append(_left(one.left))
        so_far = MeasuredSet(1, reps[0].concentric_start_s, at_s, tuple(reps), ())
        loss = so_far.velocity_loss_pct or 0.0
        status = SensorStatus(at_s, 100.0, 83.0, round(100 * at_s), 0, 4)
        told = RepTold(at_s, number, number, reps[-1], loss, rirs[-1], False, False, so_far)
        facts.append((at_s, [status, told]))
    over = ScoredSet(MeasuredSet(1, reps[0].concentric_start_s, at_s, tuple(reps), ()), tuple(rirs))
    return [*facts, (OVER_S, [SetOver(OVER_S, over, None)])]


def _rep(number: int, end_s: float, one: ScriptedRep, *, limb: bool) -> Repetition:
    return Repetition(
        number=number,
        eccentric_start_s=end_s - 2.6,
        concentric_start_s=end_s - 1.2,
        concentric_end_s=end_s,
        mean_velocity_mps=None if limb else one.speed,
        mean_velocity_sd_mps=None if limb else one.sd,
        mean_propulsive_velocity_mps=None if limb else one.speed,
        peak_velocity_mps=None if limb else 1.6 * one.speed,
        rom_m=None if limb else 0.62,
        mean_angular_velocity_dps=one.speed if limb else None,
        mean_angular_velocity_sd_dps=one.sd if limb else None,
        rom_deg=84.0 if limb else None,
        eccentric_s=1.3,
        bottom_pause_s=0.1,
        top_pause_s=None,
        doubt=one.doubt,
    )


def _left(median: int) -> RirEstimate:
    weights = np.exp(-0.5 * ((np.arange(15) - median) / 1.1) ** 2)
    return to_estimate(weights / weights.sum(), calibrated=True, reason="a script")


def swung(*, limb: bool) -> SampleBatch:
    """A minute of a sensor at 100 Hz that goes up and down, or swings, once every cycle."""
    time_s = np.arange(6000) / 100.0
    phase = 2 * np.pi * np.maximum(time_s - 6.0, 0.0) / CYCLE_S
    moving = time_s > 6.0
    acc, gyro = np.zeros((6000, 3)), np.zeros((6000, 3))
    if limb:
        angle = np.radians(42.0) * (1 - np.cos(phase)) * moving
        acc[:, 0], acc[:, 2] = 9.81 * np.sin(angle), 9.81 * np.cos(angle)
        gyro[:, 1] = -np.gradient(angle, 0.01)
    else:
        acc[:, 2] = 9.81 + 0.3 * (2 * np.pi / CYCLE_S) ** 2 * np.cos(phase) * moving
    return SampleBatch(time_s, acc, gyro)


class ScriptedSession(Session):
    """Says what the script says, when the samples have come so far."""

    def __init__(self, lift: Lift) -> None:
        super().__init__()
        self._script = scripted(lift)

    def connected(self, at_s: float, sensor: str, model: str, asked_rate_hz: float | None) -> list[Fact]:
        """As the real one says it."""
        return [Connected(at_s, sensor, model, asked_rate_hz)]

    def feed(self, batch: SampleBatch, now_s: float) -> list[Fact]:
        """Everything that is known with these samples."""
        facts: list[Fact] = []
        while self._script and self._script[0][0] <= now_s:
            facts += self._script.pop(0)[1]
        return facts

    def finish(self, at_s: float) -> list[Fact]:
        """Nothing more is known at the end."""
        return []


class ScriptedDesk(Desk):
    """A desk whose sessions follow the script."""

    def open_session(self, lift: Lift, set_on: bool) -> Session:
        """By where the sensor sits."""
        return ScriptedSession(lift)


def scripted_app(
    *, until_s: float | None = None, exercise_id: str = "back_squat", theme: str = "hardset-dark"
) -> HardsetApp:
    """The screens on a scripted set, played at once up to a time and paused there. For pictures."""
    entry = exercise(exercise_id)
    placement = Placement(simulated_placement(exercise_id))

    def start() -> tuple[Lift, Feed]:
        samples = swung(limb=placement.rotates)
        feed = RecordingFeed(samples, sensor="WT901BLE67", speed=None, until_s=until_s)
        return Lift(entry, placement, 100.0), feed

    return HardsetApp(ScriptedDesk(note=NOTE, start_feed=start), theme=theme)


def live_app(*, until_s: float | None = None, path: Path | None = None) -> HardsetApp:
    """The screens on a simulated set with a real session, played at once up to a time and paused there.

    path: a log in which it is kept.
    """
    samples, lift = simulated()

    def start() -> tuple[Lift, Feed]:
        return lift, RecordingFeed(samples, sensor="WT901BLE67", speed=None, until_s=until_s)

    return HardsetApp(Desk(path=path, start_feed=start))


def _seen(name: str, model: str | None, rssi: int, last: int) -> Found:
    device = BLEDevice(f"C4:7B:2E:01:5A:{last:02X}", name, None)
    return Found(device, name, rssi, None if model is None else model_by_id(model))


IN_SIGHT = [
    _seen("WT901BLE67", "witmotion_ble5", -58, 0x10),
    _seen("Movesense 174630000192", "movesense", -71, 0x22),
    _seen("MetaWear", "metamotion", -84, 0x35),
    _seen("a television", None, -90, 0x4F),
]


async def in_sight(seconds: float) -> Sequence[Found]:
    """A scan that finds these."""
    return IN_SIGHT


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait until workers and sessions have nothing to do, all of it was heard, and it is painted."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, HardsetApp)
    quick = ("log", "last-time", "prepare", "read", "scan")
    while any(one.group in quick and not one.is_finished for one in app.workers) or (
        app.live is not None and app.live.behind
    ):
        await pilot.pause()
    await pilot.pause()
    if isinstance(app.screen, LiveScreen):
        app.screen.paint()
    await pilot.pause()


@cache
def demo_log() -> bytes:
    """The six weeks of `hardset demo` up to Sunday 2026-11-22, as a database file; made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        with Log.open(path) as log:
            fill_demo_log(log, TODAY)
            log.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def log_app(
    path: Path, start: str, *, filled: bool = True, theme: str = "hardset-dark", lifter: str = ""
) -> HardsetApp:
    """The screens on a log at a path: six weeks of it, or none."""
    if filled and not path.exists():
        path.write_bytes(demo_log())
    return HardsetApp(Desk(path=path, lifter=lifter), start=start, theme=theme)
