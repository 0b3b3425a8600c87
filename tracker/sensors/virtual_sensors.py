"""All virtual sensors by a short name, for the demo and for `--sensor virtual:NAME`."""

from __future__ import annotations

from collections.abc import Callable

from hardset.signal.samples import SampleBatch
from hardset.tracker.errors import UnknownVirtualSensor
from hardset.tracker.sensors.firmware import Firmware
from hardset.tracker.sensors.polar import POLAR_H10, POLAR_VERITY_SENSE
from hardset.tracker.sensors.virtual import VirtualDevice
from hardset.tracker.sensors.virtual_board import BoardFirmware
from hardset.tracker.sensors.virtual_movesense import MovesenseFirmware
from hardset.tracker.sensors.virtual_polar import PolarFirmware
from hardset.tracker.sensors.virtual_radio import RadioBehaviour
from hardset.tracker.sensors.virtual_witmotion import WitMotionFirmware

FIRMWARE: dict[str, Callable[[], Firmware]] = {
    "witmotion": WitMotionFirmware,
    "movesense": MovesenseFirmware,
    "polar_h10": lambda: PolarFirmware(POLAR_H10),
    "polar_verity_sense": lambda: PolarFirmware(POLAR_VERITY_SENSE),
    "hardset_board": BoardFirmware,
}


def virtual_device(
    name: str, motion: SampleBatch, radio: RadioBehaviour | None = None, seed: int = 0
) -> VirtualDevice:
    """A virtual sensor of this name that goes through the motion. Raises UnknownVirtualSensor."""
    if name not in FIRMWARE:
        raise UnknownVirtualSensor(name, tuple(FIRMWARE))
    return VirtualDevice(FIRMWARE[name](), motion, radio, seed)
