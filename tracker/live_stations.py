"""What `hardset live` and `hardset record` were asked for, and the sensors behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hardset.signal.exercise import Placement
from hardset.tracker.capture import CaptureWriter
from hardset.tracker.demonstration import draw_set
from hardset.tracker.ending import ending_by_signal
from hardset.tracker.errors import SensorNotKnown
from hardset.tracker.facts import Fact
from hardset.tracker.live_run import Station, run_stations
from hardset.tracker.receiver import Listener, Receiver
from hardset.tracker.recording_writer import RecordingWriter, unwritable
from hardset.tracker.sensors.link import Link
from hardset.tracker.sensors.protocol import SensorModel
from hardset.tracker.sensors.radio_errors import log_stray
from hardset.tracker.sensors.registry import model_by_id, models
from hardset.tracker.sensors.virtual_link import VirtualLink
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tracker.sidecar import Sidecar, write_sidecar
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.catalogue import SENSOR_SITES, CatalogueEntry
from hardset.tracker.training.catalogue import exercise as look_up

VIRTUAL = "virtual:"
USUAL_RATE_HZ = 100.0
"""Velocity is measured on a grid of 100 Hz; more costs battery and radio time, and changes little."""
VIRTUAL_SEED = 7
VIRTUAL_EXERCISE = "back_squat"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One sensor that was asked for, and what is said of it."""

    sensor: str
    """Name or address, or virtual:NAME[:EXERCISE[:SEED]]."""
    exercise: CatalogueEntry | None = None
    placement: Placement | None = None
    """Where it sits, where that was said; else the exercise's best place, or a bar."""
    load_kg: float | None = None
    lifter: str = ""
    record: Path | None = None
    capture: Path | None = None

    @property
    def read_as(self) -> Placement:
        """Where the sensor is taken to sit."""
        if self.placement is not None:
            return self.placement
        return Placement.BAR if self.exercise is None else SENSOR_SITES[self.exercise.sensor_sites[0]]


Say = Callable[[str, Fact], None]
"""Told the sensor's label and a fact, in the sensor's own thread."""


async def go_live(
    wanted: Sequence[Wanted],
    listener: Callable[[Wanted], Listener],
    say: Say,
    *,
    rate_hz: float | None,
    model: SensorModel | None,
    seconds: float | None,
) -> None:
    """Find the sensors and follow them until time is up, Ctrl-C or SIGTERM.

    listener: called in the sensor's own thread.

    Raises BluetoothProblem, SensorProblem, FileUnreadable.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_stray)

    def end() -> None:
        loop.call_soon_threadsafe(stop.set)

    with ending_by_signal(end):
        links = await _before(stop, _links(wanted, rate_hz or USUAL_RATE_HZ, model))
        if links is None:
            return
        origin_s = time.monotonic()
        stations = [
            _station(one, label, link, listener, say, origin_s)
            for one, (label, link) in zip(wanted, links, strict=True)
        ]
        await run_stations(stations, seconds=seconds, stop=stop)


def wanted_sensor(
    sensor: str,
    exercise_id: str | None,
    site: str | None,
    load_kg: float | None,
    record: Path | None,
    lifter: str | None = None,
) -> Wanted:
    """One sensor from what was said of it; a virtual one knows what it lifts. Raises UnknownExercise."""
    if exercise_id is None and sensor.startswith(VIRTUAL):
        exercise_id = [*sensor.removeprefix(VIRTUAL).split(":"), ""][1] or VIRTUAL_EXERCISE
    entry = None if exercise_id is None else look_up(exercise_id)
    placement = None if site is None else SENSOR_SITES[site]
    return Wanted(sensor, entry, placement, load_kg, lifter or "", record)


def chosen_model(id: str | None) -> SensorModel | None:
    """The kind of sensor that the user insists on. Raises SensorNotKnown."""
    if id is None:
        return None
    if (model := model_by_id(id)) is None:
        raise SensorNotKnown(id, tuple(known.id for known in models()))
    return model


async def _before(
    stop: asyncio.Event, finding: Coroutine[None, None, list[tuple[str, Link]]]
) -> list[tuple[str, Link]] | None:
    """What is found; None when it is all to end before."""
    task = asyncio.create_task(finding)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
        return None
    return task.result()


async def _links(
    wanted: Sequence[Wanted], rate_hz: float, model: SensorModel | None
) -> list[tuple[str, Link]]:
    """A link for each sensor; one scan for all that have a radio."""
    real = [one.sensor for one in wanted if not one.sensor.startswith(VIRTUAL)]
    found = []
    if real:
        from hardset.tracker.sensors.bluetooth import find

        found = await find(real)
    radio = asyncio.Lock()
    links: list[tuple[str, Link]] = []
    for one in wanted:
        if one.sensor.startswith(VIRTUAL):
            virtual = virtual_link(one, rate_hz)
            links.append((virtual.label, virtual))
        else:
            from hardset.tracker.sensors.link import BluetoothLink

            device = found.pop(0)
            if model is not None:
                device = replace(device, model=model)
            links.append((device.label, BluetoothLink(device, rate_hz, radio)))
    return links


def virtual_link(wanted: Wanted, rate_hz: float) -> VirtualLink:
    """A simulated lifter's set through virtual:NAME[:EXERCISE[:SEED]].

    Raises UnknownVirtualSensor, UnknownExercise, NotSimulated.
    """
    name, exercise, seed = [*wanted.sensor.removeprefix(VIRTUAL).split(":"), "", ""][:3]
    usual = VIRTUAL_EXERCISE if wanted.exercise is None else wanted.exercise.id
    number = int(seed) if seed.isdecimal() else VIRTUAL_SEED
    plan = replace(draw_set(exercise or usual, number), radio=RadioPlan("even"), imu=ImuPlan(rate_hz=200.0))
    return VirtualLink(virtual_device(name, simulate(plan, number).samples, seed=number), rate_hz)


def _station(
    wanted: Wanted, label: str, link: Link, listener: Callable[[Wanted], Listener], say: Say, origin_s: float
) -> Station:
    def open_receiver() -> Receiver:
        return Receiver(
            listener(wanted),
            time.monotonic,
            origin_s=origin_s,
            recording=None if wanted.record is None else _recording(wanted, wanted.record),
            capture=None if wanted.capture is None else CaptureWriter(wanted.capture, origin_s),
        )

    return Station(link, open_receiver, lambda fact: say(label, fact))


def _recording(wanted: Wanted, path: Path) -> RecordingWriter:
    """The recording, with what is known of it beside it."""
    writer = RecordingWriter(path)
    exercise = None if wanted.exercise is None else wanted.exercise.id
    try:
        write_sidecar(
            path.with_suffix(".json"),
            Sidecar(exercise, wanted.placement, wanted.load_kg, wanted.lifter or None),
        )
    except OSError as error:
        raise unwritable(path, error) from error
    return writer
