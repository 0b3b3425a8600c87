"""`hardset live` on three sensors at once, over a real Bluetooth stack in this process.

All go through the same set of squats, through three radios: a quiet one; one with a connection
interval of 45 ms and three frames a notification; one that hangs up twice and goes out of range.
The command runs once, as a user types it, with unedited bleak calls; the tests look at what it said.
Time jumps while nobody works, so that a busy machine does not disturb the stamps.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bumble_air import Air, Peripheral
from bumble_bleak import put_on_air
from virtual_time import without_waiting

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, SampleBatch, joined
from hardset.tracker.cli import run
from hardset.tracker.recordings import Sidecar, read_recording, write_recording
from hardset.tracker.scoring import score_recording
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_radio import Outage, RadioBehaviour
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware
from hardset.tracker.sensors.witmotion import ACC_UNIT, GYRO_UNIT, motion_words
from hardset.tracker.simulation.imu import ImuPlan
from hardset.tracker.simulation.plan import SetPlan
from hardset.tracker.simulation.radio import RadioPlan
from hardset.tracker.simulation.scenario import SimulatedRecording, simulate

PLAN = SetPlan(reps=7, rir_at_end=3, trimmed=True, imu=ImuPlan(rate_hz=200.0), radio=RadioPlan("even"))
QUIET, BURSTS, BREAKS = "quiet", "bursts", "breaks"
SAME_REP_S = 0.35
Line = dict[str, Any]


@dataclass
class Heard:
    """What one run of `hardset live` said, wrote, and was sent."""

    lines: dict[str, list[Line]]
    recordings: dict[str, Path]
    peripherals: dict[str, Peripheral]
    lifted: SimulatedRecording
    source: Path
    code: int

    def reps(self, sensor: str) -> list[Line]:
        """The reps that stand in the end for somebody who follows the lines."""
        held: dict[int, Line] = {}
        for line in self.lines[sensor]:
            if line["fact"] == "rep":
                held[line["number"]] = line
            elif line["fact"] == "rep_withdrawn":
                held.pop(line["number"])
        return sorted(held.values(), key=lambda line: float(line["concentric_start_s"]))

    def all_of(self, sensor: str, fact: str) -> list[Line]:
        return [line for line in self.lines[sensor] if line["fact"] == fact]

    def frames(self, sensor: str) -> np.ndarray:
        """(n, 6) values of the motion frames that left the sensor, in g and °/s."""
        sent = b"".join(one.payload for one in self.peripherals[sensor].sent if one.payload[1] == 0x61)
        words = motion_words(sent)[:, :6].astype(np.float64)
        acc, gyro = words[:, :3] * ACC_UNIT / STANDARD_GRAVITY_MPS2, np.rad2deg(words[:, 3:] * GYRO_UNIT)
        return np.hstack([acc, gyro])


def then_still(samples: SampleBatch, seconds: float) -> SampleBatch:
    """The bar stays in the rack as the set left it."""
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    rng = np.random.default_rng(3)
    n = int(seconds * 200)
    rest = SampleBatch(
        samples.time_s[-1] + (1 + np.arange(n)) / 200.0,
        samples.acceleration_mps2[-100:].mean(axis=0) + rng.normal(0.0, 0.02, (n, 3)),
        rng.normal(0.0, 0.002, (n, 3)),
    )
    return joined([samples, rest])


def radios(lifted: SimulatedRecording) -> dict[str, RadioBehaviour]:
    """Links break between two reps, when the bar is up and the lifter breathes."""
    tops = [rep.concentric_end_s - float(lifted.samples.time_s[0]) + 0.3 for rep in lifted.truth.reps]
    return {
        QUIET: RadioBehaviour(),
        BURSTS: RadioBehaviour(interval_s=0.045),
        BREAKS: RadioBehaviour(
            outages=(Outage(tops[1], 0.1), Outage(tops[2], 0.1), Outage(tops[4], 1.0, "out_of_range"))
        ),
    }


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    folder = tmp_path_factory.mktemp("live")
    lifted = simulate(PLAN, 11)
    source = folder / "source.csv"
    write_recording(source, lifted.samples, Sidecar(exercise="back_squat"))
    air = Air()
    peripherals = {}
    for name, radio in radios(lifted).items():
        firmware = WitMotionFirmware(
            frames_per_notification=3 if name == BURSTS else 1, advertised_name=f"WT901 {name}"
        )
        peripherals[name] = air.add(VirtualDevice(firmware, then_still(lifted.samples, 10.0), radio))
    command = [
        "live",
        "--no-save",
        "--exercise",
        "back_squat",
        "--placement",
        "bar",
        "--rate",
        "200",
        "--json",
    ]
    command += ["--seconds", f"{lifted.samples.time_s[-1] - lifted.samples.time_s[0] + 1.0:.1f}"]
    recordings = {name: folder / f"{name}.csv" for name in peripherals}
    for name in peripherals:
        command += ["--sensor", f"WT901 {name}", "--record", str(recordings[name])]
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        put_on_air(patch, air)
        without_waiting(patch)
        code = run(command)
    lines: dict[str, list[Line]] = {name: [] for name in peripherals}
    for text in out.getvalue().splitlines():
        line = json.loads(text)
        lines[line["sensor"].split()[1]].append(line)
    return Heard(lines, recordings, peripherals, lifted, source, code)


def test_it_ends_well_and_stops_the_sensors(heard: Heard) -> None:
    assert heard.code == 0
    for name, lines in heard.lines.items():
        assert lines[0]["fact"] == "connected"
        assert lines[-1]["fact"] == "ended"
        assert heard.peripherals[name].written[-1] != heard.peripherals[name].written[0]


def test_200_hz_arrive_complete_and_in_order(heard: Heard) -> None:
    written = read_recording(heard.recordings[QUIET])
    sent = heard.frames(QUIET)
    assert len(sent) > 200 * 20
    gyro = written.samples.angular_velocity_radps
    assert gyro is not None
    got = np.hstack([written.samples.acceleration_mps2 / STANDARD_GRAVITY_MPS2, np.rad2deg(gyro)])
    assert len(got) == len(sent)
    np.testing.assert_allclose(got, sent, atol=6e-4)
    (ended,) = heard.all_of(QUIET, "ended")
    assert ended["received"] == len(sent)
    assert ended["missing"] == 0


@pytest.mark.parametrize("sensor", [QUIET, BURSTS])
def test_live_says_the_reps_of_the_recording_that_it_was_made_from(heard: Heard, sensor: str) -> None:
    wanted = [rep for one in score_recording(read_recording(heard.source)).sets for rep in one.measured.reps]
    told = heard.reps(sensor)
    assert len(told) == len(wanted) == PLAN.reps
    for line, rep in zip(told, wanted, strict=True):
        assert line["mean_velocity_mps"] == pytest.approx(rep.mean_velocity_mps, abs=0.03)
    (over,) = heard.all_of(sensor, "set_ended")
    assert len(over["reps"]) == len(wanted)


def test_bursts_change_no_rep(heard: Heard) -> None:
    largest = max(len(one.payload) for one in heard.peripherals[BURSTS].sent)
    assert largest == 60
    clean, burst = heard.reps(QUIET), heard.reps(BURSTS)
    assert len(burst) == len(clean)
    for one, other in zip(clean, burst, strict=True):
        assert other["mean_velocity_mps"] == pytest.approx(one["mean_velocity_mps"], abs=0.03)


def test_a_lost_link_is_back_within_three_seconds(heard: Heard) -> None:
    lost, back = heard.all_of(BREAKS, "signal_lost"), heard.all_of(BREAKS, "signal_back")
    assert len(lost) == len(back) == 3
    for gone, again in zip(lost, back, strict=True):
        assert again["at_s"] - gone["at_s"] < 3.0
        assert again["gap_s"] < 3.0
    assert len(heard.all_of(BREAKS, "connected")) == 1


def test_no_sample_comes_twice_and_none_out_of_order(heard: Heard) -> None:
    written = read_recording(heard.recordings[BREAKS])
    sent = heard.frames(BREAKS)
    gyro = written.samples.angular_velocity_radps
    assert gyro is not None
    got = np.hstack([written.samples.acceleration_mps2 / STANDARD_GRAVITY_MPS2, np.rad2deg(gyro)])
    assert len(got) == len(sent)
    np.testing.assert_allclose(got, sent, atol=6e-4)
    assert (np.diff(written.samples.time_s) >= 0).all()


def test_the_set_goes_on_over_a_lost_link(heard: Heard) -> None:
    (over,) = heard.all_of(BREAKS, "set_ended")
    told = [float(rep["concentric_end_s"]) for rep in over["reps"]]
    gaps = [
        (float(back["at_s"]) - float(back["gap_s"]), float(back["at_s"]))
        for back in heard.all_of(BREAKS, "signal_back")
    ]
    shift_s = float(heard.all_of(BREAKS, "connected")[0]["at_s"]) - float(heard.lifted.samples.time_s[0])
    before = after = 0
    for rep in heard.lifted.truth.reps:
        start_s, end_s = rep.concentric_start_s + shift_s, rep.concentric_end_s + shift_s
        if any(start_s < back and gone < end_s for gone, back in gaps):
            continue  # the link was away in it
        assert any(abs(one - end_s) < SAME_REP_S for one in told), f"rep {rep.number} at {end_s:.1f} s"
        before += end_s < gaps[0][0]
        after += end_s > gaps[-1][1]
    assert before >= 2
    assert after >= 2
    (ended,) = heard.all_of(BREAKS, "ended")
    assert ended["missing"] == pytest.approx(200 * sum(back - gone for gone, back in gaps), rel=0.25)
