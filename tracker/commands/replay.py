"""`hardset replay`: a recording, or what a radio brought, through the live path."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hardset.tracker.training.catalogue import SENSOR_SITES, CatalogueEntry
from hardset.tracker.training.catalogue import exercise as look_up

if TYPE_CHECKING:
    from hardset.signal.exercise import Placement
    from hardset.tracker.recordings import RecordingFile


@click.command(
    short_help="Play a recording as if it came from a sensor now.",
    epilog="Example:  hardset replay squats.csv --speed 4",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="X",
    help="Times real time; 0 is as fast as possible.",
)
@click.option("--exercise", "exercise_id", metavar="ID", help="What was done, for instance back_squat.")
@click.option("--placement", type=click.Choice(list(SENSOR_SITES)), help="Where the sensor sat.")
@click.option("--set-on", is_flag=True, help="A set is on: count even a single stroke (heavy singles).")
@click.option("--text", is_flag=True, help="Lines of text instead of the Live screen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a fact.")
def replay(
    file: Path,
    speed: float,
    exercise_id: str | None,
    placement: str | None,
    set_on: bool,
    text: bool,
    as_json: bool,
) -> None:
    """Play a recording as if it came from a sensor now.

    FILE is a recording (CSV), or the messages of a sensor as `hardset record --notifications` writes
    them (JSONL). What is not given is taken from NAME.json beside it. On a terminal it plays on
    the Live screen, where it can be paused, stepped and moved through (--speed 0 plays all of it at once
    and pauses). Ctrl-C ends.
    """
    entry = None if exercise_id is None else look_up(exercise_id)
    from hardset.signal.exercise import Placement
    from hardset.tracker.capture import is_capture
    from hardset.tracker.ending import ending_by_signal
    from hardset.tracker.facts import Fact
    from hardset.tracker.recordings import read_recording
    from hardset.tracker.replay import Pace, replay_capture, replay_recording
    from hardset.tracker.scoring import known_exercise
    from hardset.tracker.session import Session
    from hardset.tracker.sidecar import read_sidecar
    from hardset.tracker.voice import Voice

    recording = None if is_capture(file) else read_recording(file)
    sidecar = read_sidecar(file) if recording is None else recording.sidecar
    if entry is None:
        entry = known_exercise(sidecar.exercise, [])
    site = SENSOR_SITES[placement] if placement is not None else sidecar.placement
    if site is None:
        site = Placement.BAR if entry is None else SENSOR_SITES[entry.sensor_sites[0]]
    if not (text or as_json or set_on) and sys.stdin.isatty() and sys.stdout.isatty():
        _on_live(file, recording, entry, site, sidecar.load_kg, speed or None)
        return
    session = Session(entry, site, set_on=set_on)
    voice = Voice(as_json=as_json)
    pace = Pace(speed)

    def say(fact: Fact) -> None:
        voice.say(file.name, fact)

    with ending_by_signal(pace.stop):
        if recording is None:
            replay_capture(file, session, say, pace)
        else:
            replay_recording(recording, session, say, pace)


def _on_live(
    file: Path,
    recording: RecordingFile | None,
    entry: CatalogueEntry | None,
    site: Placement,
    load_kg: float | None,
    speed: float | None,
) -> None:
    """The screens on a recording, or on a capture, whose faults are told before anything is drawn."""
    from hardset.tracker.capture import read_capture
    from hardset.tracker.errors import NothingMeasured
    from hardset.tui.launch import open_replay
    from hardset.tui.live.capture_feed import CaptureFeed
    from hardset.tui.live.feeds import Feed
    from hardset.tui.live.lift import Lift
    from hardset.tui.live.recording_feed import RecordingFeed

    events = [] if recording is not None else list(read_capture(file))
    if recording is None and not events:
        raise NothingMeasured(file, "the capture holds no message of a sensor")

    def feed() -> Feed:
        if recording is None:
            return CaptureFeed(events, speed=speed)
        return RecordingFeed(recording.samples, sensor=file.name, speed=speed)

    open_replay(file.name, Lift(entry, site, load_kg), feed)
