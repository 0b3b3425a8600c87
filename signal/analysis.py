"""A whole recording in, its sets out: the batch entrance to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import uniform_filter1d

from hardset.signal.bar import find_on_bar
from hardset.signal.beliefs import BELIEFS, Belief
from hardset.signal.chains import MAX_REST_S, ChainRules
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.heel import find_on_heel
from hardset.signal.limb import find_on_limb
from hardset.signal.orientation import VerticalMotion, vertical_motion
from hardset.signal.samples import SampleBatch
from hardset.signal.search import search, stretches
from hardset.signal.segmentation import MIN_ALIKE
from hardset.signal.sets import MeasuredSet
from hardset.signal.stillness import Quiet, quiet_stretches
from hardset.signal.stretch import FoundSet, OpenSet, Stretch, Track
from hardset.signal.timebase import GRID_HZ, EvenSamples, to_even_grid
from hardset.signal.walking import between_walks, walking

BEFORE_S = 8.0
AFTER_S = 6.0
"""A set is looked at with this much around it."""
THIGH_MERIT = 1.5
"""A sensor is taken to sit on a thigh when its angle makes so much more regular sets than its height."""
THIGH_DEG = 45.0
TURN_RADPS, TURN_WITHIN_S = 0.12, 0.5
"""A leg that turns faster than this does not rest; standing it sways by half of that."""
LEAST_RISE_M = 0.12
LIKELY_RISE = (0.6, 1.5)
"""Shares of the exercise's usual range, at its ends."""
SCALE_WARNING = 0.03
"""|a| at rest further than this from 1 g is worth a word."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in the samples."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SensorReport:
    """What the samples say about the sensor and its radio."""

    rate_hz: float
    """Distinct samples per second while the link was up."""
    duration_s: float
    repeated_samples: int
    clipped_samples: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class RecordingAnalysis:
    """Everything the pipeline has to say about one recording."""

    placement: Placement
    placement_guessed: bool
    sensor: SensorReport
    sets: tuple[MeasuredSet, ...]
    warnings: tuple[str, ...] = ()
    tracks: tuple[Track, ...] = field(default=(), compare=False, repr=False)
    """The movement of each set, in their order."""


def analyse(
    samples: SampleBatch,
    *,
    exercise: Exercise | None = None,
    placement: Placement | None = None,
    set_on: bool = False,
) -> RecordingAnalysis:
    """Find the sets and repetitions of one recording.

    samples: any number, uneven times welcome. exercise: sharpens, not required.
    placement: None guesses it and says so. set_on: somebody says that a set is on, so one stroke
    is enough for a rep (heavy singles and doubles); otherwise three alike strokes are needed.
    Raises ValueError for fewer than two samples at different times.
    """
    even = to_even_grid(samples)
    vertical = vertical_motion(even)
    guessed = placement is None
    where = placement if placement is not None else Placement.BAR
    found = find_sets(even, vertical, where, exercise, set_on)
    if guessed:
        on_thigh = find_sets(even, vertical, Placement.THIGH, exercise, set_on)
        on_thigh = [one for one in on_thigh if _swings(one)]
        if sum(one.merit for one in on_thigh) > THIGH_MERIT * sum(one.merit for one in found):
            where, found = Placement.THIGH, on_thigh
    return RecordingAnalysis(
        placement=where,
        placement_guessed=guessed,
        sensor=_report(samples, even),
        sets=tuple(_measured(number, one) for number, one in enumerate(found, 1)),
        warnings=_warnings(even, vertical, found),
        tracks=tuple(one.track for one in found),
    )


def _swings(found: FoundSet) -> bool:
    """Whether a set turns the sensor as far as a thigh turns: less may be any wrist."""
    angles = [rep.rom_deg for rep in found.reps if rep.rom_deg is not None]
    return len(angles) > 0 and float(np.median(angles)) >= THIGH_DEG


def find_sets(
    even: EvenSamples, vertical: VerticalMotion, placement: Placement, exercise: Exercise | None, set_on: bool
) -> list[FoundSet]:
    """The sets of a recording that is on the even grid already."""
    rules = ChainRules(height_rise_m=_likely_rise_m(exercise)) if set_on else ChainRules()

    def look(start: int, end: int, beliefs: tuple[Belief, ...] = BELIEFS) -> OpenSet | None:
        """The most regular set between two grid indices, by the path that fits the placement."""
        stretch = Stretch.cut(even, vertical, start, end, placement is Placement.BAR)
        if placement.rotates and exercise is not None:
            find_here = find_on_heel if exercise.by_height else find_on_limb
            return OpenSet.of(find_here(stretch, start, exercise, rules, set_on))
        if placement.rotates:
            by_angle = find_on_limb(stretch, start, exercise, rules, set_on)
            if by_angle is not None:
                return OpenSet.of(by_angle)
        if not stretch.lively:
            return None
        return find_on_bar(stretch, start, exercise, rules, set_on, beliefs)

    def find(start: int, end: int) -> FoundSet | None:
        """Find a set, then look again with little around it: idle time before or after changes nothing."""
        found = look(start, end)
        if found is None:
            return None
        near = max(found.first - int(BEFORE_S * GRID_HZ), start)
        far = min(found.until + int(AFTER_S * GRID_HZ), end)
        if near == start and far == end:
            return found.measure()
        again = look(near, far, BELIEFS if found.belief is None else (found.belief,))
        if again is None or (again.count != found.count and again.merit < found.merit):
            return found.measure()
        return again.measure()

    parts = stretches(len(even), _rests(even, vertical, placement))
    if placement.rotates:
        walks = walking(vertical.tilt, vertical.acceleration_mps2)
        parts = [free for a, b in parts for free in between_walks(a, b, walks)]
    found = [one for a, b in parts for one in search(a, b, find)]
    if not set_on:
        return [one for one in found if has_enough(one)]
    return _with_few(find_sets(even, vertical, placement, exercise, False), found)


def _rests(even: EvenSamples, vertical: VerticalMotion, placement: Placement) -> Quiet:
    """Where nothing moves. A leg that bends slowly moves, though its sensor is hardly accelerated."""
    quiet = quiet_stretches(vertical.acceleration_mps2, vertical.rotation_radps, even.hole_s)
    if not placement.rotates:
        return quiet
    turning = uniform_filter1d(vertical.rotation_radps, int(TURN_WITHIN_S * GRID_HZ))
    still = [turning[a:b].max() < TURN_RADPS for a, b in zip(quiet.start, quiet.end, strict=True)]
    return quiet.take(np.array(still, dtype=np.bool_))


def has_enough(found: FoundSet) -> bool:
    """Whether so many strokes were lifts, done or tried, that they are a set without anybody's word."""
    tried = sum(one.reason in ("attempt", "cut off") for one in found.rejected)
    return len(found.reps) + tried >= MIN_ALIKE


def _likely_rise_m(exercise: Exercise | None) -> tuple[float, float]:
    """What a single stroke must rise by to be a rep when somebody says that a set is on."""
    if exercise is None or exercise.rom_m is None:
        return LEAST_RISE_M, np.inf
    return LIKELY_RISE[0] * exercise.rom_m[0], LIKELY_RISE[1] * exercise.rom_m[1]


def _with_few(regular: list[FoundSet], found: list[FoundSet]) -> list[FoundSet]:
    """Sets that need nobody's word, and what else was found at least a rest away from them and each other.

    One or two strokes beside a set are somebody handling the bar. More strokes say more than fewer; of as
    many those that rise higher stay.
    """
    kept = list(regular)
    for one in sorted(found, key=_says, reverse=True):
        if not any(_within_a_rest(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)


def _within_a_rest(one: FoundSet, other: FoundSet) -> bool:
    rest = MAX_REST_S * GRID_HZ
    return one.first < other.last + rest and other.first < one.last + rest


def _says(found: FoundSet) -> tuple[int, float]:
    """How much speaks for a set: its reps, then what they rise by."""
    rises = [rep.rom_m if rep.rom_m is not None else np.radians(rep.rom_deg or 0.0) for rep in found.reps]
    return len(found.reps), float(np.median(rises))


def _measured(number: int, found: FoundSet) -> MeasuredSet:
    reps = found.reps
    start = reps[0].eccentric_start_s
    return MeasuredSet(
        number=number,
        start_s=reps[0].concentric_start_s if start is None else start,
        end_s=reps[-1].concentric_end_s,
        reps=reps,
        rejected=found.rejected,
    )


def _report(samples: SampleBatch, even: EvenSamples) -> SensorReport:
    return SensorReport(
        rate_hz=even.distinct_hz,
        duration_s=float(even.time_s[-1] - even.time_s[0]),
        repeated_samples=even.repeated,
        clipped_samples=even.clipped,
        gaps=tuple(Gap(a, b) for a, b in even.holes),
    )


def _warnings(even: EvenSamples, vertical: VerticalMotion, found: list[FoundSet]) -> tuple[str, ...]:
    out: list[str] = []
    rest = vertical.rest_norm_g
    if rest is not None and abs(rest - 1.0) > SCALE_WARNING:
        out.append(f"the accelerometer reads {rest:.3f} g at rest instead of 1 g; corrected")
    if even.clipped:
        out.append(f"{even.clipped} samples are clipped at the sensor's range")
    if not vertical.has_gyroscope:
        out.append("no gyroscope: velocities are less certain")
    hidden = sum(one.hidden for one in found)
    if hidden:
        out.append(f"{hidden} of the repetitions lie in gaps of the radio: counted by rhythm, not measured")
    return tuple(out)
