"""One stretch of a recording with all that is known about it, and the set that was found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from hardset.signal.beliefs import Belief
from hardset.signal.chains import Chain
from hardset.signal.coarseness import coarseness
from hardset.signal.drift import DOUBTFUL_UP, SURE_UP, Wander
from hardset.signal.lever import LEAST_RATE_HZ, Lever, lever_of
from hardset.signal.motion import Felt
from hardset.signal.orientation import VerticalMotion
from hardset.signal.repetition import Rejected, Repetition
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.stillness import Quiet, quiet_stretches
from hardset.signal.strokes import Strokes
from hardset.signal.timebase import GRID_HZ, EvenSamples

LIVELY_S = 0.8
LEVER_AROUND_S = 2.0
LAIN_BEFORE_S = 0.3
OFFSET_NEEDS_S = 10.0
OFFSET_MPS2 = 0.12
PER_REP = 1.25
"""Price of a rep when chains of different length are compared: more strokes always score more."""
TRACK_AROUND_S = 10.0
"""A set's track begins so long before its first stroke, since the way down before it may begin 9 s earlier,
and ends so long after its last."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a recording with all that is known about it; arrays share the grid."""

    time_s: FloatArray
    vertical: FloatArray
    hole_s: FloatArray
    turning_radps: FloatArray
    up: FloatArray
    turning_up: FloatArray
    """'Up' and vertical acceleration for a sensor that turns with every rep (see `VerticalMotion`)."""
    turning_vertical: FloatArray
    acceleration: FloatArray
    angular_velocity: FloatArray | None
    beside_bar: bool
    """The sensor is strapped to a bar, some way off its axis."""
    rate_hz: float
    coarse: FloatArray
    """(n,) what the sampling leaves open of velocity (see `coarseness`)."""
    quiet: Quiet
    """Stretches without vertical acceleration."""
    ends: bool
    """The recording ends where this does."""

    @staticmethod
    def cut(
        even: EvenSamples, motion: VerticalMotion, start: int, end: int, beside_bar: bool = False
    ) -> Stretch:
        """Grid indices start..end-1 of a recording."""
        part = slice(start, end)
        vertical = motion.acceleration_mps2[part]
        vertical = vertical - _offset(vertical)
        turning = motion.turning_acceleration_mps2[part]
        return Stretch(
            even.time_s[part],
            vertical,
            even.hole_s[part],
            motion.rotation_radps[part],
            motion.tilt[part],
            motion.turning_tilt[part],
            turning - _offset(turning),
            even.acceleration_mps2[part],
            None if even.angular_velocity_radps is None else even.angular_velocity_radps[part],
            beside_bar,
            even.distinct_hz,
            coarseness(vertical, even.step_s[part]),
            quiet_stretches(vertical, motion.rotation_radps[part], even.hole_s[part]),
            end >= len(even),
        )

    @property
    def has_gyroscope(self) -> bool:
        """Whether angular velocity was measured."""
        return self.angular_velocity is not None

    @property
    def wander(self) -> Wander:
        """How far the vertical acceleration may be off."""
        return SURE_UP if self.has_gyroscope else DOUBTFUL_UP

    def felt(self) -> Felt:
        """What is to be explained by a motion of the bar."""
        return Felt(self.vertical, self.hole_s, self.up, self.wander, coarse=self.coarse)

    def lever(self, strokes: Strokes) -> Lever | None:
        """How far beside its bar the sensor sits, from the shaking of a set; None where it sits on no bar."""
        if not self.beside_bar:
            return None
        if self.angular_velocity is None or self.rate_hz < LEAST_RATE_HZ:
            return Lever.unknown()
        reach = int(LEVER_AROUND_S * GRID_HZ)
        part = slice(max(int(strokes.bottom[0]) - reach, 0), int(strokes.top[-1]) + reach)
        return lever_of(
            self.acceleration[part],
            self.angular_velocity[part],
            self.up[part],
            self.hole_s[part] <= 0,
        )

    @property
    def lively(self) -> bool:
        """Whether enough moves for as few as one rep: no more than a glance, to pass over rest quickly."""
        quiet = self.quiet
        at_rest = int(np.sum(quiet.end - quiet.start))
        return self.vertical.size - at_rest > LIVELY_S * GRID_HZ

    def lain(self, strokes: Strokes) -> BoolArray | None:
        """(k,) whether the bar lay dead until shortly before each stroke; None without a gyroscope."""
        if not self.has_gyroscope:
            return None
        quiet, before = self.quiet, strokes.bottom[:, None] - int(LAIN_BEFORE_S * GRID_HZ)
        return np.asarray(((quiet.start <= before) & (before < quiet.end) & quiet.dead).any(axis=1))

    def turned(self, strokes: Strokes) -> FloatArray | None:
        """(k, 3) how far 'up' moved in the sensor's frame during each stroke; None without a gyroscope."""
        return self.up[strokes.top] - self.up[strokes.bottom] if self.has_gyroscope else None

    def lost_s(self, strokes: Strokes) -> FloatArray:
        """(k,) seconds without samples during each stroke and 0.3 s either side."""
        lost = np.concatenate([[0.0], np.cumsum(self.hole_s > 0)]) / GRID_HZ
        reach = int(0.3 * GRID_HZ)
        start = np.clip(strokes.bottom - reach, 0, self.hole_s.size)
        return np.asarray(lost[np.clip(strokes.top + reach, 0, self.hole_s.size)] - lost[start])


def _offset(vertical: FloatArray) -> float:
    """Mean acceleration over a stretch, where it is too large for a bar that does not fly away.

    A bar that begins and ends at rest gains no velocity. The rest before the set showed the sensor's bias
    in one mounting only; a bar cleaned to the shoulders has turned it, and 0.04 g of error may appear.
    """
    if vertical.size < OFFSET_NEEDS_S * GRID_HZ:
        return 0.0
    mean = float(vertical.mean())
    return mean if abs(mean) > OFFSET_MPS2 else 0.0


@dataclass(frozen=True, slots=True)
class Track:
    """The very movement on which the reps of a set were measured; all arrays (n,) on the even grid."""

    time_s: FloatArray
    """On the recording's clock."""
    position: FloatArray
    """Height in m, or the segment's angle in degrees; it rises in the concentric phase."""
    velocity: FloatArray
    """Its derivative, m/s or °/s."""
    by_angle: bool

    def around(self, strokes: Strokes) -> Track:
        """The part from shortly before the first stroke to shortly after the last."""
        reach = int(TRACK_AROUND_S * GRID_HZ)
        part = slice(max(int(strokes.bottom[0]) - reach, 0), int(strokes.top[-1]) + reach)
        return Track(self.time_s[part], self.position[part], self.velocity[part], self.by_angle)


@dataclass(frozen=True, slots=True)
class FoundSet:
    """Repetitions found in a stretch; `first` and `last` are grid indices of the whole recording."""

    reps: tuple[Repetition, ...]
    rejected: tuple[Rejected, ...]
    first: int
    last: int
    hidden: int
    """Reps that must have happened in a hole of the radio and could not be measured."""
    by_angle: bool
    merit: float
    """Score of the chain less what its length alone would bring."""
    belief: Belief | None
    """What anchored the drift; None for a limb, which does not drift."""
    track: Track = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A set that is found, not measured yet: of two looks at it only one's figures are wanted."""

    first: int
    last: int
    """Grid indices of the whole recording."""
    until: int
    """Where the last stroke ends that was judged; it may have been rejected."""
    count: int
    merit: float
    belief: Belief | None
    measure: Callable[[], FoundSet]

    @staticmethod
    def of(found: FoundSet | None) -> OpenSet | None:
        """One that was measured at once."""
        if found is None:
            return None
        return OpenSet(
            found.first, found.last, found.last, len(found.reps), found.merit, found.belief, lambda: found
        )


def found_set(
    reps: tuple[Repetition, ...],
    rejected: tuple[Rejected, ...],
    strokes: Strokes,
    offset: int,
    hidden: int,
    by_angle: bool,
    chain: Chain,
    track: Track,
    belief: Belief | None = None,
) -> FoundSet:
    """A set from the strokes that were kept, in a stretch that begins at grid index offset."""
    first, last = offset + int(strokes.bottom[0]), offset + int(strokes.top[-1])
    merit = chain.score - PER_REP * len(chain)
    return FoundSet(reps, rejected, first, last, hidden, by_angle, merit, belief, track.around(strokes))
