"""A session fed with recordings says what the batch analysis says, and keeps every sample."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hardset.signal.exercise import Placement
from hardset.signal.repetition import Repetition
from hardset.signal.rir import LifterState
from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.delivery import notifications
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    RepTakenBack,
    RepTold,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.recordings import read_recording
from hardset.tracker.scoring import ScoredSet, score_recording
from hardset.tracker.session import Session
from hardset.tracker.training.catalogue import exercise

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Remembering:
    """A keeper that holds everything in memory, in the order in which it was told."""

    def __init__(self) -> None:
        self.batches: list[SampleBatch] = []
        self.scored: list[ScoredSet] = []
        self.words: list[str] = []

    def connected(self, sensor: str, model: str) -> None:
        self.words.append(f"connected {sensor} {model}")

    def samples(self, batch: SampleBatch) -> None:
        self.batches.append(batch)

    def state(self, exercise_id: str | None, placement: Placement) -> LifterState | None:
        self.words.append(f"state {exercise_id} {placement}")
        return None

    def set_over(self, scored: ScoredSet) -> int | None:
        self.scored.append(scored)
        return 40 + len(self.scored)

    def warnings(self) -> list[str]:
        return []

    def flush(self) -> None:
        self.words.append("flush")

    def close(self) -> None:
        self.words.append("close")


@cache
def fixture(name: str) -> SampleBatch:
    return read_recording(FIXTURES / f"{name}.csv").samples


def play(session: Session, samples: SampleBatch) -> list[Fact]:
    facts: list[Fact] = []
    for batch in notifications(samples):
        facts += session.feed(batch, float(batch.time_s[-1]))
    return facts


def told_reps(facts: list[Fact]) -> list[Repetition]:
    """What somebody holds who follows the facts and looks at nothing else."""
    held: dict[int, Repetition] = {}
    for fact in facts:
        if isinstance(fact, RepTold):
            held[fact.number] = fact.rep
        elif isinstance(fact, RepTakenBack):
            held.pop(fact.number)
    return sorted(held.values(), key=lambda rep: rep.concentric_start_s)


@pytest.mark.parametrize("name", ["squat_burst_radio", "thigh_squat"])
def test_a_played_recording_ends_with_the_reps_of_its_analysis(name: str) -> None:
    recording = read_recording(FIXTURES / f"{name}.csv")
    batch = score_recording(recording)
    session = Session(batch.exercise, batch.placement)
    facts = play(session, recording.samples)
    facts += session.finish(float(recording.samples.time_s[-1]))
    wanted = [rep for one in batch.sets for rep in one.measured.reps]
    settled = [rep for f in facts if isinstance(f, SetOver) for rep in f.scored.measured.reps]
    assert [rep.speed for rep in settled] == pytest.approx([rep.speed for rep in wanted], rel=1e-6)
    followed = told_reps(facts)
    assert len(followed) == len(wanted)
    assert [rep.speed for rep in followed] == pytest.approx([rep.speed for rep in wanted], rel=0.011)
    assert isinstance(facts[-1], Ended)
    assert facts[-1].received == len(recording.samples)


def test_each_rep_is_told_with_its_place_and_what_is_left() -> None:
    session = Session(exercise("back_squat"))
    told = [f for f in play(session, fixture("squat_to_failure")) if isinstance(f, RepTold)]
    assert len(told) >= 3
    for fact in told:
        assert fact.so_far.reps[fact.place - 1].speed == fact.rep.speed
        assert [rep.number for rep in fact.so_far.reps] == list(range(1, len(fact.so_far.reps) + 1))
        assert fact.rir.low80 <= fact.rir.median <= fact.rir.high80
        assert not fact.settled
    assert told[0].at_s - told[0].rep.concentric_end_s < 1.0


def test_everything_is_kept_and_the_set_gets_its_number() -> None:
    keeper = Remembering()
    session = Session(exercise("back_squat"), keeper=keeper)
    samples = fixture("squat_burst_radio")
    assert session.connected(0.0, "WT901", "WitMotion", 50.0) == [Connected(0.0, "WT901", "WitMotion", 50.0)]
    facts = play(session, samples) + session.finish(float(samples.time_s[-1]))
    kept = joined(keeper.batches)
    np.testing.assert_array_equal(kept.time_s, samples.time_s)
    np.testing.assert_array_equal(kept.acceleration_mps2, samples.acceleration_mps2)
    (over,) = (f for f in facts if isinstance(f, SetOver))
    assert over.set_id == 41
    assert keeper.scored == [over.scored]
    assert keeper.words[0] == "connected WT901 WitMotion"
    assert keeper.words[-2:] == ["flush", "close"]


def two_sets() -> SampleBatch:
    """A set, a rest of 40 s with the bar in the rack, and the same set again."""
    one = fixture("squat_burst_radio")
    rest_s = 40.0
    assert one.angular_velocity_radps is not None
    n = int(rest_s * 50)
    still = SampleBatch(
        one.time_s[-1] + (1 + np.arange(n)) / 50.0,
        np.repeat(one.acceleration_mps2[-1:], n, axis=0) + np.random.default_rng(1).normal(0, 0.02, (n, 3)),
        np.random.default_rng(2).normal(0, 0.002, (n, 3)),
    )
    again = SampleBatch(
        one.time_s + still.time_s[-1] + 0.02 - one.time_s[0],
        one.acceleration_mps2,
        one.angular_velocity_radps,
    )
    return joined([one, still, again])


def test_nothing_of_one_set_leaks_into_the_next() -> None:
    keeper = Remembering()
    session = Session(exercise("back_squat"), keeper=keeper)
    samples = two_sets()
    facts = play(session, samples) + session.finish(float(samples.time_s[-1]))
    first, second = (f.scored for f in facts if isinstance(f, SetOver))
    assert len(first.measured.reps) == len(second.measured.reps)
    assert second.measured.velocity_losses_pct[0] == 0.0
    begin = second.measured.start_s
    opening = next(f for f in facts if isinstance(f, RepTold) and f.rep.concentric_start_s > begin)
    assert opening.place == 1
    assert opening.velocity_loss_pct == 0.0
    numbers = [f.number for f in facts if isinstance(f, RepTold) and not f.corrects]
    assert len(numbers) == len(set(numbers))
    assert sum(word.startswith("state") for word in keeper.words) >= 2


def test_a_hole_in_the_set_is_told_and_the_set_goes_on() -> None:
    samples = fixture("squat_to_failure")
    whole = score_recording(read_recording(FIXTURES / "squat_to_failure.csv")).sets[0].measured.reps
    third = whole[2]
    hole = (third.eccentric_start_s or third.concentric_start_s) - 0.3, third.concentric_end_s + 0.2
    session = Session(exercise("back_squat"))
    before = samples.slice(0, int(np.searchsorted(samples.time_s, hole[0])))
    after = samples.slice(int(np.searchsorted(samples.time_s, hole[1])), len(samples))
    facts = play(session, before)
    lost = session.signal_lost(hole[0], "the sensor hung up")
    assert lost == [SignalLost(hole[0], "the sensor hung up")]
    assert session.signal_lost(hole[0] + 0.1, "again") == []
    facts += play(session, after) + session.finish(float(samples.time_s[-1]))
    (back,) = (f for f in facts if isinstance(f, SignalBack))
    assert back.gap_s == pytest.approx(hole[1] - hole[0], abs=0.1)
    (over,) = (f for f in facts if isinstance(f, SetOver))
    seen = over.scored.measured.reps
    for rep in (*whole[:2], *whole[3:]):
        assert any(abs(rep.concentric_end_s - other.concentric_end_s) < 0.3 for other in seen)
    ended = facts[-1]
    assert isinstance(ended, Ended)
    assert ended.missing == pytest.approx(len(samples) - len(before) - len(after), rel=0.2)


def test_a_set_is_over_when_nothing_comes_for_longer_than_a_rest() -> None:
    session = Session(exercise("back_squat"))
    samples = fixture("squat_burst_radio")
    play(session, samples)
    end_s = float(samples.time_s[-1])
    session.signal_lost(end_s + 1.0, "out of range")
    assert session.wait(end_s + 5.0) == []
    facts = session.wait(end_s + 31.0)
    assert [type(f) for f in facts][-1] is SetOver
    assert session.wait(end_s + 60.0) == []
    assert [type(f) for f in session.finish(end_s + 61.0)] == [Ended]


def test_old_samples_after_a_loss_are_not_taken_twice() -> None:
    keeper = Remembering()
    session = Session(keeper=keeper)
    samples = fixture("squat_burst_radio")
    session.feed(samples.slice(0, 100), 2.0)
    session.feed(samples.slice(50, 150), 3.0)
    kept = joined(keeper.batches)
    assert (np.diff(kept.time_s) >= 0).all()
    assert len(kept) <= 150 + 3  # stamps may repeat in a burst


def even(rate_hz: float, seconds: float) -> SampleBatch:
    n = int(rate_hz * seconds)
    rng = np.random.default_rng(5)
    return SampleBatch(np.arange(n) / rate_hz, rng.normal(0, 0.1, (n, 3)) + np.array([0, 0, 9.81]), None)


def test_another_rate_than_asked_for_is_said_once() -> None:
    session = Session()
    session.connected(0.0, "WT901", "WitMotion", 200.0)
    facts = play(session, even(25.0, 20.0))
    (warned,) = (f for f in facts if isinstance(f, Warned))
    assert warned.text == "asked for 200 samples a second, 25 come; going on with those"
    status = [f for f in facts if isinstance(f, SensorStatus)]
    assert len(status) == pytest.approx(20, abs=1)
    assert status[-1].rate_hz == pytest.approx(25.0, rel=0.05)


def test_the_rate_asked_for_needs_no_word() -> None:
    session = Session()
    session.connected(0.0, "WT901", "WitMotion", 100.0)
    facts = play(session, even(98.0, 10.0))
    assert not [f for f in facts if isinstance(f, Warned)]


def test_what_the_device_tells_is_in_the_status() -> None:
    session = Session()
    session.device_says(75.0, 3)
    session.device_says(None, 4)
    (status,) = (f for f in session.feed(even(50.0, 0.5), 0.5) if isinstance(f, SensorStatus))
    assert status.battery_pct == 75.0
    assert status.missing == 4


def test_a_session_without_a_sample_ends_with_zeros() -> None:
    assert Session().finish(3.0) == [Ended(3.0, 0, 0, 0)]
