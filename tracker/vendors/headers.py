"""Whose recording is this? Recognised by the names of its columns.

Names are compared without case, spaces and quotes, and with units in one spelling. Where a vendor gives
every sensor the same header, the file's name tells, and the numbers are asked (`settle.py`).

Seen in (versions where they are known):
- WitMotion: CSV or tab-separated text of the Windows program for WT901BLE ("Chip Time()",
  "Acceleration X(g)"; as read by the open telemetry-parser, 2024), of the newer program
  ("ChipTime()", "AccX(g)", "AsX(°/s)"; several sensors in one file, header repeated) and of the maker's
  Python sample ("Chiptime", "ax(g)", "wx(deg/s)"). Program versions unverified.
- MetaMotion: MetaBase for iOS 4, which calls the columns "epoc (ms),timestamp (-0700),elapsed (s)", and
  MetaBase 3 for Android and the desktop ("epoch (ms),time (01:00),elapsed (s)"); one file a sensor.
  Accelerometer, Gravity and Linear Acceleration share one header: only the file's name tells them apart.
- Movesense: the sample apps of movesense-mobile-lib for Android ("Timestamp (ms),X: (m/s^2)", "Timestamp,
  AccX,...,GyroX,..."). Its "linear acceleration" includes gravity; time in ms, m/s², °/s. The Showcase
  app's own export is unverified.
- phyphox 1.1: "Acceleration x (m/s^2)" with, "Linear Acceleration x (m/s^2)" without gravity, "Gyroscope x
  (rad/s)"; older exports say "X (m/s^2)" in every file. Any of its five separators.
- Sensor Logger (Choi) 1.44-1.62, after its published unit reference: "time,seconds_elapsed,z,y,x" in every
  file; Accelerometer.csv is without gravity, TotalAcceleration.csv (Android only) with it; WristMotion.csv
  has both parts. On iOS all three signs of acceleration and gravity are turned round; the vertical motion
  that is computed from them stays the same, since gravity turns with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from hardset.tracker.vendors.layout import Clock, Layout, Quantity, Triple

_UNIT_SPELLINGS = (
    (re.compile(r"degreepersecond|deg/s|°/s|º/s|dps"), "dps"),
    (re.compile(r"m/s\^?2|m/s²"), "mps2"),
    (re.compile(r"rad/s"), "radps"),
)
_ACC, _GYR = Quantity.ACCELERATION, Quantity.ANGULAR_VELOCITY
_WITMOTION = (
    (_ACC, "acc{a}(g)", "g"),
    (_ACC, "acceleration{a}(g)", "g"),
    (_ACC, "加速度{a}(g)", "g"),
    (_ACC, "a{a}(g)", "g"),
    (_GYR, "as{a}(dps)", "°/s"),
    (_GYR, "angularvelocity{a}(dps)", "°/s"),
    (_GYR, "角速度{a}(dps)", "°/s"),
    (_GYR, "w{a}(dps)", "°/s"),
)


def recognise(path: Path, header: Sequence[str]) -> Layout | None:
    """The columns of a vendor's file, or None for a header that no vendor is known to write."""
    names = [plain(name) for name in header]
    for vendor in (_witmotion, _metabase, _movesense, _phyphox, _sensor_logger, _wrist_motion):
        layout = vendor(path.stem, header, names)
        if layout is not None:
            return layout
    return None


def plain(name: str) -> str:
    """A column's name without case, spaces and quotes, its unit in one spelling."""
    name = re.sub(r"\s+", "", name.strip().strip('"').lower())
    for spelling, unit in _UNIT_SPELLINGS:
        name = spelling.sub(unit, name)
    return name


def quantity_in_name(stem: str) -> Quantity | None:
    """What a file's name says it holds: Accelerometer, Linear Acceleration, Gyroscope, Gravity ..."""
    flat = re.sub(r"[^a-z]", "", stem.lower())
    for word, quantity in (
        ("gyro", _GYR),
        ("gravity", Quantity.GRAVITY),
        ("linear", Quantity.LINEAR),
        ("totalacc", _ACC),
        ("accelerometeruncalibrated", _ACC),
    ):
        if word in flat:
            return quantity
    return None


def _triple(
    header: Sequence[str],
    names: list[str],
    pattern: str,
    quantity: Quantity,
    unit: str,
    *,
    presumed: bool = False,
) -> Triple | None:
    wanted = [pattern.format(a=axis) for axis in "xyz"]
    if not all(name in names for name in wanted):
        return None
    positions = tuple(names.index(name) for name in wanted)
    return Triple(quantity, tuple(header[i].strip().strip('"') for i in positions), positions, unit, presumed)


def _clocks(header: Sequence[str], names: list[str], *known: tuple[str, float | None, bool]) -> list[Clock]:
    clocks = []
    for pattern, to_s, absolute in known:
        for i, name in enumerate(names):
            if re.fullmatch(pattern, name):
                clocks.append(Clock(header[i].strip().strip('"'), i, to_s, absolute))
                break
    return clocks


def _layout(
    source: str, clocks: list[Clock], triples: Sequence[Triple | None], device: int | None = None
) -> Layout | None:
    """The first triple of each quantity; None without a clock or without any."""
    found: dict[Quantity, Triple] = {}
    for triple in triples:
        if triple is not None:
            found.setdefault(triple.quantity, triple)
    if not clocks or not found:
        return None
    return Layout(source, tuple(clocks), tuple(found.values()), device)


def _witmotion(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    triples = [_triple(header, names, pattern, quantity, unit) for quantity, pattern, unit in _WITMOTION]
    # The sample program's header begins with "Chiptime", the programs' with the computer's time; one
    # release of a phone app lost a letter ("ime").
    clocks = _clocks(
        header,
        names,
        (r"chiptime(\(\))?|片上时间(\(\))?", None, True),
        (r"t?ime|时间", None, True),
        (r"time\(s\)", 1.0, False),
    )
    device = next((i for i, name in enumerate(names) if name in ("devicename", "设备名称")), None)
    return _layout("WitMotion", clocks, triples, device)


def _metabase(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    # "elapsed" starts at 0 in each sensor's file: only the epoch puts two files on one clock.
    clocks = _clocks(header, names, (r"epoch?\(ms\)", 1e-3, True), (r"ela[ps]{2}ed\(s\)", 1.0, False))
    claim = quantity_in_name(stem)
    quantity = claim if claim in (Quantity.LINEAR, Quantity.GRAVITY) else _ACC
    triples = (
        _triple(header, names, "{a}-axis(g)", quantity, "g", presumed=quantity is _ACC),
        _triple(header, names, "{a}-axis(dps)", _GYR, "°/s"),
    )
    return _layout("MetaBase (MetaMotion)", clocks[:1], triples)


def _movesense(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    with_unit = (
        _triple(header, names, "{a}:(mps2)", _ACC, "m/s²"),
        _triple(header, names, "{a}:(dps)", _GYR, "°/s"),
    )
    clocks = _clocks(header, names, (r"timestamp\(ms\)", 1e-3, False), (r"timestamp\(h:m:s\)", None, True))
    if layout := _layout("Movesense", clocks, with_unit):
        return layout
    # No unit in this header: m/s², °/s and ms are Movesense's own, and the numbers must show 1 g.
    bare = (
        _triple(header, names, "acc{a}", Quantity.UNTOLD, "m/s²", presumed=True),
        _triple(header, names, "gyro{a}", _GYR, "°/s", presumed=True),
    )
    clocks = _clocks(header, names, (r"timestamp", 1e-3, False))
    return _layout("Movesense", clocks, bare) if all(bare) else None


def _phyphox(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    clocks = _clocks(header, names, (r"time\(s\)", 1.0, False))
    old = Quantity.LINEAR if quantity_in_name(stem) is Quantity.LINEAR else Quantity.UNTOLD
    triples = (
        _triple(header, names, "acceleration{a}(mps2)", _ACC, "m/s²"),
        _triple(header, names, "linearacceleration{a}(mps2)", Quantity.LINEAR, "m/s²"),
        _triple(header, names, "gyroscope{a}(radps)", _GYR, "rad/s"),
        _triple(header, names, "{a}(mps2)", old, "m/s²", presumed=True),
        _triple(header, names, "{a}(radps)", _GYR, "rad/s"),
    )
    return _layout("phyphox", clocks, triples)


def _sensor_logger(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    clocks = _clocks(header, names, (r"seconds_elapsed", 1.0, False))
    quantity = quantity_in_name(stem)
    if quantity is None:
        # A file that was given a name of its own can only be told by its numbers.
        is_plain = re.sub(r"[^a-z]", "", stem.lower()).startswith("accelerometer")
        quantity = Quantity.LINEAR if is_plain else Quantity.UNTOLD
    unit = "rad/s" if quantity is _GYR else "m/s²"
    triple = _triple(header, names, "{a}", quantity, unit, presumed=True)
    return _layout("Sensor Logger", clocks, [triple])


def _wrist_motion(stem: str, header: Sequence[str], names: list[str]) -> Layout | None:
    if "devicelocation" in names:
        # Headphones: gravity and acceleration are in different units there, and nobody lifts with them.
        return None
    triples = (
        _triple(header, names, "acceleration{a}", Quantity.LINEAR, "g", presumed=True),
        _triple(header, names, "gravity{a}", Quantity.GRAVITY, "g", presumed=True),
        _triple(header, names, "rotationrate{a}", _GYR, "rad/s"),
    )
    if triples[0] is None or triples[1] is None:
        return None
    return _layout("Sensor Logger", _clocks(header, names, (r"seconds_elapsed", 1.0, False)), triples)
