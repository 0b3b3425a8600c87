"""What the radio between a virtual sensor and its host does: connection events, loss, broken links."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

OutageKind = Literal["hang_up", "out_of_range"]


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which nothing gets through, s since the motion began."""

    start_s: float
    length_s: float
    kind: OutageKind = "hang_up"
    """A device that hangs up says so at once; one out of range is missed after the link's time-out."""

    @property
    def end_s(self) -> float:
        """When the device can be reached again."""
        return self.start_s + self.length_s


@dataclass(frozen=True, slots=True)
class RadioBehaviour:
    """How packets travel."""

    interval_s: float = 0.0
    """Connection interval: packets wait for its next event, then come together. 0: each at once."""
    spacing_s: float = 0.0004
    """Between two packets of one event."""
    loss: float = 0.0
    """Share of packets that never come, each by its own chance."""
    holes: tuple[tuple[float, float], ...] = ()
    """(start, end) in s since the motion began: what falls due there is lost, the link stays up."""
    outages: tuple[Outage, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """One notification before the radio."""

    ready_s: float
    """When the device has it ready, s since the motion began."""
    characteristic: str
    payload: bytes


class VirtualRadio:
    """Carries packets in order; loses what the behaviour says."""

    def __init__(self, behaviour: RadioBehaviour, seed: int) -> None:
        self._behaviour = behaviour
        self._random = np.random.default_rng(seed)
        self._last_s = -math.inf

    def carry(self, packets: Iterator[Packet], after_s: float) -> Iterator[Packet]:
        """The packets that come through, `ready_s` being the time of arrival, rising from `after_s` on."""
        self._last_s = after_s
        for packet in packets:
            arrived_s = self._arrival(packet.ready_s)
            if arrived_s is not None:
                yield Packet(arrived_s, packet.characteristic, packet.payload)

    def outage_at(self, at_s: float) -> Outage | None:
        """The outage that this time lies in."""
        return next((out for out in self._behaviour.outages if out.start_s <= at_s < out.end_s), None)

    def _arrival(self, ready_s: float) -> float | None:
        behaviour = self._behaviour
        if behaviour.loss and self._random.random() < behaviour.loss:
            return None
        due_s = ready_s
        if behaviour.interval_s > 0:
            due_s = math.ceil(ready_s / behaviour.interval_s - 1e-9) * behaviour.interval_s
        due_s = max(due_s, self._last_s + behaviour.spacing_s)
        if self.outage_at(due_s) or any(start <= due_s < end for start, end in behaviour.holes):
            return None
        self._last_s = due_s
        return due_s
