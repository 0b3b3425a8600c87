"""The virtual sensor's radio: bursts, loss, broken links."""

from __future__ import annotations

import numpy as np
import pytest
from feeding import swing

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.errors import UnknownVirtualSensor
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_radio import Outage, RadioBehaviour
from hardset.tracker.sensors.virtual_sensors import FIRMWARE, virtual_device
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware
from hardset.tracker.sensors.witmotion import WITMOTION


def connected(radio: RadioBehaviour, group: int = 1, seconds: float = 10.0) -> VirtualDevice:
    device = VirtualDevice(WitMotionFirmware(frames_per_notification=group), swing(seconds, 100.0), radio)
    device.connect(100.0)
    for write in WITMOTION.start(100.0):
        device.on_write(write.characteristic, write.payload, 100.0)
    return device


def arrivals(notifications: list[Notification]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([n.arrived_s for n in notifications])


def samples(notifications: list[Notification]) -> SampleBatch:
    decoder = WITMOTION.decoder(100.0)
    return joined([batch for n in notifications if (batch := decoder.feed(n)) is not None])


def test_without_faults_every_notification_comes_when_it_is_ready() -> None:
    got = connected(RadioBehaviour(), group=2).notifications(200.0)
    assert arrivals(got) == pytest.approx(100.01 + 0.02 * np.arange(len(got)))


def test_a_connection_interval_makes_bursts_and_loses_nothing() -> None:
    got = connected(RadioBehaviour(interval_s=0.045)).notifications(200.0)
    steps = np.diff(arrivals(got))
    assert (steps > 0).all()
    event = arrivals(got)[1:][steps > 0.01] - 100.0
    assert event == pytest.approx(0.045 * np.round(event / 0.045), abs=1e-6)
    assert len(samples(got)) == 1001
    assert 3.9 < len(got) / np.count_nonzero(steps > 0.01) < 5.1


def test_asked_bit_by_bit_it_gives_the_same() -> None:
    at_once = connected(RadioBehaviour(interval_s=0.03, loss=0.1)).notifications(200.0)
    device = connected(RadioBehaviour(interval_s=0.03, loss=0.1))
    bit_by_bit = [n for step in range(1200) for n in device.notifications(100.0 + 0.01 * step)]
    assert bit_by_bit == at_once
    assert device.next_s is None


def test_loss_loses_its_share() -> None:
    got = connected(RadioBehaviour(loss=0.2), seconds=40.0).notifications(200.0)
    assert len(got) / 4001 == pytest.approx(0.8, abs=0.03)


def test_a_hole_loses_what_falls_due_in_it() -> None:
    got = connected(RadioBehaviour(holes=((3.0, 3.5),))).notifications(200.0)
    assert len(got) == 951
    assert np.diff(arrivals(got)).max() == pytest.approx(0.51)


def test_an_outage_ends_and_the_motion_went_on_meanwhile() -> None:
    outage = Outage(4.0, 1.5, "out_of_range")
    device = connected(RadioBehaviour(outages=(outage,)))
    before = device.notifications(104.0)
    assert device.outage(103.9) is None
    assert device.outage(104.2) == outage
    assert device.notifications(105.4) == []
    device.disconnect()
    device.connect(106.0)
    after = device.notifications(200.0)
    assert arrivals(after)[0] == pytest.approx(106.0)
    assert len(before) + len(after) == 400 + 401
    motion = swing(10.0, 100.0)
    assert samples(after).acceleration_mps2[0] == pytest.approx(motion.acceleration_mps2[600], abs=0.01)
    assert device.finished(111.0)


def test_every_virtual_sensor_streams_to_its_own_decoder() -> None:
    for name in FIRMWARE:
        device = virtual_device(name, swing(5.0, 100.0))
        model = device.model
        decoder = model.decoder(100.0)
        device.connect(0.0)
        for write in model.start(100.0):
            for reply in device.on_write(write.characteristic, write.payload, 0.0):
                decoder.feed(reply)
        batches = [batch for n in device.notifications(10.0) if (batch := decoder.feed(n)) is not None]
        assert len(joined(batches)) > 200, name
        told = {c.uuid for service in device.services for c in service.characteristics}
        assert set(model.subscriptions) <= told
        for write in model.stop():
            device.on_write(write.characteristic, write.payload, 5.0)
    with pytest.raises(UnknownVirtualSensor, match="polar_h10"):
        virtual_device("toaster", swing(1.0, 100.0))
