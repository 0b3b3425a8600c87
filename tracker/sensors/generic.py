"""Any board that a profile describes: its notifications decoded by the layout that the profile gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardset.signal.samples import FloatArray, SampleBatch
from hardset.tracker.sensors.clock import ArrivalClock, SampleClock, StampOf
from hardset.tracker.sensors.layout import AXES, BinaryLayout, Command, Sequence, Stream, TextLayout
from hardset.tracker.sensors.model import Identity, TallyingDecoder, believable
from hardset.tracker.sensors.pairing import ACCELERATION, ANGULAR_VELOCITY, PairedByOrder
from hardset.tracker.sensors.profile_reader import Profile
from hardset.tracker.sensors.protocol import Notification, Write

LONGEST_LINE = 512
"""Text without a line end for so long is no line."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one notification said, before units and stamps."""

    values: FloatArray
    """(n, k) the stream's axes, in the order of `AXES`."""
    ticks: list[int] | None
    """The device's clock: one of the notification, or one for each sample."""
    sequence: int | None
    rejected_bytes: int = 0


class GenericDecoder(TallyingDecoder):
    """Notifications of one connection to a board with a profile."""

    def __init__(self, profile: Profile, rate_hz: float) -> None:
        super().__init__()
        self._streams = {stream.characteristic: stream for stream in profile.streams}
        self._lines = {
            stream.characteristic: _Lines(stream.layout)
            for stream in profile.streams
            if isinstance(stream.layout, TextLayout)
        }
        self._pair = PairedByOrder() if len(profile.streams) == 2 else None
        self._arrival = ArrivalClock()
        self._clock = _clock_of(profile.streams[0], 1.0 / rate_hz)
        sequence = profile.streams[0].sequence
        self._sequence = _SequenceCheck(sequence) if sequence else None

    def feed(self, notification: Notification) -> SampleBatch | None:
        """Samples that are whole with this notification."""
        self._tally.notifications += 1
        stream = self._streams.get(notification.characteristic)
        if stream is None:
            return None
        read = self._read(stream, notification.payload)
        if read is None:
            self._tally.rejected_bytes += len(notification.payload)
            return None
        self._tally.rejected_bytes += read.rejected_bytes
        acc, gyro = _in_units(stream, read.values)
        if not len(read.values) or not believable(np.zeros((1, 3)) if acc is None else acc, gyro):
            self._tally.rejected_bytes += len(notification.payload) if len(read.values) else 0
            return None
        batch = self._batch(acc, gyro, read, notification.arrived_s)
        self._count(batch)
        return batch

    def _read(self, stream: Stream, payload: bytes) -> Read | None:
        if isinstance(stream.layout, TextLayout):
            return self._lines[stream.characteristic].read(payload)
        read, battery = _read_binary(stream.layout, payload)
        if battery is not None:
            self._battery_pct = float(min(battery, 100))
        return read

    def _batch(
        self, acc: FloatArray | None, gyro: FloatArray | None, read: Read, arrived_s: float
    ) -> SampleBatch | None:
        if self._pair is not None:
            half = ANGULAR_VELOCITY if acc is None else ACCELERATION
            values = gyro if acc is None else acc
            taken = None if values is None else self._pair.take(half, values, arrived_s)
            return (
                None if taken is None else SampleBatch(self._arrival.stamp(len(taken[0]), arrived_s), *taken)
            )
        if acc is None:
            return None
        if self._sequence is not None and read.sequence is not None:
            if not self._sequence.take(read.sequence, len(acc)):
                return None
            if self._clock is None:
                self._tally.missing_samples = self._sequence.missing
        stamps, fresh = self._stamps(read, len(acc), arrived_s)
        if not fresh.any():
            return None
        return SampleBatch(stamps, acc[fresh], None if gyro is None else gyro[fresh])

    def _stamps(self, read: Read, count: int, arrived_s: float) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Stamps of the samples that are not repeated, and which those are."""
        every = np.ones(count, dtype=np.bool_)
        if self._clock is None or read.ticks is None:
            return self._arrival.stamp(count, arrived_s), every
        if len(read.ticks) == 1:
            whole = self._clock.stamp(read.ticks[0], count, arrived_s)
            return (np.empty(0), ~every) if whole is None else (whole, every)
        each = [self._clock.stamp(ticks, 1, arrived_s) for ticks in read.ticks]
        known = [stamp for stamp in each if stamp is not None]
        fresh = np.array([stamp is not None for stamp in each])
        return (np.concatenate(known) if known else np.empty(0)), fresh

    def _count(self, batch: SampleBatch | None) -> None:
        if batch is not None:
            self._tally.samples += len(batch)
        if self._pair is not None:
            self._tally.missing_samples = self._pair.unpaired
        elif self._sequence is not None:
            self._tally.missing_samples = self._sequence.missing
        elif self._clock is not None:
            self._tally.missing_samples = self._clock.missing


def _clock_of(stream: Stream, period_s: float) -> SampleClock | None:
    clock = stream.clock
    if clock is None:
        return None
    of: StampOf = "last" if clock.stamp_of == "last" else "first"
    return SampleClock(tick_s=clock.tick_s, bits=clock.bits, period_s=period_s, stamp_of=of)


def _read_binary(layout: BinaryLayout, payload: bytes) -> tuple[Read | None, int | None]:
    """The samples of a notification, and the charge where its header tells it."""
    begin = len(layout.sync) + layout.header.itemsize
    if len(payload) <= begin or not payload.startswith(layout.sync):
        return None, None
    count, left_over = divmod(len(payload) - begin, layout.sample.itemsize)
    header = _header(layout, payload)
    told = header.get("count")
    if told is not None and told <= count:
        count, left_over = told, 0  # what is behind the samples that it tells of is filling
    if not count or left_over or (told is not None and told != count):
        return None, None
    samples = np.frombuffer(payload, dtype=layout.sample, count=count, offset=begin)
    values = np.empty((count, len(layout.axes)))
    with np.errstate(invalid="ignore"):  # a signalling NaN is found later, like every NaN
        for column, axis in enumerate(layout.axes):
            values[:, column] = samples[axis]
    ticks: list[int] | None
    if "time" in (layout.sample.names or ()):
        ticks = [int(tick) for tick in samples["time"]]
    else:
        ticks = [header["time"]] if "time" in header else None
    return Read(values, ticks, header.get("sequence")), header.get("battery")


def _header(layout: BinaryLayout, payload: bytes) -> dict[str, int]:
    names = layout.header.names
    if not names:
        return {}
    row = np.frombuffer(payload, dtype=layout.header, count=1, offset=len(layout.sync))[0].item()
    return {name: value for name, value in zip(names, row, strict=True) if not name.startswith("skip_")}


def _in_units(stream: Stream, values: FloatArray) -> tuple[FloatArray | None, FloatArray | None]:
    axes = stream.layout.axes
    acc = values[:, :3] * stream.acceleration_unit_mps2 if axes[0] == AXES[0] else None
    gyro = values[:, -3:] * stream.angular_velocity_unit_radps if axes[-1] == AXES[-1] else None
    return acc, gyro


class _Lines:
    """Puts lines together and reads their numbers."""

    def __init__(self, layout: TextLayout) -> None:
        self._separator = layout.separator.encode()
        self._columns = layout.columns
        self._order = [layout.columns.index(axis) for axis in layout.axes]
        self._time = layout.columns.index("time") if "time" in layout.columns else None
        self._rest: bytes | None = None  # what comes before the first line end is part of a line

    def read(self, payload: bytes) -> Read:
        *lines, rest = payload.split(b"\n")
        rejected = 0
        if not lines:
            return self._keep(rest)
        if self._rest is None:
            rejected += len(lines.pop(0)) + 1
        else:
            lines[0] = self._rest + lines[0]
        self._rest = rest
        values, ticks = [], []
        for line in lines:
            numbers = self._numbers(line)
            if numbers is None:
                rejected += len(line) + 1
                continue
            values.append([numbers[column] for column in self._order])
            ticks.append(0 if self._time is None else round(numbers[self._time]))
        table = np.array(values, dtype=np.float64).reshape(-1, len(self._order))
        return Read(table, None if self._time is None else ticks, None, rejected)

    def _keep(self, piece: bytes) -> Read:
        """A piece of a line without its end; what never ends is given up."""
        line = (self._rest or b"") + piece
        lost = self._rest is None or len(line) > LONGEST_LINE
        self._rest = None if lost else line
        return Read(np.empty((0, len(self._order))), None, None, len(line) if lost else 0)

    def _numbers(self, line: bytes) -> list[float] | None:
        cells = line.split(self._separator)
        if len(cells) != len(self._columns):
            return None
        try:
            numbers = [
                0.0 if name == "skip" else float(cell)
                for name, cell in zip(self._columns, cells, strict=True)
            ]
        except ValueError:
            return None
        return numbers if np.isfinite(numbers).all() else None


class _SequenceCheck:
    """What a running number says of losses."""

    def __init__(self, sequence: Sequence) -> None:
        self._range = 1 << sequence.bits
        self._counts_samples = sequence.counts == "samples"
        self._expected: int | None = None
        self._before: int | None = None
        self.missing = 0

    def take(self, number: int, count: int) -> bool:
        """Count what was left out before this notification; False for the one that was there before."""
        if number == self._before:
            return False
        self._before = number
        if self._expected is not None:
            left_out = (number - self._expected) % self._range
            if left_out < self._range // 2:  # more is a step back: the board has restarted
                self.missing += left_out if self._counts_samples else left_out * count
        self._expected = number + (count if self._counts_samples else 1)
        return True


@dataclass(frozen=True, slots=True)
class Generic(Identity):
    """A board that a profile describes."""

    profile: Profile

    def start(self, rate_hz: float) -> tuple[Write, ...]:
        """The profile's start commands, for the nearest rate."""
        return _writes(self.profile.start, self.nearest_rate(rate_hz))

    def stop(self) -> tuple[Write, ...]:
        """The profile's stop commands."""
        return _writes(self.profile.stop, self.rates_hz[0])

    def ask_battery(self) -> tuple[Write, ...]:
        """Nothing: the standard service is read, or the header tells it."""
        return ()

    def decoder(self, rate_hz: float) -> GenericDecoder:
        """A fresh decoder for one connection."""
        return GenericDecoder(self.profile, self.nearest_rate(rate_hz))


def generic_model(profile: Profile) -> Generic:
    """The kind of sensor that a profile describes."""
    return Generic(
        id=profile.id,
        name=profile.name,
        name_prefixes=profile.name_prefixes,
        service_uuids=profile.service_uuids,
        subscriptions=tuple(stream.characteristic for stream in profile.streams),
        rates_hz=profile.rates_hz,
        has_gyroscope=profile.has_gyroscope,
        profile=profile,
    )


def _writes(commands: tuple[Command, ...], rate_hz: float) -> tuple[Write, ...]:
    return tuple(
        Write(command.characteristic, command.payload(rate_hz), command.with_response, command.pause_s)
        for command in commands
    )
