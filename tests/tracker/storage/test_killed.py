"""SIGKILL at 50 random moments of a live set: at most a second of samples is lost, and no file is damaged."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from killable import run_session, the_set

from hardset.tracker.storage.database import integrity_problems
from hardset.tracker.storage.recordings import read_samples
from hardset.tracker.storage.recovery import recover
from hardset.tracker.training.log import Log

RECORDING = Path(__file__).parents[3] / "fixtures" / "squat_to_failure.csv"
KILLS, AT_ONCE = 50, 10
LOST_S = 1.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@dataclass
class Victim:
    """One process and what it said it had handed over."""

    process: BaseProcess
    told: Connection
    database: Path
    from_s: float
    dies_at_s: float
    killed_s: float = 0.0

    def handed_over(self, before_s: float) -> int:
        """Samples that had been handed over at a time."""
        count = 0
        try:
            while self.told.poll():
                message = self.told.recv()
                if message is not None and message[1] <= before_s:
                    count = message[0]
        except EOFError:
            pass  # killed while it spoke
        return count


@pytest.fixture(scope="module")
def spawner() -> multiprocessing.context.ForkServerContext:
    """Processes that start with everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["hardset.tracker.session", "hardset.tracker.storage.keeper"])
    return context


def test_fifty_kills(spawner: multiprocessing.context.ForkServerContext, tmp_path: Path) -> None:
    chance = random.Random(20261123)
    template = tmp_path / "empty.db"
    Log.open(template).close()
    for round_ in range(KILLS // AT_ONCE):
        victims = [start(spawner, template, tmp_path / f"{round_}-{i}.db", chance) for i in range(AT_ONCE)]
        for victim in sorted(victims, key=lambda one: one.dies_at_s):
            time.sleep(max(0.0, victim.dies_at_s - time.monotonic()))
            victim.process.kill()
            victim.killed_s = time.monotonic()
        for victim in victims:
            check(victim)


def start(
    spawner: multiprocessing.context.ForkServerContext, template: Path, database: Path, chance: random.Random
) -> Victim:
    """Start a session somewhere in the set. The file is made beforehand: that is no live set."""
    shutil.copy(template, database)
    hears, tells = spawner.Pipe(duplex=False)
    from_s = chance.uniform(0.0, 25.0)
    speed = chance.choice((1.0, 2.5))
    process = spawner.Process(target=run_session, args=(database, RECORDING, from_s, speed, tells))
    process.start()
    tells.close()
    assert hears.poll(20.0)  # it streams
    return Victim(process, hears, database, from_s, time.monotonic() + chance.uniform(0.2, 2.5))


def check(victim: Victim) -> None:
    """Nothing older than LOST_S is lost, and the file is whole."""
    victim.process.join(10.0)
    sent = the_set(RECORDING, victim.from_s)
    safe = victim.handed_over(victim.killed_s - LOST_S)
    with Log.open(victim.database) as log:
        assert integrity_problems(log.connection) == []
        kept = read_samples(log.connection, 1)
        assert kept is not None or safe == 0
        if kept is not None:
            same = sent.slice(0, len(kept))
            assert len(kept) >= safe
            assert kept.time_s.tobytes() == same.time_s.tobytes()
            assert kept.acceleration_mps2.tobytes() == same.acceleration_mps2.tobytes()
            assert kept.angular_velocity_radps is not None
            assert same.angular_velocity_radps is not None
            assert kept.angular_velocity_radps.tobytes() == same.angular_velocity_radps.tobytes()


def test_the_set_of_a_killed_session_comes_back(
    spawner: multiprocessing.context.ForkServerContext, tmp_path: Path
) -> None:
    database = tmp_path / "log.db"
    hears, tells = spawner.Pipe(duplex=False)
    process = spawner.Process(target=run_session, args=(database, RECORDING, 0.0, 12.0, tells))
    process.start()
    tells.close()
    whole = len(the_set(RECORDING, 0.0))
    # A second of the clock on the wall is 12 of the set here.
    while hears.recv()[0] < 0.85 * whole:
        pass
    process.kill()
    process.join(10.0)
    with Log.open(database) as log:
        assert log.cut_off
        (found,) = recover(log)
        assert len(found.sets) == 1
        assert log.history().sets[0].reps >= 3
        assert not log.cut_off
    assert list(tmp_path.glob("*live*")) == []
