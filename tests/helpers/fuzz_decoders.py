"""Random and mutated notifications through every decoder: nothing is raised, every sample is sound.

python tests/helpers/fuzz_decoders.py --count 1000000 [--seed N]
"""

from __future__ import annotations

import argparse
import random
import struct
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
from feeding import swing

from hardset.signal.samples import SampleBatch, joined
from hardset.tracker.sensors.movesense import MOVESENSE_ACCELERATION
from hardset.tracker.sensors.polar import POLAR_OH1
from hardset.tracker.sensors.protocol import Decoder, Notification, SensorModel
from hardset.tracker.sensors.registry import model_by_id, models
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_movesense import MovesenseFirmware
from hardset.tracker.sensors.virtual_polar import PolarFirmware
from hardset.tracker.sensors.virtual_sensors import FIRMWARE

FEEDS_PER_CONNECTION = 2000
LONGEST = 260


def fuzz(count: int, seed: int) -> dict[str, tuple[int, int]]:
    """So many notifications, shared out among all models; gives feeds and samples of each.

    Raises AssertionError, or whatever a decoder raises.
    """
    chance = random.Random(seed)
    real = {model.id: notifications for model, notifications in _recorded()}
    told: dict[str, tuple[int, int]] = {}
    for model in models():
        feeds = samples = 0
        share = count // len(models()) + 1
        while feeds < share:
            some = min(FEEDS_PER_CONNECTION, share - feeds)
            samples += _connection(model, real[model.id], some, chance)
            feeds += some
        told[model.id] = feeds, samples
    return told


def _recorded() -> Iterator[tuple[SensorModel, list[Notification]]]:
    """What a sensor of every model sends in a quarter of a minute."""
    for firmware in (*(make() for make in FIRMWARE.values()), PolarFirmware(POLAR_OH1)):
        yield firmware.model, _sent(VirtualDevice(firmware, swing(15.0, 100.0)), firmware.model)
    acceleration = VirtualDevice(MovesenseFirmware(), swing(15.0, 100.0))
    yield MOVESENSE_ACCELERATION, _sent(acceleration, MOVESENSE_ACCELERATION)
    for id, encode in BY_HAND.items():
        if (model := model_by_id(id)) is not None:
            sent = [
                Notification(model.subscriptions[0], payload, 0.0)
                for k in range(900)
                for payload in encode(k)
            ]
            yield model, sent


def _sent(device: VirtualDevice, model: SensorModel) -> list[Notification]:
    device.connect(0.0)
    writes = (*model.start(100.0), *model.ask_battery())
    replies = [n for write in writes for n in device.on_write(write.characteristic, write.payload, 0.0)]
    return replies + device.notifications(30.0)


def _words(k: int, size: int) -> bytes:
    return (np.arange(size) * 97 + 13 * k).astype("<i2").tobytes()


BY_HAND: dict[str, Callable[[int], list[bytes]]] = {
    "metamotion": lambda k: (
        [b"\x03\x05" + _words(k, 9), b"\x13\x05" + _words(k, 9)]
        + [b"\x03\x80\x04\x00", b"\x13\x80\x01\x00", b"\x11\x8c\x63\x34\x10"] * (k % 50 == 0)
    ),
    "movella_dot": lambda k: [struct.pack("<I6f12x", 16_667 * k, 0.1, 0.2, 9.8, k % 7, -1.0, 2.0)],
    "thingy52": lambda k: [_words(k, 9)],
    "microbit": lambda k: [_words(k, 3)],
}
"""Models without a virtual sensor."""


def _connection(model: SensorModel, real: list[Notification], feeds: int, chance: random.Random) -> int:
    decoder: Decoder = model.decoder(model.rates_hz[-1])
    batches: list[SampleBatch] = []
    arrived_s = chance.uniform(0.0, 1e6)
    place = 0
    for _ in range(feeds):
        arrived_s += chance.choice((0.0, 0.0004, 0.01, 0.03, 0.045))
        if chance.random() < 0.002:
            arrived_s += chance.choice((3.0, 70.0, 5000.0))
        place = (place + 1) % len(real) if chance.random() < 0.98 else chance.randrange(len(real))
        one = real[place]
        payload = _mutated(one.payload, chance)
        batch = decoder.feed(Notification(one.characteristic, payload, arrived_s))
        if batch is not None:
            batches.append(batch)
        decoder.answers()
    return _check(model, decoder, batches)


def _mutated(payload: bytes, chance: random.Random) -> bytes:
    what = chance.random()
    if what < 0.3:
        return payload
    if what < 0.4:
        return chance.randbytes(chance.randrange(LONGEST))
    if what < 0.5:
        return payload[: chance.randrange(len(payload) + 1)]
    if what < 0.55:
        return payload[chance.randrange(len(payload) + 1) :] + payload
    changed, anything = bytearray(payload), chance.randrange(256)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.choice((0, 0x7F, 0x80, 0xFF, anything))
    return bytes(changed)


def _check(model: SensorModel, decoder: Decoder, batches: list[SampleBatch]) -> int:
    if not batches:
        return 0
    assert all(len(batch) for batch in batches), model.id
    every = joined(batches)
    assert np.isfinite(every.time_s).all(), model.id
    assert np.isfinite(every.acceleration_mps2).all(), model.id
    assert (np.diff(every.time_s) > 0).all(), model.id
    for batch in batches:
        gyro = batch.angular_velocity_radps
        assert gyro is None or np.isfinite(gyro).all(), model.id
    counts = decoder.counts
    assert counts.samples == len(every), model.id
    assert min(counts.rejected_bytes, counts.missing_samples, counts.clipped_samples) >= 0, model.id
    assert decoder.battery_pct is None or 0 <= decoder.battery_pct <= 100, model.id
    return len(every)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    began = time.perf_counter()
    np.seterr(all="raise")
    for id, (feeds, samples) in fuzz(options.count, seed).items():
        print(f"{id:22s} {feeds:8d} notifications, {samples:8d} samples")
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
