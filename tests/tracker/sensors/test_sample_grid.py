"""Counting samples against their arrivals: true while nothing is lost, silent otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import swing

from hardset.signal.samples import FloatArray, SampleBatch, joined
from hardset.tracker.sensors.clock import ArrivalClock
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_radio import RadioBehaviour
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware
from hardset.tracker.sensors.witmotion import WITMOTION

GROUP, PERIOD_S = 8, 0.005
SETTLED_S = 8.0


def stamped(
    seconds: float = 60.0,
    *,
    group: int = GROUP,
    interval_s: float = 0.045,
    skew: float = 0.0,
    drift_per_s: float = 0.0,
    latency_s: float = 0.0,
    lost: FloatArray | None = None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(n,) when each sample was taken, its stamp, its arrival; lost: (notifications,) 1 for those lost."""
    rng = np.random.default_rng(0)
    clock = ArrivalClock()
    notifications = int(seconds / (group * PERIOD_S))
    nominal_s = PERIOD_S * np.arange(notifications * group)
    taken_s = 100.0 + nominal_s * (1 + skew) + 0.5 * drift_per_s * nominal_s**2
    true, stamps, arrivals = [], [], []
    before_s = -np.inf
    for number in range(notifications):
        own = taken_s[number * group : (number + 1) * group]
        if lost is not None and lost[number]:
            continue
        due_s = np.ceil(own[-1] / interval_s) * interval_s + rng.exponential(latency_s + 1e-9)
        before_s = max(due_s, before_s + 0.0004)
        true.append(own)
        stamps.append(clock.stamp(group, float(before_s)))
        arrivals.append(np.full(group, before_s))
    return np.concatenate(true), np.concatenate(stamps), np.concatenate(arrivals)


def spread_s(error: FloatArray) -> float:
    """A lag that stays the same moves no figure; how far errors lie apart does."""
    return float(np.ptp(error))


@pytest.mark.parametrize(
    ("interval_s", "skew", "drift_per_s", "latency_s"),
    [
        (0.045, 0.0, 0.0, 0.0),
        (0.030, 0.0, 0.0, 0.0),
        (0.045, 0.05, 0.0, 0.0),
        (0.045, 3e-4, 1e-5, 0.0),
        (0.045, 0.0, 0.0, 0.004),
    ],
)
def test_where_nothing_is_lost_bursts_are_put_back_on_the_grid(
    interval_s: float, skew: float, drift_per_s: float, latency_s: float
) -> None:
    true, stamps, arrivals = stamped(
        interval_s=interval_s, skew=skew, drift_per_s=drift_per_s, latency_s=latency_s
    )
    settled = true > true[0] + SETTLED_S
    assert spread_s((stamps - true)[settled]) < 0.011
    assert spread_s((arrivals - true)[settled]) > 0.05
    assert (np.diff(stamps) > 0).all()


@pytest.mark.parametrize("share", [0.02, 0.1])
def test_where_notifications_are_lost_the_arrivals_stay(share: float) -> None:
    lost = (np.random.default_rng(1).random(1500) < share).astype(np.float64)
    true, stamps, arrivals = stamped(lost=lost)
    assert (np.diff(stamps) > 0).all()
    assert np.mean(np.abs(stamps - arrivals) < 1e-4) > 0.9
    assert float(np.min(stamps - true)) > -0.09  # up to two losses before they show


def test_a_hole_is_no_shift_of_all_that_follows() -> None:
    lost = np.zeros(1500)
    lost[600:612] = 1.0
    true, stamps, _ = stamped(lost=lost)
    after = true > 100.0 + 612 * GROUP * PERIOD_S
    assert np.abs(stamps - true)[after].max() < 0.09
    assert spread_s((stamps - true)[true > true[-1] - 20.0]) < 0.002


def test_single_samples_keep_their_arrivals() -> None:
    """On a link that sends them one by one and drops some an index grid is off by 0.13-0.3 s."""
    _, stamps, arrivals = stamped(20.0, group=1, interval_s=0.030)
    assert np.abs(stamps - arrivals).max() < 1e-4


def test_a_sensor_without_a_clock_over_connection_events_every_45_ms() -> None:
    """WitMotion at 200 Hz, 8 frames a notification: the arrivals lag by a sawtooth of up to 40 ms."""
    motion = swing(40.0, 200.0)
    device = VirtualDevice(
        WitMotionFirmware(frames_per_notification=GROUP), motion, RadioBehaviour(interval_s=0.045)
    )
    device.connect(100.0)
    for write in WITMOTION.start(200.0):
        device.on_write(write.characteristic, write.payload, 100.0)
    decoder = WITMOTION.decoder(200.0)
    batches = [b for n in device.notifications(200.0) if (b := decoder.feed(n)) is not None]
    got: SampleBatch = joined(batches)
    settled = got.time_s > 100.0 + SETTLED_S
    assert np.diff(got.time_s[settled]) == pytest.approx(PERIOD_S, abs=0.0002)
