"""What the Live screen costs: processor, longest block of the event loop, first paint, memory.

    python tests/accuracy/live_cost.py [--seconds 40] [--hours 1]

Real time and a real terminal size, no terminal: what the terminal itself costs is not in it. The wall
clock figures (block, first paint) are only fair on a machine that does nothing else; the load is told.
What the program itself worked while the loop was late bounds the block on a machine that is calm.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import pty
import resource
import select
import subprocess
import sys
import time

import numpy as np

from hardset.signal.samples import SampleBatch
from hardset.tracker.demo_workout import demo_workout
from hardset.tracker.training.catalogue import exercise
from hardset.tui.app import HardsetApp
from hardset.tui.desk import Desk
from hardset.tui.live.feeds import Feed
from hardset.tui.live.lift import Lift
from hardset.tui.live.recording_feed import RecordingFeed

SIZE = (120, 40)
TICK_S = 0.005


def at_rate(samples: SampleBatch, rate_hz: float) -> SampleBatch:
    """The same movement at another rate."""
    time_s = np.arange(samples.time_s[0], samples.time_s[-1], 1.0 / rate_hz)
    gyro = samples.angular_velocity_radps
    assert gyro is not None
    acc = np.column_stack(
        [np.interp(time_s, samples.time_s, samples.acceleration_mps2[:, k]) for k in range(3)]
    )
    turn = np.column_stack([np.interp(time_s, samples.time_s, gyro[:, k]) for k in range(3)])
    return SampleBatch(time_s, acc, turn)


def repeated(samples: SampleBatch, seconds: float) -> SampleBatch:
    """The movement over and over for so long."""
    assert samples.angular_velocity_radps is not None
    length_s = float(samples.time_s[-1] - samples.time_s[0]) + 0.01
    times = int(np.ceil(seconds / length_s))
    time_s = np.concatenate([samples.time_s + k * length_s for k in range(times)])
    return SampleBatch(
        time_s,
        np.tile(samples.acceleration_mps2, (times, 1)),
        np.tile(samples.angular_velocity_radps, (times, 1)),
    )


async def lateness(late: list[tuple[float, float]]) -> None:
    """How much later than asked the event loop comes back, and processor time of all threads in it, s."""
    while True:
        before, worked = time.perf_counter(), time.process_time()
        await asyncio.sleep(TICK_S)
        late.append((time.perf_counter() - before - TICK_S, time.process_time() - worked))


async def live(samples: SampleBatch, seconds: float, speed: float) -> tuple[float, list[tuple[float, float]]]:
    """Share of a core, and the event loop's lateness with what was worked in it, s."""

    def start() -> tuple[Lift, Feed]:
        return Lift.of(exercise("back_squat"), 100.0), RecordingFeed(samples, sensor="sensor", speed=speed)

    app = HardsetApp(Desk(start_feed=start))
    async with app.run_test(size=SIZE) as pilot:
        while app.live is None or not app.live.lanes:  # the analysis is loaded after the first paint
            await pilot.pause(0.05)
        await pilot.pause(1.0)
        late: list[tuple[float, float]] = []
        watching = asyncio.create_task(lateness(late))
        cpu, wall = time.process_time(), time.perf_counter()
        await asyncio.sleep(seconds)
        share = (time.process_time() - cpu) / (time.perf_counter() - wall)
        watching.cancel()
    return share, late


def first_paint_s() -> tuple[float, float]:
    """From starting the program to the first frame on a terminal, and its processor time until then."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", HARDSET_DB="/dev/null/none")
        command = "from hardset.tracker.cli import main; main(['demo'])"
        os.execv(sys.executable, [sys.executable, "-c", command])
    seen = b""
    while b"reps left" not in seen and time.perf_counter() - started < 30:
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536)
    took_s = time.perf_counter() - started
    with open(f"/proc/{child}/stat") as file:
        ticks = file.read().rsplit(")", 1)[1].split()[11:13]
    worked_s = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    os.write(terminal, b"\x03")
    while select.select([terminal], [], [], 5.0)[0]:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.waitpid(child, 0)
    return took_s, worked_s


def memory_mib() -> float:
    """Resident now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


async def hour(samples: SampleBatch, hours: float) -> list[float]:
    """Memory at each quarter of so many hours of streaming, played as fast as the analysis can."""

    def start() -> tuple[Lift, Feed]:
        feed = RecordingFeed(samples, sensor="sensor", speed=None, until_s=60.0)
        return Lift.of(exercise("back_squat"), 100.0), feed

    app = HardsetApp(Desk(start_feed=start))
    seen = []
    async with app.run_test(size=SIZE) as pilot:
        while app.live is None or not app.live.lanes:
            await pilot.pause(0.05)
        feed = app.live.feed
        assert isinstance(feed, RecordingFeed)
        for minute in range(1, int(60 * hours) + 1):
            feed.go_to(60.0 * minute)
            await pilot.pause(0.01)
            while app.live.behind:
                await asyncio.sleep(0.01)
            if minute % int(15 * hours) == 0:
                seen.append(memory_mib())
    return seen


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--hours", type=float, default=1.0)
    options = parser.parse_args()
    workout = demo_workout("back_squat", 7).samples
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    subprocess.run([sys.executable, "-c", "import hardset.tui.launch"], check=True)  # files in memory
    paint_s, worked_s = min(first_paint_s() for _ in range(3))
    print(f"first paint of `hardset demo`: {paint_s:.2f} s, processor {worked_s:.2f} s")
    for rate_hz in (100.0, 200.0):
        share, late = asyncio.run(live(at_rate(workout, rate_hz), options.seconds, 1.0))
        worst = sorted(one for one, _ in late)
        worked = max(min(pair) for pair in late)
        print(
            f"{rate_hz:.0f} Hz, {SIZE[0]}x{SIZE[1]}: {100 * share:.1f} % of a core, event loop late by "
            f"{1000 * worst[int(0.99 * len(worst))]:.0f} ms (99 %), {1000 * worst[-1]:.0f} ms at worst, "
            f"{1000 * worked:.0f} ms of it by its own work"
        )
    long = repeated(at_rate(workout, 100.0), 3600.0 * options.hours + 60)
    seen = asyncio.run(hour(long, options.hours))
    print(f"memory at each quarter of {options.hours:g} h: {', '.join(f'{one:.0f}' for one in seen)} MiB")


if __name__ == "__main__":
    main()
