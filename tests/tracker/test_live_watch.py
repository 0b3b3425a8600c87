"""Looking on at a session that another connection keeps, through the log alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hardset.signal.exercise import Placement
from hardset.tracker.demo_workout import demo_set
from hardset.tracker.kept_session import kept_session
from hardset.tracker.live_watch import LiveWatch
from hardset.tracker.simulation.scenario import simulate
from hardset.tracker.training.catalogue import exercise
from hardset.tracker.training.log import Log


def test_samples_are_seen_once_and_in_order_until_the_session_ends(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path):
        pass
    watch = LiveWatch(path, "")
    assert watch.look() is None
    samples = simulate(demo_set("back_squat", 7, 1), 7).samples.slice(0, 2000)
    session = kept_session(path, "", exercise("back_squat"), Placement.BAR, load_kg=100.0)
    session.connected(0.0, "sensor", "witmotion", 200.0)
    seen: list[np.ndarray] = []
    for begin in range(0, 2000, 500):
        part = samples.slice(begin, begin + 500)
        session.feed(part, float(part.time_s[-1]))
        session._keeper.flush()
        glimpse = watch.look()
        assert glimpse is not None
        assert glimpse.recording.exercise == "back_squat"
        assert glimpse.recording.load_kg == 100.0
        assert glimpse.samples is not None
        seen.append(glimpse.samples.time_s)
        again = watch.look()
        assert again is not None
        assert again.samples is None
    assert np.concatenate(seen) == pytest.approx(samples.time_s, abs=1e-6)
    session.finish(float(samples.time_s[-1]))
    assert watch.look() is None
    watch.close()


def test_a_looker_on_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    samples = simulate(demo_set("back_squat", 7, 1), 7).samples
    session = kept_session(path, "", exercise("back_squat"), Placement.BAR, looking_on=True)
    session.connected(0.0, "sensor", "witmotion", 200.0)
    session.feed(samples, float(samples.time_s[-1]))
    session.finish(float(samples.time_s[-1]))
    with Log.open(path) as log:
        assert not log.history().sets
        assert log.connection.execute("select count(*) from recordings").fetchone()[0] == 0
