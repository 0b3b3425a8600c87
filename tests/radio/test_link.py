"""Finding, connecting and holding on to one sensor, through bleak as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
import pytest
from bumble_air import Air, Peripheral

from hardset.signal.samples import SampleBatch
from hardset.tracker.errors import BluetoothFailed, SensorAmbiguous, SensorNotFound, SensorRefused
from hardset.tracker.sensors.bluetooth import find, scan
from hardset.tracker.sensors.events import Charge, LinkDown, LinkEvent, LinkNote, LinkUp
from hardset.tracker.sensors.link import BluetoothLink
from hardset.tracker.sensors.protocol import Notification
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_movesense import MovesenseFirmware
from hardset.tracker.sensors.virtual_sensors import virtual_device
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware
from hardset.tracker.sensors.witmotion import UNLOCK

OnAir = Callable[[Air, Callable[[Air], Awaitable[None]]], None]
Story = Callable[["Held", Peripheral], Awaitable[None]]


def motion(seconds: float = 60.0) -> SampleBatch:
    n = int(seconds * 200)
    rng = np.random.default_rng(1)
    acc = rng.normal(0.0, 1.0, (n, 3)) + np.array([0.0, 0.0, 9.81])
    return SampleBatch(np.arange(n) / 200.0, acc, rng.normal(0.0, 1.0, (n, 3)))


def witmotion(air: Air, name: str = "WT901BLE67") -> Peripheral:
    return air.add(VirtualDevice(WitMotionFirmware(advertised_name=name), motion()))


class Held:
    """A link that runs, and what it has told."""

    def __init__(self, link: BluetoothLink) -> None:
        self.events: list[LinkEvent] = []
        self.link = link
        self.task = asyncio.create_task(link.run(self.events.append))

    def told(self, kind: type) -> list[LinkEvent]:
        return [event for event in self.events if isinstance(event, kind)]

    async def end(self) -> None:
        self.link.stop()
        await self.task


def while_held(
    on_quick_air: OnAir, story: Story, device: VirtualDevice | None = None, rate_hz: float = 100.0
) -> None:
    """One sensor on the air, held on to for two seconds; then the story, and the end of the link."""
    air = Air()
    sensor = air.add(device or VirtualDevice(WitMotionFirmware(), motion()))

    async def work(_air: Air) -> None:
        (found,) = await scan(3.0)
        held = Held(BluetoothLink(found, rate_hz, asyncio.Lock()))
        await asyncio.sleep(2.0)
        await story(held, sensor)
        await held.end()

    on_quick_air(air, work)


def test_scanning_names_what_is_in_sight_and_knows_its_kind(on_quick_air: OnAir) -> None:
    air = Air()
    witmotion(air)
    air.add(virtual_device("movesense", motion()))
    witmotion(air, "somebody's headphones")

    async def work(_air: Air) -> None:
        found = await scan(3.0)
        kinds = {one.name: None if one.model is None else one.model.id for one in found}
        assert kinds == {
            "WT901BLE67": "witmotion_ble5",
            "Movesense 204830000123": "movesense",
            "somebody's headphones": None,
        }
        assert found[-1].model is None
        assert all(one.rssi_dbm is not None for one in found)

    on_quick_air(air, work)


def test_a_name_an_address_or_the_beginning_of_a_name_finds(on_quick_air: OnAir) -> None:
    air = Air()
    first, second = witmotion(air, "WT901 bar"), witmotion(air, "WT901 thigh")

    async def work(_air: Air) -> None:
        for wanted, address in (
            ("wt901 BAR", first.address),
            (second.address.lower(), second.address),
            ("WT901 th", second.address),
        ):
            (found,) = await find([wanted])
            assert found.address == address
        both = await find(["WT901 thigh", "WT901 bar"])
        assert [one.address for one in both] == [second.address, first.address]

    on_quick_air(air, work)


def test_namesakes_are_told_apart_by_their_address(on_quick_air: OnAir) -> None:
    air = Air()
    first, second = witmotion(air), witmotion(air)

    async def work(_air: Air) -> None:
        with pytest.raises(SensorAmbiguous) as told:
            await find(["WT901BLE67"])
        assert first.address in str(told.value)
        assert second.address in str(told.value)

    on_quick_air(air, work)


def test_what_is_not_found_names_what_was_seen(on_quick_air: OnAir) -> None:
    air = Air()
    witmotion(air, "WT901 bar")

    async def work(_air: Air) -> None:
        with pytest.raises(SensorNotFound) as told:
            await find(["Movesense"])
        assert "WT901 bar" in str(told.value)

    on_quick_air(air, work)


def test_an_adapter_that_hangs_is_not_waited_for_for_ever(on_quick_air: OnAir) -> None:
    air = Air()
    witmotion(air)

    async def work(air: Air) -> None:
        air.adapter_hangs = True
        for attempt in (scan(3.0), find(["WT901BLE67"])):
            began_s = asyncio.get_running_loop().time()
            with pytest.raises(BluetoothFailed) as told:
                await attempt
            assert "no answer in time" in str(told.value)
            assert asyncio.get_running_loop().time() - began_s < 25.0

    on_quick_air(air, work)


def test_it_subscribes_then_starts_and_at_the_end_stops(on_quick_air: OnAir) -> None:
    async def story(held: Held, sensor: Peripheral) -> None:
        await held.end()
        started, stopped = sensor.written[0], sensor.written[-1]
        assert b"/Meas/IMU6/104" in started
        assert stopped[0] == 2  # unsubscribe
        first = held.told(Notification)[0]
        assert isinstance(first, Notification)
        assert first.payload[0] == 1  # the answer to the very first command was heard
        assert not held.told(LinkDown)

    while_held(on_quick_air, story, VirtualDevice(MovesenseFirmware(), motion()), 104.0)


def test_a_battery_service_is_read(on_quick_air: OnAir) -> None:
    async def story(held: Held, _sensor: Peripheral) -> None:
        (charge,) = held.told(Charge)
        assert isinstance(charge, Charge)
        assert charge.battery_pct == 76.0

    while_held(on_quick_air, story, virtual_device("polar_h10", motion()))


def test_two_hang_ups_configure_anew_and_double_nothing(on_quick_air: OnAir) -> None:
    async def story(held: Held, sensor: Peripheral) -> None:
        await sensor.hang_up()
        await asyncio.sleep(2.0)
        await sensor.hang_up()
        await asyncio.sleep(3.0)
        await held.end()
        assert len(held.told(LinkUp)) == 3
        assert len(held.told(LinkDown)) == 2
        assert sensor.written.count(UNLOCK) >= 3
        got = [one.payload for one in held.events if isinstance(one, Notification)]
        assert got == [one.payload for one in sensor.sent]

    while_held(on_quick_air, story, rate_hz=200.0)


def test_a_sensor_that_falls_silent_is_told_and_connected_anew(on_quick_air: OnAir) -> None:
    async def story(held: Held, sensor: Peripheral) -> None:
        sensor.silent = True
        await asyncio.sleep(2.0)
        (silent,) = held.told(LinkDown)
        assert isinstance(silent, LinkDown)
        assert "nothing came" in silent.reason
        assert len(held.told(LinkUp)) == 1
        await asyncio.sleep(2.0)
        sensor.silent = False
        before = len(held.told(Notification))
        await asyncio.sleep(2.0)
        assert len(held.told(LinkUp)) == 2
        assert len(held.told(Notification)) > before + 100

    while_held(on_quick_air, story)


def test_it_goes_on_looking_for_a_sensor_that_is_away(on_quick_air: OnAir) -> None:
    async def story(held: Held, sensor: Peripheral) -> None:
        sensor.hidden = True
        await sensor.hang_up()
        await asyncio.sleep(35.0)
        assert len(held.told(LinkNote)) == 1
        sensor.hidden = False
        await asyncio.sleep(10.0)
        assert len(held.told(LinkUp)) == 2

    while_held(on_quick_air, story)


def test_ending_while_the_sensor_is_away_does_not_wait_for_it(on_quick_air: OnAir) -> None:
    async def story(held: Held, sensor: Peripheral) -> None:
        sensor.hidden = True
        await sensor.hang_up()
        await asyncio.sleep(5.0)
        began_s = asyncio.get_running_loop().time()
        await held.end()
        assert asyncio.get_running_loop().time() - began_s < 1.0

    while_held(on_quick_air, story)


def test_a_sensor_that_does_not_answer_is_refused_in_words(on_quick_air: OnAir) -> None:
    air = Air()
    sensor = witmotion(air)

    async def work(_air: Air) -> None:
        (found,) = await find(["WT901BLE67"])
        sensor.hidden = True  # somebody else connects to it first
        with pytest.raises(SensorRefused) as told:
            await BluetoothLink(found, 100.0, asyncio.Lock()).run(lambda event: None)
        assert "close other apps" in str(told.value)

    on_quick_air(air, work)
